from __future__ import annotations

from types import SimpleNamespace

import pytest

from gongkai.bureau.models import Agency

from . import world


@pytest.fixture
def bureau(agency: Agency) -> SimpleNamespace:
    """A bureau with people; see :func:`world.populate`."""
    return world.populate(agency)
