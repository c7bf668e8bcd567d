"""答复期限计算: from the day of receipt and what happened since to the due date, every step and every day explained.

What it says is what ``gongkai deadline`` says. Nothing is kept; the question stands in the address, to be passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.bureau.calendar import working_calendar
from gongkai.law.clock import Deadline, Event, EventKind, reply_deadline
from gongkai.law.clock_days import CountedDay, counted_days
from gongkai.law.errors import LawError
from gongkai.law.wording import chinese_day, parse_date

from .base import DOOR, agency_of_site

ROWS = 6
MOST_DAYS = 999
_SHOWN_DAYS = 800  # days that are listed one by one
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the form as it was filled in."""

    number: int
    kind: str = ""
    day: str = ""
    days: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The due date and how it was reached; ``days`` is empty where the period is too long to list."""

    deadline: Deadline
    days: list[CountedDay]

    @property
    def due(self) -> str:
        return chinese_day(self.deadline.due)


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """The form; with ``received`` in the address also the answer, or what is wrong."""
    given = request.GET
    rows = [_row(given, number) for number in range(1, ROWS + 1)]
    received, wrong, answer = given.get("received", "")[:_LONGEST], "", None
    if "received" in given:
        day, wrong = _day(received)
        if not wrong and day is not None and not any(row.error for row in rows):
            try:
                answer = reckon(day, [_event(row) for row in rows if row.kind and row.day])
            except (LawError, OverflowError) as error:
                wrong = str(error) if isinstance(error, LawError) else "日期超出可以计算的范围，请核对。"
    failed = bool(wrong) or any(row.error for row in rows)
    context = {
        "door": DOOR,
        "agency": agency_of_site(),
        "received": received,
        "rows": rows,
        "kinds": [(kind.value, kind.label) for kind in EventKind],
        "wrong": wrong,
        "failed": failed and "received" in given,
        "answer": answer,
    }
    return render(request, "applications/public/calculator.html", context, status=400 if context["failed"] else 200)


def reckon(received: date, events: list[Event]) -> Answer:
    """The answer for events in any order, as the command takes them. Raises :class:`LawError`."""
    happened, calendar = sorted(events, key=lambda event: event.date), working_calendar()
    deadline = reply_deadline(received, happened, calendar)
    listed = (deadline.due - received).days <= _SHOWN_DAYS
    return Answer(deadline, list(counted_days(received, happened, calendar)) if listed else [])


def _row(given: Mapping[str, str], number: int) -> Row:
    kind, day, days = (given.get(f"{name}{number}", "").strip()[:_LONGEST] for name in ("kind", "date", "days"))
    error = ""
    if kind and kind not in set(EventKind):
        error = "请选择列出的事项。"
    elif kind and not day:
        error = "请填写日期，例如 2022-10-12。"
    elif day and not kind:
        error = "请选择是什么事项。"
    elif day:
        error = _day(day)[1]
    if not error and days:
        if kind != EventKind.EXTENDED:
            error = "只有延期可以填写工作日数。"
        elif not (days.isascii() and days.isdecimal() and 0 < int(days) <= MOST_DAYS):
            error = "延期的工作日数应当是数字，例如 10。"
    return Row(number, kind, day, days, error)


def _day(typed: str) -> tuple[date | None, str]:
    if not typed.strip():
        return None, "请填写收到申请之日，例如 2022-09-30。"
    try:
        return parse_date(typed), ""
    except (LawError, ValueError) as error:
        return None, str(error) if isinstance(error, LawError) else "不能识别这个日期。"


def _event(row: Row) -> Event:
    return Event(EventKind(row.kind), parse_date(row.day), int(row.days) if row.days else None)
