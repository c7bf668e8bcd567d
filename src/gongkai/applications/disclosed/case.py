"""An entry of the log as its events leave it: a pure fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.ledger.rebuilding import Told

from .models import Status


@dataclass(slots=True)
class Case:
    """The state of one entry. ``by``: whoever proposed it, who does not approve it."""

    application: int | None = None
    state: Status | None = None
    digest: str = ""
    by: int | None = None
    item: int | None = None
    last_on: date | None = None

    @property
    def status(self) -> str | None:
        """``None`` before it is proposed."""
        return None if self.state is None else self.state.value

    def apply(self, kind: str, day: date, payload: Mapping[str, Any]) -> None:
        """Take in one event. Raises ``ValueError`` for a kind that is none."""
        self.state = Status(kind)
        if kind == "proposed":
            self.application, self.digest, self.by = payload["application"], payload["digest"], payload["by"]
        elif kind == "drafted":
            self.item = payload["item"]
        self.last_on = day if self.last_on is None else max(self.last_on, day)

    def columns(self) -> dict[str, Any]:
        """The projection on :class:`~.models.Disclosed`."""
        return {"status": self.status, "digest": self.digest, "item": self.item}


def fold(events: Iterable[Told]) -> Case:
    """The case that a stream of (kind, date, payload) leaves."""
    case = Case()
    for kind, day, payload in events:
        case.apply(kind, day, payload)
    return case
