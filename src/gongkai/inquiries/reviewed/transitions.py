"""The one table of what may happen to a text that is to be published, when and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.roles import Actor, Role
from gongkai.ledger.events import Event

from ..models import State
from .case import Case
from .events import EVENTS, Begun, Published, Returned, Submitted, Withdrawn

Person = Callable[[Case, Actor], str | None]
Guard = Callable[[Case, Event], str | None]


def another_person(case: Case, actor: Actor) -> str | None:
    return "送审的人不能审核自己的稿子，请由另一人审核" if actor.pk == case.submitted_by else None


def is_read(case: Case, actor: Actor) -> str | None:
    return None if case.is_public else "没有公开，不用撤下"


def as_reviewed(case: Case, event: Event) -> str | None:
    if isinstance(event, Published) and event.digest != case.digest:
        return "送审之后内容有改动，请退回重新送审"
    return None


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not begun), ``roles`` that may do it, its target."""

    event: type[Event]
    states: frozenset[State | None]
    roles: frozenset[Role]
    target: State
    persons: tuple[Person, ...] = ()
    guards: tuple[Guard, ...] = ()


_WRITERS = frozenset({Role.CLERK, Role.HANDLER})
_REVIEWERS = frozenset({Role.REVIEWER, Role.LEADER})
_OUT_OF_REVIEW: frozenset[State | None] = frozenset({State.DRAFT, State.PUBLISHED, State.WITHDRAWN})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Begun, frozenset({None}), _WRITERS, State.DRAFT),
    Transition(Submitted, _OUT_OF_REVIEW, _WRITERS, State.REVIEW),
    Transition(Published, frozenset({State.REVIEW}), _REVIEWERS, State.PUBLISHED, (another_person,), (as_reviewed,)),
    Transition(Returned, frozenset({State.REVIEW}), _REVIEWERS, State.DRAFT, (another_person,)),
    Transition(
        Withdrawn,
        frozenset(State) - {State.WITHDRAWN},
        frozenset({Role.CLERK}) | _REVIEWERS,
        State.WITHDRAWN,
        (is_read,),
    ),
)
BY_EVENT = {transition.event.kind: transition for transition in TRANSITIONS}


def permitted(case: Case, actor: Actor) -> list[type[Event]]:
    """The events that somebody may bring about as the text stands, in the order of the table."""
    return [each.event for each in TRANSITIONS if hindrance(each.event, case, actor) is None]


def hindrance(kind: type[Event], case: Case, actor: Actor) -> str | None:
    """Why somebody may not do it as the text stands (Chinese), or ``None``."""
    transition = BY_EVENT[kind.kind]
    if not transition.roles & actor.roles:
        needed = "、".join(role.label for role in Role if role in transition.roles)
        return f"“{kind.title}”须由{needed}办理"
    if case.state not in transition.states:
        return f"{case.state.label if case.state else '没有新建'}的不能“{kind.title}”"
    return next(filter(None, (each(case, actor) for each in transition.persons)), None)


def refusal(case: Case, event: Event, day: date, actor: Actor) -> str | None:
    """Why somebody may not bring the event about on that day (Chinese), or ``None``."""
    if reason := hindrance(type(event), case, actor):
        return reason
    if case.last_on is not None and day < case.last_on:
        return f"日期早于前一事项（{case.last_on}），请核对"
    return next(filter(None, (each(case, event) for each in BY_EVENT[event.kind].guards)), None)


def check_table(table: tuple[Transition, ...] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never, a state without a way in."""
    kinds = [transition.event.kind for transition in table]
    if sorted(kinds) != sorted(EVENTS):
        raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(EVENTS)}")
    if {transition.target for transition in table} != set(State):
        raise ValueError("a state that nothing leads to")
