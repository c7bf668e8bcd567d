"""What happened to an item, as people read it, and how it stands: one reading of its entries in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.bureau.staff import names_of
from gongkai.ledger.models import Entry

from ..case import Case
from ..events import EVENTS, STEPS, STREAM
from ..models import EffectKind, Item, Openness


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words. ``opinion`` is what somebody wrote."""

    title: str
    who: str
    day: date
    recorded_at: datetime
    opinion: str = ""
    details: tuple[str, ...] = ()
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The case and its entries."""

    case: Case
    entries: tuple[Entry, ...]

    @property
    def last(self) -> str:
        """The kind of the latest event that moved the item; "" before any."""
        return next((entry.kind for entry in reversed(self.entries) if entry.kind in _MOVES), "")

    @property
    def moved_at(self) -> datetime | None:
        return next((entry.recorded_at for entry in reversed(self.entries) if entry.kind in _MOVES), None)


_MOVES = frozenset(EVENTS) - {"override_requested", "override_confirmed", "validity_changed", "validity_restored"}


def told_of(item: Item) -> Told:
    """What the ledger tells of an item; one query."""
    return _told(Entry.objects.of_stream(STREAM, item.pk))


def told_of_many(items: Iterable[Item]) -> Mapping[int, Told]:
    """The same for several, in one query however many they are."""
    wanted = [item.pk for item in items]
    found: dict[int, list[Entry]] = {pk: [] for pk in wanted}
    for entry in Entry.objects.filter(stream=STREAM, stream_id__in=wanted).order_by("position") if wanted else ():
        found[entry.stream_id].append(entry)
    return {pk: _told(entries) for pk, entries in found.items()}


def _told(entries: Iterable[Entry]) -> Told:
    kept = tuple(entries)
    case = Case()
    for entry in kept:
        case.apply(entry.kind, entry.occurred_on, entry.data)
    return Told(case, kept)


def timeline(told: Told) -> list[Line]:
    """Every event in words, the first at the top; names in one query."""
    payloads = [(entry, entry.data) for entry in told.entries]
    names = names_of(data.get("by") for _, data in payloads)
    lines = [_line(entry, data, names) for entry, data in payloads]
    if lines and told.entries[0].kind == "edited":
        lines[0] = replace(lines[0], title="拟稿")
    return lines


def _line(entry: Entry, data: Mapping[str, Any], names: Mapping[int | None, str]) -> Line:
    title = EVENTS[entry.kind].title
    step = STEPS[data["step"]] if "step" in data else ""
    if entry.kind == "reviewed":
        title = f"{step}通过"
    elif entry.kind == "returned":
        title = f"{step}退回修改"
    who = names[data["by"]] if "by" in data else ""
    return Line(
        title,
        who,
        entry.occurred_on,
        timezone.localtime(entry.recorded_at),
        data.get("opinion") or data.get("reason") or "",
        tuple(_details(entry.kind, data)),
        data.get("edition"),
    )


def _details(kind: str, data: Mapping[str, Any]) -> Sequence[str]:
    found = []
    if data.get("openness"):
        found.append(f"公开属性：{Openness(data['openness']).label}")
    if data.get("secrecy_checked"):
        found.append("已经保密审查")
    if kind == "approved":
        live = timezone.localtime(datetime.fromisoformat(data["live_from"]))
        found.append(f"索引号 {data['index_number']}，{live:%Y-%m-%d %H:%M} 起公开")
        if data["basis"] == "migration":
            found.append("原网站已公开的内容，由负责人确认迁入")
    if kind == "validity_changed":
        found.append(f"{EffectKind(data['effect']).label}，自 {data['on']} 起")
    if kind == "withdrawn" and data.get("before_live"):
        found.append("公开之前撤下，没有人看到过")
    return found
