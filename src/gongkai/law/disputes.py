"""行政复议、行政诉讼 as data: by when the organ must answer, what a dispute may end in, and why one is lost.

The periods are dated parameters (``data/disputes.toml``). An ending names the column of table 四 that counts it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, get_args

from .calendar import WorkingCalendar
from .errors import LawError
from .parameters import Parameter, Parameters, Sureness, read_data, standard_parameters
from .wording import chinese_date, chinese_day

Forum = Literal["review", "suit"]
Cell = Literal["upheld", "corrected", "other"]
# Which period runs: 一般程序 and 简易程序 of a review, first and second instance of a suit, an appeal of one's own.
Period = Literal[
    "review_answer", "review_answer_simplified", "suit_answer", "appeal_answer", "appeal_filing", "appeal_filing_ruling"
]


@dataclass(frozen=True, slots=True)
class Ending:
    """What a review or a suit may end in. ``cell``: the column of table 四. ``redo``: the organ must then act again.
    ``ruling``: a 裁定, against which the period for an appeal is shorter.
    """

    code: str
    label: str
    forum: Forum
    cell: Cell
    rule: str
    sureness: Sureness
    redo: bool = False
    ruling: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether the organ was put right."""
        return self.cell == "corrected"


@dataclass(frozen=True, slots=True)
class Error:
    """A kind of mistake for which replies are put right; ``rule`` is what it offends."""

    code: str
    label: str
    rule: str


@dataclass(frozen=True, slots=True)
class Within:
    """A period that runs from what was received on ``start`` (not counted): ``last`` is the last day in time.

    ``steps`` say how it was reached, for a clerk and a court.
    """

    start: date
    last: date
    parameter: Parameter
    provisional: bool
    steps: tuple[str, ...]


def within(period: Period, start: date, calendar: WorkingCalendar, parameters: Parameters | None = None) -> Within:
    """The period by the law of the day on which it began. Raises :class:`LawError` where there was none."""
    law = parameters or standard_parameters()
    found = law.on(period, start)
    head = f"{chinese_date(start)}收到，当日不计入，{found.number}{'个工作日' if found.unit == '工作日' else '日'}"
    if found.unit == "工作日":
        last = calendar.add_working_days(start, found.number)
        steps = [f"{head}自次日起算，至{chinese_day(last)}届满（{found.reference}）。"]
    elif found.unit == "日":
        counted = last = start + timedelta(days=found.number)
        steps = [f"{head}自次日起算，至{chinese_day(last)}届满（{found.reference}）。"]
        rolled = law.on("period_end", start)
        if rolled.value == "next_working_day" and not calendar.is_working_day(last):
            last = calendar.add_working_days(last, 1)
            steps.append(f"{chinese_date(counted)}是休假日，顺延至{chinese_day(last)}（{rolled.reference}）。")
    else:
        raise LawError(f"参数 {found.code} 的单位应为 工作日 或者 日，现为“{found.unit}”。")
    provisional = calendar.is_provisional_between(start, last)
    if provisional:
        steps.append("所涉年份的放假安排尚未公布，暂按双休日推算，公布后重算。")
    if found.sureness in ("UNVERIFIED", "I"):
        steps.append("这一期限尚待本机关核对；通知书载明期限的，以通知书为准。")
    return Within(start, last, found, provisional, tuple(steps))


@cache
def endings() -> Mapping[str, Ending]:
    """Every ending by code, reviews first. Raises :class:`LawError` for data that contradicts itself."""
    found: dict[str, Ending] = {}
    for table in _tables("ending"):
        ending = Ending(**table)
        known = ending.forum in get_args(Forum) and ending.cell in get_args(Cell)
        if not known or ending.code in found or not ending.code.startswith(f"{ending.forum}."):
            raise LawError(f"复议诉讼结果 {ending.code} 重复，或者 forum、cell 不对。")
        if ending.redo and not ending.is_lost:
            raise LawError(f"复议诉讼结果 {ending.code}：没有纠正的，没有需要履行的。")
        found[ending.code] = ending
    return found


def ending(code: str) -> Ending:
    """The ending of that code. Raises :class:`LawError`."""
    if code not in endings():
        raise LawError(f"没有代码为 {code} 的复议诉讼结果。")
    return endings()[code]


@cache
def errors() -> Mapping[str, Error]:
    """Every kind of error by code, in the order in which they are most often met."""
    return {table["code"]: Error(**table) for table in _tables("error")}


def _tables(name: str) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads(read_data("disputes.toml"))[name]
    return tables
