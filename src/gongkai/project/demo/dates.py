"""Dates of the demonstration year: working days, evenly strewn."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

from gongkai.law.calendar import national_calendar

from .targets import YEAR


@cache
def working_days(year: int = YEAR) -> tuple[date, ...]:
    """The working days of a year in order."""
    calendar = national_calendar()
    days = (date(year, 1, 1) + timedelta(days=offset) for offset in range(366))
    return tuple(day for day in days if day.year == year and calendar.is_working_day(day))


def strewn(random: Random, count: int) -> list[date]:
    """``count`` working days over the year in order, each stretch of the year having its share."""
    days = working_days()
    step = len(days) / count
    return sorted(days[min(len(days) - 1, int((index + random.random()) * step))] for index in range(count))


def next_working_day(day: date, days: int) -> date:
    """The first working day that is at least ``days`` calendar days later, in the same year."""
    later = day + timedelta(days=days)
    return next((found for found in working_days() if found >= later), working_days()[-1])
