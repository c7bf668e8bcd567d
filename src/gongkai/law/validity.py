"""规范性文件有效性: is a document in force, until when, and when must somebody look at it.

A document with a stated period lapses unless published again before it ends; a full clean-up is made every
two years (浙江省人民政府令第372号); a repealed or lapsed document stays public, marked.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .errors import LawError
from .parameters import Parameters, standard_parameters
from .wording import chinese_date


class Validity(StrEnum):
    """有效性 as printed on the page."""

    IN_FORCE = "有效"
    LAPSED = "失效"
    REPEALED = "废止"
    AMENDED = "修改"


@dataclass(frozen=True, slots=True)
class Term:
    """What decides a document's validity.

    ``expires`` is the last day in force, ``None`` without end. ``repealed`` and ``amended`` are the days from
    which that holds.
    """

    effective: date
    expires: date | None = None
    repealed: date | None = None
    amended: date | None = None

    def __post_init__(self) -> None:
        for name, day in (("有效期截止日", self.expires), ("废止日期", self.repealed), ("修改日期", self.amended)):
            if day is not None and day < self.effective:
                raise LawError(f"{name}（{chinese_date(day)}）早于施行日期（{chinese_date(self.effective)}），请核对。")


def validity(term: Term, on: date) -> Validity:
    """The document's validity on a day. An amended document is in force as amended (修改) until it ends.

    A document not yet in force is 有效: it has been made, and nothing has ended it. A lapsed document that a
    clean-up list repeals afterwards is 失效 until the day of the list and 废止 from it.
    """
    if term.repealed is not None and on >= term.repealed:
        return Validity.REPEALED
    if term.expires is not None and on > term.expires:
        return Validity.LAPSED
    if term.amended is not None and on >= term.amended:
        return Validity.AMENDED
    return Validity.IN_FORCE


def in_force(term: Term, on: date) -> bool:
    """Whether table 二 counts the document as 现行有效 on ``on``."""
    return term.effective <= on and validity(term, on) in (Validity.IN_FORCE, Validity.AMENDED)


def ended_on(repealed: date | None, expires: date | None) -> date | None:
    """The first day on which a document is no longer in force, or ``None``.

    From the day of its repeal (废止), or from the day after the last of its period (失效), whichever is earlier.
    """
    ends = [repealed, expires + timedelta(days=1) if expires else None]
    return min((day for day in ends if day is not None), default=None)


def default_expiry(effective: date, *, interim: bool, parameters: Parameters | None = None) -> date:
    """The last day of a document that states no period; ``interim``: its title says 暂行 or 试行 (UNVERIFIED)."""
    law = parameters or standard_parameters()
    years = law.on("interim_years" if interim else "default_years", effective).number
    return add_months(effective, 12 * years) - timedelta(days=1)


def expiry_reminders(term: Term, parameters: Parameters | None = None) -> tuple[date, ...]:
    """The days on which to remind the drafter before a document lapses, earliest first; none when already ended."""
    if term.expires is None or (term.repealed is not None and term.repealed <= term.expires):
        return ()
    days = (term.expires - timedelta(days=before) for before in expiry_notice(term.expires, parameters))
    return tuple(day for day in days if day >= term.effective)


def expiry_notice(expires: date, parameters: Parameters | None = None) -> tuple[int, ...]:
    """How many days before the last day of its period a document is spoken of, the earliest first."""
    law = parameters or standard_parameters()
    codes = ("expiry_first_reminder_days", "expiry_second_reminder_days", "expiry_last_reminder_days")
    return tuple(sorted({law.on(code, expires).number for code in codes}, reverse=True))


def next_cleanup(last: date, parameters: Parameters | None = None) -> date:
    """The day by which the next full clean-up 全面清理 is due after the one finished on ``last``."""
    law = parameters or standard_parameters()
    return add_months(last, 12 * law.on("cleanup_years", last).number)


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later (earlier when negative), or that month's last day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
