"""The rows of the duty list as the events of each column say; recreated from the events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry
from gongkai.ledger.rebuilding import Told, cases
from gongkai.ledger.services import lock

from ..models import Column, Duty
from .events import STREAM


@dataclass(frozen=True, slots=True)
class Holding:
    """Who kept a column over a period; the names are those of :class:`~gongkai.portal.models.Duty`."""

    department_id: int
    keeper_id: int
    deputy_id: int | None
    since: date
    until: date | None
    set_by_id: int | None


def fold(events: Iterable[Told]) -> list[Holding]:
    """Everybody who kept a column, the earliest first. Pure."""
    held: list[Holding] = []
    for kind, _, payload in events:
        if kind == "ended":
            held[-1] = replace(held[-1], until=date.fromisoformat(payload["until"]))
            continue
        since = date.fromisoformat(payload["since"])
        if held and held[-1].since >= since:
            held.pop()
        if held and (held[-1].until is None or held[-1].until >= since):
            held[-1] = replace(held[-1], until=since - timedelta(days=1))
        held.append(Holding(payload["department"], payload["keeper"], payload["deputy"], since, None, payload["by"]))
    return held


def held(column: Column) -> list[Holding]:
    """The same for one column, from the ledger; one query."""
    entries = Entry.objects.of_stream(STREAM, column.pk)
    return fold((entry.kind, entry.occurred_on, entry.data) for entry in entries)


def project(column_id: int, holdings: list[Holding]) -> None:
    """Make the rows of a column what its events say. The earlier rows are closed before a later one is opened."""
    rows = list(Duty.objects.filter(column=column_id).order_by("since", "pk"))
    for surplus in rows[len(holdings) :]:
        surplus.delete()
    for place, holding in enumerate(holdings):
        row = rows[place] if place < len(rows) else Duty(column_id=column_id)
        if row.pk is None or _of(row) != holding:
            for name, value in asdict(holding).items():
                setattr(row, name, value)
            row.save()


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project every column of an agency again and say, in Chinese, what differed; with ``write`` set it right."""
    differences: list[str] = []
    with transaction.atomic():
        lock(agency.pk)
        columns = Column.objects.select_related("parent").filter(agency=agency).in_bulk()
        rows: dict[int, list[Holding]] = {}
        for row in Duty.objects.filter(column__agency=agency).order_by("since", "pk"):
            rows.setdefault(row.column_id, []).append(_of(row))
        for pk, events in cases(agency, STREAM):
            should, was = fold(events), rows.pop(pk, [])
            if pk not in columns:
                differences.append(f"台账中的栏目 {pk} 没有对应的记录，须从备份恢复。")
            elif was != should:
                differences.append(f"栏目“{columns[pk]}”的责任清单存有 {len(was)} 段，与台账的 {len(should)} 段不同。")
                if write:
                    project(pk, should)
        differences += [f"栏目“{columns[pk]}”的责任清单在台账中没有记录。" for pk in rows]
    return differences


def _of(row: Duty) -> Holding:
    return Holding(row.department_id, row.keeper_id, row.deputy_id, row.since, row.until, row.set_by_id)
