"""The one table of what may happen to an application, when, by whom, and on what evidence.

Views ask :func:`permitted`, services ask :func:`refusal`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.roles import Role
from gongkai.law.errors import LawError
from gongkai.law.outcomes import outcome, outcomes

from .case import Case
from .deadlines import correction_limit, due, longest_extension
from .events import (
    EVENTS,
    ConsultationReturned,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Decided,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    Registered,
    Withdrawn,
)
from .models import Status

# A guard gives the reason, in Chinese, why the event may not happen; None when it may.
Guard = Callable[[Case, Event, date], str | None]


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not yet registered), ``roles`` that may do it, what it
    may lead to. ``facts`` are guards on what can have happened at all and hold for imported ledgers too;
    ``guards`` are the law's conditions on whoever acts now.
    """

    event: type[Event]
    states: frozenset[Status | None]
    roles: frozenset[Role]
    targets: frozenset[Status]
    facts: tuple[Guard, ...] = ()
    guards: tuple[Guard, ...] = ()


# --- What can have happened ---------------------------------------------------------------------------


def not_before_the_last_event(case: Case, event: Event, day: date) -> str | None:
    if case.last_on is not None and day < case.last_on:
        return f"日期早于前一事项（{case.last_on}），请核对"
    return None


def consultation_is_open(case: Case, event: Event, day: date) -> str | None:
    number = getattr(event, "consultation", 0)
    if number not in case.consultations:
        return f"没有第 {number} 次征求意见"
    return f"第 {number} 次征求意见已经收到答复" if number in case.returned else None


def consultation_is_new(case: Case, event: Event, day: date) -> str | None:
    number = getattr(event, "consultation", 0)
    return f"第 {number} 次征求意见已经登记" if number in case.consultations else None


_AWAITED = {
    Status.AWAITING_CORRECTION: ("other.not_corrected_in_time", "补正"),
    Status.AWAITING_FEE: ("other.fee_unpaid", "缴费"),
}


def outcome_fits_the_state(case: Case, event: Event, day: date) -> str | None:
    """While a correction or a fee is awaited the only end is that it did not come (Article 30; 〔2020〕109号)."""
    if not isinstance(event, Decided):
        return None
    code = outcome(event.outcome).code
    status = case.status
    for awaiting, (ending, what) in _AWAITED.items():
        if status is awaiting and code != ending:
            return f"还没有收到{what}，办理结果只能是逾期不{what}、不再处理"
        if status is not awaiting and code == ending:
            return f"没有未了的{what}要求，办理结果不能是逾期不{what}"
    if code == "unavailable.unclear_after_correction" and case.corrected_on is None:
        return "没有收到过补正，办理结果不能是补正后仍不明确"
    return None


# --- What the law requires of whoever acts ------------------------------------------------------------


def correction_asked_in_time(case: Case, event: Event, day: date) -> str | None:
    """Article 30: within 7 working days of receipt."""
    if case.received_on is None:
        return None
    days, last = correction_limit(case.received_on)
    return f"要求补正应在收到申请之日起 {days} 个工作日内（至 {last}）一次性告知" if day > last else None


def correction_asked_once(case: Case, event: Event, day: date) -> str | None:
    """Article 30: one notice."""
    return "已经要求过补正，不能再次要求" if case.correction_requested_on is not None else None


def extended_once(case: Case, event: Event, day: date) -> str | None:
    """Article 33: one extension."""
    return "已经延期一次，不能再延" if case.extended_on is not None else None


def extended_before_due(case: Case, event: Event, day: date) -> str | None:
    """Article 33: the applicant is told before the period has run out."""
    last, _ = due(case)
    return f"答复期限 {last} 已过，不能延期" if day > last else None


def extended_by_what_is_allowed(case: Case, event: Event, day: date) -> str | None:
    """Article 33: by no more working days than the law of the day of receipt allows."""
    if not isinstance(event, Extended) or case.received_on is None:
        return None
    longest = longest_extension(case.received_on)
    return f"延长的期限不得超过 {longest} 个工作日" if event.working_days > longest else None


def outcome_says_enough(case: Case, event: Event, day: date) -> str | None:
    """A wider outcome, kept for old ledgers that say no more, is no reply."""
    if not isinstance(event, Decided) or outcome(event.outcome).choosable:
        return None
    row = outcome(event.outcome).row("2021")
    finer = "；".join(found.label for found in outcomes().values() if found.choosable and found.row("2021") == row)
    return f"办理结果须写明是哪一种：{finer}"


def evidence_on_file(case: Case, event: Event, day: date) -> str | None:
    """What must be on file before a reply of this outcome: a search record, reasons, another body's name."""
    if not isinstance(event, Decided):
        return None
    missing = outcome(event.outcome).missing(event.evidence)
    return f"答复之前须先备齐：{'；'.join(evidence.label for evidence in missing)}" if missing else None


# --- The table ----------------------------------------------------------------------------------------

