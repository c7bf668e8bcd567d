"""Working days in hand: without the days on which the applicant or somebody consulted was waited for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.case import Case
from gongkai.applications.handling import handled_days, waits
from gongkai.applications.timing import CLASSES, Spread
from gongkai.bureau.calendar import working_calendar

RECEIVED = date(2025, 6, 3)
Event = tuple[str, date, dict[str, Any]]


def case_of(*events: Event) -> Case:
    case = Case()
    case.apply("registered", RECEIVED, {"number": "1", "applicant_kind": "business"})
    for kind, day, payload in events:
        case.apply(kind, day, payload)
    return case


def asked(number: int, day: date) -> Event:
    return "consultation_sent", day, {"consultation": number, "party": "third_party"}


def answered(number: int, day: date) -> Event:
    return "consultation_returned", day, {"consultation": number, "answer": "agreed"}


def closed(day: date) -> Event:
    return "decided", day, {"outcome": "granted.provided"}


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ([], None),
        ([closed(RECEIVED)], 0),
        ([closed(date(2025, 6, 10))], 5),
        # 9 June to 13 June: asked; 4 to 9 June and 16 to 17 June: in hand.
        ([asked(1, date(2025, 6, 9)), answered(1, date(2025, 6, 13)), closed(date(2025, 6, 17))], 4 + 2),
        # Two that overlap count once.
        (
            [
                asked(1, date(2025, 6, 9)),
                asked(2, date(2025, 6, 10)),
                answered(1, date(2025, 6, 11)),
                answered(2, date(2025, 6, 13)),
                closed(date(2025, 6, 17)),
            ],
            4 + 2,
        ),
        (
            [
                ("correction_requested", date(2025, 6, 5), {}),
                ("corrected", date(2025, 6, 12), {}),
                closed(date(2025, 6, 13)),
            ],
            3,
        ),
        # Never corrected: what was waited is not counted.
        ([("correction_requested", date(2025, 6, 5), {}), closed(date(2025, 7, 1))], 2),
        ([("fee_noticed", date(2025, 6, 5), {}), ("fee_paid", date(2025, 6, 12), {}), closed(date(2025, 6, 13))], 3),
    ],
)
def test_only_days_in_hand_are_counted(events: list[Event], days: int | None) -> None:
    assert handled_days(case_of(*events)) == days


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4), st.integers(0, 90))
def test_it_is_never_negative_nor_more_than_all_days(spans: list[tuple[int, int]], end: int) -> None:
    last = RECEIVED + timedelta(days=end)
    events: list[Event] = []
    for number, (start, length) in enumerate(spans, 1):
        since = RECEIVED + timedelta(days=start)
        events += [asked(number, since), answered(number, since + timedelta(days=length))]
    events.sort(key=lambda event: (event[1], event[0] != "consultation_sent"))
    case = case_of(*events, closed(last))
    days = handled_days(case)
    assert days is not None
    assert 0 <= days <= working_calendar().working_days_between(RECEIVED, last)
    assert all(until is None or since <= until for since, until in waits(case))


def test_a_spread_says_how_many_how_long_on_average_and_within_what() -> None:
    found = Spread({2: 5, 10: 4, 50: 1})
    assert (found.number, found.mean, found.at(0.5), found.at(0.9)) == (10, 10.0, 2, 10)
    assert [found.of_class(*each) for each in CLASSES] == [5, 4, 0, 0, 0, 0, 1]
    nothing = Spread({})
    assert (nothing.number, nothing.mean, nothing.at(0.5)) == (0, None, None)


def test_the_classes_of_the_distribution_leave_no_day_out_and_count_none_twice() -> None:
    found = Spread(dict.fromkeys(range(200), 1))
    assert sum(found.of_class(*each) for each in CLASSES) == 200
