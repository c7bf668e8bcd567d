"""The reply clock day by day: which day counts as the how-manieth working day, and why another does not count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import WorkingCalendar
from .clock_fold import Event, ReplyClock
from .parameters import Parameters, standard_parameters


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day between receipt and the due date. ``number``: the how-manieth working day of the period, or ``None``
    where it does not count; ``why`` in the words of an explanation, empty for an ordinary working day.
    """

    date: date
    number: int | None
    why: str


def counted_days(
    received: date, events: Sequence[Event], calendar: WorkingCalendar, parameters: Parameters | None = None
) -> Iterator[CountedDay]:
    """Every day from receipt to the due date; the last one is the due date and has the length of the period.

    ``events`` in the order of their dates, as :func:`gongkai.law.clock.reply_deadline` takes them; raises
    :class:`LawError` when they contradict one another.
    """
    clock = ReplyClock(received, calendar, parameters or standard_parameters()).take_all(events)
    due, number = clock.due(), 0
    still = clock.still_spans()
    yield CountedDay(received, None, "收到申请之日，不计入")
    for offset in range(1, (due - received).days + 1):
        day = received + timedelta(days=offset)
        why = _why_not(day, clock, still, calendar)
        if why is None:
            number += 1
            yield CountedDay(day, number, _note(day, calendar))
        else:
            yield CountedDay(day, None, why)


def _why_not(day: date, clock: ReplyClock, still: Sequence[tuple[date, date]], calendar: WorkingCalendar) -> str | None:
    if day < clock.start:
        return "在重新起算之前，不再计入"
    if day == clock.start:
        return "收到补正或者缴费之日，自次日起重新计算"
    if any(begin < day <= end for begin, end in still):
        return "征求意见期间，不计入"
    return None if calendar.is_working_day(day) else calendar.explain(day).text


def _note(day: date, calendar: WorkingCalendar) -> str:
    """What is worth saying of a working day: that it is one by a notice."""
    found = calendar.explain(day)
    return found.text if found.named or found.provisional else ""
