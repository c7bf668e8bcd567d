"""The working-day calendar 工作日历: weekends, State Council holidays with their make-up days, local orders.

The announced years come from the chinesecalendar package (2004 to its last year, compared day by day with
the published notices); imported notices and local orders (:class:`CalendarOverride`) go over it. A year
nobody has announced follows the weekend rule and is provisional.

A calendar is an immutable value: to import a notice, make a new one with :meth:`WorkingCalendar.with_overrides`.
Its per-year index is computed on first use, so adding days costs an array look-up whatever the number.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from .calendar_override import CalendarOverride, parse_override
from .errors import LawError
from .parameters import read_data

__all__ = [
    "CalendarOverride",
    "DayExplanation",
    "WorkingCalendar",
    "bundled_local_orders",
    "national_calendar",
    "parse_override",
]


@dataclass(frozen=True, slots=True)
class DayExplanation:
    """Why a day is worked or not.

    ``named``: a notice, not merely the weekday, decides. ``imported``: that notice was added to the calendar.
    """

    date: date
    working: bool
    provisional: bool
    named: bool
    imported: bool
    holiday: str
    reference: str
    text: str


class _Year(NamedTuple):
    """``working``: the year's working days; ``counts[i]``: how many fall on or before day i (0 = 1 January)."""

    first: int
    working: tuple[date, ...]
    counts: tuple[int, ...]


class _Announced(NamedTuple):
    first: int
    last: int
    holidays: Mapping[date, str]
    workdays: Mapping[date, str]


