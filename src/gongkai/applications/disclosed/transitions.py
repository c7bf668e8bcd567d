"""The one table of what may happen to an entry of the log, and by whom."""

from __future__ import annotations

from typing import Any

from gongkai.bureau.roles import Actor, Role
from gongkai.ledger.events import Event

from ..flow import Table, Transition, said_why
from .case import Case
from .events import EVENTS, Approved, Drafted, Dropped, Proposed, Returned
from .models import Status


def _is_not_mine(case: Case, event: Event, actor: Actor) -> str | None:
    return "不能审核自己提议的内容，请交由他人办理" if case.by == actor.pk else None


def _is_what_was_looked_at(case: Case, event: Any, actor: Actor) -> str | None:
    return None if event.digest == case.digest else "内容已经变动，请重新查看后再审核"


_OFFICE = frozenset({Role.CLERK, Role.HANDLER})
_SIGNERS = frozenset({Role.REVIEWER, Role.LEADER})
_S = Status

TABLE = Table(
    "公开目录",
    dict(Status.choices),
    (
        Transition(Proposed, frozenset({None, _S.PROPOSED, _S.RETURNED}), _OFFICE, frozenset({_S.PROPOSED.value})),
        Transition(
            Approved,
            frozenset({_S.PROPOSED}),
            _SIGNERS,
            frozenset({_S.APPROVED.value}),
            before=(_is_not_mine,),
            guards=(_is_what_was_looked_at,),
        ),
        Transition(Returned, frozenset({_S.PROPOSED}), _SIGNERS, frozenset({_S.RETURNED.value}), guards=(said_why,)),
        Transition(Drafted, frozenset({_S.APPROVED}), _OFFICE, frozenset({_S.DRAFTED.value})),
        Transition(
            Dropped,
            frozenset({_S.PROPOSED, _S.RETURNED, _S.APPROVED}),
            _OFFICE,
            frozenset({_S.DROPPED.value}),
            guards=(said_why,),
        ),
    ),
)


def check_table(table: Table = TABLE) -> None:
    """Raise ``ValueError`` when the table contradicts itself."""
    table.check(EVENTS, set(Status.values), {Status.DRAFTED.value, Status.DROPPED.value})
