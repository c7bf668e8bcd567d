"""The one table of what may happen to an application, when, by whom, and on what evidence.

Views ask :func:`permitted`, services ask :func:`refusal`; nothing else decides. The conditions themselves are in
:mod:`.facts` (what can have happened), :mod:`.lawful` (what the Regulation requires) and :mod:`.procedure` (who
handles what in the office).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.roles import Actor, Role
from gongkai.law.errors import LawError

from .case import Case
from .events import (
    EVENTS,
    Archived,
    Assigned,
    AssignmentReturned,
    ConsultationReturned,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Decided,
    Erased,
    Event,
    EvidenceFiled,
    Extended,
    FeeNoticed,
    FeePaid,
    LetterSent,
    LetterServed,
    Linked,
    Merged,
    ReasonsAsked,
    ReasonsGiven,
    ReceiptConfirmed,
    Registered,
    ReplyDrafted,
    ReplyReturned,
    ReplyReviewed,
    ReplySigned,
    SignedFor,
    Withdrawn,
)
from .facts import (
    Guard,
    consultation_is_new,
    consultation_is_open,
    correction_asked_once,
    erased_once,
    extended_once,
    letter_was_sent,
    not_before_the_last_event,
    outcome_fits_the_state,
    reasons_asked_once,
    reasons_were_asked,
)
from .lawful import (
    correction_asked_in_time,
    evidence_on_file,
    extended_before_due,
    extended_by_what_is_allowed,
    objection_is_overridden_for_a_reason,
    outcome_says_enough,
    repeat_names_what_was_answered,
    silence_has_lasted,
)
from .models import Stage, Status
from .procedure import (
    Procedure,
    at_stage,
    consultations_are_over,
    department_waits_for_me,
    every_letter_has_its_proof,
    is_before_me,
    is_for_my_department,
    is_known_before,
    is_not_archived,
    is_the_reply_looked_at,
    is_the_signed_outcome,
    reply_is_not_mine,
    reviews_for_lead_or_office,
    said_why,
    something_is_unproven,
)


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not yet registered), ``roles`` that may do it, what it
    may lead to. ``facts`` are guards on what can have happened at all and hold for imported ledgers too;
    ``guards`` are the law's conditions on whoever acts now; ``procedure`` the office's own, for people only.
    """

    event: type[Event]
    states: frozenset[Status | None]
    roles: frozenset[Role]
    targets: frozenset[Status]
    facts: tuple[Guard, ...] = ()
    guards: tuple[Guard, ...] = ()
    procedure: tuple[Procedure, ...] = ()


# --- The table ----------------------------------------------------------------------------------------

