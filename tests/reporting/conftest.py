"""A bureau with a year of records, and the people who work there."""

from __future__ import annotations

import pytest

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role

from . import world


@pytest.fixture
def year_2020(agency: Agency) -> Agency:
    """The bureau with records around 2020; its report contradicts nothing."""
    world.populate(agency)
    return agency


@pytest.fixture
def clerk(agency: Agency) -> User:
    return world.user(agency, "clerk", [Role.CLERK])


@pytest.fixture
def leader(agency: Agency) -> User:
    return world.user(agency, "leader", [Role.LEADER])
