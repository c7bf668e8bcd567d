"""The one table of what may happen to a message, when and by whom.

Views ask :func:`permitted` and :func:`hindrance`, services ask :func:`refusal`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.roles import Actor, Role

from .case import Case
from .events import (
    EVENTS,
    Assigned,
    Dismissed,
    Event,
    Hidden,
    Rated,
    Registered,
    Replied,
    Returned,
    Submitted,
    Transferred,
)
from .models import Closing, Stage

# Why somebody with the right role may not do it all the same, in Chinese; None when they may.
Person = Callable[[Case, Actor], str | None]
# Why the event may not happen as things stand; None when it may.
Guard = Callable[[Case, Event], str | None]


def its_own_department(case: Case, actor: Actor) -> str | None:
    """Handlers answer what was assigned to their department, and to nobody else in it."""
    if Role.CLERK in actor.roles:
        return None
    if case.department is None:
        return "还没有分办，请经办先分办"
    if actor.department != case.department:
        return "这条留言由另一处室承办"
    return None if case.person in (None, actor.pk) else "这条留言已经分给处室里的另一位同事"


def another_person(case: Case, actor: Actor) -> str | None:
    """Nobody reviews what they sent; reviewers review for their department, those of the office for all."""
    if actor.pk == case.submitted_by:
        return "拟稿送审的人不能审核自己的答复，请由另一人审核"
    if Role.LEADER in actor.roles or actor.in_office or case.department in (None, actor.department):
        return None
    return "由承办处室或者公开机构的审核人员、负责人审核"


def what_was_submitted(case: Case, event: Event) -> str | None:
    """What goes out is what was sent for review. A ledger of what went out elsewhere names no draft."""
    if isinstance(event, Returned) and event.draft != case.draft:
        return "送审的不是这一稿，请刷新页面"
    if isinstance(event, Replied) and case.draft is not None and event.draft is not None:
        same = (event.draft, event.digest) == (case.draft, case.digest)
        return None if same else "送审之后答复有改动，请退回重新送审"
    return None


def is_public(case: Case) -> str | None:
    if case.closing != Closing.PUBLIC:
        return "没有公开的答复"
    return "已经撤下" if case.hidden_on is not None else None


def was_answered(case: Case) -> str | None:
    if case.closing not in (Closing.PUBLIC, Closing.PRIVATE):
        return "只有答复过的留言可以评价"
    return "已经评价过了，每条留言评价一次" if case.rating else None


@dataclass(frozen=True, slots=True)
class Transition:
    """``stages`` in which the event may happen (None = not yet registered), ``roles`` that may do it, its target.

    ``persons`` are asked of who acts, ``standing`` of the message, ``guards`` of the event. ``elsewhere``: stages in
    which a ledger tells of it besides. No role: the asker alone does it.
    """

    event: type[Event]
    stages: frozenset[Stage | None]
    roles: frozenset[Role]
    target: Stage
    persons: tuple[Person, ...] = ()
    standing: tuple[Callable[[Case], str | None], ...] = ()
    guards: tuple[Guard, ...] = ()
    elsewhere: frozenset[Stage | None] = frozenset()


_C, _H, _R, _L = Role.CLERK, Role.HANDLER, Role.REVIEWER, Role.LEADER
_BEFORE: frozenset[Stage | None] = frozenset({Stage.NEW, Stage.HANDLING})
_REVIEW: frozenset[Stage | None] = frozenset({Stage.REVIEW})
_CLOSED: frozenset[Stage | None] = frozenset({Stage.CLOSED})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Registered, frozenset({None}), frozenset({_C}), Stage.NEW),
    Transition(Assigned, _BEFORE, frozenset({_C, _L}), Stage.HANDLING),
    Transition(Submitted, _BEFORE, frozenset({_C, _H}), Stage.REVIEW, (its_own_department,)),
    Transition(
        Replied,
        _REVIEW,
        frozenset({_R, _L}),
        Stage.CLOSED,
        (another_person,),
        guards=(what_was_submitted,),
        elsewhere=_BEFORE,
    ),
    Transition(Returned, _REVIEW, frozenset({_R, _L}), Stage.HANDLING, (another_person,), guards=(what_was_submitted,)),
    Transition(Transferred, _BEFORE, frozenset({_C}), Stage.CLOSED, elsewhere=_REVIEW),
    Transition(Dismissed, frozenset({Stage.NEW}), frozenset({_C}), Stage.CLOSED, elsewhere=_BEFORE | _REVIEW),
    Transition(Hidden, _CLOSED, frozenset({_C, _R, _L}), Stage.CLOSED, standing=(is_public,)),
    Transition(Rated, _CLOSED, frozenset(), Stage.CLOSED, standing=(was_answered,)),
)

BY_EVENT = {transition.event.kind: transition for transition in TRANSITIONS}


def permitted(case: Case, actor: Actor) -> list[type[Event]]:
    """The events that somebody may bring about as the message stands, in the order of the table."""
    return [each.event for each in TRANSITIONS if hindrance(each.event, case, actor) is None]


def hindrance(kind: type[Event], case: Case, actor: Actor | None) -> str | None:
    """Why somebody may not do it as the message stands (Chinese), or ``None``.

    ``actor`` of ``None`` is the system itself: an import, the form of the site, the asker.
    """
    transition = BY_EVENT[kind.kind]
    if actor is not None and not transition.roles & actor.roles:
        needed = "、".join(role.label for role in Role if role in transition.roles)
        return f"“{kind.title}”须由{needed or '留言人'}办理"
    stages = transition.stages if actor is not None else transition.stages | transition.elsewhere
    if case.stage not in stages:
        return f"{case.stage.label if case.stage else '尚未登记'}的留言不能“{kind.title}”"
    if actor is not None and (why := next(filter(None, (each(case, actor) for each in transition.persons)), None)):
        return why
    return next(filter(None, (each(case) for each in transition.standing)), None)


def refusal(case: Case, event: Event, day: date, actor: Actor | None) -> str | None:
    """Why somebody may not bring the event about on that day (Chinese), or ``None``."""
    if reason := hindrance(type(event), case, actor):
        return reason
    if day > date.today():  # noqa: DTZ011  Django sets the process to TIME_ZONE; asked a million times by an import
        return "日期在今天之后"
    if case.received_on is not None and day < case.received_on:
        return f"日期早于留言日期（{case.received_on}），请核对"
    if case.last_on is not None and day < case.last_on:
        return f"日期早于前一事项（{case.last_on}），请核对"
    return next(filter(None, (each(case, event) for each in BY_EVENT[event.kind].guards)), None)


def check_table(table: tuple[Transition, ...] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never, no way on, no way in."""
    kinds = [transition.event.kind for transition in table]
    if sorted(kinds) != sorted(EVENTS):
        raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(EVENTS)}")
    for transition in table:
        after_the_end = Stage.CLOSED in transition.stages and transition.target is not Stage.CLOSED
        if not transition.stages or after_the_end:
            raise ValueError(f"{transition.event.kind} has no stages, or opens a closed message")
    reached = {transition.target for transition in table}
    if reached != set(Stage):
        raise ValueError(f"no event leads to {sorted(set(Stage) - reached)}")
