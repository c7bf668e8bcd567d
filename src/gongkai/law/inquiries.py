"""Messages from the public: by when one is answered, when the leader is told, when it fails an inspection.

The numbers are dated parameters (``data/inquiries.toml``): the service level is the bureau's own rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .calendar import WorkingCalendar
from .errors import LawError
from .parameters import Parameter, Parameters, standard_parameters
from .validity import add_months
from .wording import chinese_date

_FIRST = date(2008, 5, 1)


def service_level(on: date, parameters: Parameters | None = None) -> Parameter:
    """In how many working days a message that came on that day is answered. One from before there was any
    rule is held to the first."""
    return _parameter("inquiry_service_level", "工作日", max(on, _FIRST), parameters)


def simple_level(on: date, parameters: Parameters | None = None) -> Parameter:
    """In how many working days a simple question is answered when an inspection asks it."""
    return _parameter("inquiry_simple_level", "工作日", max(on, date(2019, 4, 1)), parameters)


def due(received: date, working_days: int, calendar: WorkingCalendar) -> date:
    """The last day of the period: the day of receipt is not counted."""
    return calendar.add_working_days(received, working_days)


@dataclass(frozen=True, slots=True)
class Alarm:
    """When an open message is told to the leader, and the last day before it fails an inspection."""

    tell_on: date
    fails_after: date
    reference: str

    def __str__(self) -> str:
        return f"{chinese_date(self.fails_after)}以后仍未回应的，检查时单项否决（{self.reference}）"


def alarm(received: date, parameters: Parameters | None = None) -> Alarm:
    """The alarm of a message. Raises :class:`LawError`."""
    since = max(received, date(2019, 4, 1))
    limit = _parameter("inquiry_inspection_limit", "月", since, parameters)
    ahead = _parameter("inquiry_alarm", "月", since, parameters)
    if ahead.number >= limit.number:
        raise LawError("参数 inquiry_alarm 应当小于 inquiry_inspection_limit，否则来不及办理。")
    return Alarm(add_months(received, ahead.number), add_months(received, limit.number), limit.reference)


def _parameter(code: str, unit: str, on: date, parameters: Parameters | None) -> Parameter:
    found = (parameters or standard_parameters()).on(code, on)
    if found.unit != unit or found.number < 1:
        raise LawError(f"参数 {code} 应当是至少 1 {unit}，现为“{found.value}{found.unit}”。")
    return found
