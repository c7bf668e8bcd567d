"""The one table of what may happen to a dispute, when, by whom and on what.

Views ask :func:`permitted` and :func:`hindrance`, services ask :func:`refusal`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.roles import Actor, Role
from gongkai.law.disputes import ending, errors
from gongkai.law.errors import LawError

from .case import Case
from .events import (
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
from .models import DocumentKind, Status

# A guard gives the reason, in Chinese, why the event may not happen; None when it may.
Guard = Callable[[Case, Event, date], str | None]
Procedure = Callable[[Case, Event, Actor], str | None]


def in_order(case: Case, event: Event, day: date) -> str | None:
    if case.filed_on is not None and day < case.filed_on:
        return f"日期早于受理日期（{case.filed_on}）"
    if case.last_on is not None and day < case.last_on:
        return f"日期早于前一事项（{case.last_on}），请核对"
    return None


def not_before_filing(case: Case, event: Event, day: date) -> str | None:
    return f"日期早于受理日期（{case.filed_on}）" if case.filed_on is not None and day < case.filed_on else None


def body_fits(case: Case, event: Event, day: date) -> str | None:
    """Reviews are heard by governments and superior departments, suits by courts."""
    if not isinstance(event, Filed) or not event.body_kind:
        return None
    if (event.body_kind == "court") == (event.group == "review"):
        return "行政复议由人民政府或者上一级主管部门审理，诉讼由人民法院审理，请核对审理机关"
    if event.earlier is not None and event.group != "suit_after_review":
        return "只有复议后起诉的案件有此前的复议"
    return _unknown(event.alleged)


def simplified_is_of_reviews(case: Case, event: Event, day: date) -> str | None:
    if not isinstance(event, Notified):
        return None
    if event.simplified and case.forum != "review":
        return "这里的简易程序是行政复议的程序，诉讼不适用"
    if event.answer_by is not None and event.answer_by < day:
        return "通知书载明的期限早于收到通知的日期，请核对"
    return None


def answer_is_on_file(case: Case, event: Event, day: date) -> str | None:
    if isinstance(event, Answered) and case.documents.get(event.document) != DocumentKind.ANSWER:
        return "答复书（答辩状）还没有存入，请一并上传"
    return None


def document_is_new(case: Case, event: Event, day: date) -> str | None:
    return "这份材料已经存入" if isinstance(event, DocumentFiled) and event.document in case.documents else None


def session_is_ahead(case: Case, event: Event, day: date) -> str | None:
    return "听证（开庭）日期早于收到通知的日期" if isinstance(event, SessionSet) and event.on < day else None


def ending_fits(case: Case, event: Event, day: date) -> str | None:
    """The ending is one of the forum, an appeal says what became of the judgment, and what was lost says why."""
    if not isinstance(event, Decided):
        return None
    if case.is_appeal != bool(event.appeal):
        return "二审的请选择对一审裁判的处理" if case.is_appeal else "一审、复议没有对原判的处理"
    if event.appeal == "remanded":
        return None
    found = ending(event.ending)
    if found.forum != case.forum:
        return f"“{found.label}”不是{'行政复议' if case.forum == 'review' else '行政诉讼'}的结果"
    if event.appeal in ("upheld", "withdrawn") and event.ending != case.ending:
        return f"维持原判的，结果应当与一审相同（{ending(case.ending).label}）"
    if found.is_lost and not event.errors:
        return "被纠正的，请选择错误类型，供复盘和培训"
    if not found.is_lost and event.errors:
        return "没有被纠正的，不填错误类型"
    if not found.redo and event.perform_by is not None:
        return "没有责令履行的，不填履行期限"
    return _unknown(event.errors)


def result_follows(case: Case, event: Event, day: date) -> str | None:
    """What was decided says which column of table 四 counts it; nobody chooses."""
    if isinstance(event, Concluded) and case.decided_on is not None and ending(case.ending).cell != event.result:
        return f"裁判结果是“{ending(case.ending).label}”，与填写的结果不符"
    return None


def only_suits_are_appealed(case: Case, event: Event, day: date) -> str | None:
    if case.forum == "review":
        return "行政复议决定不能上诉；对复议决定不服起诉的，请另行登记“复议后起诉”"
    return "二审裁判是终审裁判" if case.is_appeal else None


def performed_by_something(case: Case, event: Event, day: date) -> str | None:
    if isinstance(event, Performed) and not event.document_number.strip() and event.application is None:
        return "请填写重新作出的答复的文号，或者为此登记的申请编号"
    return None


def was_decided(case: Case, event: Event, actor: Actor) -> str | None:
    """People record the decision; a ledger that is imported may know the result alone."""
    return None if case.decided_on is not None else "请先登记收到的决定（裁判）"


def leader_appeals(case: Case, event: Event, actor: Actor) -> str | None:
    """Whether the organ itself appeals is for its head to say."""
    if isinstance(event, Appealed) and event.by == "agency" and Role.LEADER not in actor.roles:
        return "本机关上诉须由负责人决定"
    return None


def says_which_body(case: Case, event: Event, actor: Actor) -> str | None:
    if isinstance(event, Filed) and not (event.body.strip() and event.body_kind):
        return "请填写审理机关"
    return None


def _unknown(codes: tuple[str, ...]) -> str | None:
    return next((f"没有代码为 {code} 的错误类型" for code in codes if code not in errors()), None)


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not yet filed), ``roles`` that may do it, what it may lead to.

    ``facts`` hold for imported ledgers too; ``procedure`` is the office's own, for people only.
    """

    event: type[Event]
    states: frozenset[Status | None]
    roles: frozenset[Role]
    targets: frozenset[Status]
    facts: tuple[Guard, ...] = ()
    procedure: tuple[Procedure, ...] = ()


