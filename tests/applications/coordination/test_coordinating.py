"""会商: who is asked, what stops the clock, what each side may do, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.applications import services as of_case
from gongkai.applications import vault
from gongkai.applications.coordination import services, telling
from gongkai.applications.coordination.models import Answerer, Asked, Coordination, Form, Openness, Standing, Status
from gongkai.applications.coordination.projection import rebuild
from gongkai.applications.coordination.services import case_of, whom_of
from gongkai.applications.models import Application, FileKind, Letter
from gongkai.applications.models import Status as CaseStatus
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.notices.models import Notice

from ..cases import PERSON
from ..matters_world import DAY, WANTED, on
from .coordinating import OUTSIDE, QUESTION, SHOWN, asked, digest, drafted, given, opened

LATER = DAY + timedelta(days=3)


def now(world: SimpleNamespace) -> Application:
    return Application.objects.get(pk=world.application.pk)


def test_the_county_answers_at_its_desk_and_the_leader_signs_the_result(world: SimpleNamespace) -> None:
    one = given(world)
    coordination = Coordination.objects.get()
    assert (coordination.status, one.standing) == (Status.ANSWERED, Standing.GIVEN)
    services.conclude(
        coordination, DAY, Openness.ON_REQUEST, Answerer.OTHER, "由县局负责公开。", actor=world.city.handler
    )
    services.sign_off(coordination, DAY, case_of(coordination).digest, actor=world.city.leader)
    kept = Coordination.objects.get()
    assert (kept.status, kept.openness, kept.answerer, kept.concluded_on) == ("done", "on_request", "other", DAY)
    assert rebuild(world.city.agency) == []
    assert verify(world.city.agency) is None


def test_the_clock_stands_from_the_question_to_the_answer(world: SimpleNamespace) -> None:
    due = now(world).due_on
    one = asked(world)
    assert now(world).status == CaseStatus.CONSULTING
    with on(LATER):
        services.draft_opinion(one, LATER, Openness.CLOSED, "不宜公开", "涉及单个调查对象", actor=world.county.clerk)
        services.give_opinion(one, LATER, digest(one), actor=world.county.chief)
    case = now(world)
    assert case.status == CaseStatus.HANDLING
    assert due is not None
    assert case.due_on is not None
    assert case.due_on > due, "three days on which the county was waited for are not counted (Article 33)"


def test_who_is_silent_is_waited_for_until_the_last_day_and_no_longer(world: SimpleNamespace) -> None:
    one = asked(world)
    with pytest.raises(NotPermittedError, match="届满之前"):
        services.end_wait(one, one.reply_by, actor=world.city.handler)
    after = one.reply_by + timedelta(days=1)
    with on(after):
        services.end_wait(one, after, actor=world.city.handler)
    assert (Asked.objects.get().standing, now(world).status) == (Standing.SILENT, CaseStatus.HANDLING)
    with pytest.raises(NotPermittedError, match="期满未答复的会商不能“拟出意见”"):
        services.draft_opinion(one, after, Openness.CLOSED, "迟了", "迟了", actor=world.county.clerk)


def test_a_body_outside_is_asked_by_a_letter_that_names_no_applicant(world: SimpleNamespace) -> None:
    coordination = opened(world)
    one = services.ask(coordination, DAY, OUTSIDE, officer="李科", actor=world.city.handler)
    letter = Letter.objects.get()
    assert (one.letter, letter.code, letter.document_number != "") == (letter, "assistance", True)
    assert letter.file is not None
    from gongkai.applications.letters.filling import text_of

    paper = text_of(vault.read(letter.file, None))
    assert QUESTION in paper.replace("\n", "")
    assert PERSON.name not in paper
    services.record_opinion(one, DAY, Openness.CLOSED, "不同意", "内部资料", actor=world.city.handler)
    assert now(world).status == CaseStatus.HANDLING
    assert rebuild(world.city.agency) == []


def test_two_bodies_are_waited_for_until_both_have_answered(world: SimpleNamespace) -> None:
    coordination = opened(world)
    county = asked(world, coordination)
    services.ask(coordination, DAY, OUTSIDE, officer="李科", actor=world.city.handler)
    services.draft_opinion(county, DAY, Openness.CLOSED, "不宜", "依据", actor=world.county.clerk)
    services.give_opinion(county, DAY, digest(county), actor=world.county.chief)
    assert (Coordination.objects.get().status, now(world).status) == (Status.ASKED, CaseStatus.CONSULTING)


def test_what_nobody_agrees_on_goes_up_and_comes_back_as_a_conclusion(world: SimpleNamespace) -> None:
    given(world, Openness.CLOSED)
    coordination = Coordination.objects.get()
    services.disagree(coordination, DAY, "县局认为属于单个调查对象资料", actor=world.city.handler)
    with pytest.raises(NotPermittedError, match="须由负责人办理"):
        services.escalate(coordination, DAY, "市政府办公室", actor=world.city.clerk)
    with pytest.raises(NotPermittedError, match="意见不一致的会商不能“形成结论”"):
        services.conclude(coordination, DAY, Openness.PARTLY, Answerer.OWN, "区分处理", actor=world.city.clerk)
    services.escalate(coordination, DAY, "市政府办公室", actor=world.city.leader)
    services.conclude(coordination, DAY, Openness.PARTLY, Answerer.OWN, "区分处理", actor=world.city.clerk)
    services.send_back(coordination, DAY, "请写明公开时间", actor=world.city.leader)
    assert Coordination.objects.get().status == Status.ESCALATED
    services.conclude(coordination, DAY, Openness.PARTLY, Answerer.OWN, "公布后区分处理", actor=world.city.clerk)
    with pytest.raises(NotPermittedError, match="已经变动"):
        services.sign_off(coordination, DAY, "x" * 64, actor=world.city.leader)
    assert rebuild(world.city.agency) == []


def test_ending_it_lets_the_clock_run(world: SimpleNamespace) -> None:
    one = asked(world)
    services.end(one.coordination, DAY, "申请人已另行取得", actor=world.city.clerk)
    assert now(world).status == CaseStatus.HANDLING
    with pytest.raises(NotPermittedError, match="不需要再答复"):
        services.draft_opinion(one, DAY, Openness.CLOSED, "迟了", "迟了", actor=world.county.clerk)


Try = Callable[[SimpleNamespace], Any]
REFUSED: dict[str, tuple[Try, str]] = {
    "the county may not lead": (
        lambda w: services.end(opened(w), DAY, "x", actor=w.county.clerk),
        "没有分给您的处室|不由您所在的机关",
    ),
    "the city may not answer for the county": (
        lambda w: services.draft_opinion(asked(w), DAY, Openness.CLOSED, "x", "y", actor=w.city.clerk),
        "不由您所在的机关答复",
    ),
    "nor record an answer for it": (
        lambda w: services.record_opinion(asked(w), DAY, Openness.CLOSED, "x", "y", actor=w.city.clerk),
        "在本系统中自行答复",
    ),
    "nobody signs their own opinion": (
        lambda w: (w.county.chief.groups.add(*w.county.handler.groups.all()), _own(w)),
        "不能签发自己拟出的意见",
    ),
    "nobody signs what changed": (
        lambda w: services.give_opinion(drafted(w), DAY, "x" * 64, actor=w.county.chief),
        "已经变动",
    ),
    "an opinion has a basis": (
        lambda w: services.draft_opinion(asked(w), DAY, Openness.CLOSED, "不公开", " ", actor=w.county.clerk),
        "意见及其依据",
    ),
    "one's own agency is not asked": (
        lambda w: services.ask(opened(w), DAY, whom_of(w.city.agency), actor=w.city.handler),
        "会商的对象是其他机关",
    ),
    "nobody is asked twice at once": (
        lambda w: (one := asked(w), asked(w, one.coordination)),
        "正在征求中",
    ),
    "an answer is not due before it is asked for": (
        lambda w: services.ask(
            opened(w), DAY, whom_of(w.county.agency), reply_by=date(2025, 6, 1), actor=w.city.handler
        ),
        "早于发出日期",
    ),
}


def _own(w: SimpleNamespace) -> None:
    one = services.draft_opinion(asked(w), DAY, Openness.CLOSED, "x", "y", actor=w.county.chief)
    services.give_opinion(one, DAY, digest(one), actor=w.county.chief)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(world: SimpleNamespace, name: str) -> None:
    attempt, reason = REFUSED[name]
    with pytest.raises(NotPermittedError, match=reason):
        attempt(world)


def test_a_closed_case_is_not_coordinated(world: SimpleNamespace) -> None:
    of_case.withdraw(world.application, DAY)
    with pytest.raises(NotPermittedError, match="已经办结"):
        opened(world)


def test_a_department_that_has_not_the_case_begins_none(world: SimpleNamespace) -> None:
    world.city.handler.department = world.city.office
    world.city.handler.save()
    with pytest.raises(NotPermittedError, match="没有分给您的处室"):
        opened(world)


def test_no_identity_paper_is_shown_to_others(world: SimpleNamespace) -> None:
    file = vault.keep(world.application, b"x", "身份证.jpg", FileKind.ID_PROOF)
    with pytest.raises(NotPermittedError, match="身份证明"):
        services.share(opened(world), [file])


def test_only_those_who_lead_show_files_to_others(world: SimpleNamespace) -> None:
    one = asked(world)
    file = vault.keep(world.application, b"x", "表样.pdf", FileKind.EVIDENCE)
    with pytest.raises(NotPermittedError, match="不由您所在的机关"):
        services.share(one.coordination, [file], actor=world.county.clerk)
    with pytest.raises(NotPermittedError, match=r"没有分给您的处室|须由"):
        services.share(one.coordination, [file], actor=world.city.security)
    services.share(one.coordination, [file], actor=world.city.handler)
    assert one.coordination.files.count() == 1


def test_nothing_anybody_wrote_is_in_the_ledger_or_in_a_notice(world: SimpleNamespace) -> None:
    given(world)
    told = " ".join(Entry.objects.values_list("payload", flat=True))
    told += " ".join(f"{each.subject}{each.text}{each.url}" for each in Notice.objects.all())
    for words in (QUESTION, SHOWN, "已经公布", "统计年鉴", PERSON.name, WANTED):
        assert words not in told


def test_whoever_has_not_answered_is_reminded_once(world: SimpleNamespace) -> None:
    one = asked(world)
    Notice.objects.all().delete()
    from django.utils import timezone

    moment = timezone.now()
    for day, people in (
        (one.reply_by - timedelta(days=1), 2),
        (one.reply_by, 0),
        (one.reply_by + timedelta(days=1), 1),
    ):
        with on(day):
            from unittest import mock

            with mock.patch("gongkai.applications.coordination.telling.timezone.localdate", return_value=day):
                assert telling.remind(moment) == people, day
    assert set(Notice.objects.values_list("recipient__username", flat=True)) == {
        "county-clerk",
        "county-chief",
        "clerk",
    }


def test_a_meeting_waits_without_a_letter(world: SimpleNamespace) -> None:
    one = services.ask(opened(world, Form.MEETING), DAY, OUTSIDE, people="王科长", actor=world.city.handler)
    assert (one.letter, Letter.objects.count(), now(world).status) == (None, 0, CaseStatus.CONSULTING)


def test_columns_that_were_altered_are_told_and_mended(world: SimpleNamespace) -> None:
    given(world)
    Asked.objects.update(standing=Standing.WAITING)
    Coordination.objects.update(status=Status.DONE)
    told = rebuild(world.city.agency, write=False)
    assert len(told) == 2
    assert any("瑞安市统计局的答复情况与台账不符" in each for each in told)
    rebuild(world.city.agency)
    assert (Asked.objects.get().standing, Coordination.objects.get().status) == (Standing.GIVEN, Status.ANSWERED)
