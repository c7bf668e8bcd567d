"""From a chart to SVG: which drawing suits the form and the width."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from .canvas import COLOURS, NARROW, WIDE, Canvas, Frame, at, clean
from .chart import Chart, Form, Series, check
from .describe import describe
from .level import bars, shares
from .scale import scale
from .upright import columns, columns_fit, lines, stacked

_PLOTS: dict[Form, Callable[[Chart, Canvas], None]] = {
    Form.COLUMN: columns,
    Form.BAR: bars,
    Form.LINE: lines,
    Form.STACKED: stacked,
    Form.SHARE: shares,
}


def drawings(chart: Chart, key: str) -> str:
    """Two SVGs of a chart, for wide and for narrow screens; a style sheet shows one of them (``b-wide``, ``b-narrow``).

    One drawing scaled down to a telephone could not be read. ``key`` (the id of the block) makes the names inside
    them unique on the page. Raises `ChartError`. The same chart and key give the same text.
    """
    return draw(chart, key, WIDE) + draw(chart, key, NARROW)


def draw(chart: Chart, key: str, frame: Frame = WIDE) -> str:
    """One SVG of a chart. Columns whose labels would not fit lie down as bars. Raises `ChartError`."""
    check(chart)
    chart = replace(chart, series=tuple(_tidy(series) for series in chart.series))
    canvas = Canvas(frame, f"c{re.sub(r'[^0-9A-Za-z-]', '', key)}-{frame.name[0]}")
    plot = _PLOTS[chart.form]
    if chart.form is Form.COLUMN and not columns_fit(chart, frame):
        plot = bars
    plot(chart, canvas)
    return canvas.svg(chart.title, describe(chart))


def _tidy(series: Series) -> Series:
    """Labels without the outer spaces of cells."""
    return replace(series, shown=tuple(shown.strip() for shown in series.shown))


def sparkline(title: str, categories: tuple[str, ...], series: Series, key: str) -> str:
    """A small line without an axis, for a headline figure; its last point is marked. Empty without two figures.

    ``title`` says what the figure is; what is highest, lowest and last goes into the description.
    """
    known = series.known
    if len(known) < 2:
        return ""
    chart = Chart(title, "", "", "", categories, (series,), Form.LINE)
    width, height, edge = 160.0, 44.0, 6.0
    axis = scale([value for _, value in known], from_zero=False)
    low, high = min(value for _, value in known), max(value for _, value in known)
    reach = (high - low) or axis.step
    step = (width - 2 * edge) / (len(categories) - 1)

    def y(value: Decimal) -> float:
        return height - edge - (height - 2 * edge) * float((value - low) / reach)

    path, before = "", None
    for place, value in known:
        path += f"{'L' if before == place - 1 else 'M'}{at(edge + step * place)} {at(y(value))}"
        before = place
    place, value = known[-1]
    name = f"s{re.sub(r'[^0-9A-Za-z-]', '', key)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="b-spark" role="img" aria-labelledby="{name}-t {name}-d"'
        f' viewBox="0 0 {at(width)} {at(height)}" width="{at(width)}" height="{at(height)}">'
        f'<title id="{name}-t">{clean(title)}</title><desc id="{name}-d">{clean(describe(chart))}</desc>'
        f'<path d="{path}" fill="none" stroke="{COLOURS[0]}" stroke-width="2" stroke-linejoin="round"/>'
        f'<circle cx="{at(edge + step * place)}" cy="{at(y(value))}" r="4" fill="{COLOURS[0]}"/></svg>'
    )