_CLERK = frozenset({Role.CLERK})
_OFFICE = frozenset({Role.CLERK, Role.HANDLER})
_OPEN = frozenset({Status.FILED, Status.ANSWERING, Status.HEARING})
_LIVING = frozenset(Status) - {Status.ARCHIVED}
_ENDED = frozenset({Status.CONCLUDED, Status.PERFORMING})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        Filed,
        frozenset({None}),
        _CLERK,
        frozenset({Status.FILED}),
        facts=(body_fits,),
        procedure=(says_which_body,),
    ),
    Transition(
        Notified,
        frozenset({Status.FILED}),
        _CLERK,
        frozenset({Status.ANSWERING}),
        facts=(in_order, simplified_is_of_reviews),
    ),
    Transition(
        Answered,
        frozenset({Status.ANSWERING}),
        _OFFICE,
        frozenset({Status.HEARING}),
        facts=(in_order, answer_is_on_file),
    ),
    Transition(SessionSet, _OPEN, _OFFICE, _OPEN, facts=(in_order, session_is_ahead)),
    Transition(Decided, _OPEN, _CLERK, frozenset({Status.JUDGED, Status.FILED}), facts=(in_order, ending_fits)),
    Transition(
        Appealed,
        frozenset({Status.JUDGED}),
        frozenset({Role.CLERK, Role.LEADER}),
        frozenset({Status.FILED}),
        facts=(in_order, only_suits_are_appealed),
        procedure=(leader_appeals,),
    ),
    Transition(
        Concluded,
        _OPEN | {Status.JUDGED},
        _CLERK,
        _ENDED,
        facts=(in_order, result_follows),
        procedure=(was_decided,),
    ),
    Transition(
        Performed,
        frozenset({Status.PERFORMING}),
        _OFFICE,
        frozenset({Status.CONCLUDED}),
        facts=(in_order, performed_by_something),
    ),
    Transition(DocumentFiled, _LIVING, _OFFICE, _LIVING, facts=(not_before_filing, document_is_new)),
    Transition(Archived, frozenset({Status.CONCLUDED}), _CLERK, frozenset({Status.ARCHIVED}), facts=(in_order,)),
)

BY_EVENT = {transition.event.kind: transition for transition in TRANSITIONS}
# What is known of an event before anything is typed.
_KNOWN: tuple[Guard | Procedure, ...] = (only_suits_are_appealed, was_decided)


def permitted(case: Case, actor: Actor) -> list[type[Event]]:
    """The events that somebody may bring about as the dispute stands, as far as that is known beforehand."""
    return [row.event for row in TRANSITIONS if hindrance(row.event, case, actor) is None]


def hindrance(event: type[Event], case: Case, actor: Actor) -> str | None:
    """Why somebody may not bring such an event about whatever they type (Chinese), or ``None``."""
    row = BY_EVENT[event.kind]
    if not row.roles & actor.roles:
        return f"“{event.title}”须由{_holders(row)}办理"
    if case.status not in row.states:
        return f"{_state(case)}的案件不能“{event.title}”"
    empty = event.model_construct()
    told = [guard(case, empty, date.max) for guard in row.facts if guard in _KNOWN]
    told += [guard(case, empty, actor) for guard in row.procedure if guard in _KNOWN]
    return next((reason for reason in told if reason), None)


def refusal(case: Case, event: Event, day: date, actor: Actor | None) -> str | None:
    """Why this person may not bring the event about on that day (Chinese), or ``None``.

    ``actor`` of ``None`` is the system itself (an import): no role and no procedure is asked for.
    """
    row = BY_EVENT[event.kind]
    if actor is not None and not row.roles & actor.roles:
        return f"“{event.title}”须由{_holders(row)}办理"
    if case.status not in row.states:
        return f"{_state(case)}的案件不能“{event.title}”"
    if day > date.today():  # noqa: DTZ011  Django sets the process to TIME_ZONE
        return "日期在今天之后"
    try:
        reason = next((told for guard in row.facts if (told := guard(case, event, day))), None)
    except LawError as error:
        return str(error).rstrip("。")
    if reason is None and actor is not None:
        reason = next((told for guard in row.procedure if (told := guard(case, event, actor))), None)
    return reason


def _holders(row: Transition) -> str:
    return "、".join(role.label for role in Role if role in row.roles)


def _state(case: Case) -> str:
    return case.status.label if case.status else "尚未登记"


def check_table(table: tuple[Transition, ...] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never, a state out of reach."""
    kinds = [transition.event.kind for transition in table]
    if sorted(kinds) != sorted(EVENTS):
        raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(EVENTS)}")
    if any(not (row.states and row.roles and row.targets) for row in table):
        raise ValueError("an event without states, roles or targets")
    if any(Status.ARCHIVED in row.states for row in table):
        raise ValueError("nothing happens to a dispute that was filed away")
    reached: set[Status | None] = {None}
    while further := {t for row in table if row.states & reached for t in row.targets} - reached:
        reached |= further
    if unreached := set(Status) - reached:
        raise ValueError(f"no event leads to {sorted(unreached)}")
