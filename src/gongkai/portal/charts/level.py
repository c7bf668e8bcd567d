"""Charts that lie level: bars, and parts of a whole."""

from __future__ import annotations

import math
from decimal import Decimal

from .canvas import AXIS, GREY, PAPER, Canvas, at
from .chart import Chart, Series
from .describe import share_of

_LABEL_SHARE = 0.36  # of the width, at most, for the labels at the left


def bars(chart: Chart, canvas: Canvas) -> None:
    """Bars from zero, each with its figure; labels too long for the left margin stand above their bars."""
    frame, measure = canvas.frame, canvas.frame.measure
    several = len(chart.series) > 1
    y = canvas.legend([series.name for series in chart.series]) if several else 4.0
    label_room = _label_room(chart.categories, canvas)
    above = not label_room
    values = [value for series in chart.series for _, value in series.known]
    figure_room = max(measure.width(text) for series in chart.series for text in (*series.shown, "…")) + 8
    low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
    left = label_room + (10 if label_room else 0) + (figure_room if low < 0 else 0)
    right = frame.width - (figure_room if high > 0 or low == high else 0)
    zero = left + (right - left) * float(-low / (high - low)) if high > low else left
    unit = (right - left) / float(high - low) if high > low else 0.0
    thick = 20 if not several else 17
    start = y
    for place, category in enumerate(chart.categories):
        lines = measure.paragraph(category, frame.width if above else label_room + 1, 2 if above else 3)
        block = thick * len(chart.series)
        if above:
            canvas.lines(0, y + measure.line / 2, lines)
            y += measure.line * len(lines) + 2
            row = float(block)
        else:
            row = max(block, measure.line * len(lines))
            first = y + row / 2 - measure.line * (len(lines) - 1) / 2
            canvas.lines(label_room, first, lines, "end")
        if above:
            canvas.line(zero, y - 1, zero, y + row, AXIS, 1.5)
        for order, series in enumerate(chart.series):
            _bar(canvas, series, place, (zero, unit), (y + (row - block) / 2 + thick * order, thick), order)
        y += row + (12 if several or above else 9)
    if not above:
        canvas.line(zero, start - 2, zero, y - 6, AXIS, 1.5)
    canvas.height = y


def _label_room(labels: tuple[str, ...], canvas: Canvas) -> float:
    """Width of the labels at the left of their bars; 0 when, on a narrow screen, they had better stand above."""
    measure, most = canvas.frame.measure, canvas.frame.width * _LABEL_SHARE
    if canvas.frame.small:
        long = sum(measure.width(label) > most for label in labels)
        if long * 3 > len(labels) or not all(measure.fits(label, most, 3) for label in labels):
            return 0
    return max(measure.width(line) for label in labels for line in measure.paragraph(label, most, 3))


def _bar(
    canvas: Canvas, series: Series, place: int, across: tuple[float, float], down: tuple[float, float], order: int
) -> None:
    (zero, unit), (y, thick) = across, down
    value = series.values[place]
    if value is None:
        canvas.text(zero + 6, y + thick / 2, "…", fill=GREY)
        return
    length = abs(float(value)) * unit
    start = zero if value >= 0 else zero - length
    canvas.box(start, y, length, thick - 1, order)
    if value >= 0:
        canvas.text(zero + length + 6, y + thick / 2, series.shown[place])
    else:
        canvas.text(start - 6, y + thick / 2, series.shown[place], "end")


def shares(chart: Chart, canvas: Canvas) -> None:
    """Parts of one whole as a ring with its list; parts of several wholes as bars of equal length."""
    if len(chart.series) == 1:
        _ring(chart, canvas)
    else:
        _equal_bars(chart, canvas)


def _part_label(chart: Chart, series: Series, place: int, total: Decimal) -> str:
    """The figure as it was typed, with its share unless the figure is the share."""
    shown = series.shown[place]
    if chart.unit in {"%", "％"}:
        return shown if shown.endswith(("%", "％")) else f"{shown}%"
    return f"{shown}（{share_of(series.values[place] or Decimal(0), total)}）"


