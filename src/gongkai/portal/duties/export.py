"""栏目维护责任清单 on paper: one list a year, A4 across, in the habits of official documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from gongkai.annual.write.docx_styles import TABLE_TEXT, define_styles

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARGIN = 20  # mm; the table needs the width


def as_docx(title: str, note: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]) -> bytes:
    """A title, a line under it and a table whose head is repeated on every page; ``widths`` in mm."""
    document = Document()
    define_styles(document)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    _page_number(section.footer.paragraphs[0])
    document.core_properties.title, document.core_properties.language = title, "zh-CN"
    document.core_properties.author = document.core_properties.comments = ""
    document.add_paragraph(title, style="Title")
    document.add_paragraph(note, style=TABLE_TEXT)
    found = list(rows)
    table = document.add_table(rows=1 + len(found), cols=len(heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _repeat(table.rows[0])
    # Cells by row: asking python-docx for one cell at a time reads the whole table each time.
    for row, texts in zip(table.rows, [heads, *found], strict=True):
        _keep_together(row)
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].style = TABLE_TEXT
            cell.paragraphs[0].add_run(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _repeat(row: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _page_number(paragraph: Any) -> None:
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")
