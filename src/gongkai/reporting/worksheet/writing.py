"""The sheet as a file: flat JSON for machines, a workbook, a document, a page by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

from django.template.loader import render_to_string

from gongkai.bureau.requests import XLSX

from .computing import Filled, WorkSheet

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADINGS = ("类别", "项目", "单位", "内容")


def as_json(sheet: WorkSheet) -> bytes:
    """Flat: the code of each field and its value; what nobody knows yet is ``null``."""
    values = {filled.field.code: _plain(filled) for filled in sheet.filled}
    return json.dumps({"year": sheet.year} | values, ensure_ascii=False, indent=2).encode() + b"\n"


def _plain(filled: Filled) -> int | float | str | bool | None:
    value = filled.value
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    return value


def _rows(sheet: WorkSheet) -> list[tuple[str, str, str, Filled]]:
    return [(group.title, line.field.label, line.field.unit, line) for group, lines in sheet.groups for line in lines]


def as_xlsx(sheet: WorkSheet) -> bytes:
    """A workbook: numbers as numbers, text never as a formula."""
    from xlsxwriter import Workbook

    output = BytesIO()
    with Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("工作年度报表")
        bold = book.add_format({"bold": True, "border": 1})
        cell = book.add_format({"border": 1, "text_wrap": True, "align": "left"})
        page.merge_range(0, 0, 0, 3, sheet.title, book.add_format({"bold": True, "font_size": 16, "align": "center"}))
        page.write_row(1, 0, HEADINGS, bold)
        for at, (group, label, unit, filled) in enumerate(_rows(sheet), 2):
            value = _plain(filled)
            shown = value if isinstance(value, int | float) and not isinstance(value, bool) else filled.printed
            page.write_row(at, 0, (group, label, unit, shown), cell)
        page.set_column(0, 0, 14)
        page.set_column(1, 1, 44)
        page.set_column(2, 2, 8)
        page.set_column(3, 3, 36)
        page.fit_to_pages(1, 0)
        page.freeze_panes(2, 0)
    return output.getvalue()


def as_docx(sheet: WorkSheet) -> bytes:
    """A document with the table, the heading of a group merged down its rows."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "仿宋", Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(sheet.title)
    run.bold, run.font.size = True, Pt(18)
    rows = _rows(sheet)
    table = document.add_table(rows=len(rows) + 1, cols=3, style="Table Grid")
    grid = [row.cells for row in table.rows]
    for cell, text in zip(grid[0], ("类别", "项目", "内容"), strict=True):
        cell.text = text
    first = 1
    for at, (group, _, _, filled) in enumerate(rows, 1):
        grid[at][1].text, grid[at][2].text = filled.field.title, filled.printed
        if at == len(rows) or rows[at][0] != group:
            grid[first][0].merge(grid[at][0]).text = group
            first = at + 1
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def as_html(sheet: WorkSheet) -> bytes:
    """A page by itself, to be published as it is."""
    return render_to_string("worksheet/sheet.html", {"sheet": sheet}).encode()


WRITERS: dict[str, tuple[str, str, Callable[[WorkSheet], bytes]]] = {
    "xlsx": ("Excel（XLSX）", XLSX, as_xlsx),
    "docx": ("Word（DOCX）", _DOCX, as_docx),
    "html": ("网页（HTML）", "text/html; charset=utf-8", as_html),
    "json": ("JSON", "application/json", as_json),
}
