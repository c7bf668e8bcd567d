"""When a job is due."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.notices.schedule import ZONE, Job, jobs

UTC_ZONE = ZoneInfo("UTC")


def job(**when: object) -> Job:
    return Job("test.job", "试验", lambda due: None, **when)  # type: ignore[arg-type]


MORNING_AND_EVENING = job(at=(time(7), time(19, 30)))
QUARTERS = job(every=timedelta(minutes=15))


@pytest.mark.parametrize(
    ("job", "now", "last", "following"),
    [
        (MORNING_AND_EVENING, "2020-03-02 06:59", "2020-03-01 19:30", "2020-03-02 07:00"),
        (MORNING_AND_EVENING, "2020-03-02 07:00", "2020-03-02 07:00", "2020-03-02 19:30"),
        (MORNING_AND_EVENING, "2020-03-02 19:29", "2020-03-02 07:00", "2020-03-02 19:30"),
        (MORNING_AND_EVENING, "2020-12-31 23:00", "2020-12-31 19:30", "2021-01-01 07:00"),
        (QUARTERS, "2020-03-02 10:14", "2020-03-02 10:00", "2020-03-02 10:15"),
        (QUARTERS, "2020-03-02 10:15", "2020-03-02 10:15", "2020-03-02 10:30"),
    ],
)
def test_a_job_is_due_by_the_clock_of_shanghai(job: Job, now: str, last: str, following: str) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)

    assert job.last_due(at(now)) == at(last)
    assert job.next_due(at(now)) == at(following)
    assert job.last_due(at(now).astimezone(UTC_ZONE)) == at(last), "wherever the machine is"


_MOMENTS = st.datetimes(datetime(2004, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([ZONE, UTC_ZONE]))
_JOBS = st.one_of(
    st.timedeltas(timedelta(seconds=1), timedelta(days=40)).map(lambda every: job(every=every)),
    st.lists(st.times(), min_size=1, max_size=4).map(lambda at: job(at=tuple(at))),
)


@given(job=_JOBS, now=_MOMENTS)
def test_no_due_moment_lies_between_the_last_and_the_next(job: Job, now: datetime) -> None:
    last, following = job.last_due(now), job.next_due(now)
    assert last <= now < following
    assert job.next_due(last) == following
    assert job.last_due(following) == following


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"every": timedelta(hours=1), "at": (time(7),)},
        {"every": timedelta(0)},
        {"at": (time(7, tzinfo=UTC_ZONE),)},
    ],
    ids=str,
)
def test_a_job_says_when_it_runs(when: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"test\.job"):
        job(**when)


def test_every_declared_job_has_a_name_of_its_room_and_a_title() -> None:
    assert all(name == job.name and "." in name and job.title for name, job in jobs().items())
