"""A chart as data: what is shown, in which unit, from which source. Numbers stay as they were typed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ChartError(ValueError):
    """A table cannot be read, or cannot be drawn in the form that was chosen. The message says what to do."""


class Form(StrEnum):
    """How a chart is drawn. Several series stand side by side in columns and bars."""

    COLUMN = "column"
    BAR = "bar"
    LINE = "line"
    STACKED = "stacked"
    SHARE = "share"

    @property
    def label(self) -> str:
        return FORM_LABELS[self]


FORM_LABELS = {
    Form.COLUMN: "柱形图",
    Form.BAR: "条形图",
    Form.LINE: "折线图",
    Form.STACKED: "堆积柱形图",
    Form.SHARE: "构成图",
}


@dataclass(frozen=True)
class Series:
    """One row of figures, a value for each category; ``None`` is a missing figure, which is never 0.

    ``shown`` is how each was typed (``6,870.90``): labels and tables repeat it.
    """

    name: str
    values: tuple[Decimal | None, ...]
    shown: tuple[str, ...]

    @classmethod
    def of(cls, name: str, values: tuple[Decimal | None, ...]) -> Series:
        """A series of plain numbers, shown as they are."""
        return cls(name, values, tuple("" if value is None else f"{value:f}" for value in values))

    @property
    def known(self) -> list[tuple[int, Decimal]]:
        """Position and value of the figures that are there."""
        return [(place, value) for place, value in enumerate(self.values) if value is not None]


@dataclass(frozen=True)
class Chart:
    """A chart. ``unit`` is the unit of every figure in it; ``as_of`` says in words of when the figures are."""

    title: str
    unit: str
    source: str
    as_of: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    form: Form = Form.COLUMN
    note: str = ""
    head: str = ""  # what the categories are (年份), from the first cell of the table

    def __post_init__(self) -> None:
        for series in self.series:
            if not len(series.values) == len(series.shown) == len(self.categories):
                raise ValueError(f"{series.name}: as many values as categories")


# What can still be told apart on a page; above that, a table says more than a chart.
MOST_SERIES = {Form.COLUMN: 4, Form.BAR: 4, Form.LINE: 6, Form.STACKED: 6, Form.SHARE: 12}
MOST_CATEGORIES = {Form.COLUMN: 40, Form.BAR: 40, Form.LINE: 240, Form.STACKED: 40, Form.SHARE: 8}
MOST_BARS = 80
_WHOLE = Decimal(100)
_ROUNDING = Decimal(1)  # parts rounded to a decimal may miss the whole by this much, in percent


def check(chart: Chart) -> None:
    """Raise `ChartError` when the chart cannot be drawn honestly in its form."""
    label, categories = chart.form.label, len(chart.categories)
    if not chart.series or not categories:
        raise ChartError("表中没有数据：请连同表头一起粘贴，第一列是类别（如年份），其余各列是数字。")
    if not any(series.known for series in chart.series):
        raise ChartError("表中没有一个数字：请检查是不是只粘贴了表头。")
    if len(chart.series) > MOST_SERIES[chart.form]:
        raise ChartError(
            f"{label}最多画 {MOST_SERIES[chart.form]} 列数字，表中有 {len(chart.series)} 列："
            "请删去几列，或者改用“表格”。"
        )
    if categories > MOST_CATEGORIES[chart.form]:
        advice = "把小的几项并为“其他”" if chart.form is Form.SHARE else "删去几行，或者改用折线图、“表格”"
        raise ChartError(f"{label}最多画 {MOST_CATEGORIES[chart.form]} 项，表中有 {categories} 项：请{advice}。")
    if chart.form in {Form.COLUMN, Form.BAR} and categories * len(chart.series) > MOST_BARS:
        raise ChartError(
            f"{categories} 项 {len(chart.series)} 列要画 {categories * len(chart.series)} 根柱，最多 {MOST_BARS} 根："
            "请删去几行或几列，或者改用“折线图”。"
        )
    if chart.form is Form.LINE and categories < 2:
        raise ChartError("折线图至少要有两项（如两个年份）：请补上数据，或者改用柱形图。")
    if chart.form is Form.STACKED:
        _check_stacked(chart)
    if chart.form is Form.SHARE:
        _check_share(chart)


def _check_stacked(chart: Chart) -> None:
    if len(chart.series) < 2:
        raise ChartError("堆积柱形图至少要有两列数字：只有一列时请选“柱形图”。")
    for series in chart.series:
        for place, value in series.known:
            if value < 0:
                raise ChartError(
                    f"堆积柱形图不能有负数（{chart.categories[place]}，{series.name}：{series.shown[place]}）："
                    "请改用“柱形图”或者“折线图”。"
                )


def _check_share(chart: Chart) -> None:
    for series in chart.series:
        for place, value in enumerate(series.values):
            where = f"{chart.categories[place]}，{series.name}"
            if value is None:
                raise ChartError(f"构成图不能缺数（{where}）：各项加起来要是全部。请补上，或者改用“条形图”。")
            if value < 0:
                raise ChartError(f"构成图不能有负数（{where}：{series.shown[place]}）：请改用“条形图”。")
        total = sum((value for _, value in series.known), Decimal(0))
        if not total:
            raise ChartError(f"构成图各项之和是 0（{series.name}），没有可以划分的整体：请检查数据。")
        if chart.unit.strip() in {"%", "％"} and abs(total - _WHOLE) > _ROUNDING:
            raise ChartError(
                f"单位是 %，但各项之和是 {total:f}，不是 100（{series.name}）：请补上缺的一项（如“其他”），"
                "或者改用“条形图”。"
            )
