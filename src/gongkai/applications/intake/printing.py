"""Sheets of paper that have a title, a table of what is said and a few lines: receipts, and the form to fill in."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from io import BytesIO
from typing import Any

import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from gongkai.annual.write.docx import repack, set_page
from gongkai.annual.write.docx_styles import define_styles
from gongkai.annual.write.outline import clean
from gongkai.annual.write.pdf import fonts_of

_WIDTHS = (46, 124)  # millimetres of the columns of a Word document
_LINE, _TYPE = 18, 11  # points


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. ``height``: points left free to write in; ``large``: to be read at a glance."""

    label: str
    text: str = ""
    height: int = 0
    large: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed. ``signature``: lines at the right, below."""

    title: str
    agency: str
    rows: Sequence[Line]
    lines: Sequence[str] = ()
    signature: Sequence[str] = ()
    subtitle: str = ""


def as_pdf(sheet: Sheet) -> bytes:
    """The sheet as a tagged PDF; ``ValueError`` when ``GONGKAI_FONTS`` names no folder."""
    fonts, faces = fonts_of(os.environ.get("GONGKAI_FONTS", ""))
    told = {
        "title": clean(sheet.title),
        "agency": clean(sheet.agency),
        "subtitle": clean(sheet.subtitle),
        "fonts": faces,
        "rows": [asdict(row) | {"label": clean(row.label), "text": _lines(row.text)} for row in sheet.rows],
        "lines": [clean(line) for line in sheet.lines],
        "signature": [clean(line) for line in sheet.signature],
    }
    content: bytes = typst.compile(
        _template(),
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"sheet": json.dumps(told)},
        pdf_standards="ua-1",
        timestamp=0,
    )
    return content


def as_docx(sheet: Sheet) -> bytes:
    """The sheet as a Word document of one page, to be filled in."""
    document = Document()
    define_styles(document)
    set_page(document)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(20)
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = sheet.title, "", "", "zh-CN"
    document.add_paragraph(sheet.title, style="Title")
    if sheet.subtitle:
        _set(document.add_paragraph(sheet.subtitle), WD_ALIGN_PARAGRAPH.CENTER)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for row in sheet.rows:
        cells = table.add_row().cells
        for cell, words, width in zip(cells, (row.label, row.text), _WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.text = words
        for _ in range(row.height // _LINE):
            cells[1].add_paragraph("")
        for paragraph in (*cells[0].paragraphs, *cells[1].paragraphs):
            _set(paragraph)
    for line in sheet.lines:
        _set(document.add_paragraph(line))
    for line in sheet.signature:
        _set(document.add_paragraph(line), WD_ALIGN_PARAGRAPH.RIGHT)
    written = BytesIO()
    document.save(written)
    return repack(written)


def _set(paragraph: Any, alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT) -> None:
    """Smaller than the text of a letter, and flush: it has to fit between the rules of a form."""
    form = paragraph.paragraph_format
    form.first_line_indent, form.line_spacing, form.alignment = Pt(0), Pt(_LINE), alignment
    for run in paragraph.runs:
        run.font.size = Pt(_TYPE)


def _lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines())


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files(__package__).joinpath("sheet.typ").read_bytes()
