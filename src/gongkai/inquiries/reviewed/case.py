"""A text as its events leave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..models import State


@dataclass(slots=True)
class Case:
    """``is_public``: something of it is read, also while a change of it waits for review."""

    number: str = ""
    state: State | None = None
    digest: str = ""
    submitted_by: int | None = None
    published_on: date | None = None
    results_on: date | None = None
    is_public: bool = False
    last_on: date | None = None

    def apply(self, kind: str, day: date, payload: Mapping[str, Any]) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        match kind:
            case "begun":
                self.number, self.state = payload["number"], State.DRAFT
            case "submitted":
                self.digest, self.submitted_by, self.state = payload["digest"], payload["by"], State.REVIEW
            case "returned":
                self.digest, self.submitted_by, self.state = "", None, State.DRAFT
            case "published":
                self.state, self.is_public = State.PUBLISHED, True
                self.published_on = self.published_on or day
                if payload["result"]:
                    self.results_on = self.results_on or day
            case "withdrawn":
                self.state, self.is_public = State.WITHDRAWN, False
            case _:
                raise KeyError(kind)
        self.last_on = day

    def columns(self) -> dict[str, Any]:
        """The projection."""
        return {
            "number": self.number,
            "state": None if self.state is None else self.state.value,
            "published_on": self.published_on,
            "results_on": self.results_on,
            "is_public": self.is_public,
        }


def fold(events: Iterable[tuple[str, date, Mapping[str, Any]]]) -> Case:
    """The case that some events leave."""
    case = Case()
    for kind, day, payload in events:
        case.apply(kind, day, payload)
    return case
