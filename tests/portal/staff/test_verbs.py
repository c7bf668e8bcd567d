"""Sending, passing, returning, withdrawing: each page says what follows, and a refusal loses nothing."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from unittest import mock

import pytest
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import User
from gongkai.bureau.roles import Role
from gongkai.notices.models import Notice
from gongkai.portal import services
from gongkai.portal.models import Finding, Item, Openness, Override, Publication, Status
from gongkai.portal.staff.verbs import VERBS
from gongkai.portal.transitions import permitted

from .. import world
from .conftest import As

pytestmark = pytest.mark.anywhere

BASE = "/admin/portal/items/"


def page(item: Item, verb: str = "") -> str:
    return f"{BASE}{item.pk}/{verb + '/' if verb else ''}"


def again(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def digest_on(html: str) -> str:
    found = LexborHTMLParser(html).css_first("input[name=digest]")
    assert found is not None
    return str(found.attributes["value"])


def buttons(html: str) -> set[str]:
    """The verbs that a page offers, by their address."""
    hrefs = [str(node.attributes["href"]) for node in LexborHTMLParser(html).css(".gk-deeds a")]
    return {href.rstrip("/").rsplit("/", 2)[-2 if "/edit/" in href else -1] for href in hrefs}


# --- The way to the public ------------------------------------------------------------------------


def test_a_text_passes_three_people_and_is_public(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    author, chief = signed(bureau.author), signed(bureau.chief)
    assert "部门初审、公开机构审查、负责人签发" in author.get(page(item, "submit")).content.decode()
    assert author.post(page(item, "submit")).status_code == 302
    assert again(item).status == Status.DEPARTMENT
    shown = chief.get(page(item, "review")).content.decode()
    assert "转到公开机构审查" in shown
    passed = chief.post(page(item, "review"), {"digest": digest_on(shown), "opinion": ""}, follow=True)
    assert "已审查通过" in passed.content.decode()
    office = signed(bureau.reviewer)
    shown = office.get(page(item, "review")).content.decode()
    given = {"digest": digest_on(shown), "opinion": "可以", "openness": "proactive", "secrecy_checked": "on"}
    assert office.post(page(item, "review"), given).status_code == 302
    leader = signed(bureau.leader)
    shown = leader.get(page(item, "review")).content.decode()
    assert "签发" in shown
    assert "立即在网站公开" in shown
    assert "330300-tj/年份" in shown
    assert not Publication.objects.exists()
    given = {"digest": digest_on(shown), "opinion": ""}
    assert f"《{item.title}》已签发" in leader.post(page(item, "review"), given, follow=True).content.decode()
    published = Publication.objects.get(item=item)
    assert published.live_from is not None
    told = leader.get(page(item)).content.decode()
    for words in ("拟稿", "送审", "部门初审通过", "公开机构审查通过", "已经保密审查", "签发", published.index_number):
        assert words in told, words


def test_an_embargo_and_what_happens_to_earlier_documents_are_said_before_signing(
    bureau: SimpleNamespace, signed: As
) -> None:
    particulars = {
        "document_class": "other",
        "document_number": f"温统〔{timezone.localdate().year}〕1号",
        "formed_on": timezone.localdate(),
    }
    earlier = world.published(bureau, "旧办法", type="document", **particulars)
    embargoed = world.draft(bureau, "月度数据", release_at=timezone.now() + timedelta(days=30))
    repealing = world.draft(bureau, "新办法")
    repealing.effects.create(target=earlier.publication, kind="repealed", on="2030-01-01")
    shown = []
    for item in (embargoed, repealing):
        edition = services.submit(item, bureau.author)
        services.review(item, bureau.chief, "department", edition.digest)
        settled = {"openness": Openness.PROACTIVE, "secrecy_checked": True}
        services.review(item, bureau.reviewer, "office", edition.digest, **settled)
        shown.append(signed(bureau.leader).get(page(item, "review")).content.decode())
    assert "在此之前任何人看不到" in shown[0]
    assert "《旧办法》自 2030-01-01 起废止" in shown[1]


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"opinion": "仔细看过"}, 422, "请确定公开属性"),
        ({"opinion": "仔细看过", "openness": "proactive"}, 422, "没有经过保密审查的信息不能公开"),
        ({"opinion": "仔细看过", "openness": "withheld", "secrecy_checked": "on"}, 409, "不能发布"),
        (
            {"opinion": "仔细看过", "openness": "proactive", "secrecy_checked": "on", "digest": "0" * 64},
            409,
            "送审的内容已经变动",
        ),
    ],
)
def test_the_office_is_held_to_openness_secrecy_and_the_proof_it_saw(
    bureau: SimpleNamespace, signed: As, given: dict[str, str], status: int, words: str
) -> None:
    item = world.draft(bureau)
    edition = services.submit(item, bureau.author)
    services.review(item, bureau.chief, "department", edition.digest)
    response = signed(bureau.reviewer).post(page(item, "review"), {"digest": edition.digest, **given})
    assert response.status_code == status
    text = response.content.decode()
    assert words in text
    assert "仔细看过" in text, "what was typed comes back"
    assert again(item).status == Status.OFFICE


def test_sending_back_needs_an_opinion_and_tells_the_author(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    services.submit(item, bureau.author)
    chief = signed(bureau.chief)
    assert chief.post(page(item, "return"), {"opinion": " "}).status_code == 422
    assert again(item).status == Status.DEPARTMENT
    assert chief.post(page(item, "return"), {"opinion": "第二段的数字请核对"}).status_code == 302
    assert again(item).status == Status.DRAFT
    notice = Notice.objects.get(recipient=bureau.author)
    assert "退回" in notice.subject
    assert notice.url == page(item)
    assert "第二段的数字请核对" in signed(bureau.author).get(page(item)).content.decode()
    assert "第二段的数字请核对" in signed(bureau.author).get("/admin/portal/").content.decode()


def test_whoever_must_act_is_told_and_nobody_who_need_not(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    edition = services.submit(item, bureau.author)
    assert {notice.recipient for notice in Notice.objects.filter(settled_at=None)} == {bureau.chief}
    services.review(item, bureau.chief, "department", edition.digest)
    assert {notice.recipient for notice in Notice.objects.filter(settled_at=None)} == {bureau.reviewer}
    services.recall(item, bureau.author)
    assert not Notice.objects.filter(settled_at=None).exists()
    world.approve(bureau, again(item))
    told = Notice.objects.filter(settled_at=None)
    assert {(notice.recipient, notice.subject[:3]) for notice in told} == {(bureau.author, "已签发")}
    services.withdraw(again(item), bureau.leader, "有误")
    urgent = Notice.objects.filter(urgent=True)
    assert {notice.recipient for notice in urgent} == {bureau.author, bureau.leader}


def test_what_is_recorded_of_the_past_tells_nobody(bureau: SimpleNamespace) -> None:
    world.published(bureau, at=world.moment("2020-03-02 09:00"))
    assert not Notice.objects.exists()


def test_withdrawing_says_what_disappears_and_needs_a_reason(bureau: SimpleNamespace, signed: As) -> None:
    item = world.published(bureau)
    security = signed(bureau.security)
    shown = security.get(page(item, "withdraw")).content.decode()
    assert f"/art/{item.pk}.html" in shown
    assert security.post(page(item, "withdraw"), {"reason": ""}).status_code == 422
    assert security.post(page(item, "withdraw"), {"reason": "含有个人信息"}).status_code == 302
    assert Publication.objects.get(item=item).withdrawn_on is not None
    assert security.post(page(item, "restore"), {"reason": "误报"}).status_code == 409
    leader = signed(bureau.leader)
    assert leader.post(page(item, "restore"), {"reason": "误报"}).status_code == 302
    assert Publication.objects.get(item=item).withdrawn_on is None


def test_a_draft_is_discarded_once_and_what_was_public_never(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.author)
    item = world.draft(bureau)
    assert client.post(page(item, "discard")).status_code == 302
    assert again(item).status == Status.DISCARDED
    assert client.post(page(item, "discard")).status_code == 409
    public = world.published(bureau, "公开过的")
    services.edited(public, bureau.author)
    refused = client.post(page(public, "discard"))
    assert refused.status_code == 409
    assert "请撤下" in refused.content.decode()


def test_a_refused_verb_says_why_on_the_page_of_the_item(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    services.submit(item, bureau.author)
    response = signed(bureau.leader).get(page(item, "review"), follow=True)
    assert response.redirect_chain[-1][0] == page(item)
    assert "部门初审须由审核办理" in response.content.decode()
    assert signed(bureau.author).get(page(item, "nonsense")).status_code == 404


def test_every_verb_is_posted_with_a_token_and_never_done_by_looking(bureau: SimpleNamespace) -> None:
    from django.test import Client

    item = world.draft(bureau)
    client = Client(enforce_csrf_checks=True)
    client.force_login(bureau.author)
    assert client.post(page(item, "submit")).status_code == 403
    for verb in VERBS:
        client.get(page(item, verb))
    assert again(item).status == Status.DRAFT


# --- Who is offered what --------------------------------------------------------------------------


@pytest.fixture
def everybody(bureau: SimpleNamespace) -> list[User]:
    return [
        bureau.author,
        bureau.chief,
        bureau.reviewer,
        bureau.leader,
        bureau.security,
        world.user(bureau.agency, "clerk", Role.CLERK, department=bureau.survey),
        world.user(bureau.agency, "nobody", department=bureau.survey),
    ]


EVENT_OF = {"edit": "edited"} | {slug: verb.event.kind for slug, verb in VERBS.items()}


@pytest.mark.parametrize("status", [status.value for status in Status])
def test_buttons_are_exactly_what_the_table_permits(
    bureau: SimpleNamespace, signed: As, everybody: list[User], status: str
) -> None:
    item = in_status(bureau, status)
    case = services.case_of(item)
    seen = set()
    for user in everybody:
        offered = {EVENT_OF[slug] for slug in buttons(signed(user).get(page(item)).content.decode())}
        allowed = {event.kind for event in permitted(case, services.actor_of(user))}
        assert offered == allowed - {"override_requested", "override_confirmed"}, (user, status)
        seen |= offered
    assert bool(seen) is (status != Status.DISCARDED)


def in_status(bureau: SimpleNamespace, status: str) -> Item:
    """An item that came to a status the way items do."""
    if status in {Status.PUBLISHED, Status.WITHDRAWN}:
        item = world.published(bureau)
        if status == Status.WITHDRAWN:
            services.withdraw(item, bureau.leader, "有误")
        return again(item)
    item = world.draft(bureau)
    if status == Status.DISCARDED:
        services.discard(item, bureau.author)
    if status in {Status.DEPARTMENT, Status.OFFICE, Status.LEADER}:
        edition = services.submit(item, bureau.author)
        if status != Status.DEPARTMENT:
            services.review(item, bureau.chief, "department", edition.digest)
        if status == Status.LEADER:
            services.review(
                item, bureau.reviewer, "office", edition.digest, openness=Openness.PROACTIVE, secrecy_checked=True
            )
    found = again(item)
    assert found.status == status
    return found


# --- What the examination found -------------------------------------------------------------------


@pytest.fixture
def blocked(bureau: SimpleNamespace) -> Item:
    """A draft with somebody's mobile number in it; examined, and found."""
    number = "138" + "12345678"
    return world.draft(bureau, body=[("paragraph", f"<p>请与张某联系，手机{number}。</p>")])


