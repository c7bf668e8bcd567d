"""What a published report says against what the records say now: cell by cell, and what explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.annual.forms import Cell
from gongkai.annual.report import Number, Report
from gongkai.bureau.figures import Figure, Key, Scope
from gongkai.ledger.models import Entry

from .bindings import bindings
from .models import AnnualReport
from .terms import Readings, Term


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


# Records that have no events of their own: the stream, and where in the record the number of its case is.
_CASES = {"portal.publication": ("portal.item", "item")}


def changed_since(records: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """Of some records those registered, or with an event written down, after a moment.

    A record that left a number is not among those behind it: it is found behind the cell that it went to.
    """
    model = records.model
    stream, case = _CASES.get(model._meta.label_lower, (model._meta.label_lower, "pk"))
    later = Entry.objects.filter(stream=stream, recorded_at__gt=moment).values("stream_id")
    condition = Q(**{f"{case}__in": later})
    if any(field.name == "created_at" for field in model._meta.concrete_fields):
        condition |= Q(created_at__gt=moment)
    return records.filter(condition)


def explain(report: AnnualReport, changed: Sequence[Change], scope: Scope) -> list[tuple[Change, int]]:
    """Each change with how many records behind the cell are new or changed since publication.

    One query for each figure that a changed cell is made of. Raises ``ValueError`` for a draft.
    """
    if report.published_at is None:
        raise ValueError("a draft has not been published")
    bound, since = bindings(report.form_code), _Since(scope, report.published_at)
    return [(change, sum(since.count(term) for term in bound[change.cell])) for change in changed]


class _Since(Readings):
    """How many records of each figure are new or changed since a moment."""

    def __init__(self, scope: Scope, moment: datetime) -> None:
        super().__init__(scope)
        self.moment = moment

    def ask(self, figure: Figure) -> Mapping[Key, Number | None]:
        rows = changed_since(figure.records(self.scope), self.moment).order_by()
        if not figure.dimensions:
            return {(): rows.count()}
        grouped = rows.values_list(*figure.dimensions).annotate(count=Count("*"))
        return {tuple(key): count for *key, count in grouped}

    def count(self, term: Term) -> int:
        """The records of a term, whether they add to the number or take from it."""
        return sum(int(count or 0) for key, count in self.of(term.figure).items() if term.takes(key))
