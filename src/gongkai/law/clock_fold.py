"""The arithmetic of the reply clock as a fold over events; :mod:`gongkai.law.clock` is its public face."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .calendar import WorkingCalendar
from .errors import LawError
from .parameters import Parameter, Parameters
from .wording import chinese_date


class EventKind(StrEnum):
    """What moves the reply clock."""

    CORRECTED = "corrected"
    CONSULT_SENT = "consult-sent"
    CONSULT_RETURNED = "consult-returned"
    EXTENDED = "extended"
    FEE_NOTICED = "fee-noticed"
    FEE_PAID = "fee-paid"

    @property
    def label(self) -> str:
        """The event as a clerk calls it."""
        return _LABELS[self]


_LABELS = {
    EventKind.CORRECTED: "收到补正",
    EventKind.CONSULT_SENT: "发出征求意见书",
    EventKind.CONSULT_RETURNED: "收到意见",
    EventKind.EXTENDED: "延期",
    EventKind.FEE_NOTICED: "发出收费通知",
    EventKind.FEE_PAID: "足额缴费",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on ``date``. ``days``: working days of an extension; ``None`` is the longest allowed."""

    kind: EventKind
    date: date
    days: int | None = None


class ReplyClock:
    """Starts at receipt, takes events in the order of their dates, knows the due date at any point.

    ``start``: the day after which counting began (receipt, or the last restart). ``allowance``: working days
    of the period. ``unanswered``: the days on which consultations not yet answered were sent. ``unpaid``: the
    day of a fee notice not yet paid. ``still_since``: the day after which the clock stands still; ``None``
    while it runs. ``extension``: the one extension of the case.
    """

    __slots__ = (
        "_still",
        "allowance",
        "calendar",
        "extension",
        "law",
        "received",
        "start",
        "still_since",
        "unanswered",
        "unpaid",
    )

    def __init__(self, received: date, calendar: WorkingCalendar, law: Parameters) -> None:
        self.received = self.start = received
        self.calendar, self.law = calendar, law
        self.allowance = self.rule("reply").number
        self.extension: Event | None = None
        self.unanswered: list[date] = []
        self.unpaid: date | None = None
        self.still_since: date | None = None
        self._still: list[tuple[date, date]] = []

    def rule(self, code: str) -> Parameter:
        """A parameter as it governs this case: by the day of receipt, or of the notice for fees."""
        if code.startswith("fee_") and self.unpaid is not None:
            return self.law.on(code, self.unpaid)
        return self.law.on(code, self.received)

    def take_all(self, events: Iterable[Event]) -> ReplyClock:
        for event in events:
            self.take(event)
        return self

    def take(self, event: Event) -> None:
        """Take the next event; :class:`LawError` when it cannot have happened.

        The caller (``clock``) has checked that the dates are in order.
        """
        day = event.date
        if event.days is not None and event.kind is not EventKind.EXTENDED:
            raise LawError(f"只有延期可以写明日数，{event.kind.label}（{chinese_date(day)}）不可以。")
        match event.kind:
            case EventKind.CORRECTED:
                self._restart(day)
            case EventKind.CONSULT_SENT:
                self.unanswered.append(day)
                self._stand_still(day)
            case EventKind.CONSULT_RETURNED:
                if not self.unanswered:
                    raise LawError(f"{chinese_date(day)}收到意见，但此前没有尚待答复的征求意见书，请先登记发出日期。")
                # Which letter is answered does not matter: days count again only when none is awaited.
                self.unanswered.pop(0)
                self._run_again(day)
            case EventKind.EXTENDED:
                self._extend(event)
            case EventKind.FEE_NOTICED:
                self._notice_fee(day)
            case EventKind.FEE_PAID:
                self._pay_fee(day)

    def due(self) -> date:
        """The last day of the period as things stand; what is awaited is taken to come on ``assumed_end``."""
        calendar, counted_to, left = self.calendar, self.start, self.allowance
        for begin, end in self.still_spans():
            if end <= counted_to:
                continue
            if begin > counted_to:
                counted = calendar.working_days_between(counted_to, begin)
                if counted >= left:
                    break
                left -= counted
            counted_to = end
        return calendar.add_working_days(counted_to, left)

    def still_spans(self) -> list[tuple[date, date]]:
        """While the clock stood or stands still: the days after the first, up to and including the second."""
        if self.still_since is None:
            return self._still
        return [*self._still, (self.still_since, self.assumed_end())]

    def assumed_end(self) -> date:
        """The day on which everything still awaited is taken to have come: the last day of its own limit."""
        ends = []
        if self.unanswered:
            ends.append(self.calendar.add_working_days(self.unanswered[-1], self.rule("consultation").number))
        if self.unpaid is not None and self.fee_stops_clock:
            ends.append(self.calendar.add_working_days(self.unpaid, self.rule("fee_payment").number))
        return max(ends)

    @property
    def fee_stops_clock(self) -> bool:
        """Whether payment resumes the period (the days since the notice not counted) instead of restarting it."""
        return self.rule("fee_paid").value == "resume"

    @property
    def extension_lapses(self) -> bool:
        return self.rule("extension_after_restart").value == "lapses"

    def _restart(self, day: date) -> None:
        self.start = day
        if self.extension is not None and self.extension_lapses:
            self.allowance = self.rule("reply").number

    def _stand_still(self, day: date) -> None:
        if self.still_since is None:
            self.still_since = day

    def _run_again(self, day: date) -> None:
        waiting = self.unanswered or (self.unpaid is not None and self.fee_stops_clock)
        if self.still_since is not None and not waiting:
            self._still.append((self.still_since, day))
            self.still_since = None

    def _extend(self, event: Event) -> None:
        longest = self.rule("extension").number
        days = longest if event.days is None else event.days
        if self.extension is not None:
            raise LawError(f"{chinese_date(self.extension.date)}已经延期，答复期限只能延长一次。")
        if not 1 <= days <= longest:
            raise LawError(f"延长的期限应为1至{longest}个工作日，不能是{days}个工作日。")
        # An assumption about an answer still awaited must not make an extension late; a period that had run
        # out before the letter was sent stays run out.
        due = self.due()
        if event.date > due and (self.still_since is None or due <= self.still_since):
            raise LawError(f"答复期限已于{chinese_date(due)}届满，不能在{chinese_date(event.date)}延期。")
        self.extension = event
        self.allowance += days

    def _notice_fee(self, day: date) -> None:
        if self.unpaid is not None:
            raise LawError(f"{chinese_date(self.unpaid)}的收费通知尚未缴费，不能再发出收费通知。")
        self.law.on("fee_payment", day)
        self.unpaid = day
        if self.fee_stops_clock:
            self._stand_still(day)

    def _pay_fee(self, day: date) -> None:
        if self.unpaid is None:
            raise LawError(f"{chinese_date(day)}缴费，但此前没有收费通知，请先登记发出日期。")
        resumes = self.fee_stops_clock
        self.unpaid = None
        if resumes:
            self._run_again(day)
        else:
            self._restart(day)
