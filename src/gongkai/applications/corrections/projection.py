"""The columns that repeat what the events say, recreated from the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.ledger.rebuilding import Projection, Told

from .case import fold
from .events import STREAM
from .models import Correction


def _columns(events: Iterable[Told]) -> Mapping[str, Any]:
    return fold(events).columns()


rebuild = Projection(
    STREAM,
    Correction,
    _columns,
    "更正",
    "件",
    bulky=("record_name", "wrong", "right", "verification", "answer"),
).rebuild
