"""The public face of an item: what its publication keeps, from the events and the edition that they approve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongkai.law.validity import ended_on

from .models import EffectKind

# Columns that say the same in a proof and in a publication.
_SAME = ("title", "kind", "type", "topic", "genre", "document_number", "document_class", "period")
_DATES = ("formed_on", "effective_on", "expires_on")


@dataclass(slots=True)
class Face:
    """The latest approval and what later documents did to this one."""

    edition: int | None = None
    index_number: str = ""
    live_from: datetime | None = None
    withdrawn_on: date | None = None
    effects: list[Mapping[str, Any]] = field(default_factory=list)

    def apply(self, kind: str, payload: Mapping[str, Any]) -> None:
        """Take in one event of the item; those that do not touch its public face change nothing."""
        match kind:
            case "approved":
                self.edition, self.index_number = payload["edition"], payload["index_number"]
                moment = datetime.fromisoformat(payload["live_from"])
                # The first day stays; what still waits for its moment is public at once when it is signed anew.
                self.live_from = min(self.live_from, moment) if self.live_from else moment
                self.withdrawn_on = None
            case "withdrawn" if payload["before_live"]:
                self.edition, self.live_from = None, None
            case "withdrawn":
                self.withdrawn_on = date.fromisoformat(payload["on"])
            case "restored":
                self.withdrawn_on = None
            case "validity_changed":
                self.effects.append(payload)
            case "validity_restored":
                self.effects = [each for each in self.effects if each["source"] != payload["source"]]

    def columns(self, content: Mapping[str, Any], first_columns: Mapping[int, int]) -> dict[str, Any]:
        """The columns of the publication. ``first_columns`` gives the topmost column of each column."""
        if self.live_from is None:
            raise ValueError("nothing is published before it is approved")
        dates: dict[str, Any] = {name: _date(content[name]) for name in _DATES}
        dates |= {"amended_on": None, "repealed_on": None, "source": None}
        for effect in self.effects:
            _affect(dates, effect)
        source = dates.pop("source")
        return {
            **{name: content[name] for name in _SAME},
            **dates,
            "column_id": content["column"],
            "first_column_id": first_columns[content["column"]],
            "department_id": content["department"],
            "interprets_id": content["interprets"],
            "indicator_id": content["indicator"],
            "category": content["basis"],
            "value": _number(content["value"]),
            "growth": _number(content["growth"]),
            "ended_on": ended_on(dates["repealed_on"], dates["expires_on"]),
            "ended_by_source": source,
            "edition_id": self.edition,
            "index_number": self.index_number,
            "live_from": self.live_from,
            "published_on": timezone.localtime(self.live_from).date(),
            "withdrawn_on": self.withdrawn_on,
        }


def _affect(dates: dict[str, Any], effect: Mapping[str, Any]) -> None:
    on, until = _date(effect["on"]), _date(effect["until"])
    match EffectKind(effect["effect"]):
        case EffectKind.REPEALED:
            dates["repealed_on"] = on
        case EffectKind.LAPSED if on is not None:
            dates["expires_on"] = on - timedelta(days=1)
        case EffectKind.AMENDED:
            dates["amended_on"] = on
        case EffectKind.CONTINUED:
            dates["expires_on"] = until or dates["expires_on"]
    dates["source"] = effect["source"]


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _number(value: str | None) -> Decimal | None:
    return Decimal(value) if value is not None else None
