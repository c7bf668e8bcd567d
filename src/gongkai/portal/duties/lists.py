"""The duty list and the watch as tables: on the page, as a workbook and on paper in the same columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.ui.tables import Column as TableColumn

from gongkai.bureau.models import User
from gongkai.law.inspection import Freshness, period_of

from ..models import Column, Duty
from .queries import Line
from .watch import Watched

# The look of the back office for what is late and what will be.
TONES = {Freshness.LATE: "overdue", Freshness.BLANK: "overdue", Freshness.DUE_SOON: "due_soon"}
# mm of A4 across, less the margins.
WIDTHS = (12, 38, 45, 38, 26, 26, 24, 48)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the duty list: a column and one of those who kept it, or nobody."""

    number: int
    column: Column
    duty: Duty | None
    period: str
    may_assign: bool = False


def rows_of(lines: Iterable[Line], day: date, *, may_assign: bool = False) -> list[Row]:
    """A row for everybody who kept a column; one for a column that nobody did."""
    found: list[Row] = []
    for number, line in enumerate(lines, 1):
        period = period_of(line.column.type, line.column.update_days, day)
        words = f"{period}" if period else "—"
        held: list[Duty | None] = [*line.duties] or [None]
        found += [Row(number, line.column, duty, words, may_assign) for duty in held]
    return found


def name_of(user: User | None) -> str:
    if user is None:
        return ""
    name = user.get_full_name() or user.username
    return name if user.is_active else f"{name}（已停用）"


def _term(row: Row) -> str:
    if row.duty is None:
        return ""
    return f"{row.duty.since} 至 {row.duty.until}" if row.duty.until else f"{row.duty.since} 起"


def _links(row: Row) -> str:
    history = format_html('<a href="{}">沿革</a>', reverse("portal_duties:history", args=[row.column.pk]))
    if not row.may_assign or row.column.retired_on is not None:
        return history
    return history + format_html(
        '　<a href="{}">{}</a>',
        reverse("portal_duties:assign", args=[row.column.pk]),
        "更换" if row.duty else "指定",
    )


def _column(name: str, label: str, value: object, classname: str = "") -> TableColumn:
    return TableColumn(name, label=label, accessor=value, classname=classname or None)


LIST = (
    _column("number", "序号", lambda row: str(row.number), "gk-number"),
    _column("first", "一级栏目", lambda row: row.column.first_level),
    _column("name", "栏目", lambda row: row.column.name),
    _column("department", "责任处室", lambda row: row.duty.department.name if row.duty else "未指定"),
    _column("keeper", "责任人", lambda row: name_of(row.duty.keeper) if row.duty else "未指定", "gk-nowrap"),
    _column("deputy", "替补责任人", lambda row: name_of(row.duty.deputy) if row.duty else "", "gk-nowrap"),
    _column("period", "更新周期", lambda row: row.period, "gk-nowrap"),
    _column("term", "责任起止", _term, "gk-nowrap"),
)
LINKS = _column("links", "办理", _links, "gk-nowrap")


# --- The watch ---------------------------------------------------------------------------------------------


def left_words(watched: Watched) -> str:
    """What is to be said of a column today."""
    found = watched.standing
    if found.days is None:
        return found.freshness.label
    if found.days < 0:
        return f"已逾期 {-found.days} 天"
    return "今天到期" if found.days == 0 else f"还剩 {found.days} 天"


class StandingColumn(TableColumn):
    """How a column stands: always in words, in colour where something is to be done."""

    def __init__(self) -> None:
        super().__init__("standing", label="更新情况", classname="gk-nowrap")

    def get_value(self, instance: Watched) -> str:
        tone = TONES.get(instance.standing.freshness)
        return format_html('<span class="gk-tag{}">{}</span>', f" gk-tag--{tone}" if tone else "", left_words(instance))

    def plain(self, instance: Watched) -> str:
        return left_words(instance)


WATCH = (
    _column("column", "栏目", lambda each: str(each.column), "gk-wide"),
    _column("type", "栏目类型", lambda each: each.column.get_type_display(), "gk-nowrap"),
    StandingColumn(),
    _column("fed", "最近发布", lambda each: str(each.standing.fed or "没有发布过"), "gk-nowrap"),
    _column("due", "应当更新", lambda each: f"{each.standing.due} 前" if each.standing.due else "—", "gk-nowrap"),
    _column("period", "更新周期", lambda each: f"{each.period}" if each.period else "—", "gk-nowrap"),
    _column("basis", "依据", lambda each: each.period.reference if each.period else "", "gk-nowrap"),
    _column("department", "责任处室", lambda each: each.duty.department.name if each.duty else "未指定"),
    _column("keeper", "责任人", lambda each: name_of(each.duty.keeper) if each.duty else "未指定"),
)
