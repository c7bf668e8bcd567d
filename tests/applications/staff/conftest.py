"""A bureau on a fixed working day, everybody signed in, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role

from ..letters.world import DAY, World, make_world

As = Callable[[User], Client]


@pytest.fixture(autouse=True)
def today() -> Iterator[date]:
    """It is 9 June 2025, a Monday, for whatever asks for the local date."""
    with mock.patch("django.utils.timezone.localdate", side_effect=lambda value=None, *_: _day(value)):
        yield DAY


def _day(value: object) -> date:
    return value.astimezone(ZoneInfo("Asia/Shanghai")).date() if isinstance(value, datetime) else DAY


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def signed() -> As:
    """Signs a person in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def person(agency: Agency, name: str, *roles: Role, department: Department | None = None) -> User:
    """Somebody else of an agency."""
    made = User.objects.create_user(name, agency=agency, department=department)
    made.groups.set(Group.objects.filter(name__in=[role.label for role in roles]))
    return made
