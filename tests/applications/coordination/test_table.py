"""The table of 会商 as a matrix: what each role may do in each state, on each side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.applications.coordination.case import Case
from gongkai.applications.coordination.events import EVENTS
from gongkai.applications.coordination.models import Standing, Status
from gongkai.applications.coordination.transitions import TABLE, check_table
from gongkai.applications.flow import Side, Table
from gongkai.bureau.roles import Actor, Role

DAY = date(2025, 6, 9)
Told = tuple[str, dict[str, Any]]
OPENED: Told = (
    "opened",
    {"number": "HS2025-0001", "application": 1, "trigger": "joint", "form": "letter", "digest": "q"},
)
ASKED: Told = ("asked", {"organ": 1, "agency": 2, "reply_by": "2025-06-30", "consultation": 1})
DRAFTED: Told = ("opinion_drafted", {"organ": 1, "openness": "closed", "digest": "d", "by": 11})
GIVEN: Told = ("opinion_given", {"organ": 1, "openness": "closed", "digest": "d", "by": 12})
CONCLUDED: Told = ("concluded", {"openness": "partly", "answerer": "own", "digest": "c", "by": 11})
ANSWERED = [OPENED, ASKED, DRAFTED, GIVEN]
REACHED: dict[str, list[Told]] = {
    "none": [],
    "opened": [OPENED],
    "asked": [OPENED, ASKED],
    "drafted": [OPENED, ASKED, DRAFTED],
    "returned": [OPENED, ASKED, DRAFTED, ("opinion_returned", {"organ": 1})],
    "answered": ANSWERED,
    "silent": [OPENED, ASKED, ("wait_ended", {"organ": 1})],
    "disagreed": [*ANSWERED, ("disagreed", {"digest": "x"})],
    "escalated": [*ANSWERED, ("disagreed", {"digest": "x"}), ("escalated", {"to": "市府办"})],
    "concluded": [*ANSWERED, CONCLUDED],
    "sent back": [*ANSWERED, CONCLUDED, ("sent_back", {})],
    "done": [*ANSWERED, CONCLUDED, ("signed_off", {})],
    "ended": [OPENED, ASKED, ("ended", {"reason": "x"})],
}
PEOPLE = {role.value: Actor(20 + at, frozenset({role})) for at, role in enumerate(Role)}
PEOPLE["author"] = Actor(11, frozenset({Role.LEADER}))
_BOTH = ("clerk", "handler")
_ALL_OPEN = ("opened", "asked", "drafted", "returned", "answered", "silent", "disagreed", "escalated", "sent back")
_WAITS = ("asked", "drafted", "returned")
_OVER = ("answered", "silent", "sent back")


def _own(situation: str, who: str) -> set[str]:
    found: set[str] = set()
    office = who in _BOTH
    if situation == "none":
        return {"opened"} if office else set()
    if office and situation in _ALL_OPEN:
        found |= {"asked"}
        found |= {"opinion_recorded", "wait_ended"} if situation in _WAITS else set()
        found |= {"disagreed", "concluded"} if situation in _OVER else set()
        found |= {"concluded"} if situation == "escalated" else set()
    if who == "clerk" and situation in _ALL_OPEN:
        found |= {"ended"}
    if who in ("leader", "author"):
        found |= {"escalated"} if situation == "disagreed" else set()
        found |= {"sent_back"} if situation == "concluded" else set()
        found |= {"signed_off"} if situation == "concluded" and who == "leader" else set()
    return found


def _asked(situation: str, who: str) -> set[str]:
    if situation not in (*_WAITS, "ended"):
        return set()
    found = {"opinion_drafted"} if who in _BOTH else set()
    if situation == "drafted" and who in ("reviewer", "leader", "author"):
        found |= {"opinion_given", "opinion_returned"}
    return found


def case_in(situation: str) -> Case:
    case = Case()
    for kind, payload in REACHED[situation]:
        case.apply(kind, DAY, payload)
    return case


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("situation", REACHED)
@pytest.mark.parametrize("side", ["own", "asked"])
def test_what_each_person_may_do_in_each_situation(side: Side, situation: str, who: str) -> None:
    case = case_in(situation)
    state = case.organs[1].standing if side == "asked" and case.organs else None
    if side == "asked" and state is None:
        state = Standing.GIVEN.value  # nobody is asked: there is nothing to answer
    found = {event.kind for event in TABLE.permitted(case, PEOPLE[who], side, state)}
    assert found == (_own if side == "own" else _asked)(situation, who)


def test_every_state_is_where_the_matrix_says() -> None:
    assert {case_in(situation).status for situation in REACHED} == {None, *Status.values}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (Table("会商", {}, TABLE.rows[:-1]), "stands in the table once"),
        (Table("会商", {}, (*TABLE.rows, TABLE.rows[0])), "stands in the table once"),
    ],
)
def test_a_table_that_contradicts_itself_does_not_start(broken: Table, told: str) -> None:
    check_table()
    with pytest.raises(ValueError, match=told):
        check_table(broken)


def test_every_event_has_a_chinese_title() -> None:
    assert all(event.title and not event.title.isascii() for event in EVENTS.values())
