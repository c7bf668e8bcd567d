"""The figures of a chart or a table as CSV that Excel and WPS open in Chinese."""

from __future__ import annotations

import csv
from io import StringIO

from .chart import Chart
from .grid import Grid
from .numbers import number

_BOM = b"\xef\xbb\xbf"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(source: Chart | Grid) -> bytes:
    """CSV in UTF-8 with a byte order mark. Of a chart: plain numbers, the unit in the head, nothing where none is."""
    if isinstance(source, Grid):
        rows = [list(row) for row in source.all_rows]
    else:
        unit = f"（{source.unit}）" if source.unit else ""
        rows = [[source.head or "项目", *(f"{series.name}{unit}" for series in source.series)]]
        for place, category in enumerate(source.categories):
            values = [series.values[place] for series in source.series]
            rows.append([category, *("" if value is None else f"{value:f}" for value in values)])
    buffer = StringIO(newline="")
    csv.writer(buffer).writerows([_safe(cell) for cell in row] for row in rows)
    return _BOM + buffer.getvalue().encode("utf-8")


def _safe(cell: str) -> str:
    """The cell, kept from being run as a formula by whoever opens the file. A negative number is no formula."""
    if not cell.startswith(_FORMULA):
        return cell
    try:
        number(cell, "%‰")
    except ValueError:
        return f"'{cell}"
    return cell
