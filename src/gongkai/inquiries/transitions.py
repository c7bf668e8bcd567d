"""The one table of what may happen to a message, when and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.roles import Role

from .case import Case
from .events import EVENTS, Event, Registered, Replied, Transferred
from .models import Status


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not yet registered), ``roles`` that may do it, its target."""

    event: type[Event]
    states: frozenset[Status | None]
    roles: frozenset[Role]
    target: Status


_OPEN: frozenset[Status | None] = frozenset({Status.OPEN})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Registered, frozenset({None}), frozenset({Role.CLERK}), Status.OPEN),
    Transition(Replied, _OPEN, frozenset({Role.CLERK, Role.HANDLER}), Status.CLOSED),
    Transition(Transferred, _OPEN, frozenset({Role.CLERK}), Status.CLOSED),
)

BY_EVENT = {transition.event.kind: transition for transition in TRANSITIONS}


def permitted(case: Case, roles: Iterable[Role]) -> list[type[Event]]:
    """The events that somebody with these roles may bring about as the message stands."""
    held = frozenset(roles)
    return [t.event for t in TRANSITIONS if case.status in t.states and t.roles & held]


def refusal(case: Case, event: Event, day: date, roles: Iterable[Role] | None) -> str | None:
    """Why somebody with these roles may not bring the event about on that day (Chinese), or ``None``.

    ``roles`` of ``None`` is the system itself (an import): no role is asked for.
    """
    transition = BY_EVENT[event.kind]
    if roles is not None and not transition.roles & frozenset(roles):
        needed = "、".join(role.label for role in Role if role in transition.roles)
        return f"“{event.title}”须由{needed}办理"
    if case.status not in transition.states:
        state = case.status.label if case.status else "尚未登记"
        return f"{state}的留言不能“{event.title}”"
    if day > date.today():  # noqa: DTZ011  Django sets the process to TIME_ZONE; asked a million times by an import
        return "日期在今天之后"
    if case.received_on is not None and day < case.received_on:
        return f"日期早于留言日期（{case.received_on}），请核对"
    return None


def check_table(table: tuple[Transition, ...] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never, something after the end."""
    kinds = [transition.event.kind for transition in table]
    if sorted(kinds) != sorted(EVENTS):
        raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(EVENTS)}")
    for transition in table:
        if not transition.states or not transition.roles or Status.CLOSED in transition.states:
            raise ValueError(f"{transition.event.kind} has no states or roles, or happens to a closed message")