def _ring(chart: Chart, canvas: Canvas) -> None:
    frame, measure, series = canvas.frame, canvas.frame.measure, chart.series[0]
    outer = 105.0 if frame.small else 130.0
    inner = outer * 0.56
    x = frame.width / 2 if frame.small else outer + 20
    y = outer + 6
    total = sum((value for _, value in series.known), Decimal(0))
    turned = 0.0
    for place, value in series.known:
        if not value:
            continue
        share = float(value / total)
        _slice(canvas, (x, y), (outer, inner), (turned, share), place)
        turned += share
    step = measure.line + 8
    left = 0.0 if frame.small else x + outer + 40
    top = y + outer + 26 if frame.small else y - step * (len(chart.categories) - 1) / 2
    top = max(top, measure.line / 2 + 4)
    for place, category in enumerate(chart.categories):
        label = _part_label(chart, series, place, total)
        room = frame.width - left - 24 - measure.width(label) - 12
        lines = measure.paragraph(category, room, 2)
        canvas.box(left, top - 8, 16, 16, place)
        canvas.lines(left + 24, top, lines)
        canvas.text(frame.width if frame.small else left + 24 + _list_width(chart, canvas, left), top, label, "end")
        top += step + measure.line * (len(lines) - 1)
    canvas.height = max(y + outer + 6, top - step / 2 + 4)


def _list_width(chart: Chart, canvas: Canvas, left: float) -> float:
    """How wide the list beside the ring is: no wider than it has to be, so that name and figure stay together."""
    measure, series = canvas.frame.measure, chart.series[0]
    total = sum((value for _, value in series.known), Decimal(0))
    labels = max(measure.width(_part_label(chart, series, place, total)) for place in range(len(chart.categories)))
    names = max(map(measure.width, chart.categories))
    return min(names + 28 + labels, canvas.frame.width - left - 24)


def _slice(
    canvas: Canvas, centre: tuple[float, float], radii: tuple[float, float], arc: tuple[float, float], place: int
) -> None:
    (x, y), (outer, inner), (start, share) = centre, radii, arc
    if share > 0.9999:
        middle = (outer + inner) / 2
        canvas.add("circle", cx=x, cy=y, r=middle, fill="none", stroke=canvas.fill(place), stroke_width=outer - inner)
        return

    def point(radius: float, turn: float) -> str:
        angle = 2 * math.pi * turn
        return f"{at(x + radius * math.sin(angle))} {at(y - radius * math.cos(angle))}"

    wide = int(share > 0.5)
    canvas.add(
        "path",
        d=(
            f"M{point(outer, start)}A{at(outer)} {at(outer)} 0 {wide} 1 {point(outer, start + share)}"
            f"L{point(inner, start + share)}A{at(inner)} {at(inner)} 0 {wide} 0 {point(inner, start)}z"
        ),
        fill=canvas.fill(place),
        stroke=PAPER,
        stroke_width=2,
    )


def _equal_bars(chart: Chart, canvas: Canvas) -> None:
    frame, measure = canvas.frame, canvas.frame.measure
    y = canvas.legend(list(chart.categories))
    widest = max(measure.width(series.name) for series in chart.series)
    above = frame.small and widest > frame.width * 0.24
    room = 0.0 if above else min(widest, frame.width * _LABEL_SHARE)
    left = room + (10 if room else 0)
    for series in chart.series:
        lines = measure.paragraph(series.name, frame.width if above else room + 1, 2)
        if above:
            canvas.lines(0, y + measure.line / 2, lines)
            y += measure.line * len(lines) + 2
        else:
            canvas.lines(room, y + 15 - measure.line * (len(lines) - 1) / 2, lines, "end")
        total, x = sum((value for _, value in series.known), Decimal(0)), left
        for place, value in series.known:
            width = (frame.width - left) * float(value / total)
            if not value:
                continue
            canvas.box(x, y, width, 30, place)
            label = series.shown[place] if chart.unit in {"%", "％"} else share_of(value, total)
            if measure.width(label) + 10 <= width:
                canvas.label(x + width / 2, y + 15, label)
            x += width
        y += 42
    canvas.height = y - 6
