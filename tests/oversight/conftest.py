from __future__ import annotations

from types import SimpleNamespace

import pytest

from gongkai.bureau.models import Agency

from ..portal import world


@pytest.fixture
def bureau(agency: Agency) -> SimpleNamespace:
    """A bureau with people and a column; see :func:`tests.portal.world.populate`."""
    return world.populate(agency)
