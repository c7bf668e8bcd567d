"""Reports written by hand, a few figures at a time, for the tests of the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.annual.forms import FORMS, Cell
from gongkai.annual.report import Paragraph, Report, Section, TableData, zeros

COLUMNS = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organization",
    "total",
)
FILLER = {5: "一是公开的广度有待拓展，二是队伍建设有待加强。", 6: "无其他需要报告的事项。"}


def report(
    *,
    agency: str = "某市统计局",
    year: int = 2022,
    form: str | None = None,
    title: str | None = None,
    period: str | None = None,
    prose: Mapping[int, Sequence[str]] | None = None,
    table_2: Mapping[str, Mapping[str, Any]] | None = None,
    table_3: Mapping[str, Any] | None = None,
    table_4: Mapping[str, Sequence[int | None]] | None = None,
    blank: Sequence[str] = (),
    blank_total: bool = False,
    missing: Mapping[str, str] | None = None,
) -> Report:
    """A report whose tables hold 0 but for what is given.

    A row of table 三 is one number (all of it from natural persons), or seven in the order of the
    columns; a row of table 四 is its five figures. ``blank`` names cells printed empty,
    ``blank_total`` leaves the whole column 总计 of table 三 empty.
    """
    used = FORMS[form or ("2019" if year <= 2020 else "2021")]
    cells = {number: zeros(used, number) for number in ("2", "3", "4")}
    for row, values in (table_2 or {}).items():
        cells["2"][row].update(values)
    for row, value in (table_3 or {}).items():
        if isinstance(value, list | tuple):
            cells["3"][row] = dict(zip(COLUMNS, value, strict=True))
        else:
            cells["3"][row].update(natural_person=value, total=value)
    for row, values in (table_4 or {}).items():
        cells["4"][row] = dict(zip(("upheld", "corrected", "other", "pending", "total"), values, strict=True))
    blanks = frozenset(Cell.parse(code) for code in blank)
    if blank_total:
        blanks |= {Cell("3", row, "total") for row in cells["3"]}
    for cell in blanks:
        cells[cell.table][cell.row][cell.column] = 0
    absent = dict(missing or {})
    stated = period if period is not None else f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    sections = tuple(
        Section(
            head.number,
            head.title,
            tuple(
                Paragraph(text, 100 * head.number + index)
                for index, text in enumerate((prose or {}).get(head.number, ()) or _filler(head.number, year), 1)
            ),
            100 * head.number,
        )
        for head in used.sections
    )
    return Report(
        agency=agency,
        year=year,
        form=used,
        title=f"{agency}{year}年政府信息公开工作年度报告" if title is None else title,
        preamble=(Paragraph(stated, 3),) if stated else (),
        sections=sections,
        tables={
            number: TableData(table, frozenset(cell for cell in blanks if cell.table == number), {}, 10 * int(number))
            for number, table in cells.items()
            if number not in absent
        },
        missing=absent,
    )


def _filler(number: int, year: int) -> tuple[str, ...]:
    if number == 1:
        return (f"{year}年，本机关认真贯彻落实条例，稳步推进政府信息公开工作。",)
    return (FILLER[number],) if number in FILLER else ()