_OPEN = frozenset({Status.HANDLING, Status.AWAITING_CORRECTION, Status.CONSULTING, Status.AWAITING_FEE})
_RUNNING = frozenset({Status.HANDLING, Status.CONSULTING})
_OFFICE = frozenset({Role.CLERK, Role.HANDLER})
_LEADER = frozenset({Role.LEADER})
_CLOSED = frozenset({Status.CLOSED})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Registered, frozenset({None}), frozenset({Role.CLERK}), frozenset({Status.HANDLING})),
    Transition(
        CorrectionRequested,
        frozenset({Status.HANDLING}),
        _OFFICE,
        frozenset({Status.AWAITING_CORRECTION}),
        facts=(not_before_the_last_event, correction_asked_once),
        guards=(correction_asked_in_time,),
    ),
    Transition(
        Corrected,
        frozenset({Status.AWAITING_CORRECTION}),
        frozenset({Role.CLERK}),
        frozenset({Status.HANDLING}),
        facts=(not_before_the_last_event,),
    ),
    Transition(
        Extended,
        _RUNNING,
        _LEADER,
        _RUNNING,
        facts=(not_before_the_last_event, extended_once),
        guards=(extended_before_due, extended_by_what_is_allowed),
    ),
    Transition(
        ConsultationSent,
        _RUNNING,
        _OFFICE,
        frozenset({Status.CONSULTING}),
        facts=(not_before_the_last_event, consultation_is_new),
    ),
    Transition(
        ConsultationReturned,
        frozenset({Status.CONSULTING}),
        _OFFICE,
        _RUNNING,
        facts=(not_before_the_last_event, consultation_is_open),
    ),
    Transition(
        FeeNoticed,
        frozenset({Status.HANDLING}),
        _LEADER,
        frozenset({Status.AWAITING_FEE}),
        facts=(not_before_the_last_event,),
    ),
    Transition(
        FeePaid,
        frozenset({Status.AWAITING_FEE}),
        frozenset({Role.CLERK}),
        frozenset({Status.HANDLING}),
        facts=(not_before_the_last_event,),
    ),
    Transition(
        Decided,
        _OPEN,
        _LEADER,
        _CLOSED,
        facts=(not_before_the_last_event, outcome_fits_the_state),
        guards=(outcome_says_enough, evidence_on_file),
    ),
    Transition(Withdrawn, _OPEN, frozenset({Role.CLERK}), _CLOSED, facts=(not_before_the_last_event,)),
)

BY_EVENT = {transition.event.kind: transition for transition in TRANSITIONS}


def permitted(case: Case, roles: Iterable[Role]) -> list[type[Event]]:
    """The events that somebody with these roles may bring about as the case stands, before any evidence."""
    held = frozenset(roles)
    return [t.event for t in TRANSITIONS if case.status in t.states and t.roles & held]


def impossible(case: Case, event: Event, day: date) -> str | None:
    """Why the event cannot have happened on that day as the case stands (Chinese), or ``None``."""
    transition = BY_EVENT[event.kind]
    if day > date.today():  # noqa: DTZ011  Django sets the process to TIME_ZONE; asked a million times by an import
        return "日期在今天之后"
    status = case.status
    if status not in transition.states:
        state = status.label if status else "尚未登记"
        return f"{state}的申请不能“{event.title}”"
    return _first(transition.facts, case, event, day)


def unlawful(case: Case, event: Event, day: date) -> str | None:
    """Which condition of the law the event would not meet (Chinese), or ``None``."""
    return _first(BY_EVENT[event.kind].guards, case, event, day)


def refusal(case: Case, event: Event, day: date, roles: Iterable[Role] | None) -> str | None:
    """Why somebody with these roles may not bring the event about (Chinese), or ``None``.

    ``roles`` of ``None`` is the system itself (an import, the demonstration): no role is asked for.
    """
    if roles is not None and not BY_EVENT[event.kind].roles & frozenset(roles):
        needed = "、".join(role.label for role in Role if role in BY_EVENT[event.kind].roles)
        return f"“{event.title}”须由{needed}办理"
    return impossible(case, event, day) or unlawful(case, event, day)


def _first(guards: Iterable[Guard], case: Case, event: Event, day: date) -> str | None:
    try:
        for guard in guards:
            if reason := guard(case, event, day):
                return reason
    except LawError as error:
        return str(error)
    return None


def check_table(table: tuple[Transition, ...] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never, a state out of reach."""
    kinds = [transition.event.kind for transition in table]
    if sorted(kinds) != sorted(EVENTS):
        raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(EVENTS)}")
    for transition in table:
        if not (transition.states and transition.roles and transition.targets):
            raise ValueError(f"{transition.event.kind} has no states, roles or targets")
        if Status.CLOSED in transition.states:
            raise ValueError(f"{transition.event.kind}: nothing happens to a closed application")
    reached: set[Status | None] = {None}
    while further := {t for row in table if row.states & reached for t in row.targets} - reached:
        reached |= further
    if unreached := set(Status) - reached:
        raise ValueError(f"no event leads to {sorted(unreached)}")
