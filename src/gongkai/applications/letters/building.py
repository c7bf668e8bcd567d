"""The templates that come with the program, made by python-docx from their text in the habits of official letters.

``python -m gongkai.applications.letters.building`` writes them anew; a test says when that is due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.annual.write.docx import repack, set_page
from gongkai.annual.write.docx_styles import define_styles
from gongkai.law.letters import letters

from .points import UNNUMBERED
from .wordings import TEXTS

FOLDER = Path(__file__).parent / "templates"
_RED = RGBColor(0xC0, 0x00, 0x00)
_SEAL = 56.0  # points above the signature: room for the seal
_LABEL, _WIDE = 38, 118  # millimetres of the columns


def build(code: str) -> bytes:
    """The template of a kind of letter as a DOCX file; the same bytes each time."""
    document = Document()
    define_styles(document)
    set_page(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = letters()[code].title, "", ""
    properties.last_modified_by, properties.language = "", "zh-CN"
    _head(document, code)
    lines = iter(TEXTS[code])
    signed = False
    for line in lines:
        if line == "[slip]":
            _signature(document, code)
            signed = True
            _heading(document, "回　　执").paragraph_format.page_break_before = True
        elif line == "[table]":
            _pairs(document, lines)
        elif line == "[severance]":
            _severance(document)
        elif line.startswith("[right]"):
            _at_right(_text(document, line.removeprefix("[right]")), 48)
        elif line.startswith("[flush]"):
            _flush(_text(document, line.removeprefix("[flush]")))
        elif line.startswith("%"):
            document.add_paragraph("{" + line + " %}")
        else:
            _text(document, line)
    if not signed:
        _signature(document, code)
    buffer = BytesIO()
    document.save(buffer)
    return repack(buffer)


def _head(document: Any, code: str) -> None:
    """The name of the organ over a red line, the number at the right below it, the title."""
    organ = document.add_paragraph(style="Title")
    run = organ.add_run("{{ agency }}")
    run.font.size, run.font.color.rgb = Pt(30), _RED
    form = organ.paragraph_format
    form.line_spacing, form.space_after = Pt(44), Pt(6)
    _underline(organ)
    if code not in UNNUMBERED:
        _at_right(_text(document, "{{ document_number }}"), 0)
    title = _heading(document, "{{ title }}")
    title.paragraph_format.space_before = Pt(28)
    if code != "service_proof":
        _flush(_text(document, "{{ recipient }}："))


def _heading(document: Any, text: str) -> Any:
    made = document.add_paragraph(text, style="Title")
    made.paragraph_format.space_after = Pt(18)
    return made


def _text(document: Any, line: str) -> Any:
    made = document.add_paragraph(line)
    if "{{ contact }}" in line:
        # Numbers and addresses are not broken: lines made even would be torn apart.
        made.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return made


def _flush(paragraph: Any) -> None:
    """Without the indent of a first line. Word prefers that in characters, which the style has, to that in points."""
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "0")


def _at_right(paragraph: Any, indent: float) -> None:
    _flush(paragraph)
    paragraph.alignment, paragraph.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(indent)


def _underline(paragraph: Any) -> None:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "4"), ("color", "C00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _signature(document: Any, code: str) -> None:
    if code == "service_proof":
        return
    # No signature alone on a page (GB/T 9704): the last words go with it.
    last = document.paragraphs[-1].paragraph_format
    last.keep_with_next = last.keep_together = True
    for text, before, indent in (("{{ agency }}", _SEAL, 32), ("{{ date }}", 0, 48)):
        line = _text(document, text)
        _at_right(line, indent)
        line.paragraph_format.space_before = Pt(before)
        line.paragraph_format.keep_with_next = text == "{{ agency }}"


def _pairs(document: Any, lines: Iterator[str]) -> None:
    rows = []
    for line in lines:
        if not line:
            break
        rows.append(line.split("｜", 1))
    _table(document, rows, (_LABEL, _WIDE))


def _severance(document: Any) -> None:
    """The heads, and one row for each withheld part between two rows that only steer."""
    columns = ("部分", "理由", "依据")
    row = ("{{ row.part }}", "{{ row.reason }}", "{{ row.rule }}")
    steering = ("{%tr for row in severance %}", "", ""), ("{%tr endfor %}", "", "")
    _table(document, [columns, steering[0], row, steering[1]], (60, 50, 46))


def _table(document: Any, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    table = document.add_table(len(rows), len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(cells.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.add_run(text).font.size = Pt(14)
            _flush(paragraph)
            paragraph.paragraph_format.line_spacing = Pt(24)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def write_all() -> None:
    """Write every template into the package."""
    FOLDER.mkdir(exist_ok=True)
    for code in letters():
        (FOLDER / f"{code}.docx").write_bytes(build(code))


if __name__ == "__main__":
    write_all()