_OPEN = frozenset({Status.HANDLING, Status.AWAITING_CORRECTION, Status.CONSULTING, Status.AWAITING_FEE})
_RUNNING = frozenset({Status.HANDLING, Status.CONSULTING})
_OFFICE = frozenset({Role.CLERK, Role.HANDLER})
_DEPARTMENT = frozenset({Role.HANDLER, Role.REVIEWER})
_LEADER = frozenset({Role.LEADER})
_CLOSED = frozenset({Status.CLOSED})
# Before a reply is on its way.
_AT_WORK = at_stage(Stage.NEW, Stage.ASSIGNED, Stage.WORKING)
# Facts that need nothing but how things stand.
_KNOWN_FACTS: tuple[Guard, ...] = (correction_asked_once, extended_once, reasons_asked_once, reasons_were_asked)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Registered, frozenset({None}), frozenset({Role.CLERK}), frozenset({Status.HANDLING})),
    Transition(
        CorrectionRequested,
        frozenset({Status.HANDLING}),
        _OFFICE,
        frozenset({Status.AWAITING_CORRECTION}),
        facts=(not_before_the_last_event, correction_asked_once),
        guards=(correction_asked_in_time,),
        procedure=(
            _AT_WORK,
            is_for_my_department,
        ),
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
        procedure=(
            _AT_WORK,
            is_for_my_department,
        ),
    ),
    Transition(
        ConsultationReturned,
        frozenset({Status.CONSULTING}),
        _OFFICE,
        _RUNNING,
        facts=(not_before_the_last_event, consultation_is_open),
        guards=(silence_has_lasted,),
        procedure=(is_for_my_department,),
    ),
    Transition(
        FeeNoticed,
        frozenset({Status.HANDLING}),
        _LEADER,
        frozenset({Status.AWAITING_FEE}),
        facts=(not_before_the_last_event,),
        procedure=(_AT_WORK,),
    ),
    Transition(
        FeePaid,
        frozenset({Status.AWAITING_FEE}),
        frozenset({Role.CLERK}),
        frozenset({Status.HANDLING}),
        facts=(not_before_the_last_event,),
    ),
    # Whoever sends the signed letter off; that day decides whether the reply is in time.
    Transition(
        Decided,
        _OPEN,
        _OFFICE,
        _CLOSED,
        facts=(not_before_the_last_event, outcome_fits_the_state),
        guards=(outcome_says_enough, evidence_on_file),
        procedure=(is_for_my_department, at_stage(Stage.SIGNED), is_the_signed_outcome),
    ),
    Transition(Withdrawn, _OPEN, frozenset({Role.CLERK}), _CLOSED, facts=(not_before_the_last_event,)),
    Transition(Merged, _OPEN, frozenset({Role.CLERK}), _CLOSED, facts=(not_before_the_last_event,)),
    Transition(ReceiptConfirmed, _OPEN, frozenset({Role.CLERK}), _OPEN),
    Transition(
        ReasonsAsked,
        frozenset({Status.HANDLING}),
        _OFFICE,
        _OPEN,
        facts=(not_before_the_last_event, reasons_asked_once),
        procedure=(
            _AT_WORK,
            is_for_my_department,
        ),
    ),
    Transition(
        ReasonsGiven, _OPEN, frozenset({Role.CLERK}), _OPEN, facts=(not_before_the_last_event, reasons_were_asked)
    ),
    # --- Who has it ---
    Transition(
        Assigned,
        _OPEN,
        frozenset({Role.CLERK}),
        _OPEN,
        procedure=(_AT_WORK,),
    ),
    Transition(SignedFor, _OPEN, _DEPARTMENT, _OPEN, procedure=(department_waits_for_me,)),
    Transition(AssignmentReturned, _OPEN, _DEPARTMENT, _OPEN, procedure=(department_waits_for_me, said_why)),
    Transition(
        EvidenceFiled,
        _OPEN | _CLOSED,
        _OFFICE,
        _OPEN | _CLOSED,
        procedure=(
            is_not_archived,
            is_for_my_department,
        ),
    ),
    # --- The reply ---
    Transition(
        ReplyDrafted,
        _OPEN,
        _OFFICE,
        _OPEN,
        facts=(outcome_fits_the_state,),
        guards=(
            outcome_says_enough,
            evidence_on_file,
            objection_is_overridden_for_a_reason,
            repeat_names_what_was_answered,
        ),
        procedure=(at_stage(Stage.NEW, Stage.WORKING, Stage.REVIEW), is_for_my_department, consultations_are_over),
    ),
    Transition(
        ReplyReviewed,
        _OPEN,
        frozenset({Role.REVIEWER}),
        _OPEN,
        procedure=(reviews_for_lead_or_office, at_stage(Stage.REVIEW), reply_is_not_mine, is_the_reply_looked_at),
    ),
    Transition(
        ReplyReturned,
        _OPEN,
        frozenset({Role.REVIEWER, Role.LEADER}),
        _OPEN,
        procedure=(is_before_me, at_stage(Stage.REVIEW, Stage.SIGNING), said_why),
    ),
    Transition(
        ReplySigned,
        _OPEN,
        _LEADER,
        _OPEN,
        procedure=(at_stage(Stage.SIGNING), reply_is_not_mine, is_the_reply_looked_at),
    ),
    # --- Letters, and the file ---
    Transition(
        LetterSent,
        _OPEN | _CLOSED,
        _OFFICE,
        _OPEN | _CLOSED,
        facts=(not_before_the_last_event,),
        procedure=(is_not_archived, is_for_my_department),
    ),
    Transition(
        LetterServed,
        _OPEN | _CLOSED,
        _OFFICE,
        _OPEN | _CLOSED,
        facts=(letter_was_sent,),
        procedure=(something_is_unproven, is_for_my_department),
    ),
    Transition(Linked, _OPEN | _CLOSED, _OFFICE, _OPEN | _CLOSED, procedure=(is_for_my_department,)),
    Transition(
        Archived,
        _CLOSED,
        frozenset({Role.CLERK}),
        _CLOSED,
        procedure=(at_stage(Stage.DONE), every_letter_has_its_proof),
    ),
    # Asked for by whoever answers for personal data, done by the schedule (:mod:`.retention`).
    Transition(Erased, _CLOSED, frozenset({Role.SECURITY_OFFICER}), _CLOSED, facts=(erased_once,)),
)

