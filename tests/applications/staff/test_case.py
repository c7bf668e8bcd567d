"""The page of a case: who sees it, what it hides, what it offers, what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from gongkai.applications import letters, services
from gongkai.applications.models import Access, Application, Channel, Dispatch
from gongkai.applications.related import DisputeRow, disputes_of, register_disputes
from gongkai.applications.staff.access import acts_for
from gongkai.applications.staff.told import told_of
from gongkai.applications.staff.verbs import BY_EVENT, OTHERWISE, WITHOUT_BUTTON
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role

from ...desk.words import foreign_of
from ..cases import PERSON
from ..letters.world import DAY, RECEIVED, World, fields, file_everything
from .conftest import As, person

SECRETS = (PERSON.name, PERSON.id_number, PERSON.phone, PERSON.address, PERSON.email)


def address(application: Application, rest: str = "") -> str:
    return f"/admin/applications/{application.pk}/{rest}"


def page(client: Client, world: World, rest: str = "") -> LexborHTMLParser:
    response = client.get(address(world.application, rest))
    assert response.status_code == 200, rest
    return LexborHTMLParser(response.content.decode())


def drafted(world: World) -> None:
    file_everything(world, "granted.provided")
    made = letters.draft(world.application, "disclosure", "granted.provided", fields("disclosure"), world.handler, DAY)
    services.draft_reply(world.application, DAY, made, actor=world.handler)


def reviewed(world: World) -> None:
    drafted(world)
    draft = told_of(world.application).case.work.draft
    assert draft is not None
    services.review_reply(world.application, DAY, draft.digest, actor=world.chief)


def signed_off(world: World) -> None:
    reviewed(world)
    letters.sign(world.application, world.application.letters.get(), world.leader, DAY)


def sent(world: World) -> None:
    signed_off(world)
    services.send_letter(
        world.application, DAY, world.application.letters.get(), "signed_post", tracking="EMS1", actor=world.clerk
    )


def consulting(world: World) -> None:
    letters.issue(world.application, "third_party_consultation", fields("third_party_consultation"), world.handler, DAY)


def nothing(world: World) -> None:
    """As it is after the department has signed for it."""


SITUATIONS = {each.__name__: each for each in (nothing, consulting, drafted, reviewed, signed_off, sent)}


@pytest.mark.parametrize("who", ["clerk", "handler", "chief", "leader"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_buttons_are_what_the_table_permits(world: World, signed: As, situation: str, who: str) -> None:
    SITUATIONS[situation](world)
    user: User = getattr(world, who)
    application = Application.objects.get(pk=world.application.pk)
    permitted = {event.kind for event in acts_for(user, application, told_of(application).case)} - WITHOUT_BUTTON
    if situation not in ("consulting", "signed_off"):
        permitted.discard("letter_sent")  # nothing is there to be sent
    slugs = {f"do/{BY_EVENT[kind].slug}/" if kind in BY_EVENT else f"{OTHERWISE[kind]}/" for kind in permitted}
    base = address(world.application)
    links = {str(node.attributes["href"]) for node in page(signed(user), world).css(".gk-item__head a")}
    offered = {link.removeprefix(base) for link in links if link.startswith(base)} - {"files/", "split/"}
    assert offered == slugs
    for slug in offered:
        assert signed(user).get(base + slug).status_code == 200, slug


def test_another_agency_does_not_see_that_it_exists(world: World, signed: As) -> None:
    elsewhere = Agency.add_root(code="other", name="别的局")
    stranger = person(elsewhere, "stranger", Role.CLERK, Role.LEADER)
    for rest in ("", "do/assign/", "evidence/", "draft/", "split/", "letters/1/", "redact/1/"):
        assert signed(stranger).get(address(world.application, rest)).status_code == 404, rest
    for rest in ("applicant/", "files/1/"):
        assert signed(stranger).post(address(world.application, rest)).status_code == 404, rest
    assert Client().get(address(world.application)).status_code == 302


def test_a_department_that_does_not_have_it_reads_and_does_nothing(world: World, signed: As) -> None:
    other = Department.objects.create(agency=world.agency, name="农业处")
    bystander = person(world.agency, "bystander", Role.HANDLER, Role.REVIEWER, department=other)
    found = page(signed(bystander), world)
    assert found.css(".gk-deeds") == []
    assert found.css_first("form[action$='/applicant/']") is None
    assert signed(bystander).post(address(world.application, "applicant/"), {"reason": "看看"}).status_code == 403
    response = signed(bystander).get(address(world.application, "do/correction/"), follow=True)
    assert "没有分给您的处室" in response.content.decode()


def test_a_supervisor_above_sees_the_case_but_not_who_applied(world: World, signed: As) -> None:
    below = world.agency.add_child(code="330302", name="区统计局")
    supervisor = person(world.agency, "supervisor", Role.CLERK)
    supervisor.supervising = True
    supervisor.save()
    application = services.register(below, RECEIVED, PERSON, "粮食产量", channel=Channel.INTERNET)
    client = signed(supervisor)
    assert client.get(address(application)).status_code == 200
    assert client.post(address(application, "applicant/"), {"reason": "核对"}).status_code == 403


def test_who_applied_is_covered_until_somebody_says_why(world: World, signed: As) -> None:
    client = signed(world.handler)
    text = client.get(address(world.application)).content.decode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert "欧阳**" in text
    assert Access.objects.count() == 0
    opened = client.post(address(world.application, "applicant/"), {"reason": "电话联系申请人"})
    assert all(secret in opened.content.decode() for secret in SECRETS)
    assert "no-store" in opened["Cache-Control"]
    access = Access.objects.get()
    assert (access.user, access.what) == (world.handler, "申请人信息：电话联系申请人")
    assert [secret for secret in SECRETS if secret in client.get(address(world.application)).content.decode()] == []


@pytest.mark.parametrize("reason", ["", "  ", "太" * 41])
def test_nobody_opens_it_without_a_reason(world: World, signed: As, reason: str) -> None:
    response = signed(world.clerk).post(address(world.application, "applicant/"), {"reason": reason})
    assert response.status_code == 422
    assert PERSON.phone not in response.content.decode()
    assert Access.objects.count() == 0


def test_who_looked_is_seen_by_the_leader_and_not_by_others(world: World, signed: As) -> None:
    signed(world.handler).post(address(world.application, "applicant/"), {"reason": "核对身份"})
    assert "核对身份" in signed(world.leader).get(address(world.application)).content.decode()
    assert "查阅记录" not in page(signed(world.handler), world).css_first("main").text()  # type: ignore[union-attr]


def test_a_file_is_opened_by_those_who_have_the_case_and_it_is_recorded(world: World, signed: As) -> None:
    services.file_evidence(
        world.application, DAY, "access", "见附件", content=b"%PDF-1.4 x", name="产量表.pdf", actor=world.handler
    )
    file = world.application.files.get()
    other = Department.objects.create(agency=world.agency, name="农业处")
    bystander = person(world.agency, "bystander", Role.HANDLER, department=other)
    path = address(world.application, f"files/{file.pk}/")
    assert signed(bystander).post(path).status_code == 403
    assert signed(world.handler).get(path).status_code == 405
    response = signed(world.handler).post(path)
    assert response.content == b"%PDF-1.4 x"
    assert Access.objects.get().what == f"办理材料 #{file.pk}"


def test_why_it_is_due_on_that_day_is_explained_step_by_step(world: World, signed: As) -> None:
    services.extend(world.application, DAY, working_days=20, actor=world.leader)
    why = page(signed(world.clerk), world).css_first(".gk-why")
    assert why is not None
    steps = why.text()
    assert "收到申请。收到当日不计入" in steps
    assert "延长20个工作日" in steps
    assert "条例第三十三条" in steps
    assert "已延期" in page(signed(world.clerk), world).css_first(".gk-item__head").text()  # type: ignore[union-attr]


def test_waiting_overdue_and_near_look_different_and_say_it_in_words(world: World, signed: As) -> None:
    client = signed(world.clerk)

    def bar() -> tuple[str, str]:
        node = page(client, world).css_first(".gk-bar")
        assert node is not None
        return str(node.attributes["class"]), node.css_first("strong").text()  # type: ignore[union-attr]

    assert bar() == ("gk-bar gk-bar--in_time", "还剩 16 个工作日")
    early = services.register(world.agency, DAY - timedelta(days=60), PERSON, "早的", channel=Channel.COUNTER)
    world.application = early
    assert bar()[0] == "gk-bar gk-bar--overdue"
    assert bar()[1].startswith("已超期")
    world.application = services.register(world.agency, DAY, PERSON, "等的", channel=Channel.COUNTER)
    services.request_correction(world.application, DAY)
    assert bar() == ("gk-bar gk-bar--paused", "停止计算")


def test_each_consultation_has_a_clock_of_its_own(world: World, signed: As) -> None:
    consulting(world)
    text = page(signed(world.handler), world).css_first("#consultations").parent.text()  # type: ignore[union-attr]
    assert "第三方" in text
    assert "还剩 15 个工作日" in text
    assert "由本机关依照条例决定是否公开" in text


def test_the_timeline_names_people_and_says_what_they_did(world: World, signed: As) -> None:
    world.handler.last_name, world.handler.first_name = "王", "承办"
    world.handler.save()
    reviewed(world)
    timeline = page(signed(world.leader), world).css_first(".gk-timeline")
    assert timeline is not None
    for told in ("登记", "主办：综合处", "签收", "王承办", "拟出答复", "审核通过", "予以公开（提供该政府信息）"):
        assert told in timeline.text(), told


def test_disputes_that_another_room_tells_of_stand_on_the_page(
    world: World, signed: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.applications.related._disputes", [])
    monkeypatch.setattr("gongkai.applications.related._holding", [])
    row = DisputeRow("温政复〔2025〕1号", "行政复议", DAY, "尚未审结", "/admin/records/disputes/")
    register_disputes(lambda application: [row], lambda pks: set(pks))
    assert disputes_of(world.application) == [row]
    assert "温政复〔2025〕1号" in page(signed(world.clerk), world).css_first("#related").parent.text()  # type: ignore[union-attr]


def test_a_letter_says_how_far_its_mail_is_and_goes_again_after_it_was_given_up(world: World, signed: As) -> None:
    world.agency.review_online = "掌上复议小程序"
    world.agency.save()
    signed_off(world)
    letter = world.application.letters.get()
    again = address(world.application, f"letters/{letter.pk}/again/")
    clerk = signed(world.clerk)
    assert clerk.post(again).status_code == 404, "it was never mailed"
    first = letters.send_by_email(letter, world.clerk)

    def mails(client: Client) -> list[str]:
        return [node.text(strip=True) for node in page(client, world).css(".gk-mailings li")]

    assert "等待发出" in mails(clerk)[0]
    assert "已经在发送" not in clerk.get(address(world.application)).content.decode()
    assert "还在发送" in clerk.post(again, follow=True).content.decode()
    Dispatch.objects.update(state=Dispatch.State.GIVEN_UP, attempts=3, address="")
    assert "发送失败" in mails(clerk)[0]
    assert "已试 3 次" in mails(clerk)[0]
    assert "再试一次" in mails(clerk)[0]
    assert "再试一次" not in mails(signed(world.leader))[0]
    assert signed(world.leader).post(again).status_code == 403
    assert clerk.get(again).status_code == 405
    assert "已再次交发" in clerk.post(again, follow=True).content.decode()
    assert [("等待发出" in each, "再试一次" in each) for each in mails(clerk)] == [(False, False), (True, False)]
    assert first.pk in {each.pk for each in letter.dispatches.all()}
    assert PERSON.email not in clerk.get(address(world.application)).content.decode()


def test_the_page_costs_the_same_however_much_happened(world: World, signed: As) -> None:
    client = signed(world.leader)
    client.get(address(world.application))

    def cost() -> int:
        with CaptureQueriesContext(connection) as told:
            client.get(address(world.application))
        return len(told)

    before = cost()
    for number in range(4):
        services.file_evidence(world.application, DAY, "search_record", f"第 {number} 次", actor=world.handler)
        services.file_evidence(
            world.application, DAY, "access", content=b"x", name=f"{number}.pdf", actor=world.handler
        )
        other = services.register(world.agency, RECEIVED, PERSON, "另一件", channel=Channel.COUNTER)
        services.link(world.application, DAY, other, "similar", actor=world.clerk)
        client.post(address(world.application, "applicant/"), {"reason": "核对"})
    consulting(world)
    services.return_consultation(world.application, DAY, consultation=1, answer="agreed", actor=world.handler)
    reviewed(world)
    # Numbers of linked applications, and letters under way, are looked up only where there are any.
    assert cost() <= before + 2
    assert before <= 34


def test_everything_is_in_chinese(world: World, signed: As) -> None:
    reviewed(world)
    for user in (world.clerk, world.leader):
        text = signed(user).get(address(world.application)).content.decode()
        assert (
            foreign_of(text, "example", "cn", *(each.username for each in (world.clerk, world.handler, world.chief)))
            == set()
        )
