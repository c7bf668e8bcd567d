"""Nothing that is not urgent goes out at night, at the weekend or on a holiday, and none of it is forgotten."""

from __future__ import annotations

from datetime import datetime, time
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import national_calendar
from gongkai.law.errors import LawError
from gongkai.notices import quiet
from gongkai.notices.models import Preference
from gongkai.notices.quiet import sendable_from
from gongkai.notices.schedule import ZONE

DEFAULTS = Preference()
ANY_DAY = Preference(working_days_only=False)
NEVER_QUIET = Preference(quiet_from=time(0), quiet_until=time(0))
ALWAYS = Preference(quiet_from=time(0), quiet_until=time(0), working_days_only=False)
AT_NOON = Preference(quiet_from=time(12), quiet_until=time(14, 30))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("chosen", "due", "goes"),
    [
        (DEFAULTS, "2020-03-02 09:15", "2020-03-02 09:15"),
        (DEFAULTS, "2020-03-02 08:00", "2020-03-02 08:00"),
        (DEFAULTS, "2020-03-02 07:59", "2020-03-02 08:00"),
        (DEFAULTS, "2020-03-02 19:59", "2020-03-02 19:59"),
        (DEFAULTS, "2020-03-02 20:00", "2020-03-03 08:00"),
        # From Friday evening to Monday morning.
        (DEFAULTS, "2020-03-06 20:30", "2020-03-09 08:00"),
        (DEFAULTS, "2020-03-07 10:00", "2020-03-09 08:00"),
        (DEFAULTS, "2020-03-08 23:00", "2020-03-09 08:00"),
        # Spring Festival 2020: 24 January to 2 February, as it was prolonged; Sunday 19 January was worked.
        (DEFAULTS, "2020-01-18 10:00", "2020-01-19 08:00"),
        (DEFAULTS, "2020-01-19 10:00", "2020-01-19 10:00"),
        (DEFAULTS, "2020-01-23 20:00", "2020-02-03 08:00"),
        (DEFAULTS, "2020-01-27 10:00", "2020-02-03 08:00"),
        # A Saturday that made up for the Labour Day holiday.
        (DEFAULTS, "2020-05-09 10:00", "2020-05-09 10:00"),
        (DEFAULTS, "2020-05-08 21:00", "2020-05-09 08:00"),
        (ANY_DAY, "2020-03-07 10:00", "2020-03-07 10:00"),
        (ANY_DAY, "2020-03-07 20:00", "2020-03-08 08:00"),
        (NEVER_QUIET, "2020-03-06 23:00", "2020-03-06 23:00"),
        (NEVER_QUIET, "2020-03-07 10:00", "2020-03-09 08:00"),
        (ALWAYS, "2020-01-25 03:00", "2020-01-25 03:00"),
        (AT_NOON, "2020-03-02 13:00", "2020-03-02 14:30"),
        (AT_NOON, "2020-03-02 02:00", "2020-03-02 02:00"),
        (AT_NOON, "2020-03-07 13:00", "2020-03-09 08:00"),
    ],
)
def test_what_is_not_urgent_waits_for_the_next_working_morning(chosen: Preference, due: str, goes: str) -> None:
    assert sendable_from(at(due), chosen, national_calendar()) == at(goes)


@given(
    due=st.datetimes(datetime(2019, 1, 1), datetime(2021, 12, 1), timezones=st.just(ZONE)),
    quiet_from=st.times(),
    quiet_until=st.times(),
    working_days_only=st.booleans(),
)
def test_it_goes_out_some_day_and_then_nothing_holds_it_any_more(
    due: datetime, quiet_from: time, quiet_until: time, working_days_only: bool
) -> None:
    chosen = Preference(quiet_from=quiet_from, quiet_until=quiet_until, working_days_only=working_days_only)
    goes = sendable_from(due, chosen, national_calendar())
    assert goes >= due
    assert (goes - due).days <= 13
    assert sendable_from(goes, chosen, national_calendar()) == goes
    assert not working_days_only or national_calendar().is_working_day(goes.date())


def test_a_broken_notice_of_holidays_does_not_keep_reminders_in() -> None:
    with mock.patch.object(quiet, "working_calendar", side_effect=LawError("不能读取")):
        assert quiet.calendar_of_work() == national_calendar()
