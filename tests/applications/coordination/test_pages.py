"""会商 on its pages: the county sees what it is asked and not who applies; refused verbs keep what was typed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from gongkai.applications import vault
from gongkai.applications.coordination import services
from gongkai.applications.coordination.models import Asked, Coordination, Openness, Standing, Status
from gongkai.applications.coordination.services import case_of
from gongkai.applications.models import Access, FileKind
from gongkai.bureau.models import Agency, User

from ..cases import PERSON
from ..matters_world import DAY, WANTED, signed_in, staff
from .coordinating import QUESTION, SHOWN, asked, digest, drafted, given, opened

pytestmark = pytest.mark.anywhere

SECRETS = (PERSON.name, "欧阳", PERSON.id_number, PERSON.phone, PERSON.email, PERSON.address, WANTED)


def test_the_county_sees_the_question_and_nobody_behind_it(world: SimpleNamespace) -> None:
    one = asked(world)
    file = vault.keep(world.application, b"scan", "表样.pdf", FileKind.EVIDENCE, world.city.handler)
    services.share(one.coordination, [file])
    client = signed_in(world.county.handler)
    for path in ("incoming/", f"incoming/{one.pk}/", f"incoming/{one.pk}/draft/"):
        page = client.get(f"/admin/coordination/{path}").content.decode()
        assert one.coordination.number in page
        assert [secret for secret in (*SECRETS, world.application.number) if secret in page] == []
    page = client.get(f"/admin/coordination/incoming/{one.pk}/").content.decode()
    assert QUESTION in page
    assert SHOWN in page
    assert "表样.pdf" in page


def test_the_county_opens_nothing_of_the_case_but_what_was_given_to_it(world: SimpleNamespace) -> None:
    one = asked(world)
    kept = vault.keep(world.application, b"secret", "内部.pdf", FileKind.EVIDENCE, world.city.handler)
    shown = vault.keep(world.application, b"scan", "表样.pdf", FileKind.EVIDENCE, world.city.handler)
    services.share(one.coordination, [shown])
    client = signed_in(world.county.handler)
    shared = one.coordination.files.get()
    assert client.get(f"/admin/coordination/file/{shared.pk}/").status_code == 405
    assert client.post(f"/admin/coordination/file/{shared.pk}/").content == b"scan"
    assert Access.objects.get().user == world.county.handler
    for path in (
        f"/admin/coordination/{one.coordination_id}/",
        f"/admin/coordination/{one.coordination_id}/conclude/",
        f"/admin/coordination/{one.coordination_id}/organ/{one.pk}/record/",
        f"/admin/applications/{world.application.pk}/",
        f"/admin/coordination/case/{world.application.pk}/open/",
        f"/admin/coordination/case/{world.application.pk}/body/",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/admin/applications/{world.application.pk}/files/{kept.pk}/").status_code == 404


def test_nobody_else_sees_either_side(world: SimpleNamespace) -> None:
    one = asked(world)
    other = staff(Agency.objects.get(pk=world.city.agency.pk).add_child(code="x", name="平阳县统计局"), "x-")
    client = signed_in(other.clerk)
    for path in (f"incoming/{one.pk}/", f"incoming/{one.pk}/draft/", f"{one.coordination_id}/"):
        assert client.get(f"/admin/coordination/{path}").status_code == 404
    for path in ("", "incoming/?state=all"):
        assert one.coordination.number not in client.get(f"/admin/coordination/{path}").content.decode()
    city = signed_in(world.city.clerk)
    assert city.get(f"/admin/coordination/incoming/{one.pk}/").status_code == 404, "it is the county's desk"


def test_a_city_that_supervises_the_county_reads_no_answer_before_it_is_signed(world: SimpleNamespace) -> None:
    one = drafted(world)
    client = signed_in(world.city.clerk)
    assert "由本局制作" not in client.get(f"/admin/coordination/{one.coordination_id}/").content.decode()
    services.give_opinion(one, DAY, digest(one), actor=world.county.chief)
    assert "由本局制作" in client.get(f"/admin/coordination/{one.coordination_id}/").content.decode()


def test_the_whole_way_on_the_pages(world: SimpleNamespace) -> None:
    handler, county, chief = (
        signed_in(each) for each in (world.city.handler, world.county.handler, world.county.chief)
    )
    case = f"/admin/applications/{world.application.pk}/"
    assert "发起会商" in handler.get(case).content.decode()
    start = f"/admin/coordination/case/{world.application.pk}/open/"
    assert handler.get(start).status_code == 200
    blanks = {"day": "2025-06-09", "trigger": "other_maker", "form": "letter", "question": QUESTION, "shown": SHOWN}
    named = handler.post(start, {**blanks, "question": "欧阳测试要的表是否公开"})
    assert (named.status_code, "欧阳测试要的表" in named.content.decode()) == (422, True)
    assert handler.post(start, {**blanks, "form": "meeting"}).status_code == 422
    assert handler.post(start, blanks).status_code == 302
    one = Coordination.objects.get()
    base = f"/admin/coordination/{one.pk}"
    ask = {"day": "2025-06-09", "reply_by": "2025-06-20", "whom": f"agency:{world.county.agency.pk}"}
    assert handler.get(f"{base}/ask/").status_code == 200
    assert handler.post(f"{base}/ask/", {**ask, "name": "也填了"}).status_code == 422
    assert handler.post(f"{base}/ask/", ask).status_code == 302
    organ = Asked.objects.get()
    there = f"/admin/coordination/incoming/{organ.pk}"
    answer = {"openness": "on_request", "opinion": "由本局制作", "basis": "统计年鉴"}
    assert county.post(f"{there}/draft/", {**answer, "basis": ""}).status_code == 422
    assert county.post(f"{there}/draft/", answer).status_code == 302
    upload = {"file": SimpleUploadedFile("依据.pdf", b"%PDF")}
    assert county.post(f"{there}/file/", upload).status_code == 302
    refused = county.post(f"{there}/give/", {"digest": digest(organ)})
    assert refused.status_code == 409
    assert chief.get(f"{there}/give/").status_code == 200
    assert chief.post(f"{there}/give/", {"digest": digest(organ)}).status_code == 302
    assert Asked.objects.get().standing == Standing.GIVEN
    conclusion = {"openness": "on_request", "answerer": "other", "conclusion": "由县局负责公开"}
    assert handler.get(f"{base}/conclude/").status_code == 200
    kept = signed_in(world.city.leader).post(f"{base}/conclude/", conclusion)
    assert (kept.status_code, "由县局负责公开" in kept.content.decode()) == (409, True)
    assert handler.post(f"{base}/conclude/", conclusion).status_code == 302
    leader = signed_in(world.city.leader)
    assert leader.get(f"{base}/sign-off/").status_code == 200
    assert leader.post(f"{base}/sign-off/", {"digest": case_of(one).digest}).status_code == 302
    assert Coordination.objects.get().status == Status.DONE
    for client, path in ((handler, f"{base}/"), (handler, case), (county, f"{there}/")):
        assert "可以依申请公开" in client.get(path).content.decode()


@pytest.mark.parametrize("side", ["own", "asked"])
@pytest.mark.parametrize("role", ["clerk", "handler", "chief", "leader", "security"])
@pytest.mark.parametrize("stage", ["opened", "asked", "drafted", "given"])
def test_the_buttons_are_what_the_table_permits(world: SimpleNamespace, stage: str, role: str, side: str) -> None:
    from gongkai.applications.coordination.transitions import TABLE
    from gongkai.applications.staff.coordination import VERBS
    from gongkai.applications.staff.coordination_incoming import INCOMING_VERBS
    from gongkai.bureau.roles import actor_of

    made = {"opened": opened, "asked": asked, "drafted": drafted, "given": given}[stage](world)
    one = made if isinstance(made, Coordination) else made.coordination
    if side == "asked" and stage == "opened":
        return
    user = getattr(world.city if side == "own" else world.county, role)
    verbs = VERBS if side == "own" else INCOMING_VERBS
    path = f"{one.pk}/" if side == "own" else f"incoming/{made.pk}/"
    page = signed_in(user).get(f"/admin/coordination/{path}").content.decode()
    case = case_of(one)
    state = None if side == "own" else case.organs[made.pk].standing
    permitted = {each.kind for each in TABLE.permitted(case, actor_of(user), side, state)}  # type: ignore[arg-type]
    for slug, verb in verbs.items():
        assert (f'/admin/coordination/{path}{slug}/"' in page) is (verb.event.kind in permitted), slug


def test_pages_ask_as_often_for_many_as_for_one(world: SimpleNamespace) -> None:
    asks: list[list[int]] = []
    for count in (1, 6):
        for _ in range(count):
            one = asked(world)
        counts = []
        for user, path in (
            (world.city.clerk, ""),
            (world.county.clerk, "incoming/"),
            (world.city.clerk, f"{one.coordination_id}/"),
        ):
            client = signed_in(user)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/admin/coordination/{path}").status_code == 200
            counts.append(len(queries))
        asks.append(counts)
    assert asks[0] == asks[1]


def test_a_silent_body_can_be_closed_from_its_page(world: SimpleNamespace) -> None:
    one = asked(world)
    base = f"/admin/coordination/{one.coordination_id}/organ/{one.pk}/end-wait/"
    early = signed_in(world.city.handler).post(base, {"day": "2025-06-09"})
    assert early.status_code == 409
    assert Asked.objects.get().standing == Standing.WAITING


def test_without_the_role_nothing_begins(world: SimpleNamespace) -> None:
    world.city.handler.groups.clear()
    start = f"/admin/coordination/case/{world.application.pk}/open/"
    blanks = {"day": "2025-06-09", "trigger": "joint", "form": "letter", "question": QUESTION, "shown": SHOWN}
    assert signed_in(world.city.handler).post(start, blanks).status_code in (302, 409)
    assert not Coordination.objects.exists()


def test_the_answer_of_one_body_is_not_shown_to_another(world: SimpleNamespace) -> None:
    coordination = opened(world)
    first = asked(world, coordination)
    root = Agency.objects.get(pk=world.city.agency.pk)
    second = staff(root.add_child(code="y", name="永嘉县统计局"), "y-")
    from gongkai.applications.coordination.services import whom_of

    other = services.ask(coordination, DAY, whom_of(second.agency), actor=world.city.handler)
    services.draft_opinion(first, DAY, Openness.CLOSED, "瑞安认为不宜", "依据", actor=world.county.clerk)
    services.give_opinion(first, DAY, digest(first), actor=world.county.chief)
    page = signed_in(second.clerk).get(f"/admin/coordination/incoming/{other.pk}/").content.decode()
    assert "瑞安认为不宜" not in page
    assert "瑞安市统计局" not in page


def test_the_desk_of_the_body_that_is_asked_counts_what_waits_for_it(world: SimpleNamespace) -> None:
    def cost(user: User) -> tuple[int, str]:
        with CaptureQueriesContext(connection) as told:
            text = signed_in(user).get("/admin/").content.decode()
        return len(told), text

    signed_in(world.county.handler).get("/admin/")
    before, text = cost(world.county.handler)
    assert "待答复的会商" not in text
    asked(world)
    asked(world)
    after, text = cost(world.county.handler)
    assert after == before
    link = LexborHTMLParser(text).css_first('.gk-number-card a[href="/admin/coordination/incoming/"]')
    assert link is not None
    assert link.css_first(".gk-number-card__value").text() == "2"
    assert "待答复的会商" not in cost(world.city.handler)[1]
    Asked.objects.filter(pk=Asked.objects.first().pk).update(reply_by=DAY - timedelta(days=1))
    assert "待答复的会商（1 件已逾期）" in cost(world.county.clerk)[1]
