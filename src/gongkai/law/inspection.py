"""检查指标 (国办秘函〔2019〕19号): how long a column of the site may stay without an update, in calendar days.

The numbers are dated parameters (``data/inspection.toml``). A bureau may set a shorter period for a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .errors import LawError
from .parameters import Parameters, standard_parameters
from .validity import add_months

# Kinds of column for which there is a period; the others need be fed only when the bureau says so.
_KINDS = frozenset({"news", "notices", "documents", "interpretations"})
# Which of them count together towards the veto of 栏目不更新.
_STALE_TOGETHER = frozenset({"news", "notices", "documents"})


@dataclass(frozen=True, slots=True)
class Period:
    """更新周期: ``number`` of ``unit`` (日 or 月); ``reference`` says who asks it."""

    number: int
    unit: str
    reference: str

    def last_day(self, fed: date, times: int = 1) -> date:
        """The last day in time for the next update of a column fed on that day; after ``times`` periods of it."""
        if self.unit == "月":
            return add_months(fed, self.number * times)
        return fed + timedelta(days=self.number * times)

    def __str__(self) -> str:
        return f"{self.number} 个月" if self.unit == "月" else f"{self.number} 天"


def period_of(kind: str, own_days: int | None, on: date, parameters: Parameters | None = None) -> Period | None:
    """The period of a kind of column (``news``, ``notices`` …) on a day, or ``None`` where none is asked.

    ``own_days`` is what the bureau has set for the column and goes before.
    """
    if own_days is not None:
        return Period(own_days, "日", "本机关规定")
    if kind not in _KINDS:
        return None
    parameter = (parameters or standard_parameters()).on(f"update_{kind}", on)
    if parameter.unit not in ("日", "月"):
        raise LawError(f"参数 {parameter.code} 的单位应为 日 或者 月，现为“{parameter.unit}”。")
    return Period(parameter.number, parameter.unit, parameter.reference)


class Freshness(StrEnum):
    """Where a column stands."""

    BLANK = "blank"  # 空白栏目: nothing was ever published in it
    LATE = "late"
    DUE_SOON = "due_soon"
    FRESH = "fresh"
    FREE = "free"  # no update is asked of it

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Freshness.BLANK: "空白",
    Freshness.LATE: "逾期",
    Freshness.DUE_SOON: "临近到期",
    Freshness.FRESH: "正常",
    Freshness.FREE: "不要求定期更新",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a column stands on a day. ``due`` is the last day in time; ``days`` those left, negative when it is late.

    ``is_long``: as late as calls for the leader.
    """

    freshness: Freshness
    fed: date | None
    due: date | None = None
    days: int | None = None
    is_long: bool = False


def standing(fed: date | None, period: Period | None, on: date, parameters: Parameters | None = None) -> Standing:
    """How a column stands that was fed last on ``fed`` (``None``: never)."""
    if fed is None:
        return Standing(Freshness.BLANK, None)
    if period is None:
        return Standing(Freshness.FREE, fed)
    law = parameters or standard_parameters()
    due = period.last_day(fed)
    left = (due - on).days
    if left < 0:
        long_after = period.last_day(fed, law.on("column_leader_periods", on).number)
        return Standing(Freshness.LATE, fed, due, left, is_long=on > long_after)
    warned = max((due - fed).days // law.on("column_reminder_share", on).number, _least(law, on))
    return Standing(Freshness.DUE_SOON if left <= warned else Freshness.FRESH, fed, due, left)


@dataclass(frozen=True, slots=True)
class Veto:
    """A count of columns and the number from which a site fails outright (单项否决)."""

    title: str
    count: int
    limit: int

    @property
    def fails(self) -> bool:
        return self.count >= self.limit


def vetoes(columns: Iterable[tuple[str, Freshness]], on: date, parameters: Parameters | None = None) -> list[Veto]:
    """栏目不更新 of the whole site, from the kind of each column and how it stands."""
    law = parameters or standard_parameters()
    late = blank = stale = 0
    for kind, freshness in columns:
        blank += freshness is Freshness.BLANK
        late += freshness is Freshness.LATE
        stale += freshness is Freshness.LATE and kind in _STALE_TOGETHER
    return [
        Veto("动态要闻、通知公告、政策文件类栏目未更新", stale, law.on("stale_columns", on).number),
        Veto("应更新而未更新的栏目", late, law.on("long_stale_columns", on).number),
        Veto("空白栏目", blank, law.on("blank_columns", on).number),
    ]


def _least(law: Parameters, on: date) -> int:
    return law.on("column_reminder_days", on).number