def test_a_blocking_finding_stops_sending_and_is_shown_masked(
    bureau: SimpleNamespace, signed: As, blocked: Item
) -> None:
    client = signed(bureau.author)
    response = client.post(page(blocked, "submit"))
    assert response.status_code == 409
    text = response.content.decode()
    assert "须先处理" in text
    assert "13812345678" not in text
    assert again(blocked).status == Status.DRAFT
    shown = client.get(page(blocked)).content.decode()
    assert "13812345678" not in shown
    found = Finding.objects.get(item=blocked, severity="block")
    assert found.excerpt
    assert f"/admin/portal/items/edit/{blocked.pk}/" in shown
    assert f"{page(blocked)}findings/{found.pk}/pass/" in shown


def test_two_named_people_let_a_finding_pass_each_with_a_reason(
    bureau: SimpleNamespace, signed: As, blocked: Item
) -> None:
    author, security = signed(bureau.author), signed(bureau.security)
    assert author.post(page(blocked, "examine")).status_code == 302
    found = Finding.objects.get(item=blocked, severity="block")
    ask = f"{page(blocked)}findings/{found.pk}/pass/"
    assert author.post(ask, {"reason": ""}).status_code == 422
    assert author.post(ask, {"reason": "本人书面同意公开"}).status_code == 302
    asked = Override.objects.get(item=blocked)
    confirm = f"{page(blocked)}passes/{asked.pk}/confirm/"
    assert author.post(confirm, {"reason": "自己同意自己"}).status_code == 409
    assert "本人书面同意公开" in security.get(confirm).content.decode()
    assert "等我同意放行（1）" in security.get("/admin/portal/").content.decode()
    assert security.post(confirm, {"reason": "已核对同意书"}).status_code == 302
    told = author.get(page(blocked)).content.decode()
    assert "已放行" in told
    assert "已核对同意书" in told
    assert author.post(page(blocked, "submit")).status_code == 302
    assert again(blocked).status == Status.DEPARTMENT


