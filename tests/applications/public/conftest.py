"""A citizen at the site: forms are filled in as the page that was served has them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from gongkai.applications.intake import suggestions
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role

from .visitor import Visitor


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """No test is held back by what another asked for, nor shown what another published."""
    cache.clear()
    assert get_resolver().url_patterns, "the project has joined its rooms"
    finder = suggestions._Registry.finder
    yield
    suggestions.register(finder)
    cache.clear()


@pytest.fixture
def agency(agency: Agency) -> Agency:
    agency.address, agency.telephone, agency.fax = "鹿城区学院中路303号", "0577-88960000", "0577-88960001"
    agency.save()
    return agency


@pytest.fixture
def clerk(agency: Agency) -> User:
    made = User.objects.create_user("clerk", agency=agency)
    made.groups.set(Group.objects.filter(name=Role.CLERK.label))
    return made


@pytest.fixture
def visitor(agency: Agency) -> Visitor:
    return Visitor(Client())
