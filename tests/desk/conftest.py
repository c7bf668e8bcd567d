"""A bureau on a fixed working day, with open cases of every class, and the people who look at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from unittest import mock

import pytest
from django.test import Client

from gongkai.applications.models import Status
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.inquiries.models import Inquiry

from ..reporting import world

# A Monday; the five working days after it end on Monday 9 March.
TODAY = date(2020, 3, 2)


@pytest.fixture(autouse=True)
def today() -> Iterator[date]:
    """It is 2 March 2020 for whatever asks for the local date."""
    with mock.patch("django.utils.timezone.localdate", side_effect=lambda value=None, *_: _day(value)):
        yield TODAY


def _day(value: object) -> date:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return value.astimezone(ZoneInfo("Asia/Shanghai")).date() if isinstance(value, datetime) else TODAY


def case(agency: Agency, number: str, due: date, status: Status = Status.HANDLING) -> None:
    """An open application with a due date."""
    made = world.application(agency, number, date(2020, 2, 10))
    made.due_on, made.status = due, status
    made.save()


@pytest.fixture
def open_cases(agency: Agency) -> Agency:
    """Two overdue, three due within five working days, one later, three paused; a closed one; two open messages."""
    for number, due in (("o1", date(2020, 2, 21)), ("o2", date(2020, 2, 28))):
        case(agency, number, due)
    for number, due in (("s1", TODAY), ("s2", date(2020, 3, 5)), ("s3", date(2020, 3, 9))):
        case(agency, number, due)
    case(agency, "t1", date(2020, 3, 10))
    for number, status in (
        ("p1", Status.AWAITING_CORRECTION),
        ("p2", Status.CONSULTING),
        ("p3", Status.AWAITING_FEE),
    ):
        case(agency, number, date(2020, 2, 3), status)
    world.application(agency, "closed", date(2020, 1, 6), date(2020, 1, 20))
    for number, day in (("q1", date(2020, 2, 24)), ("q2", date(2020, 2, 28))):
        Inquiry.objects.create(
            agency=agency,
            number=number,
            subject=f"{world.NAME}的问题",
            source="website",
            received_on=day,
            status="open",
        )
    return agency


@pytest.fixture
def clerk(agency: Agency) -> User:
    return world.user(agency, "clerk", [Role.CLERK])


@pytest.fixture
def as_clerk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client
