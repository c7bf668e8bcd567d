"""The columns that repeat what the events say, recreated from the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.ledger.rebuilding import Projection, Told

from .case import fold
from .events import STREAM
from .models import Inquiry


def _columns(events: Iterable[Told]) -> Mapping[str, Any]:
    return fold(events).columns()


rebuild = Projection(STREAM, Inquiry, _columns, "留言", "条", bulky=("text", "reply")).rebuild
