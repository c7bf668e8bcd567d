"""A review and a suit from filing to archive: what is due when, documents, table 四, what was lost and why."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from gongkai.bureau.figures import Scope, figure
from gongkai.bureau.roles import NotPermittedError
from gongkai.disputes import files, services
from gongkai.disputes.models import Dispute, DisputeFile, DisputeKind, DisputeResult, DocumentKind, FileAccess, Status
from gongkai.disputes.projection import rebuild
from gongkai.disputes.queries import Urgency, days_left, lessons, of_urgency, open_among, urgency_of
from gongkai.disputes.reminders import remind
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.notices.models import Notice

from .conftest import FILED, TODAY, World

NOW = timezone.make_aware(datetime(2025, 6, 9, 8, 5))


def test_a_review_is_answered_in_time_and_lost_and_done_again(world: World) -> None:
    dispute = world.file(claims="请求撤销并责令公开")
    services.notify(dispute, date(2025, 4, 3), simplified=True, actor=world.clerk)
    # 4 April is a holiday; the 5th and 6th a weekend.
    assert (dispute.status, dispute.due_on) == (Status.ANSWERING, date(2025, 4, 11))
    services.answer(dispute, date(2025, 4, 10), b"answer", "答复书.docx", actor=world.handler)
    services.set_session(dispute, date(2025, 4, 14), date(2025, 4, 20), "hearing", actor=world.handler)
    assert (dispute.status, dispute.due_on, dispute.hearing_on) == (Status.HEARING, None, date(2025, 4, 20))
    services.decide(
        dispute,
        date(2025, 5, 6),
        ending="review.revoked",
        decision_number="温政复决〔2025〕1号",
        perform_by=date(2025, 6, 16),
        errors=["no_reasons", "no_severance"],
        actor=world.clerk,
    )
    assert (dispute.status, dispute.result, dispute.due_on) == (Status.PERFORMING, "corrected", date(2025, 6, 16))
    assert open_among([world.application.pk]) == {world.application.pk}
    with pytest.raises(NotPermittedError, match="不能“归档”"):
        services.archive(dispute, TODAY, actor=world.clerk)
    services.perform(dispute, TODAY, document_number="温统信公〔2025〕9号", actor=world.handler)
    services.archive(dispute, TODAY, volume="2025-3", actor=world.clerk)
    assert dispute.status == Status.ARCHIVED
    assert open_among([world.application.pk]) == set()
    assert rebuild(world.agency) == []
    assert verify(world.agency) is None
    assert "请求撤销" not in "".join(Entry.objects.values_list("payload", flat=True))


def test_a_suit_with_an_appeal_is_counted_once(world: World) -> None:
    dispute = world.file(DisputeKind.SUIT_DIRECT, "（2025）浙0302行初1号")
    services.notify(dispute, date(2025, 4, 3), actor=world.clerk)
    assert dispute.due_on == date(2025, 4, 18)
    services.decide(dispute, date(2025, 4, 28), ending="suit.claim_dismissed", actor=world.clerk)
    # 15 days: 13 May; until then it may be appealed.
    assert (dispute.status, dispute.due_on, dispute.concluded_on) == (Status.JUDGED, date(2025, 5, 13), None)
    scope = Scope.of(world.agency, 2025)
    assert figure("disputes.pending").evaluate(scope) == {("suit_direct",): 1}
    services.appeal(dispute, date(2025, 5, 9), by="other", number="（2025）浙03行终1号", actor=world.clerk)
    assert (dispute.number, dispute.is_appeal, dispute.status) == ("（2025）浙03行终1号", True, Status.FILED)
    services.decide(dispute, TODAY, ending="suit.claim_dismissed", appeal="upheld", actor=world.clerk)
    assert (dispute.status, dispute.result) == (Status.CONCLUDED, "upheld")
    assert figure("disputes.concluded").evaluate(scope) == {("suit_direct", "upheld"): 1}
    assert figure("disputes.pending").evaluate(scope) == {}
    assert rebuild(world.agency) == []


def test_a_judgment_nobody_appeals_takes_effect(world: World) -> None:
    dispute = world.file(DisputeKind.SUIT_DIRECT)
    services.decide(dispute, date(2025, 4, 28), ending="suit.unlawful", errors=["late"], actor=world.clerk)
    with pytest.raises(NotPermittedError, match="与填写的结果不符"):
        services.conclude(dispute, date(2025, 5, 14), DisputeResult.UPHELD, actor=world.clerk)
    services.conclude(dispute, date(2025, 5, 14), DisputeResult.CORRECTED, actor=world.clerk)
    assert dispute.status == Status.CONCLUDED  # unlawful, but nothing is ordered


def test_the_day_that_the_notice_names_goes_before_the_law(world: World) -> None:
    dispute = world.file()
    services.notify(dispute, date(2025, 4, 3), answer_by=date(2025, 4, 14), actor=world.clerk)
    assert dispute.due_on == date(2025, 4, 14)


@pytest.mark.parametrize(("ending", "appeal"), [("", ""), ("review.upheld", "remanded"), ("nothing", "")])
def test_an_ending_that_is_none_is_refused(world: World, ending: str, appeal: str) -> None:
    dispute = world.file()
    with pytest.raises(NotPermittedError):
        services.decide(dispute, TODAY, ending=ending, appeal=appeal, actor=world.clerk)  # type: ignore[arg-type]
    assert services.case_of(dispute).status == Status.FILED


def test_documents_are_sealed_and_who_opens_them_is_on_record(world: World) -> None:
    dispute = world.file()
    kept = services.add_document(dispute, FILED, DocumentKind.CLAIM, b"secret claim", "欧阳测试.pdf", actor=world.clerk)
    with files_storage(kept) as stored:
        assert b"secret" not in stored.read()
    assert files.read(kept, world.handler) == b"secret claim"
    assert FileAccess.objects.get().user == world.handler
    assert "欧阳" not in "".join(Entry.objects.values_list("payload", flat=True))


def files_storage(file: DisputeFile):  # type: ignore[no-untyped-def]
    from django.core.files.storage import default_storage

    return default_storage.open(file.path, "rb")


def test_a_document_that_is_refused_leaves_nothing(world: World) -> None:
    dispute = world.file()
    with pytest.raises(NotPermittedError, match="早于受理日期"):
        services.add_document(dispute, date(2025, 3, 1), DocumentKind.CLAIM, b"x", "a.pdf", actor=world.clerk)
    assert not DisputeFile.objects.exists()
    assert files.sweep(timezone.now()) == 0  # young files stay: their transaction may be under way


def test_people_are_told_what_is_due_and_no_longer_once_it_is_done(world: World) -> None:
    soon, late = world.file(number="soon"), world.file(number="late")
    services.notify(soon, date(2025, 5, 29), actor=world.clerk)  # due 13 June
    services.notify(late, date(2025, 5, 12), actor=world.clerk)
    assert (days_left(soon, TODAY), urgency_of(soon, TODAY)) == ("提交答复（答辩）：还剩 4 个工作日", Urgency.DUE_SOON)
    assert urgency_of(late, TODAY) is Urgency.OVERDUE
    found = {each: list(Dispute.objects.filter(of_urgency(each, TODAY))) for each in Urgency}
    assert found == {Urgency.OVERDUE: [late], Urgency.DUE_SOON: [soon]}
    assert remind(NOW) == "新提醒 5 条"
    assert remind(NOW) == "新提醒 0 条"
    told = {(each.recipient.username, each.subject) for each in Notice.objects.select_related("recipient")}
    assert ("leader", "late：提交答复（答辩）已逾期") in told
    assert ("leader", "soon：提交答复（答辩），还剩 4 个工作日") not in told
    services.answer(late, TODAY, b"x", "a.docx", actor=world.clerk)
    remind(NOW)
    assert set(Notice.objects.filter(settled_at=None).values_list("key", flat=True)) == {
        f"disputes.due:{soon.pk}:2025-06-13:5"
    }


def test_a_session_is_told_of_before_it_is_held(world: World) -> None:
    dispute = world.file(DisputeKind.SUIT_DIRECT)
    services.set_session(dispute, date(2025, 6, 3), date(2025, 6, 11), "trial", actor=world.clerk)
    assert remind(NOW) == "新提醒 2 条"
    assert "快要听证（开庭）" in Notice.objects.all()[0].subject


def test_what_was_lost_is_told_by_error_and_department(world: World) -> None:
    for number, errors in (("a", ["late"]), ("b", ["late", "no_reasons"])):
        dispute = world.file(number=number)
        services.decide(dispute, date(2025, 5, 6), ending="review.unlawful", errors=errors, actor=world.clerk)
    won = world.file(number="c")
    services.decide(won, date(2025, 5, 6), ending="review.upheld", actor=world.clerk)
    found = lessons(world.agency, date(2025, 1, 1), date(2025, 12, 31))
    assert (found.concluded, found.lost_count, found.unnamed) == (3, 2, 0)
    assert [(each.error.code, each.count) for each in found.by_error] == [("late", 2), ("no_reasons", 1)]
    assert found.by_department == (("没有关联的承办处室", 2),)
    assert lessons(world.agency, date(2024, 1, 1), date(2024, 12, 31)).lost_count == 0


def test_a_suit_after_a_review_names_it(world: World) -> None:
    review = world.file()
    suit = world.file(DisputeKind.SUIT_AFTER_REVIEW, "（2025）浙行初2号", earlier=review)
    assert suit.earlier == review
    assert rebuild(world.agency) == []
