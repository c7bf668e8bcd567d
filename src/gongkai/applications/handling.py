"""How long an application was in hand: working days, without those on which somebody else was waited for.

Waited for are the applicant (correction, Article 30; fee) and whoever was consulted (Articles 32 to 34).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.bureau.calendar import working_calendar

from .case import Case

# (the day on which the wait began, the day on which it ended or None); the first is not part of it, the last is.
Wait = tuple[date, date | None]


def waits(case: Case) -> list[Wait]:
    """When somebody else was waited for, in the order in which the waits began. Consultations that overlap are one."""
    found = list(_consulted(case))
    if case.correction_requested_on is not None:
        found.append((case.correction_requested_on, case.corrected_on))
    noticed: date | None = None
    for kind, day, _ in case.clock:
        if kind == "fee-noticed":
            noticed = day
        elif kind == "fee-paid" and noticed is not None:
            found.append((noticed, day))
            noticed = None
    if noticed is not None:
        found.append((noticed, None))
    return sorted(found, key=lambda wait: wait[0])


def handled_days(case: Case) -> int | None:
    """Working days from receipt to the reply without the waits; ``None`` while the case is open.

    Raises :class:`LawError` for a day outside the calendar.
    """
    if case.received_on is None or case.closed_on is None:
        return None
    calendar, last = working_calendar(), case.received_on
    days = 0
    for since, until in waits(case):
        begins, ends = min(since, case.closed_on), min(until or case.closed_on, case.closed_on)
        if begins > last:
            days += calendar.working_days_between(last, begins)
        last = max(last, ends)
    return days + (calendar.working_days_between(last, case.closed_on) if case.closed_on > last else 0)


def _consulted(case: Case) -> Iterator[Wait]:
    unanswered, since = 0, date.min
    for kind, day, _ in case.clock:
        if kind == "consult-sent":
            since = day if not unanswered else since
            unanswered += 1
        elif kind == "consult-returned" and unanswered:
            unanswered -= 1
            if not unanswered:
                yield since, day
    if unanswered:
        yield since, None
