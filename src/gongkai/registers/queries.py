"""What the public reads of the registers: what a named person published here, and through nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import ExtractYear

from .models import Entry, FeeReceipt, ItemKind, ServiceItem


def public(model: type[Entry], agency_id: int) -> QuerySet[Any]:
    """The entries of a register that anybody may read; a decision that was withdrawn among them, for its explanation.

    List, detail and CSV all ask this.
    """
    manager: Any = model._default_manager
    found: QuerySet[Any] = manager.filter(agency=agency_id, shown_on__isnull=False)
    return found


@dataclass(frozen=True, slots=True)
class Charged:
    """What was received for a fee in a year, in yuan."""

    item: str
    year: int
    amount: Decimal

    @property
    def wan(self) -> Decimal:
        """In 万元, as the annual report counts it."""
        return self.amount / 10000


def charged(receipts: QuerySet[FeeReceipt]) -> list[Charged]:
    """What was received for each fee in each year, the latest year first; one query."""
    rows = receipts.order_by().annotate(year=ExtractYear("received_on")).values_list("item__name", "year")
    found = rows.annotate(total=Sum("amount")).order_by("-year", "item__name")
    return [Charged(name, year, total) for name, year, total in found]


@dataclass(frozen=True, slots=True)
class Change:
    """The items of a kind over a year: those at the end of the last, those that came and went, those at its end."""

    kind: str
    year: int
    before: int
    added: int
    removed: int
    after: int


def changes(agency_id: int, years: Sequence[int]) -> list[Change]:
    """The items of each kind over each year, in the order of the kinds; one query."""
    rows = list(ServiceItem.objects.filter(agency=agency_id).values_list("kind", "valid_from", "valid_until"))
    return [_change(kind, year, [row[1:] for row in rows if row[0] == kind]) for kind in ItemKind for year in years]


def _change(kind: ItemKind, year: int, spans: Iterable[tuple[date, date | None]]) -> Change:
    known, last = list(spans), date(year, 12, 31)
    before = date(year, 1, 1) - timedelta(days=1)
    at_start = {n for n, span in enumerate(known) if _valid(span, before)}
    at_end = {n for n, span in enumerate(known) if _valid(span, last)}
    return Change(str(kind.label), year, len(at_start), len(at_end - at_start), len(at_start - at_end), len(at_end))


def _valid(span: tuple[date, date | None], day: date) -> bool:
    return span[0] <= day and (span[1] is None or span[1] >= day)
