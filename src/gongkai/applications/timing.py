"""How long replies took: working days in the office's own hands, as a distribution; one query a breakdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Count, QuerySet

from gongkai.bureau.models import Agency

from .models import Application

By = Literal["outcome_row", "lead", "channel"]
# The classes of the distribution, both ends included; the last has no end.
CLASSES: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 10), (11, 15), (16, 20), (21, 30), (31, 40), (41, None))


@dataclass(frozen=True, slots=True)
class Spread:
    """Applications by the working days that they took. ``days`` is how many took each number of days."""

    days: Mapping[int, int]

    @property
    def number(self) -> int:
        return sum(self.days.values())

    @property
    def mean(self) -> float | None:
        """Working days on average; ``None`` of nothing."""
        return sum(day * count for day, count in self.days.items()) / self.number if self.number else None

    def at(self, share: float) -> int | None:
        """The number of days within which this share (0 to 1) was answered: 0.5 is the median."""
        needed, passed = share * self.number, 0
        for day in sorted(self.days):
            passed += self.days[day]
            if passed >= needed:
                return day
        return None

    def of_class(self, first: int, last: int | None) -> int:
        """How many took so many days."""
        return sum(count for day, count in self.days.items() if day >= first and (last is None or day <= last))


def spread(agency: Agency, year: int) -> Spread:
    """The replies of a year."""
    rows = _closed(agency, year).values_list("handled_days").annotate(number=Count("pk"))
    return Spread(dict(rows.order_by()))


def spread_by(agency: Agency, year: int, by: By) -> dict[str | int | None, Spread]:
    """The same for each outcome, department or channel, the most frequent first."""
    rows = _closed(agency, year).values_list(by, "handled_days").annotate(number=Count("pk")).order_by()
    return _grouped(rows)


def _closed(agency: Agency, year: int) -> QuerySet[Application]:
    return Application.objects.filter(
        agency=agency,
        closed_on__gte=date(year, 1, 1),
        closed_on__lte=date(year, 12, 31),
        handled_days__isnull=False,
    )


def _grouped(rows: Iterable[tuple[str | int | None, int, int]]) -> dict[str | int | None, Spread]:
    found: dict[str | int | None, Counter[int]] = {}
    for key, days, number in rows:
        found.setdefault(key, Counter())[days] += number
    ordered = sorted(found.items(), key=lambda item: (-sum(item[1].values()), str(item[0])))
    return {key: Spread(dict(days)) for key, days in ordered}
