"""The reply clock 答复期限 in working days (Articles 30 to 34; fees: 国办函〔2020〕109号).

* The day of receipt is not counted; the period is 20 working days (15 under the 2007 Regulation).
* ``corrected`` and ``fee-paid`` start the period afresh the day after.
* The days after a consultation letter is sent, up to and including the day the answer arrives, are not
  counted. Consultations may overlap: what is not counted is the union of their days. They may also span a
  restart. When the third party stays silent, record the end of its 15 working days as ``consult-returned``.
* ``extended`` adds its working days, once, if decided no later than the day the period would have ended.
  When the period starts afresh an earlier extension lapses (an inference on the safe side, a parameter).

While an answer is still awaited the clock stands still. The date shown then assumes that the answer arrives
on the last of 15 working days after the last letter, and a step says so; ``Deadline.paused`` is true.
A fee notice by itself stops nothing: until payment the date shown is the one that holds without payment.

Parameters are those in force on the day of receipt: what governed a case stays with the case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .calendar import WorkingCalendar
from .clock_fold import Event, EventKind, ReplyClock
from .errors import LawError
from .parameters import Parameters, standard_parameters
from .wording import chinese_date

__all__ = ["Deadline", "Event", "EventKind", "Step", "due_date", "reply_deadline"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reckoning: when, by which article, and what it did to the period."""

    date: date
    rule: str
    text: str


@dataclass(frozen=True)
class Deadline:
    """``due`` is the last day on which the reply is in time.

    ``provisional``: the reckoning touches days whose year's holidays are not announced. ``paused``: an answer
    is still awaited, so ``due`` rests on an assumption. ``steps`` are worded when first read.
    """

    due: date
    provisional: bool
    paused: bool
    _word: Callable[[], tuple[Step, ...]] = field(repr=False, compare=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return self._word()


def due_date(
    received: date, events: Sequence[Event], calendar: WorkingCalendar, parameters: Parameters | None = None
) -> date:
    """The due date alone, for bulk work: the same arithmetic as :func:`reply_deadline`, nothing worded.

    ``events`` in the order of their dates; :class:`LawError` when they contradict one another.
    """
    return _fold(received, events, calendar, parameters).due()


def reply_deadline(
    received: date, events: Sequence[Event], calendar: WorkingCalendar, parameters: Parameters | None = None
) -> Deadline:
    """The due date of an application received (Article 31) on ``received``, with every step explained.

    ``events`` in the order of their dates; :class:`LawError` when they contradict one another.
    """
    events = tuple(events)
    clock = _fold(received, events, calendar, parameters)
    due = clock.due()
    provisional = calendar.is_provisional_between(received, due)

    def word() -> tuple[Step, ...]:
        from .clock_words import explain

        return tuple(explain(ReplyClock(received, calendar, clock.law), events, provisional=provisional))

    return Deadline(due, provisional, clock.still_since is not None, word)


def _fold(
    received: date, events: Sequence[Event], calendar: WorkingCalendar, parameters: Parameters | None
) -> ReplyClock:
    before = received
    for event in events:
        if event.date < received:
            raise LawError(
                f"{event.kind.label}（{chinese_date(event.date)}）早于收到申请之日（{chinese_date(received)}），请核对日期。"
            )
        if event.date < before:
            raise LawError(
                f"{event.kind.label}（{chinese_date(event.date)}）排在{chinese_date(before)}的事项之后，"
                "请按日期先后排列。"
            )
        before = event.date
    return ReplyClock(received, calendar, parameters or standard_parameters()).take_all(events)
