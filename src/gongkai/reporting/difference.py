"""What a published report says against what the records say now: cell by cell, and what explains it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.annual.forms import Cell
from gongkai.annual.report import Number, Report
from gongkai.bureau.figures import Scope
from gongkai.ledger.models import Entry

from .cells import records_behind
from .models import AnnualReport
from .terms import Behind


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that no longer says what was published."""

    cell: Cell
    published: Number | None
    now: Number | None

    @property
    def by(self) -> Number:
        """How much more it is now; negative for less."""
        return (self.now or 0) - (self.published or 0)


def changes(published: Report, now: Report) -> list[Change]:
    """Cells that differ, in the order of the form."""
    return [
        Change(cell, published.value(cell), now.value(cell))
        for cell in published.form.cells()
        if published.value(cell) != now.value(cell)
    ]


def changed_since(behind: Behind, moment: datetime) -> QuerySet[Any]:
    """Of the records behind a number those registered, or with an event written down, after a moment.

    A record that left the number is not among them: it is found behind the cell that it went to.
    """
    model = behind.records.model
    later = Entry.objects.filter(stream=model._meta.label_lower, recorded_at__gt=moment).values("stream_id")
    condition = Q(pk__in=later)
    if any(field.name == "created_at" for field in model._meta.concrete_fields):
        condition |= Q(created_at__gt=moment)
    return behind.records.filter(condition)


def explain(report: AnnualReport, changed: list[Change], scope: Scope) -> Iterator[tuple[Change, int]]:
    """Each change with how many records behind the cell are new or changed since publication; a query a cell."""
    moment = report.published_at
    for change in changed:
        behind = records_behind(change.cell, scope, report.form)
        yield change, sum(changed_since(each, moment).count() for each in behind) if moment else 0
