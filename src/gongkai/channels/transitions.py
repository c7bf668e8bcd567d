"""The one table of what may happen to a sending, when and by whom.

Views ask :func:`permitted` and :func:`hindrance`, services ask :func:`refusal`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from gongkai.bureau.roles import Actor, Role

from .case import Case
from .events import (
    EVENTS,
    Cancelled,
    Chosen,
    Drafted,
    Event,
    Failed,
    LeftToPeople,
    Published,
    Removed,
    Rendered,
    Retried,
    Submitted,
)
from .models import Status

# A guard gives the reason, in Chinese, why the event may not happen; None when it may.
Guard = Callable[[Case, Event, date, Actor | None], str | None]

_OFFICE = frozenset({Role.CLERK, Role.HANDLER, Role.REVIEWER, Role.LEADER})
_REVIEWERS = frozenset({Role.REVIEWER, Role.LEADER})
_NOBODY: frozenset[Role] = frozenset()  # the program alone
_PENDING = frozenset({Status.CHOSEN, Status.RENDERED, Status.DRAFTED})


def altered_by_reviewers(case: Case, event: Event, day: date, actor: Actor | None) -> str | None:
    """What was approved goes out as it is; another title or digest is for reviewers to say (Article 17)."""
    if isinstance(event, Chosen) and event.altered and actor is not None and not actor.roles & _REVIEWERS:
        return "标题或者摘要与签发的不同，须由审核人员或者负责人选定"
    return None


def by_hand_with_link(case: Case, event: Event, day: date, actor: Actor | None) -> str | None:
    """People say where it appeared; by the interface WeChat does."""
    if not isinstance(event, Published):
        return None
    if (actor is not None) != event.by_hand:
        return "接口发布的由系统登记，人工发布的由工作人员登记"
    if event.url and urlsplit(event.url).scheme not in {"http", "https"}:
        return "链接须以 http:// 或者 https:// 开头，请从文章页面复制"
    if event.by_hand and case.chosen_on is not None and day < case.chosen_on:
        return f"发布日期早于选定渠道的日期（{case.chosen_on}）"
    return None


def not_under_way(case: Case, event: Event, day: date, actor: Actor | None) -> str | None:
    """Once WeChat has been asked to publish, nobody can call it back: it is waited for."""
    if isinstance(event, Published) and event.by_hand and case.status is not Status.BY_HAND:
        return "由接口发布的不用回填链接；没有成功的，可以重新提交或者改为人工发布"
    return None


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not yet chosen), ``roles`` that may do it (none: the program
    alone), ``system``: whether the program may, and what it leads to.
    """

    event: type[Event]
    states: frozenset[Status | None]
    roles: frozenset[Role]
    target: Status
    system: bool = False
    guards: tuple[Guard, ...] = ()


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Chosen, frozenset({None}), _OFFICE, Status.CHOSEN, guards=(altered_by_reviewers,)),
    Transition(Rendered, frozenset({Status.CHOSEN}), _NOBODY, Status.RENDERED, system=True),
    Transition(Drafted, frozenset({Status.RENDERED}), _NOBODY, Status.DRAFTED, system=True),
    Transition(Submitted, frozenset({Status.DRAFTED}), _NOBODY, Status.SUBMITTED, system=True),
    Transition(
        Published,
        # After a crash an article may turn out to be there before its submission was ever recorded.
        frozenset({Status.DRAFTED, Status.SUBMITTED, Status.BY_HAND}),
        _OFFICE,
        Status.PUBLISHED,
        system=True,
        guards=(not_under_way, by_hand_with_link),
    ),
    Transition(Failed, _PENDING | {Status.SUBMITTED}, _NOBODY, Status.FAILED, system=True),
    Transition(LeftToPeople, _PENDING | {Status.FAILED}, _OFFICE, Status.BY_HAND, system=True),
    Transition(Retried, frozenset({Status.FAILED}), _OFFICE, Status.CHOSEN),
    Transition(Cancelled, frozenset({Status.BY_HAND, Status.FAILED, Status.CHOSEN}), _OFFICE, Status.CANCELLED),
    Transition(Removed, frozenset({Status.PUBLISHED}), _REVIEWERS, Status.REMOVED, system=True),
)
BY_EVENT = {row.event.kind: row for row in TRANSITIONS}


def permitted(case: Case, actor: Actor) -> list[type[Event]]:
    """The events that somebody may bring about as it stands, as far as that is known beforehand."""
    return [row.event for row in TRANSITIONS if hindrance(row.event, case, actor) is None]


def hindrance(event: type[Event], case: Case, actor: Actor | None) -> str | None:
    """Why somebody may not bring such an event about whatever they type (Chinese), or ``None``."""
    row = BY_EVENT[event.kind]
    if actor is None:
        if not row.system:
            return f"“{event.title}”须由工作人员办理"
    elif not row.roles:
        return f"“{event.title}”由系统登记"
    elif not row.roles & actor.roles:
        return f"“{event.title}”须由{'、'.join(role.label for role in Role if role in row.roles)}办理"
    if case.status not in row.states:
        return f"{case.status.label if case.status else '尚未选定'}的不能“{event.title}”"
    if event is Published and actor is not None and case.status is not Status.BY_HAND:
        return not_under_way(case, Published(by_hand=True), date.max, actor)
    return None


def refusal(case: Case, event: Event, day: date, actor: Actor | None) -> str | None:
    """Why this person (``None``: the program) may not bring the event about on that day (Chinese), or ``None``."""
    reason = hindrance(type(event), case, actor)
    if reason is not None:
        return reason
    if day > date.today():  # noqa: DTZ011  Django sets the process to TIME_ZONE
        return "日期在今天之后"
    guards = BY_EVENT[event.kind].guards
    return next((told for guard in guards if (told := guard(case, event, day, actor))), None)


def check_table(table: tuple[Transition, ...] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never, a state out of reach."""
    kinds = [row.event.kind for row in table]
    if sorted(kinds) != sorted(EVENTS):
        raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(EVENTS)}")
    if any(not row.states or not (row.roles or row.system) for row in table):
        raise ValueError("an event without states, or that nobody may bring about")
    reached: set[Status | None] = {None}
    while further := {row.target for row in table if row.states & reached} - reached:
        reached |= further
    if unreached := set(Status) - reached:
        raise ValueError(f"no event leads to {sorted(unreached)}")
