"""Charts on an upright axis of figures: columns side by side or on top of each other, and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .canvas import AXIS, GREY, Canvas, Frame
from .chart import Chart, Series
from .numbers import written
from .scale import Scale, scale

_TIME = re.compile(
    r"\d{2,4}(?:年|[-./年]\d{1,2}(?:月|日)?.*)?|\d{2,4}年.*|.*\d(?:月|季度|月份|日|旬|时|岁)|[QH]\d|第?[一二三四]季度?"
)
_LABEL_LINES = 3
# Which labels stay when not all can: whole years of months and quarters, and of years every fifth or tenth.
_LABEL_STEPS = {"月": (2, 3, 6, 12, 24, 36, 60, 120), "季": (2, 4, 8, 20, 40), "": (2, 5, 10, 20, 50, 100)}


@dataclass(frozen=True)
class Plot:
    """Where the figures are: left, right, top and bottom of the plotting area, and its scale."""

    left: float
    right: float
    top: float
    bottom: float
    scale: Scale

    def y(self, value: Decimal) -> float:
        return self.bottom - (self.bottom - self.top) * self.scale.share(value)


def is_sequence(chart: Chart) -> bool:
    """Whether the categories are times: then some of their labels can be left out, and their order means something."""
    return all(_TIME.fullmatch(category.replace(" ", "")) for category in chart.categories)


def columns_fit(chart: Chart, frame: Frame) -> bool:
    """Whether columns are wide enough for their labels, or can do with a part of them."""
    slot = (frame.width - 60) / len(chart.categories)
    if is_sequence(chart):
        return slot / len(chart.series) >= 4
    return slot / len(chart.series) >= 10 and all(
        frame.measure.fits(category, slot - 6, _LABEL_LINES) for category in chart.categories
    )


def columns(chart: Chart, canvas: Canvas) -> None:
    """Columns from zero; several series stand side by side."""
    several = len(chart.series) > 1
    top = canvas.legend([series.name for series in chart.series]) if several else 4
    values = [value for series in chart.series for _, value in series.known]
    plot = _axes(chart, canvas, top, scale(values, from_zero=True))
    slot = (plot.right - plot.left) / len(chart.categories)
    group = min(slot * (0.8 if several else 0.62), 64 * len(chart.series))
    width = group / len(chart.series)
    room = width + 2 if several else slot - 4
    measure = canvas.frame.measure
    labelled = all(measure.width(series.shown[place]) <= room for series in chart.series for place, _ in series.known)
    for order, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            x = plot.left + slot * (place + 0.5) - group / 2 + width * order
            if value is None:
                canvas.text(x + width / 2, plot.y(Decimal(0)) - 9, "…", "middle", GREY)
                continue
            ends = sorted((plot.y(value), plot.y(Decimal(0))))
            canvas.box(x, ends[0], width, ends[1] - ends[0], order)
            if labelled:
                y = ends[0] - 9 if value >= 0 else ends[1] + 9
                canvas.text(x + width / 2, y, series.shown[place], "middle")
    _zero(canvas, plot)


def stacked(chart: Chart, canvas: Canvas) -> None:
    """Columns of parts on top of each other; the first series is at the bottom."""
    top = canvas.legend([series.name for series in chart.series])
    columns_of = list(zip(*(series.values for series in chart.series), strict=True))
    totals = [sum((value for value in column if value is not None), Decimal(0)) for column in columns_of]
    plot = _axes(chart, canvas, top, scale(totals, from_zero=True))
    slot = (plot.right - plot.left) / len(chart.categories)
    width = min(slot * 0.66, 90)
    measure = canvas.frame.measure
    labelled = all(measure.width(text) + 6 <= width for series in chart.series for text in series.shown)
    for place, column in enumerate(columns_of):
        middle, base = plot.left + slot * (place + 0.5), Decimal(0)
        if all(value is None for value in column):
            canvas.text(middle, plot.bottom - 9, "…", "middle", GREY)
        for order, value in enumerate(column):
            if value is None or not value:
                continue
            low, high = plot.y(base), plot.y(base + value)
            canvas.box(middle - width / 2, high, width, low - high, order)
            if labelled and low - high >= canvas.frame.text + 8:
                canvas.label(middle, (low + high) / 2, chart.series[order].shown[place])
            base += value
    _zero(canvas, plot)


def lines(chart: Chart, canvas: Canvas) -> None:
    """A line for each series, broken where a figure is missing."""
    several = len(chart.series) > 1
    top = canvas.legend([series.name for series in chart.series], "line") if several else 8
    values = [value for series in chart.series for _, value in series.known]
    measure = canvas.frame.measure
    ends = [series.shown[series.known[-1][0]] for series in chart.series if series.known]
    margin = max(map(measure.width, ends)) + 12 if several else 0
    plot = _axes(chart, canvas, top, scale(values, from_zero=False), right=margin)
    slot = (plot.right - plot.left) / len(chart.categories)
    points = {
        order: [(plot.left + slot * (place + 0.5), plot.y(value), place) for place, value in series.known]
        for order, series in enumerate(chart.series)
    }
    for order, found in points.items():
        path = ""
        for number, (x, y, place) in enumerate(found):
            follows = number and found[number - 1][2] == place - 1
            path += f"{'L' if follows else 'M'}{at_point(x, y)}"
        if path:
            canvas.stroke(path, order)
        if len(chart.categories) <= 40:
            for x, y, _ in found:
                canvas.marker(x, y, order)
    if several:
        _label_ends(canvas, [(points[order], series) for order, series in enumerate(chart.series)], plot)
    else:
        _label_points(canvas, points[0], chart.series[0], slot, plot)
    _zero(canvas, plot)


def at_point(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"


def _label_ends(canvas: Canvas, lines_of: list[tuple[list[tuple[float, float, int]], Series]], plot: Plot) -> None:
    """The last figure of each line at its end, pushed apart where lines end close together."""
    labels = sorted((found[-1][1], found[-1][0], series.shown[found[-1][2]]) for found, series in lines_of if found)
    step, lowest = canvas.frame.text + 2, plot.bottom
    heights: list[float] = []
    for wanted, _, _ in labels:
        heights.append(max(wanted, heights[-1] + step) if heights else max(wanted, plot.top))
    for place in range(len(heights) - 1, -1, -1):
        heights[place] = min(heights[place], lowest)
        lowest = heights[place] - step
    for (_, x, shown), y in zip(labels, heights, strict=True):
        canvas.text(x + 9, y, shown, halo=True)


def _label_points(
    canvas: Canvas, found: list[tuple[float, float, int]], series: Series, slot: float, plot: Plot
) -> None:
    """Every figure where there is room, otherwise the highest, the lowest and the last."""
    width = canvas.frame.measure.width
    if all(width(series.shown[place]) <= slot - 4 for _, _, place in found):
        chosen = list(range(len(found)))
    else:
        order = sorted(range(len(found)), key=lambda number: found[number][1])
        chosen = []
        for number in dict.fromkeys((len(found) - 1, order[0], order[-1])):
            wide = width(series.shown[found[number][2]])
            if all(abs(found[number][0] - found[other][0]) > wide + 8 for other in chosen):
                chosen.append(number)
    for number in chosen:
        x, y, place = found[number]
        half = width(series.shown[place]) / 2
        before = found[number - 1][1] if number else y
        after = found[number + 1][1] if number + 1 < len(found) else y
        below = before <= y and after <= y and before + after < 2 * y - 2 and y + 24 < plot.bottom
        if not below:  # on a slope, the side that the line leaves free
            x += half * 0.7 * ((after > y + 2) - (after < y - 2) + (before < y - 2) - (before > y + 2)) / 2
        x = min(max(x, plot.left + half + 2), canvas.frame.width - half)
        canvas.text(x, y + 15 if below else y - 14, series.shown[place], "middle", halo=True)


def _axes(chart: Chart, canvas: Canvas, top: float, axis: Scale, right: float = 0) -> Plot:
    """Marks, grid and labels of the categories. Also tells when the axis does not begin at 0."""
    frame, measure = canvas.frame, canvas.frame.measure
    # As the figures are written: 6,870.9 stands on an axis with 6,000, and 6870.9 on one with 6000.
    grouped_from = 4 if any("," in text for series in chart.series for text in series.shown) else 5
    marks = [(tick, written(tick, grouped_from)) for tick in axis.ticks]
    left = max(measure.width(text) for _, text in marks) + 8
    if axis.low > 0 or axis.high < 0:
        canvas.text(0, top + frame.text / 2, "纵轴不从 0 起", fill=GREY)
        top += measure.line
    plot = Plot(left, frame.width - right - 2, top + frame.text + 8, top + frame.text + 8 + frame.plot, axis)
    for tick, text in marks:
        y = plot.y(tick)
        canvas.line(plot.left, y, plot.right, y)
        canvas.text(left - 8, y, text, "end", GREY)
    slot = (plot.right - plot.left) / len(chart.categories)
    deepest = _category_labels(chart, canvas, plot, slot)
    canvas.height = plot.bottom + 10 + deepest * measure.line + 4
    return plot


def _category_labels(chart: Chart, canvas: Canvas, plot: Plot, slot: float) -> int:
    """Labels under the plot: all of them, or every second, third …; the number of lines they take."""
    measure, count = canvas.frame.measure, len(chart.categories)
    all_fit = all(measure.fits(category, slot - 6, _LABEL_LINES) for category in chart.categories)
    steps = next((steps for sign, steps in _LABEL_STEPS.items() if sign in chart.categories[-1]), ())
    placed = _placed_labels(chart, canvas, plot, slot, 1)
    for every in (*steps, count):
        if all_fit or _apart(placed):
            break
        placed = _placed_labels(chart, canvas, plot, slot, every)
    for middle, _, label in placed:
        canvas.lines(middle, plot.bottom + 10 + canvas.frame.text / 2, label, "middle")
    return max(len(label) for _, _, label in placed)


def _placed_labels(
    chart: Chart, canvas: Canvas, plot: Plot, slot: float, every: int
) -> list[tuple[float, float, list[str]]]:
    """Middle, half width and lines of each label; those at the edges are moved inwards.

    Counted from the last, since the newest figure is the one that people look for.
    """
    measure, placed = canvas.frame.measure, []
    room = slot - 6 if every == 1 else 130.0
    for place in range((len(chart.categories) - 1) % every, len(chart.categories), every):
        label = measure.paragraph(chart.categories[place], max(room, 20), _LABEL_LINES)
        half = max(map(measure.width, label)) / 2
        middle = plot.left + slot * (place + 0.5)
        placed.append((max(half, min(middle, canvas.frame.width - half)), half, label))
    return placed


def _apart(placed: list[tuple[float, float, list[str]]]) -> bool:
    """Whether every label is whole and none touches the next."""
    return all(not label[-1].endswith("…") for _, _, label in placed) and all(
        left[0] + left[1] + 8 <= right[0] - right[1] for left, right in pairwise(placed)
    )


def _zero(canvas: Canvas, plot: Plot) -> None:
    """The line of zero, over the columns; without a zero the lower edge."""
    y = plot.y(Decimal(0)) if plot.scale.low <= 0 <= plot.scale.high else plot.bottom
    canvas.line(plot.left, y, plot.right, y, AXIS, 1.5)