def test_only_writers_have_a_draft_examined(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    assert signed(bureau.leader).post(page(item, "examine")).status_code == 403
    assert signed(bureau.author).get(page(item, "examine")).status_code == 405
    with mock.patch("gongkai.portal.staff.item.examining.examine_item", return_value=[]) as examined:
        response = signed(bureau.author).post(page(item, "examine"), follow=True)
    assert examined.called
    assert "没有发现问题" in response.content.decode()


# --- Several at once ------------------------------------------------------------------------------


def test_several_drafts_are_shown_first_and_then_sent(bureau: SimpleNamespace, signed: As, blocked: Item) -> None:
    good, sent = world.draft(bureau, "第一条"), world.draft(bureau, "第二条")
    services.submit(sent, bureau.author)
    client = signed(bureau.author)
    chosen = {"item": [good.pk, sent.pk, blocked.pk]}
    preview = client.post(f"{BASE}bulk/submit/", chosen)
    text = preview.content.decode()
    assert preview.status_code == 200
    assert "将送审的（2 条）" in text
    assert "待部门初审的信息不能“送审”" in text
    assert again(good).status == Status.DRAFT, "nothing is done before it is confirmed"
    done = client.post(f"{BASE}bulk/submit/", chosen | {"confirmed": "1"}, follow=True).content.decode()
    assert "已送审 1 条" in done
    assert "没有送审" in done
    assert [again(each).status for each in (good, blocked)] == [Status.DEPARTMENT, Status.DRAFT]
    assert client.post(f"{BASE}bulk/submit/", follow=True).content.decode().count("没有选中信息") == 1
    assert client.post(f"{BASE}bulk/delete/", chosen).status_code == 404
    assert client.get(f"{BASE}bulk/submit/").status_code == 405


def test_items_of_others_are_not_among_those_chosen(
    bureau: SimpleNamespace, other: SimpleNamespace, signed: As
) -> None:
    theirs = Item.objects.create(agency=other.agency, column=other.column, title="别处的草稿")
    services.edited(theirs, other.author)
    response = signed(bureau.author).post(f"{BASE}bulk/discard/", {"item": [theirs.pk], "confirmed": "1"}, follow=True)
    assert "没有选中信息" in response.content.decode()
    assert again(theirs).status == Status.DRAFT
