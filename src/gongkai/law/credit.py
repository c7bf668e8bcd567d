"""统计信用公示: which rules governed a decision, by when it is published, how long it is shown, when it may be removed.

The rules in force on the day of the decision govern it to its end (国统字〔2019〕33号 from 2019-03-20,
国家统计局令第35号 from 2022-05-19). The numbers are dated parameters (``data/validity.toml``, ``data/limits.toml``);
what could not be verified says so. GB 32100-2015, by which a unified social credit code checks itself, is here as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .calendar import WorkingCalendar
from .errors import LawError
from .limits import Limit, LimitKind, limit
from .parameters import Parameter, Parameters, standard_parameters
from .validity import add_months
from .wording import chinese_date

# The signs of a unified social credit code in their order; the last one checks the others.
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Grade(StrEnum):
    """失信等级; the rules of 2019 know both, those of 2022 the second only."""

    GENERAL = "general"
    SERIOUS = "serious"

    @property
    def label(self) -> str:
        return {"general": "一般失信", "serious": "严重失信"}[self.value]


class Longer(StrEnum):
    """Why a record is shown longer than others."""

    NOT_MENDED = "not_mended"
    AGAIN = "again"

    @property
    def label(self) -> str:
        return {"not_mended": "公示期内没有整改到位", "again": "公示期内再次失信"}[self.value]


@dataclass(frozen=True, slots=True)
class Display:
    """How long a record is shown: ``last`` is the last day, ``removable_from`` the first on which a repair may end it.

    ``steps`` say how both were reached; ``unverified``: a number in them still has to be confirmed by the office.
    """

    first: date
    removable_from: date
    last: date
    steps: tuple[str, ...]
    unverified: bool


def rules_of(decided: date, parameters: Parameters | None = None) -> Parameter:
    """The rules that governed a decision of that day. Raises :class:`LawError` for a day before there were any."""
    return (parameters or standard_parameters()).on("credit_grades", decided)


def grades_of(decided: date, parameters: Parameters | None = None) -> tuple[Grade, ...]:
    """The grades that the rules of that day know."""
    return tuple(Grade(code) for code in str(rules_of(decided, parameters).value).split("+"))


def publish_by(decided: date, calendar: WorkingCalendar, parameters: Parameters | None = None) -> Limit:
    """By when a decision of that day must be published."""
    return limit(LimitKind.CREDIT_PUBLICATION, decided, calendar, parameters)


def display(
    decided: date,
    published: date,
    longer: Longer | None = None,
    since: date | None = None,
    parameters: Parameters | None = None,
) -> Display:
    """How long a record is shown, by the rules of the day of its decision.

    ``longer``: it was not mended (twice as long from its publication), or there was a new offence (as long again from
    ``since``, the day on which that was verified).
    """
    law = parameters or standard_parameters()
    if published < decided:
        raise LawError(f"公示日期（{chinese_date(published)}）早于认定日期（{chinese_date(decided)}），请核对。")
    period = law.on("credit_display_months" if longer is None else "credit_display_uncorrected_months", decided)
    least = law.on("credit_repair_months", decided)
    if longer is Longer.AGAIN and since is None:
        raise LawError("再次失信的，公示期自核实再次失信之日起算，请填写核实的日期。")
    first = since if longer is Longer.AGAIN and since is not None else published
    last = add_months(first, period.number) - timedelta(days=1)
    removable = add_months(published, least.number)
    why = f"{longer.label}，" if longer else ""
    begun = "核实再次失信" if longer is Longer.AGAIN else "公示"
    steps = [
        f"{why}自{chinese_date(first)}{begun}起公示{_months(period.number)}，"
        f"至{chinese_date(last)}期满（{period.reference}）。",
        f"公示满{_months(least.number)}、整改经核实后可以申请提前移除，"
        f"最早为{chinese_date(removable)}（{least.reference}）。",
    ]
    unverified = any(each.sureness == "UNVERIFIED" for each in (period, least))
    if unverified:
        steps.append("这些期限尚待本机关对照规章原文核对。")
    return Display(published, removable, last, tuple(steps), unverified)


def _months(number: int) -> str:
    return f"{number // 12} 年" if number % 12 == 0 else f"{number} 个月"


def check_sign(code: str) -> str:
    """The eighteenth sign of a unified social credit code (GB 32100-2015, 5.5)."""
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code))
    return _SIGNS[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether these are eighteen signs of which the last fits the others."""
    return len(code) == 18 and all(sign in _SIGNS for sign in code) and code[-1] == check_sign(code[:17])
