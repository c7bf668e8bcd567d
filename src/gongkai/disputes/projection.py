"""Project events onto the columns of a dispute: used by the services, by import and by ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.ledger.rebuilding import Projection, Told

from .events import STREAM
from .models import Dispute

FIELDS = ("number", "application_number", "kind", "filed_on", "concluded_on", "result")


def project(events: Iterable[Told]) -> dict[str, Any]:
    """The columns that a stream of (kind, date, payload) leaves."""
    columns: dict[str, Any] = {"concluded_on": None, "result": ""}
    for kind, day, payload in events:
        match kind:
            case "filed":
                columns["number"] = payload["number"]
                columns["application_number"] = payload["application_number"]
                columns["kind"] = payload["group"]
                columns["filed_on"] = day
            case "concluded":
                columns["concluded_on"] = day
                columns["result"] = payload["result"]
            case _:
                raise ValueError(f"a dispute has no event {kind}")
    return {name: columns[name] for name in FIELDS}


rebuild = Projection(STREAM, Dispute, project, "案件", "件").rebuild
