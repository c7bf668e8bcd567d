"""A small table of what may happen to a matter beside an application: when, by whom, on whose side.

会商, 更正 and 公开目录 each have one. Pages ask :meth:`Table.hindrance`, services :meth:`Table.refusal`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from django.utils import timezone

from gongkai.bureau.roles import Actor, Role
from gongkai.ledger.events import Event

# Whose people act: those of the office that has the matter, or those of the organ that it asks.
Side = Literal["own", "asked"]
Guard = Callable[[Any, Event, Actor], "str | None"]


class Matter(Protocol):
    """What is folded from the events of one matter."""

    last_on: date | None

    @property
    def status(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None: not yet begun) and ``targets`` that it may lead to.

    ``before`` are conditions that need nothing but who asks; ``guards`` those on what is filled in.
    """

    event: type[Event]
    states: frozenset[str | None]
    roles: frozenset[Role]
    targets: frozenset[str]
    side: Side = "own"
    before: tuple[Guard, ...] = ()
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class Table:
    """``noun`` names the matter and ``labels`` its states in what people read."""

    noun: str
    labels: Mapping[str, str]
    rows: tuple[Transition, ...]

    def row(self, kind: str) -> Transition:
        return next(row for row in self.rows if row.event.kind == kind)

    def permitted(self, matter: Matter, actor: Actor, side: Side, state: str | None = None) -> list[type[Event]]:
        """The events that this person may bring about now, in the order of the table."""
        return [row.event for row in self.rows if self.hindrance(row.event, matter, actor, side, state) is None]

    def hindrance(
        self, event: type[Event], matter: Matter, actor: Actor, side: Side, state: str | None = None
    ) -> str | None:
        """Why this person cannot even begin with it (Chinese), or ``None``. ``state``: where it is not the matter's."""
        row = self.row(event.kind)
        if row.side != side:
            return f"“{event.title}”不由您所在的机关办理"
        if not row.roles & actor.roles:
            return f"“{event.title}”须由{'、'.join(role.label for role in Role if role in row.roles)}办理"
        return self._out_of_place(row, matter, state) or _first(row.before, matter, event.model_construct(), actor)

    def refusal(
        self, matter: Matter, event: Event, day: date, actor: Actor | None, side: Side, state: str | None = None
    ) -> str | None:
        """Why the event may not happen (Chinese), or ``None``. ``actor`` of ``None`` is the system or the public."""
        row = self.row(event.kind)
        if actor is not None and (reason := self.hindrance(type(event), matter, actor, side, state)):
            return reason
        if reason := self._out_of_place(row, matter, state):
            return reason
        if day > timezone.localdate():
            return "日期在今天之后"
        if matter.last_on is not None and day < matter.last_on:
            return f"日期早于前一事项（{matter.last_on}），请核对"
        return None if actor is None else _first(row.guards, matter, event, actor)

    def _out_of_place(self, row: Transition, matter: Matter, state: str | None) -> str | None:
        found = matter.status if state is None else state
        if found in row.states:
            return None
        return f"{self.labels[found] if found else '尚未登记'}的{self.noun}不能“{row.event.title}”"

    def check(self, events: Collection[str], states: Collection[str], final: Collection[str]) -> None:
        """Raise ``ValueError`` when the table contradicts itself: an event twice or never, a state out of reach."""
        kinds = [row.event.kind for row in self.rows]
        if sorted(kinds) != sorted(events):
            raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(events)}")
        if unknown := {state for row in self.rows for state in (*row.states, *row.targets) if state} - set(states):
            raise ValueError(f"unknown states {sorted(unknown)}")
        for row in self.rows:
            if not (row.states and row.roles and row.targets) or row.states & set(final):
                raise ValueError(f"{row.event.kind} has no states, roles or targets, or happens after the end")
        if unreached := set(states) - {state for row in self.rows for state in row.targets}:
            raise ValueError(f"no event leads to {sorted(unreached)}")


def _first(guards: tuple[Guard, ...], matter: Matter, event: Event, actor: Actor) -> str | None:
    return next((told for guard in guards if (told := guard(matter, event, actor))), None)


def said_why(matter: Matter, event: Event, actor: Actor) -> str | None:
    """A reason was given."""
    return None if str(getattr(event, "reason", "")).strip() else "请写明理由"
