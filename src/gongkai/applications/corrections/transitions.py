"""The one table of what may happen to a 更正 request, when, and by whom."""

from __future__ import annotations

from typing import Any

from gongkai.bureau.roles import Actor, Role
from gongkai.law.retention import Kept
from gongkai.ledger.events import Event

from ..flow import Guard, Table, Transition, said_why
from .case import Case
from .events import EVENTS, Corrected, Erased, Forwarded, Pointed, Received, Refused, Reopened, Verified, WasTold
from .models import Finding, Status


def _found(finding: Finding) -> Guard:
    """Article 41: what may be decided follows from what was found."""

    def guard(case: Case, event: Event, actor: Actor) -> str | None:
        found = Finding(case.finding).label if case.finding else "还没有核实"
        return None if case.finding == finding else f"核实结果是“{found}”，不能“{event.title}”"

    return guard


def _is_not_my_finding(case: Case, event: Event, actor: Actor) -> str | None:
    return "不能决定自己核实的更正，请交由他人办理" if case.verified_by == actor.pk else None


def _names_the_body(case: Case, event: Any, actor: Actor) -> str | None:
    return None if event.to.strip() else "请填写有权更正的机关"


def _erased_once(case: Case, event: Event, actor: Actor) -> str | None:
    return "个人信息已经清除" if Kept.APPLICANT in case.erased else None


_OFFICE = frozenset({Role.CLERK, Role.HANDLER})
_SIGNERS = frozenset({Role.REVIEWER, Role.LEADER})
_VERIFIED: frozenset[str | None] = frozenset({Status.VERIFIED.value})
_DECIDED = frozenset({Status.DECIDED.value})
_DONE = frozenset({Status.DONE.value})


def _decision(event: type[Event], finding: Finding, *guards: Guard) -> Transition:
    before = (_found(finding), _is_not_my_finding)
    return Transition(event, _VERIFIED, _SIGNERS, _DECIDED, before=before, guards=guards)


TABLE = Table(
    "更正",
    dict(Status.choices),
    (
        Transition(Received, frozenset({None}), frozenset({Role.CLERK}), frozenset({Status.RECEIVED.value})),
        Transition(Verified, frozenset({Status.RECEIVED.value}), _OFFICE, frozenset({Status.VERIFIED.value})),
        _decision(Corrected, Finding.TRUE),
        _decision(Refused, Finding.UNTRUE),
        _decision(Forwarded, Finding.ELSEWHERE, _names_the_body),
        _decision(Pointed, Finding.ELSEWHERE, _names_the_body),
        Transition(Reopened, _VERIFIED, _SIGNERS, frozenset({Status.RECEIVED.value}), guards=(said_why,)),
        Transition(WasTold, frozenset({Status.DECIDED.value}), _OFFICE, _DONE),
        Transition(Erased, _DONE, frozenset({Role.SECURITY_OFFICER}), _DONE, before=(_erased_once,)),
    ),
)


def check_table(table: Table = TABLE) -> None:
    """Raise ``ValueError`` when the table contradicts itself."""
    # Nothing is final: what was told is erased in time.
    table.check(EVENTS, set(Status.values), ())
