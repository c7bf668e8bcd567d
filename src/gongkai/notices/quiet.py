"""Quiet hours: what is not urgent waits for the next working morning."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta

from gongkai.bureau.calendar import working_calendar
from gongkai.law.calendar import WorkingCalendar, national_calendar
from gongkai.law.errors import LawError

from .models import Preference
from .schedule import ZONE

logger = logging.getLogger(__name__)

# When a working day begins for whoever has no quiet night.
MORNING = time(8)


def sendable_from(moment: datetime, chosen: Preference, calendar: WorkingCalendar) -> datetime:
    """The first moment from ``moment`` on, itself included, at which a person may be sent what is not urgent."""
    at = moment.astimezone(ZONE)
    overnight = chosen.quiet_from > chosen.quiet_until
    while True:
        if chosen.working_days_only and not calendar.is_working_day(at.date()):
            day = calendar.add_working_days(at.date(), 1)
            at = datetime.combine(day, chosen.quiet_until if overnight else MORNING, tzinfo=ZONE)
        elif _is_quiet(at.time(), chosen):
            goes_on = overnight and at.time() >= chosen.quiet_from
            at = datetime.combine(at.date() + timedelta(days=goes_on), chosen.quiet_until, tzinfo=ZONE)
        else:
            return at


def _is_quiet(at: time, chosen: Preference) -> bool:
    begins, ends = chosen.quiet_from, chosen.quiet_until
    if begins > ends:
        return at >= begins or at < ends
    return begins <= at < ends


def calendar_of_work() -> WorkingCalendar:
    """The calendar of this installation; the announced years alone while one of its notices cannot be read, which
    ``gongkai holidays`` says: reminders go out nevertheless.
    """
    try:
        return working_calendar()
    except LawError:
        logger.warning("calendar of this installation cannot be read; quiet hours follow the announced years")
        return national_calendar()
