"""Who may do what with a message and when: the whole table, person by stage by event."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.bureau.roles import Actor, Role
from gongkai.inquiries.case import Case
from gongkai.inquiries.events import (
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
from gongkai.inquiries.models import InvalidGround, PrivateReason, Rating, Source, Stage
from gongkai.inquiries.transitions import TRANSITIONS, check_table, permitted, refusal

DAY = date(2020, 3, 2)
OFFICE, DIVISION, ELSEWHERE = 1, 2, 3
C, H, R, L = Role.CLERK, Role.HANDLER, Role.REVIEWER, Role.LEADER
# Who there is: their number, roles, department, whether that is the office.
PEOPLE = {
    "clerk": Actor(1, frozenset({C}), OFFICE, True),
    "handler": Actor(2, frozenset({H}), DIVISION),
    "another handler there": Actor(3, frozenset({H}), DIVISION),
    "handler elsewhere": Actor(4, frozenset({H}), ELSEWHERE),
    "reviewer": Actor(5, frozenset({R}), DIVISION),
    "reviewer who sent it": Actor(6, frozenset({H, R}), DIVISION),
    "reviewer elsewhere": Actor(7, frozenset({R}), ELSEWHERE),
    "reviewer of the office": Actor(8, frozenset({R}), OFFICE, True),
    "leader": Actor(9, frozenset({L})),
    "security officer": Actor(10, frozenset({Role.SECURITY_OFFICER}), OFFICE, True),
    "nobody": Actor(11, frozenset()),
}
_REGISTERED = Registered(number="1", source=Source.WEBSITE, working_days=15)
_ASSIGNED = Assigned(department=DIVISION, person=2)
_SUBMITTED = Submitted(draft=7, digest="d", by=6)
_REPLIED = Replied(public=True, draft=7, digest="d")
STATES: dict[str, list[Event]] = {
    "none": [],
    "new": [_REGISTERED],
    "handling by the division": [_REGISTERED, Assigned(department=DIVISION)],
    "handling by one": [_REGISTERED, _ASSIGNED],
    "review": [_REGISTERED, _ASSIGNED, _SUBMITTED],
    "answered": [_REGISTERED, _ASSIGNED, _SUBMITTED, _REPLIED],
    "answered in private": [_REGISTERED, Replied(public=False, reason=PrivateReason.PRIVACY)],
    "hidden": [_REGISTERED, Replied(public=True), Hidden(reason=PrivateReason.PRIVACY)],
    "rated": [_REGISTERED, Replied(public=True), Rated(rating=Rating.SATISFIED)],
    "transferred": [_REGISTERED, Transferred(to="市场监管局")],
    "dismissed": [_REGISTERED, Dismissed(ground=InvalidGround.GARBLED)],
}
PROBES: dict[str, Event] = {
    "registered": _REGISTERED,
    "assigned": _ASSIGNED,
    "submitted": _SUBMITTED,
    "returned": Returned(draft=7),
    "replied": _REPLIED,
    "transferred": Transferred(to="市场监管局"),
    "dismissed": Dismissed(ground=InvalidGround.ADVERTISING),
    "hidden": Hidden(reason=PrivateReason.PRIVACY),
    "rated": Rated(rating=Rating.SATISFIED),
}
# Written out by hand from what an office does: state → event → who.
_HANDLERS = {"handler", "another handler there", "reviewer who sent it"}
_REVIEWERS = {"reviewer", "reviewer of the office", "leader"}
_TAKES_AWAY = {
    "clerk",
    "reviewer",
    "reviewer who sent it",
    "reviewer elsewhere",
    "reviewer of the office",
    "leader",
}
_ASSIGNS = {"assigned": {"clerk", "leader"}, "transferred": {"clerk"}}
EXPECTED: dict[str, dict[str, set[str]]] = {
    "none": {"registered": {"clerk"}},
    "new": {**_ASSIGNS, "submitted": {"clerk"}, "dismissed": {"clerk"}},
    "handling by the division": {**_ASSIGNS, "submitted": {"clerk", *_HANDLERS}},
    "handling by one": {**_ASSIGNS, "submitted": {"clerk", "handler"}},
    "review": {"replied": _REVIEWERS, "returned": _REVIEWERS},
    "answered": {"hidden": _TAKES_AWAY},
    "answered in private": {},
    "hidden": {},
    "rated": {"hidden": _TAKES_AWAY},
    "transferred": {},
    "dismissed": {},
}
# What comes without a person: a ledger of what was done elsewhere, the form of the site, the asker.
BY_ITSELF: dict[str, set[str]] = {
    "none": {"registered"},
    "new": {"assigned", "submitted", "replied", "transferred", "dismissed"},
    "handling by the division": {"assigned", "submitted", "replied", "transferred", "dismissed"},
    "handling by one": {"assigned", "submitted", "replied", "transferred", "dismissed"},
    "review": {"replied", "returned", "transferred", "dismissed"},
    "answered": {"hidden", "rated"},
    "answered in private": {"rated"},
    "hidden": {"rated"},
    "rated": {"hidden"},
    "transferred": set(),
    "dismissed": set(),
}


def reach(state: str) -> Case:
    case = Case()
    for event in STATES[state]:
        case.apply(event.kind, DAY, event.model_dump(mode="json"))
    return case


def test_the_table_is_whole_and_every_stage_and_event_is_tried() -> None:
    check_table()
    assert set(PROBES) == set(EVENTS) == {row.event.kind for row in TRANSITIONS}
    assert {reach(state).stage for state in STATES} == {None, *Stage}
    with pytest.raises(ValueError, match="each event stands in the table once"):
        check_table(TRANSITIONS[:-1])


@pytest.mark.parametrize("state", STATES)
def test_every_person_in_every_state_may_do_what_the_table_says_and_nothing_else(state: str) -> None:
    case = reach(state)
    for name, actor in PEOPLE.items():
        wanted = {kind for kind, who in EXPECTED[state].items() if name in who}
        assert {event.kind for event in permitted(case, actor)} == wanted, name
        assert {kind for kind, event in PROBES.items() if refusal(case, event, DAY, actor) is None} == wanted, name
    assert {kind for kind, event in PROBES.items() if refusal(case, event, DAY, None) is None} == BY_ITSELF[state]


def test_what_goes_out_is_what_was_reviewed() -> None:
    case, reviewer = reach("review"), PEOPLE["reviewer"]
    other = Replied(public=True, draft=7, digest="altered")
    assert "送审之后答复有改动" in (refusal(case, other, DAY, reviewer) or "")
    assert "送审的不是这一稿" in (refusal(case, Returned(draft=8), DAY, reviewer) or "")


@pytest.mark.parametrize(("day", "why"), [(date(2199, 1, 4), "日期在今天之后"), (date(2020, 3, 1), "日期早于留言日期")])
def test_nothing_happens_tomorrow_or_before_the_message_came(day: date, why: str) -> None:
    assert why in (refusal(reach("new"), PROBES["replied"], day, None) or "")
