"""Sheets of paper that have a title, a table of what is said and a few lines: receipts, and the form to fill in."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from io import BytesIO

import typst
from docx import Document

from gongkai.annual.write.docx import repack, set_page
from gongkai.annual.write.docx_styles import define_styles
from gongkai.annual.write.outline import clean
from gongkai.annual.write.pdf import fonts_of


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
    """The sheet as a Word document, to be filled in."""
    document = Document()
    define_styles(document)
    set_page(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = sheet.title, "", "", "zh-CN"
    document.add_paragraph(sheet.title, style="Title")
    if sheet.subtitle:
        document.add_paragraph(sheet.subtitle)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for row in sheet.rows:
        label, text = table.add_row().cells
        label.text, text.text = row.label, row.text
        for _ in range(row.height // 28):
            text.add_paragraph("")
    for line in (*sheet.lines, *sheet.signature):
        document.add_paragraph(line)
    written = BytesIO()
    document.save(written)
    return repack(written)


def _lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines())


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files(__package__).joinpath("sheet.typ").read_bytes()
