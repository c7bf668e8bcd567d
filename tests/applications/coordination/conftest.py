from __future__ import annotations

from types import SimpleNamespace

import pytest

from ..matters_world import make_world, today

__all__ = ["today"]


@pytest.fixture
def world(db: None, today: object) -> SimpleNamespace:
    return make_world()
