"""征求意见: each consultation with a clock of its own (Articles 32 and 34), and what silence means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.bureau.calendar import working_calendar
from gongkai.law.limits import Limit, LimitKind, Silence, limit
from gongkai.law.parameters import standard_parameters

from .case import Case
from .events import ANSWERS, PARTIES

LIMITS = {"third_party": LimitKind.THIRD_PARTY_ANSWER, "co_maker": LimitKind.CO_MAKER_ANSWER}
SILENCE = {
    Silence.ORGAN_DECIDES: "逾期不提出意见的，由本机关依照条例决定是否公开",
    Silence.DEEMED_CONSENT: "逾期未提出意见的，视为同意公开",
}


@dataclass(frozen=True, slots=True)
class Consultation:
    """One consultation. ``limit`` is missing where the law sets none (other organs)."""

    number: int
    party: str
    sent_on: date
    limit: Limit | None
    answer: str
    is_open: bool
    days_left: int

    @property
    def is_over(self) -> bool:
        """The period has run out and nothing was recorded."""
        return self.is_open and self.limit is not None and self.days_left < 0

    @property
    def words(self) -> str:
        if not self.is_open:
            return self.answer
        if self.limit is None:
            return "等待答复（条例没有规定期限）"
        return "期限已满，请登记意见或者“期满没有答复”" if self.is_over else f"还剩 {self.days_left} 个工作日"

    @property
    def silence(self) -> str:
        return SILENCE.get(self.limit.silence, "") if self.limit is not None and self.limit.silence else ""


def period_of(party: str, sent_on: date) -> Limit | None:
    """The period for an answer, reckoned from the day the letter was sent; none before the law set one."""
    if party not in LIMITS or standard_parameters().find(LIMITS[party], sent_on) is None:
        return None
    return limit(LIMITS[party], sent_on, working_calendar())


def consultations(case: Case, today: date) -> list[Consultation]:
    """Every consultation of a case, in order."""
    found = []
    for number, sent_on in sorted(case.consultations.items()):
        party = case.parties[number]
        period = period_of(party, sent_on)
        left = _left(period.last, today) if period else 0
        answer = ANSWERS.get(case.answers.get(number, ""), "")
        found.append(Consultation(number, PARTIES[party], sent_on, period, answer, number not in case.returned, left))
    return found


def _left(last: date, today: date) -> int:
    """Working days until the last day; negative once it has passed."""
    return working_calendar().working_days_between(today, last) if today <= last else -1
