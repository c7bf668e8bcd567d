"""A bureau with one person of each role and two reviewers, on a fixed working day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role

As = Callable[[str], Client]


class Clock:
    """The day on which everything happens."""

    today = date(2021, 3, 1)  # a Monday

    def localdate(self, value: datetime | None = None, *_: object) -> date:
        return value.astimezone(ZoneInfo("Asia/Shanghai")).date() if isinstance(value, datetime) else self.today


@dataclass
class World:
    """Who there is."""

    agency: Agency
    people: dict[str, User]
    clock: Clock


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The local date, which a test may move on."""
    made = Clock()
    with mock.patch("django.utils.timezone.localdate", side_effect=made.localdate):
        yield made


@pytest.fixture
def world(agency: Agency, clock: Clock) -> World:
    office = Department.objects.create(agency=agency, name="办公室")
    people = {}
    for name, label in [*((role.value, role.label) for role in Role), ("writing_leader", Role.LEADER.label)]:
        made = User.objects.create_user(name, agency=agency, department=office)
        made.groups.set(Group.objects.filter(name=label))
        people[name] = made
    people["writing_leader"].groups.add(Group.objects.get(name=Role.CLERK.label))
    return World(agency, people, clock)


@pytest.fixture
def signed(world: World) -> As:
    """Signs in whoever has that name."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name])
        return client

    return sign_in
