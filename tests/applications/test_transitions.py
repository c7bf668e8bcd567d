"""The table as a matrix: what each role may do in each state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gongkai.applications.case import Case
from gongkai.applications.events import EVENTS
from gongkai.applications.models import Status
from gongkai.applications.transitions import TRANSITIONS, check_table, permitted
from gongkai.bureau.roles import Role

from .cases import RECEIVED

REGISTERED = ("registered", {"number": "2020-00001", "applicant_kind": "business"})
REACHED: dict[Status | None, list[tuple[str, dict[str, object]]]] = {
    None: [],
    Status.HANDLING: [REGISTERED],
    Status.AWAITING_CORRECTION: [REGISTERED, ("correction_requested", {})],
    Status.CONSULTING: [REGISTERED, ("consultation_sent", {"consultation": 1})],
    Status.AWAITING_FEE: [REGISTERED, ("fee_noticed", {})],
    Status.CLOSED: [REGISTERED, ("withdrawn", {})],
}
MATRIX: dict[tuple[Status | None, Role], set[str]] = {
    (None, Role.CLERK): {"registered"},
    (Status.HANDLING, Role.CLERK): {"correction_requested", "consultation_sent", "withdrawn"},
    (Status.HANDLING, Role.HANDLER): {"correction_requested", "consultation_sent"},
    (Status.HANDLING, Role.LEADER): {"extended", "fee_noticed", "decided"},
    (Status.AWAITING_CORRECTION, Role.CLERK): {"corrected", "withdrawn"},
    (Status.AWAITING_CORRECTION, Role.LEADER): {"decided"},
    (Status.CONSULTING, Role.CLERK): {"consultation_sent", "consultation_returned", "withdrawn"},
    (Status.CONSULTING, Role.HANDLER): {"consultation_sent", "consultation_returned"},
    (Status.CONSULTING, Role.LEADER): {"extended", "decided"},
    (Status.AWAITING_FEE, Role.CLERK): {"fee_paid", "withdrawn"},
    (Status.AWAITING_FEE, Role.LEADER): {"decided"},
}


def case_in(status: Status | None) -> Case:
    case = Case()
    for kind, payload in REACHED[status]:
        case.apply(kind, RECEIVED, payload)
    assert case.status is status
    return case


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", [None, *Status])
def test_what_each_role_may_do_in_each_state(status: Status | None, role: Role) -> None:
    assert {event.kind for event in permitted(case_in(status), [role])} == MATRIX.get((status, role), set())


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda transition: transition.event.kind)
def test_each_event_leads_where_the_table_says(transition: Any) -> None:
    payloads: dict[str, dict[str, object]] = {
        "registered": REGISTERED[1],
        "extended": {"working_days": 20},
        "consultation_sent": {"consultation": 2},
        "consultation_returned": {"consultation": 1},
        "decided": {"outcome": "granted.provided"},
    }
    for status in transition.states:
        case = case_in(status)
        kind = transition.event.kind
        case.apply(kind, RECEIVED, payloads.get(kind, {}))
        assert case.status in transition.targets, (status, kind)


def test_a_table_that_contradicts_itself_does_not_start() -> None:
    check_table()
    with pytest.raises(ValueError, match="stands in the table once"):
        check_table(TRANSITIONS[:-1])
    with pytest.raises(ValueError, match="stands in the table once"):
        check_table((*TRANSITIONS, TRANSITIONS[0]))
    with pytest.raises(ValueError, match="closed application"):
        check_table((replace(TRANSITIONS[0], states=frozenset({Status.CLOSED})), *TRANSITIONS[1:]))
    with pytest.raises(ValueError, match="no states"):
        check_table((replace(TRANSITIONS[0], roles=frozenset()), *TRANSITIONS[1:]))
    unreachable = tuple(replace(t, targets=t.targets - {Status.AWAITING_FEE} or t.states) for t in TRANSITIONS[:-1])
    with pytest.raises(ValueError, match="no event leads to"):
        check_table((*unreachable, TRANSITIONS[-1]))


def test_every_event_has_a_chinese_title() -> None:
    assert all(event.title and not event.title.isascii() for event in EVENTS.values())
