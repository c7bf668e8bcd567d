"""The one table of what may happen to a record of statistical credit, when, by whom and on what.

Views ask :func:`permitted` and :func:`hindrance`, services ask :func:`refusal`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.bureau.roles import Actor, Role
from gongkai.law.credit import Longer, grades_of, rules_of
from gongkai.law.errors import LawError
from gongkai.law.wording import chinese_date

from .case import Case
from .events import (
    EVENTS,
    Amended,
    Decided,
    Ended,
    Event,
    Extended,
    Published,
    Removed,
    RepairApplied,
    RepairRefused,
    Revoked,
    Verified,
)
from .models import Status

# A guard gives the reason, in Chinese, why the event may not happen; None when it may.
Guard = Callable[[Case, Event, date], str | None]


def in_order(case: Case, event: Event, day: date) -> str | None:
    if case.last_on is not None and day < case.last_on:
        return f"日期早于前一事项（{chinese_date(case.last_on)}），请核对"
    return None


def rules_know_grade(case: Case, event: Event, day: date) -> str | None:
    """The rules in force on the day of the decision say which grades there are."""
    if not isinstance(event, Decided | Amended):
        return None
    decided = day if isinstance(event, Decided) else case.decided_on or day
    if event.grade not in grades_of(decided):
        return f"{chinese_date(decided)}适用{rules_of(decided).reference}，没有“{event.grade.label}”这一等"
    return None


def still_shown(case: Case, event: Event, day: date) -> str | None:
    """Once the period is over nothing is applied for, verified or made longer: the record ends."""
    shown = case.display
    if shown is not None and day > shown.last:
        return f"公示已于{chinese_date(shown.last)}期满"
    return None


def is_over(case: Case, event: Event, day: date) -> str | None:
    shown = case.display
    if shown is not None and day <= shown.last:
        return f"公示期到{chinese_date(shown.last)}期满，{chinese_date(shown.last + timedelta(days=1))}起停止公示"
    return None


def mended_and_shown_long_enough(case: Case, event: Event, day: date) -> str | None:
    """Early removal: what was wrong is verified to be mended, and the least period has passed."""
    if case.verified_on is None:
        return "整改情况还没有经过核实，请先登记整改核实"
    shown = case.display
    if shown is not None and day < shown.removable_from:
        return f"公示没有满最短期限，{chinese_date(shown.removable_from)}起才可以提前移除"
    return None


def reason_fits(case: Case, event: Event, day: date) -> str | None:
    if not isinstance(event, Extended):
        return None
    if event.longer is Longer.NOT_MENDED and case.verified_on is not None:
        return f"整改已于{chinese_date(case.verified_on)}核实到位，不能以没有整改为由延长"
    if event.longer is Longer.NOT_MENDED and case.longer is not None:
        return f"已经因“{case.longer.label}”延长"
    return None


def says_why(case: Case, event: Event, day: date) -> str | None:
    words = [getattr(event, name, None) for name in ("reason", "evidence", "explanation")]
    return "请写明理由或者依据" if any(each is not None and not each.strip() for each in words) else None


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not yet registered), ``roles`` that may do it, ``targets``."""

    event: type[Event]
    states: frozenset[Status | None]
    roles: frozenset[Role]
    targets: frozenset[Status]
    guards: tuple[Guard, ...] = ()


_WRITERS = frozenset({Role.CLERK, Role.HANDLER})
_DECIDERS = frozenset({Role.REVIEWER, Role.LEADER})
_SHOWN = frozenset({Status.PUBLISHED, Status.REPAIRING})
_D, _P, _R = (frozenset({each}) for each in (Status.DECIDED, Status.PUBLISHED, Status.REPAIRING))

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Decided, frozenset({None}), _WRITERS, _D, (rules_know_grade,)),
    Transition(Amended, _D, _WRITERS, _D, (in_order, rules_know_grade)),
    Transition(Published, _D, _DECIDERS, _P, (in_order,)),
    Transition(Verified, _SHOWN, _WRITERS, _SHOWN, (in_order, still_shown, says_why)),
    Transition(RepairApplied, _P, _WRITERS, _R, (in_order, still_shown)),
    Transition(RepairRefused, _R, _DECIDERS, _P, (in_order, says_why)),
    Transition(Removed, _R, _DECIDERS, frozenset({Status.REMOVED}), (in_order, mended_and_shown_long_enough)),
    Transition(Extended, _SHOWN, _DECIDERS, _SHOWN, (in_order, still_shown, reason_fits, says_why)),
    Transition(Ended, _SHOWN, _DECIDERS, frozenset({Status.ENDED}), (is_over,)),
    Transition(Revoked, _SHOWN | _D, _DECIDERS, frozenset({Status.REVOKED}), (in_order, says_why)),
)

BY_EVENT = {transition.event.kind: transition for transition in TRANSITIONS}
# What is known of an event before anything is typed.
_KNOWN: tuple[Guard, ...] = (still_shown, is_over, mended_and_shown_long_enough)


def permitted(case: Case, actor: Actor, day: date) -> list[type[Event]]:
    """The events that somebody may bring about on a day, as far as that is known beforehand."""
    return [row.event for row in TRANSITIONS if hindrance(row.event, case, actor, day) is None]


def hindrance(event: type[Event], case: Case, actor: Actor, day: date) -> str | None:
    """Why somebody may not bring such an event about on a day whatever they type (Chinese), or ``None``."""
    row = BY_EVENT[event.kind]
    if reason := _not_for(row, case, actor):
        return reason
    empty = event.model_construct()
    return next((told for guard in row.guards if guard in _KNOWN and (told := guard(case, empty, day))), None)


def refusal(case: Case, event: Event, day: date, actor: Actor | None, today: date) -> str | None:
    """Why this person may not bring the event about on that day (Chinese), or ``None``.

    ``actor`` of ``None`` is the program itself, for which no role is asked.
    """
    row = BY_EVENT[event.kind]
    if reason := _not_for(row, case, actor):
        return reason
    if day > today:
        return "日期在今天之后"
    try:
        return next((told for guard in row.guards if (told := guard(case, event, day))), None)
    except LawError as error:
        return str(error).rstrip("。")


def _not_for(row: Transition, case: Case, actor: Actor | None) -> str | None:
    if actor is not None and not row.roles & actor.roles:
        return f"“{row.event.title}”须由{'、'.join(role.label for role in Role if role in row.roles)}办理"
    if case.status not in row.states:
        return f"{case.status.label if case.status else '尚未登记'}的记录不能“{row.event.title}”"
    return None


def check_table(table: tuple[Transition, ...] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never, a state out of reach."""
    kinds = [transition.event.kind for transition in table]
    if sorted(kinds) != sorted(EVENTS):
        raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(EVENTS)}")
    if any(not (row.states and row.roles and row.targets) for row in table):
        raise ValueError("an event without states, roles or targets")
    reached: set[Status | None] = {None}
    while further := {t for row in table if row.states & reached for t in row.targets} - reached:
        reached |= further
    if unreached := set(Status) - reached:
        raise ValueError(f"no event leads to {sorted(unreached)}")