BY_EVENT = {transition.event.kind: transition for transition in TRANSITIONS}


def permitted(case: Case, actor: Actor) -> list[type[Event]]:
    """The events that this person may bring about as the case stands, before any evidence."""
    return [t.event for t in TRANSITIONS if hindrance(t.event, case, actor) is None]


def hindrance(event: type[Event], case: Case, actor: Actor) -> str | None:
    """Why this person cannot even begin with an event (Chinese), or ``None``: before anything is filled in."""
    row = BY_EVENT[event.kind]
    if not row.roles & actor.roles:
        return f"“{event.title}”须由{_holders(row)}办理"
    if case.status not in row.states:
        return f"{_state(case)}的申请不能“{event.title}”"
    empty = event.model_construct()
    told = (guard(case, empty, actor) for guard in row.procedure if is_known_before(guard))
    facts = (guard(case, empty, date.max) for guard in row.facts if guard in _KNOWN_FACTS)
    return next((reason for reason in (*told, *facts) if reason), None)


def impossible(case: Case, event: Event, day: date) -> str | None:
    """Why the event cannot have happened on that day as the case stands (Chinese), or ``None``."""
    transition = BY_EVENT[event.kind]
    if day > date.today():  # noqa: DTZ011  Django sets the process to TIME_ZONE; asked a million times by an import
        return "日期在今天之后"
    if case.status not in transition.states:
        return f"{_state(case)}的申请不能“{event.title}”"
    return _first(transition.facts, case, event, day)


def unlawful(case: Case, event: Event, day: date) -> str | None:
    """Which condition of the law the event would not meet (Chinese), or ``None``."""
    return _first(BY_EVENT[event.kind].guards, case, event, day)


def refusal(case: Case, event: Event, day: date, actor: Actor | None) -> str | None:
    """Why this person may not bring the event about (Chinese), or ``None``.

    ``actor`` of ``None`` is the system itself (an import, the demonstration): no role and no procedure is asked for.
    """
    row = BY_EVENT[event.kind]
    if actor is not None and not row.roles & actor.roles:
        return f"“{event.title}”须由{_holders(row)}办理"
    reason = impossible(case, event, day)
    if reason is None and actor is not None:
        reason = next((told for guard in row.procedure if (told := guard(case, event, actor))), None)
    return reason or unlawful(case, event, day)


def _holders(row: Transition) -> str:
    return "、".join(role.label for role in Role if role in row.roles)


def _state(case: Case) -> str:
    return case.status.label if case.status else "尚未登记"


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
        if Status.CLOSED in transition.states and Status.CLOSED not in transition.targets:
            raise ValueError(f"{transition.event.kind}: no closed application is opened again")
    reached: set[Status | None] = {None}
    while further := {t for row in table if row.states & reached for t in row.targets} - reached:
        reached |= further
    if unreached := set(Status) - reached:
        raise ValueError(f"no event leads to {sorted(unreached)}")
