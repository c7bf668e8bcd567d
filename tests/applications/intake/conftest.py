"""A bureau with a clerk at the counter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def staff(agency: Agency, name: str, role: Role) -> User:
    office, _ = Department.objects.get_or_create(agency=agency, name="办公室")
    made = User.objects.create_user(name, agency=agency, department=office)
    made.groups.set(Group.objects.filter(name=role.label))
    return made


@pytest.fixture
def clerk(agency: Agency) -> User:
    return staff(agency, "clerk", Role.CLERK)


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    """The browser of the clerk."""
    client.force_login(clerk)
    return client
