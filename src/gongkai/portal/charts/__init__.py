"""Charts as SVG and CSV: data in, text out; no framework, no JavaScript, nothing from outside."""

from .chart import FORM_LABELS, Chart, ChartError, Form, Series
from .describe import describe
from .drawing import draw, drawings, sparkline
from .grid import Grid, parse_table
from .sheet import csv_of

__all__ = [
    "FORM_LABELS",
    "Chart",
    "ChartError",
    "Form",
    "Grid",
    "Series",
    "csv_of",
    "describe",
    "draw",
    "drawings",
    "parse_table",
    "sparkline",
]
