"""What a chart says, in a sentence: for who hears the page instead of seeing it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from .chart import Chart, Form, Series

_MOST_NAMED = 6


def describe(chart: Chart) -> str:
    """Form, unit, extent, and the highest, lowest and last figure of each series, as they were typed."""
    first, last = chart.categories[0], chart.categories[-1]
    extent = f"{first}至{last}，共 {len(chart.categories)} 项" if len(chart.categories) > 1 else first
    opening = f"{chart.form.label}，{f'单位：{chart.unit}，' if chart.unit else ''}{extent}。"
    tell = _shares if chart.form is Form.SHARE else _extremes
    several = len(chart.series) > 1
    return opening + "".join(
        (f"{series.name}：" if several else "") + tell(chart, series) + "。" for series in chart.series[:_MOST_NAMED]
    )


def share_of(value: Decimal, total: Decimal) -> str:
    """A part of the whole in percent, to a tenth."""
    return f"{(value * 100 / total).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _extremes(chart: Chart, series: Series) -> str:
    known = series.known
    if not known:
        return "没有数据"
    places = {
        "最高": max(known, key=lambda pair: pair[1])[0],
        "最低": min(known, key=lambda pair: pair[1])[0],
        "最后一项": known[-1][0],
    }
    if len(known) == 1:
        return f"{chart.categories[known[0][0]]} {series.shown[known[0][0]]}"
    said = [f"{what} {chart.categories[place]} {series.shown[place]}" for what, place in places.items()]
    missing = len(series.values) - len(known)
    return "，".join(said) + (f"，缺 {missing} 项" if missing else "")


def _shares(chart: Chart, series: Series) -> str:
    total = sum((value for _, value in series.known), Decimal(0))
    order = sorted(series.known, key=lambda pair: -pair[1])
    return "，".join(
        f"{chart.categories[place]} {series.shown[place]}"
        + ("" if chart.unit in {"%", "％"} else f"（占 {share_of(value, total)}）")
        for place, value in order
    )
