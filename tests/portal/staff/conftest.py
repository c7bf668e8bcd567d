"""Everybody of the bureau signed in, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.bureau.models import Agency, User

from .. import world

As = Callable[[User], Client]


@pytest.fixture
def signed() -> As:
    """Signs a person in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def other(agency: Agency) -> SimpleNamespace:
    """Another bureau of the same installation, with its own people and column."""
    neighbour = Agency.add_root(code="330300-qt", name="温州市其他局")
    from gongkai.bureau.models import Department
    from gongkai.bureau.roles import Role
    from gongkai.portal.models import Column

    office = Department.objects.create(agency=neighbour, name="办公室")
    return SimpleNamespace(
        agency=neighbour,
        office=office,
        survey=office,
        author=world.user(neighbour, "stranger", Role.HANDLER, Role.REVIEWER, department=office),
        column=Column.objects.create(agency=neighbour, name="其他动态"),
    )
