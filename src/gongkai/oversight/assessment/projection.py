"""Project events onto the columns of a statement, for ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.ledger.rebuilding import Projection, Told

from .events import STREAM
from .models import Statement


def project(events: Iterable[Told]) -> dict[str, Any]:
    """The columns that a stream of (kind, date, payload) leaves."""
    columns: dict[str, Any] = {}
    for _, day, payload in events:
        columns = {
            "number": payload["number"],
            "verdict": payload["verdict"],
            "evidence": payload["evidence"],
            "stated_on": day,
        }
    return columns


rebuild = Projection(STREAM, Statement, project, "自评人工判断", "条").rebuild
