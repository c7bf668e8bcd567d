"""When the reply to a case is due, as :mod:`gongkai.law.clock` reckons it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from gongkai.bureau.calendar import working_calendar
from gongkai.law.calendar import WorkingCalendar
from gongkai.law.clock import Deadline, due_date, reply_deadline
from gongkai.law.clock import Event as ClockEvent
from gongkai.law.clock import EventKind as ClockKind
from gongkai.law.errors import LawError
from gongkai.law.limits import LimitKind, limit
from gongkai.law.parameters import standard_parameters

from .case import Case

ClockEvents = tuple[tuple[str, date, int], ...]


def due(case: Case) -> tuple[date, bool]:
    """The last day of the period, and whether it is provisional (a year whose holidays are not announced).

    Raises :class:`LawError` when the events contradict one another.
    """
    return _due(_received(case), tuple(case.clock), working_calendar())


def explained(case: Case) -> Deadline:
    """The same with every step in words, for the page of the case."""
    received, calendar = _received(case), working_calendar()
    return reply_deadline(received, _counted(received, tuple(case.clock), calendar), calendar)


def correction_limit(received: date) -> tuple[int, date]:
    """Article 30: within how many working days of receipt a correction may be asked for, and the last of them.

    Raises :class:`LawError` for a day on which no such rule was in force.
    """
    found = limit(LimitKind.CORRECTION_REQUEST, received, working_calendar())
    return found.parameter.number, found.last


def longest_extension(received: date) -> int:
    """Article 33: by how many working days the reply to an application received on that day may be put off at most.

    Raises :class:`LawError` for a day on which no such rule was in force.
    """
    return standard_parameters().on("extension", received).number


def _received(case: Case) -> date:
    if case.received_on is None:
        raise LawError("申请还没有登记，没有答复期限。")
    return case.received_on


# A ledger repeats the same days: a year of a hundred thousand applications has a few thousand different clocks.
@lru_cache(maxsize=50_000)
def _due(received: date, events: ClockEvents, calendar: WorkingCalendar) -> tuple[date, bool]:
    last = due_date(received, _counted(received, events, calendar), calendar)
    return last, calendar.is_provisional_between(received, last)


def _counted(received: date, events: ClockEvents, calendar: WorkingCalendar) -> list[ClockEvent]:
    """The events for the clock. An extension that came too late or was too long is on record and lengthens nothing."""
    known = [ClockEvent(ClockKind(kind), day, days or None) for kind, day, days in events]
    extended = [event for event in known if event.kind is ClockKind.EXTENDED]
    if extended:
        upto = known[: known.index(extended[0]) + 1]
        try:
            due_date(received, upto, calendar)
        except LawError:
            return [event for event in known if event.kind is not ClockKind.EXTENDED]
    return known
