"""The one table of what may happen to an entry of a register, when and by whom.

Views ask :func:`hindrance`, services too; nothing else decides. The state follows from the dates of the entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.bureau.roles import Actor, Role

from .events import EVENTS, Event, Published, Revoked, Withdrawn, Withheld, Written
from .models import Decision, Entry


class State(StrEnum):
    """Where an entry stands."""

    WAITING = "waiting"
    SHOWN = "shown"
    WITHHELD = "withheld"
    TO_WITHDRAW = "to_withdraw"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "waiting": "待审核公开",
            "shown": "已公开",
            "withheld": "不予公开",
            "to_withdraw": "已撤销、待撤下",
            "revoked": "已撤销、未公开",
            "withdrawn": "已撤下",
        }[self.value]


def state_of(entry: Entry) -> State:
    """The state that the dates of an entry say. What is only known to be published elsewhere waits here."""
    if isinstance(entry, Decision):
        if entry.withdrawn_on is not None:
            return State.WITHDRAWN
        if entry.revoked_on is not None:
            return State.TO_WITHDRAW if entry.shown_on or entry.published_on else State.REVOKED
        if entry.withheld:
            return State.WITHHELD
    return State.SHOWN if entry.shown_on is not None else State.WAITING


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not yet registered), ``roles`` that may do it.

    ``only``: the event is of decisions; ``decided``: the states in which it may happen to a decision, where different.
    """

    event: type[Event]
    states: frozenset[State | None]
    roles: frozenset[Role]
    only: bool = False
    decided: frozenset[State | None] | None = None


_WRITERS = frozenset({Role.CLERK, Role.HANDLER})
_DECIDERS = frozenset({Role.REVIEWER, Role.LEADER})
_W, _S, _TO = (frozenset({each}) for each in (State.WAITING, State.SHOWN, State.TO_WITHDRAW))

TRANSITIONS: tuple[Transition, ...] = (
    # A decision that is public is not rewritten: it is revoked and withdrawn, and the public is told.
    Transition(Written, frozenset({None, *_W, *_S}), _WRITERS, decided=frozenset({None, *_W})),
    Transition(Published, _W, _DECIDERS, decided=_W | {State.WITHHELD}),
    Transition(Withheld, _W, _DECIDERS, only=True),
    Transition(Revoked, _W | _S | {State.WITHHELD}, _WRITERS | _DECIDERS, only=True),
    Transition(Withdrawn, _TO, _DECIDERS, only=True),
)
BY_EVENT = {row.event.kind: row for row in TRANSITIONS}


def hindrance(event: type[Event], entry: Entry | None, actor: Actor, *, decision: bool | None = None) -> str | None:
    """Why somebody may not bring the event about (Chinese), or ``None``; ``entry`` of ``None``: a new one."""
    row = BY_EVENT[event.kind]
    of_decision = isinstance(entry, Decision) if decision is None else decision
    if row.only and not of_decision:
        return f"“{event.title}”只用于处理决定"
    if not row.roles & actor.roles:
        return f"“{event.title}”须由{'、'.join(role.label for role in Role if role in row.roles)}办理"
    states = row.decided if of_decision and row.decided is not None else row.states
    state = None if entry is None else state_of(entry)
    if state not in states:
        return f"{state.label if state else '尚未登记'}的不能“{event.title}”"
    return None


def check_table(table: tuple[Transition, ...] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never."""
    kinds = [row.event.kind for row in table]
    if sorted(kinds) != sorted(EVENTS) or any(not (row.states and row.roles) for row in table):
        raise ValueError(f"each event stands in the table once, with states and roles: {sorted(kinds)}")
