"""Tables and charts: pasted as they are in Excel or WPS, read and checked when the item is saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, IntegerBlock, StructBlock, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from gongkai.portal.charts import FORM_LABELS, Chart, ChartError, Form, Grid, drawings, parse_table
from gongkai.portal.charts.numbers import is_number

from .indicators import MOST_PERIODS, IndicatorBlock, series_of

PASTE_HELP = "在 Excel 或 WPS 中选中表格（连同表头），复制后粘贴到这里。手工录入时，各格之间用逗号隔开。"
DIRECTIONS = [("down", "每行一项（第一列是年份、地区等）"), ("across", "每列一项（年份、地区等在表头里）")]


class PastedTableBlock(TextBlock):
    """A table as text. Nothing is stripped: the cell above the categories is often empty, so that a tab comes first."""

    @cached_property
    def field(self) -> forms.CharField:
        widget = AdminAutoHeightTextInput(attrs={"rows": 6, "spellcheck": "false", "wrap": "off"})
        return forms.CharField(widget=widget, strip=False, **self.field_options)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned and cleaned.strip():
            try:
                parse_table(cleaned)
            except ChartError as error:
                raise ValidationError(str(error)) from error
        return cleaned

    class Meta:
        icon = "table"


class TableBlock(StructBlock):
    """A table with its caption."""

    caption = CharBlock(label="表题", max_length=200)
    text = PastedTableBlock(label="表格", help_text=PASTE_HELP)
    header_column = BooleanBlock(label="第一列是各行的名称", required=False, default=True)
    unit = CharBlock(label="单位", required=False, max_length=40)
    source = CharBlock(label="来源", required=False, max_length=100)
    note = CharBlock(label="说明", required=False, max_length=500)

    class Meta:
        icon = "table"
        label = "表格"
        group = "图表图解"
        template = "portal/blocks/table.html"
        label_format = "表格：{caption}"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context.update(_grid_context(value), csv_address=_csv_address(context))
        return context


class ChartBlock(StructBlock):
    """A chart: of a pasted table, or of the last periods of an indicator."""

    form = ChoiceBlock(label="图形", choices=[(form.value, label) for form, label in FORM_LABELS.items()])
    title = CharBlock(label="标题", max_length=100)
    unit = CharBlock(label="单位", max_length=40, help_text="如：亿元、%、万人。图中各列的单位应当相同。")
    text = PastedTableBlock(label="数据", required=False, help_text=PASTE_HELP)
    direction = ChoiceBlock(label="数据方向", choices=DIRECTIONS, default="down")
    indicator = IndicatorBlock(label="或者选用指标", help_text="选用后不必粘贴表格，图随该指标公布的数据更新。")
    periods = IntegerBlock(label="指标最近几期", required=False, default=10, min_value=2, max_value=MOST_PERIODS)
    source = CharBlock(label="来源", max_length=100, help_text="如：温州市统计局")
    as_of = CharBlock(label="数据时间", required=False, max_length=40, help_text="如：2020年、2020年末、截至2020年6月")
    note = CharBlock(label="说明", required=False, max_length=500, help_text="口径、初步核算数等")

    class Meta:
        icon = "sliders"
        label = "图表"
        group = "图表图解"
        template = "portal/blocks/chart.html"
        label_format = "图表：{title}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation and not (cleaned.get("text") or cleaned.get("indicator")):
            return cleaned
        if cleaned.get("indicator") and (cleaned.get("text") or "").strip():
            raise StructBlockValidationError(
                {"indicator": ValidationError("既选了指标又粘贴了表格：请清空表格，或者改回“不选”。")}
            )
        try:
            chart_of_block(cleaned)
        except ChartError as error:
            field = "indicator" if cleaned.get("indicator") else "text"
            raise StructBlockValidationError({field: ValidationError(str(error))}) from error
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context.update(csv_address=_csv_address(context), problem="")
        try:
            grid = grid_of_block(value)
            context["drawings"] = _svg(_chart(value, grid), context.get("id") or "chart")
            context.update(_rows_of(grid, header_column=True))
        except ChartError as error:
            context["problem"] = str(error)
        return context


def grid_of_block(value: Any) -> Grid:
    """The table of a table block or a chart block, the right way round. Raises `ChartError`."""
    if value.get("indicator"):
        grid = series_of(value["indicator"], value.get("periods") or 10)
        if grid is None:
            raise ChartError("所选指标还没有公布的数据：请先发布数据，或者改为粘贴表格。")
        return grid
    grid = parse_table(value.get("text") or "")
    return grid.transposed() if value.get("direction") == "across" else grid


def chart_of_block(value: Any) -> Chart:
    """The chart of a chart block. Raises `ChartError`."""
    return _chart(value, grid_of_block(value))


def _chart(value: Any, grid: Grid) -> Chart:
    return grid.chart(
        Form(value["form"]),
        title=value.get("title") or "",
        unit=value.get("unit") or "",
        source=value.get("source") or "",
        as_of=value.get("as_of") or "",
        note=value.get("note") or "",
    )


def svg_of_block(value: Any, key: str) -> SafeString:
    """Both drawings of a chart block, for wide and for narrow screens; ``key`` tells charts of one page apart."""
    return _svg(chart_of_block(value), key)


def _svg(chart: Chart, key: str) -> SafeString:
    return mark_safe(drawings(chart, key))  # noqa: S308 - every text in it is escaped


def _grid_context(value: Any) -> dict[str, Any]:
    try:
        grid = grid_of_block(value)
    except ChartError as error:
        return {"problem": str(error)}
    return {"problem": "", **_rows_of(grid, header_column=bool(value.get("header_column")))}


def _rows_of(grid: Grid, *, header_column: bool) -> dict[str, Any]:
    """Heads and rows of cells for a template; a column of figures is set to the right."""
    columns = list(zip(*grid.rows, strict=True))
    right = [place > 0 and all(is_number(cell) for cell in column) for place, column in enumerate(columns)]
    return {
        "heads": list(zip(grid.head, right, strict=True)),
        "rows": [
            [(text, header_column and not place, right[place]) for place, text in enumerate(row)] for row in grid.rows
        ],
    }


def _csv_address(context: dict[str, Any]) -> str:
    """Where the figures are as CSV; empty where whoever renders the body offers none (a preview)."""
    csv_url, key = context.get("csv_url"), context.get("id")
    return csv_url(key) if csv_url and key else ""
