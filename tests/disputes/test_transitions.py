"""Who may do what with a dispute and when: the whole table, role by state by event."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.bureau.roles import Actor, Role
from gongkai.disputes.case import Case
from gongkai.disputes.events import (
    EVENTS,
    Answered,
    Appealed,
    Archived,
    Concluded,
    Decided,
    DocumentFiled,
    Event,
    Filed,
    Notified,
    Performed,
    SessionSet,
)
from gongkai.disputes.models import DisputeKind, DisputeResult, DocumentKind, Status
from gongkai.disputes.transitions import TRANSITIONS, check_table, hindrance, permitted, refusal

DAY = date(2025, 4, 1)

_FILED = Filed(number="1", group=DisputeKind.SUIT_DIRECT, body="法院", body_kind="court")
_LOST = Decided(ending="suit.revoked", errors=("late",), perform_by=date(2025, 9, 1))
_ANSWER = DocumentFiled(document=1, what=DocumentKind.ANSWER)
WAYS: dict[Status | None, list[Event]] = {
    None: [],
    Status.FILED: [_FILED],
    Status.ANSWERING: [_FILED, _ANSWER, Notified()],
    Status.HEARING: [_FILED, _ANSWER, Notified(), Answered(document=1)],
    Status.JUDGED: [_FILED, _LOST],
    Status.PERFORMING: [_FILED, _LOST, Concluded(result=DisputeResult.CORRECTED)],
    Status.CONCLUDED: [_FILED, Concluded(result=DisputeResult.UPHELD)],
    Status.ARCHIVED: [_FILED, Concluded(result=DisputeResult.UPHELD), Archived()],
}
PROBES: dict[str, Event] = {
    "filed": _FILED,
    "notified": Notified(),
    "document_filed": DocumentFiled(document=2, what=DocumentKind.OTHER),
    "answered": Answered(document=1),
    "session_set": SessionSet(on=date(2025, 5, 1)),
    "decided": Decided(ending="suit.claim_dismissed"),
    "appealed": Appealed(by="other"),
    "concluded": Concluded(result=DisputeResult.CORRECTED),
    "performed": Performed(document_number="温统信公〔2025〕2号"),
    "archived": Archived(),
}
# Written out by hand from what an office does: state → event → who.
C, H, L = Role.CLERK, Role.HANDLER, Role.LEADER
OPEN = {"document_filed": {C, H}, "session_set": {C, H}, "decided": {C}}
EXPECTED: dict[Status | None, dict[str, set[Role]]] = {
    None: {"filed": {C}},
    Status.FILED: {**OPEN, "notified": {C}},
    Status.ANSWERING: {**OPEN, "answered": {C, H}},
    Status.HEARING: OPEN,
    Status.JUDGED: {"document_filed": {C, H}, "appealed": {C, L}, "concluded": {C}},
    Status.PERFORMING: {"document_filed": {C, H}, "performed": {C, H}},
    Status.CONCLUDED: {"document_filed": {C, H}, "archived": {C}},
    Status.ARCHIVED: {},
}


def reach(status: Status | None) -> Case:
    case = Case()
    for event in WAYS[status]:
        case.apply(event.kind, DAY, event.model_dump(mode="json"))
    assert case.status is status
    return case


def test_the_table_is_whole_and_every_event_has_a_probe() -> None:
    check_table()
    assert set(PROBES) == set(EVENTS) == {row.event.kind for row in TRANSITIONS}
    assert set(WAYS) == set(EXPECTED) == {None, *Status}


@pytest.mark.parametrize("status", WAYS, ids=str)
@pytest.mark.parametrize("kind", PROBES)
@pytest.mark.parametrize("role", Role)
def test_role_by_state_by_event(role: Role, status: Status | None, kind: str) -> None:
    case, actor = reach(status), Actor(1, frozenset({role}))
    allowed = role in EXPECTED[status].get(kind, set())
    assert (refusal(case, PROBES[kind], DAY, actor) is None) == allowed
    assert (hindrance(EVENTS[kind], case, actor) is None) == allowed
    assert (EVENTS[kind] in permitted(case, actor)) == allowed


CLERK = Actor(1, frozenset({C}))
REVIEW = Filed(number="1", group=DisputeKind.REVIEW, body="温州市人民政府", body_kind="government")


def after(*events: Event) -> Case:
    case = Case()
    for event in events:
        case.apply(event.kind, DAY, event.model_dump(mode="json"))
    return case


SECOND = (_FILED, Decided(ending="suit.claim_dismissed"), Appealed(by="other"))


@pytest.mark.parametrize(
    ("before", "event", "reason"),
    [
        ((), REVIEW.model_copy(update={"body_kind": "court"}), "请核对审理机关"),
        ((), _FILED.model_copy(update={"body": " "}), "请填写审理机关"),
        ((), REVIEW.model_copy(update={"alleged": ("nothing",)}), "没有代码为 nothing"),
        ((), REVIEW.model_copy(update={"earlier": 7}), "只有复议后起诉"),
        ((_FILED,), Notified(simplified=True), "诉讼不适用"),
        ((REVIEW,), Notified(answer_by=date(2025, 3, 1)), "载明的期限早于"),
        ((_FILED, Notified()), Answered(document=1), "还没有存入"),
        (
            (_FILED, DocumentFiled(document=1, what=DocumentKind.CLAIM), Notified()),
            Answered(document=1),
            "还没有存入",
        ),
        ((_FILED,), SessionSet(on=date(2025, 3, 31)), "早于收到通知"),
        ((REVIEW,), Decided(ending="suit.revoked", errors=("late",)), "不是行政复议的结果"),
        ((REVIEW,), Decided(ending="review.nothing"), "没有代码为"),
        ((REVIEW,), Decided(ending="review.revoked"), "请选择错误类型"),
        ((REVIEW,), Decided(ending="review.upheld", errors=("late",)), "不填错误类型"),
        ((REVIEW,), Decided(ending="review.upheld", perform_by=DAY), "不填履行期限"),
        ((REVIEW,), Decided(appeal="remanded"), "没有对原判的处理"),
        (SECOND, Decided(ending="suit.claim_dismissed"), "请选择对一审裁判的处理"),
        (SECOND, Decided(ending="suit.rejected", appeal="upheld"), "应当与一审相同"),
        ((*SECOND, Decided(ending="suit.claim_dismissed", appeal="upheld")), Appealed(by="other"), "终审"),
        ((_FILED, _LOST), Appealed(by="agency"), "须由负责人决定"),
        ((_FILED, _LOST), Concluded(result=DisputeResult.UPHELD), "与填写的结果不符"),
        ((_FILED,), Concluded(result=DisputeResult.UPHELD), "请先登记收到的决定"),
        (
            (_FILED, _LOST, Concluded(result=DisputeResult.CORRECTED)),
            Performed(),
            "请填写重新作出的答复",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(before: tuple[Event, ...], event: Event, reason: str) -> None:
    told = refusal(after(*before), event, DAY, CLERK)
    assert told is not None
    assert reason in told


def test_nothing_is_recorded_before_what_went_before_it() -> None:
    case = after(_FILED)
    case.apply("notified", date(2025, 4, 10), Notified().model_dump(mode="json"))
    case.apply("document_filed", date(2025, 5, 10), _ANSWER.model_dump(mode="json"))
    assert "早于前一事项" in str(refusal(case, Answered(document=1), date(2025, 4, 9), CLERK))
    assert refusal(case, Answered(document=1), date(2025, 4, 10), CLERK) is None
    assert "早于受理日期" in str(refusal(case, Answered(document=1), date(2025, 3, 9), CLERK))


def test_a_remanded_suit_begins_again_as_the_same_dispute() -> None:
    case = after(*SECOND, Decided(appeal="remanded"))
    assert (case.status, case.is_appeal, case.ending) == (Status.FILED, False, "")
    assert refusal(case, Decided(ending="suit.revoked", errors=("late",)), DAY, CLERK) is None
