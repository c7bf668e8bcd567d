"""栏目更新情况: when each column was fed last, until when it must be fed again, and whose it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.law.inspection import Freshness, Period, Standing, Veto, period_of, standing, vetoes

from ..models import Column, Duty, Presentation, Publication
from .queries import duties_on, kept_columns

_WORST_FIRST = (Freshness.LATE, Freshness.BLANK, Freshness.DUE_SOON, Freshness.FRESH, Freshness.FREE)


@dataclass(frozen=True, slots=True)
class Watched:
    """A column, how often it must be fed, how it stands, and who keeps it (``None``: nobody)."""

    column: Column
    period: Period | None
    standing: Standing
    duty: Duty | None

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The worst first, of those that are late the latest first."""
        days = self.standing.days
        place = _WORST_FIRST.index(self.standing.freshness)
        return (place, days if days is not None else 0, self.column.order, self.column.pk)


def watch(agency: Agency, day: date) -> list[Watched]:
    """How every column of an agency stands on a day, the worst first; three queries, however many columns.

    A column of first level is fed by what is published in those below it as well. What was withdrawn does not count:
    nobody who looks at the site sees it. Ledgers count, for what they say was published.
    """
    columns = list(kept_columns(agency))
    fed = _fed(agency, day, columns)
    duties = duties_on(agency, day)
    found = []
    for column in columns:
        period = period_of(column.type, column.update_days, day)
        found.append(Watched(column, period, standing(fed.get(column.pk), period, day), duties.get(column.pk)))
    return sorted(found, key=lambda each: each.rank)


def counts_of(watched: list[Watched]) -> dict[Freshness, int]:
    """How many columns stand how; every state is in it."""
    found = Counter(each.standing.freshness for each in watched)
    return {freshness: found[freshness] for freshness in _WORST_FIRST}


def vetoes_of(watched: list[Watched], day: date) -> list[Veto]:
    """What the columns come to under the inspection of the whole site."""
    return vetoes(((each.column.type, each.standing.freshness) for each in watched), day)


def _fed(agency: Agency, day: date, columns: list[Column]) -> dict[int, date]:
    """The day on which each column was fed last. A page (单页) is fed by a new edition of itself."""
    rows = (
        Publication.objects.filter(agency=agency, published_on__lte=day)
        .filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))
        .order_by()
        .values_list("column")
        .annotate(fed=Max("published_on"), renewed=Max("edition__submitted_at"))
    )
    own = {column: (fed, renewed) for column, fed, renewed in rows}
    found: dict[int, date] = {}
    for column in columns:
        fed, renewed = own.get(column.pk, (None, None))
        if fed is not None and renewed is not None and column.presentation == Presentation.PAGE:
            fed = max(fed, min(timezone.localdate(renewed), day))
        if fed is None:
            continue
        for place in {column.pk, column.parent_id or column.pk}:
            found[place] = max(fed, found.get(place, fed))
    return found
