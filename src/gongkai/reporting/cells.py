"""The statutory tables from the records, and the records behind each cell, from one declaration (`bindings`).

A report costs one query for each figure that its form is made of, whether for one body or for a hundred, with
records or without: :func:`queries_of` says how many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.annual.forms import Cell, Form, form_of_year
from gongkai.annual.report import Number, Report, TableData
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency

from . import terms
from .bindings import bindings, figures_of
from .terms import Behind, Readings, ReadingsByAgency


def queries_of(form: Form) -> int:
    """How many SQL queries :func:`compute` takes on a form."""
    return len(figures_of(form))


def compute(agency: Agency, scope: Scope, form: Form | None = None, readings: Readings | None = None) -> Report:
    """The report of a scope in the name of ``agency``: title and tables, without prose.

    The scope is the agency's own, or with the bodies below it for a roll-up. Without ``form`` it is the one in
    force for the year. ``readings`` shares what was already asked of the database.
    """
    form = form or form_of_year(scope.year)
    readings = readings or Readings(scope)
    tables = {number: TableData(_figures(form, number, readings)) for number in form.tables}
    return Report(agency.name, scope.year, form, title=title_of(agency, scope.year), tables=tables)


def compute_each(agencies: Mapping[int, Agency], year: int, form: Form | None = None) -> dict[int, Report]:
    """The report of each body by its key, in as many queries as for one."""
    form = form or form_of_year(year)
    split = ReadingsByAgency(Scope(tuple(agencies), year), figures_of(form))
    return {key: compute(agency, Scope((key,), year), form, split.of_agency(key)) for key, agency in agencies.items()}


def add_up(agency: Agency, year: int, reports: Mapping[int, Report], form: Form | None = None) -> Report:
    """The roll-up: the sum of reports on one form, in the name of ``agency``."""
    form = form or form_of_year(year)

    def total(cell: Cell) -> Number:
        return sum((report.value(cell) or 0 for report in reports.values()), start=0)

    tables = {number: TableData(_grid(number, form, total)) for number in form.tables}
    return Report(agency.name, year, form, title=title_of(agency, year), tables=tables)


def records_behind(cell: Cell, scope: Scope, form: Form | None = None) -> list[Behind]:
    """The records behind a cell. Raises ``KeyError`` for a cell that the form does not have."""
    form = form or form_of_year(scope.year)
    return terms.records_behind(bindings(form.code)[cell], scope)


def title_of(agency: Agency, year: int) -> str:
    """The title of the report as it is printed."""
    return f"{agency.name}{year}年政府信息公开工作年度报告"


def _figures(form: Form, number: str, readings: Readings) -> dict[str, dict[str, Number | None]]:
    bound = bindings(form.code)
    return _grid(number, form, lambda cell: readings.total(bound[cell]))


def _grid(number: str, form: Form, value: Callable[[Cell], Number]) -> dict[str, dict[str, Number | None]]:
    return {
        row: {column.code: value(Cell(number, row, column.code)) for column in columns}
        for row, columns in form.tables[number].columns_of.items()
    }