@cache
def _announced() -> _Announced:
    """The library's days, with Chinese holiday names; imported on first use because the package takes 15 ms."""
    from chinese_calendar import Holiday, holidays, workdays

    names = {holiday.value: holiday.chinese for holiday in Holiday}
    return _Announced(
        min(holidays).year,
        max(holidays).year,
        {day: names[name] for day, name in holidays.items()},
        {day: names[name] for day, name in workdays.items()},
    )


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are working days for an agency of ``region`` (a full name or a division code).

    Orders of other regions are carried but do not count. National notices go first, then local orders from
    the largest region to the smallest; of two of the same rank the later in the list prevails.
    """

    overrides: tuple[CalendarOverride, ...] = ()
    region: str | None = None
    _days: dict[date, tuple[bool, CalendarOverride]] = field(init=False, repr=False, compare=False)
    _named_years: frozenset[int] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)
    _years: dict[int, _Year] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __hash__(self) -> int:
        return self._hash  # asked for at every look-up of a due date: worked out once

    def __post_init__(self) -> None:
        mine = [override for override in self.overrides if override.applies_in(self.region)]
        mine.sort(key=lambda override: len(override.region or ""))
        days = {day: (working, override) for override in mine for day, working in override.days.items()}
        object.__setattr__(self, "overrides", tuple(self.overrides))
        object.__setattr__(self, "_hash", hash((self.overrides, self.region)))
        object.__setattr__(self, "_days", days)
        object.__setattr__(
            self, "_named_years", frozenset(override.announces for override in mine if override.announces is not None)
        )

    def with_overrides(self, *overrides: CalendarOverride) -> WorkingCalendar:
        """A calendar with these notices added after its own."""
        return WorkingCalendar((*self.overrides, *overrides), self.region)

    def for_region(self, region: str | None) -> WorkingCalendar:
        """The same notices as they bind an agency of another region."""
        return WorkingCalendar(self.overrides, region)

    @property
    def last_announced_year(self) -> int:
        """The last year up to which every year has been announced."""
        year = _announced().last
        while year + 1 in self._named_years:
            year += 1
        return year

    def is_working_day(self, day: date) -> bool:
        if isinstance(day, datetime):
            day = day.date()
        if override := self._days.get(day):
            return override[0]
        announced = _announced()
        return day in announced.workdays or (day.weekday() < 5 and day not in announced.holidays)

    def is_provisional(self, day: date) -> bool:
        """Whether ``day`` merely follows the weekend rule, because no notice has announced its year yet."""
        return not self._year_announced(day.year) and day not in self._days

    def is_provisional_between(self, first: date, last: date) -> bool:
        """Whether any day from ``first`` to ``last``, both included, is provisional."""
        if all(self._year_announced(year) for year in range(first.year, last.year + 1)):
            return False
        return any(self.is_provisional(first + timedelta(days=n)) for n in range((last - first).days + 1))

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is not counted (期间开始之日不计算).

        A negative count goes back: the n-th working day before. Zero gives ``day`` itself, worked or not.
        """
        if count == 0:
            return day
        year = self._year(day.year)
        passed = year.counts[day.toordinal() - year.first]
        # Index of the wanted day among the year's working days; going back, a worked ``day`` is not counted.
        index = passed + count - 1 if count > 0 else passed + count - self.is_working_day(day)
        number = day.year
        while index < 0:
            number -= 1
            year = self._year(number)
            index += len(year.working)
        while index >= len(year.working):
            index -= len(year.working)
            number += 1
            year = self._year(number)
        return year.working[index]

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days fall after ``after`` and on or before ``until``; negative when they are reversed."""
        if until < after:
            return -self.working_days_between(until, after)
        first, last = self._year(after.year), self._year(until.year)
        counted = last.counts[until.toordinal() - last.first] - first.counts[after.toordinal() - first.first]
        return counted + sum(len(self._year(number).working) for number in range(after.year, until.year))

    def working_days_of(self, year: int) -> int:
        """The number of working days of a year."""
        return len(self._year(year).working)

    def explain(self, day: date) -> DayExplanation:
        """Why ``day`` is or is not a working day, with the holiday's Chinese name and the notice."""
        working, provisional = self.is_working_day(day), self.is_provisional(day)
        announced, weekend = _announced(), day.weekday() >= 5
        named, holiday, reference = True, "", "国务院办公厅节假日安排"
        if override := self._days.get(day):
            holiday, reference = override[1].names.get(day, ""), override[1].reference
        elif day in announced.workdays or day in announced.holidays:
            holiday = announced.workdays.get(day) or announced.holidays[day]
        else:
            named, reference = False, ""
        if not named:
            text = "双休日" if weekend else "工作日"
            text += "（该年放假安排尚未公布，暂按双休日推算）" if provisional else ""
        elif working:
            text = f"{holiday}调休上班" if weekend else f"{holiday}上班"
        else:
            text = f"{holiday}放假"
        return DayExplanation(day, working, provisional, named, day in self._days, holiday, reference, text)

    def named_days(self, first: date, last: date) -> list[DayExplanation]:
        """The days from ``first`` to ``last``, both included, on which a notice decides, in order."""
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return [found for day in days if (found := self.explain(day)).named]

    def _year_announced(self, year: int) -> bool:
        announced = _announced()
        return announced.first <= year <= announced.last or year in self._named_years

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = self._index(number)
        return year

    def _index(self, number: int) -> _Year:
        if not 1900 <= number <= 2200:
            raise LawError(f"{number}年超出工作日历的范围，请核对日期。")
        first = date(number, 1, 1).toordinal()
        days = [date.fromordinal(ordinal) for ordinal in range(first, date(number, 12, 31).toordinal() + 1)]
        working = tuple(day for day in days if self.is_working_day(day))
        return _Year(first, working, tuple(bisect_right(working, day) for day in days))


@cache
def national_calendar() -> WorkingCalendar:
    """The calendar of the library's years alone: an immutable value that depends on nothing but the release."""
    return WorkingCalendar()


@cache
def bundled_local_orders() -> tuple[CalendarOverride, ...]:
    """Local orders that we know of but could not verify; no calendar counts them unless an office adds them."""
    return tuple(parse_override(order) for order in tomllib.loads(read_data("local_orders.toml"))["order"])
