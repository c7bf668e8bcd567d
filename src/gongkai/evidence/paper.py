"""Pages that the bundle adds: set by typst from plain data, so that nothing in a text can be markup."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources

import pypdfium2
import typst

from gongkai.annual.write.outline import clean
from gongkai.annual.write.pdf import fonts_of


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; ``widths`` are shares of the page."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, paragraphs, a table; whatever of it there is."""

    heading: str = ""
    paragraphs: Sequence[str] = ()
    table: Table | None = None


def as_pdf(title: str, agency: str, subtitle: str, parts: Sequence[Part]) -> bytes:
    """A tagged PDF; the same bytes for the same words. ``ValueError`` when ``GONGKAI_FONTS`` names no folder."""
    fonts, faces = fonts_of(os.environ.get("GONGKAI_FONTS", ""))
    told = {
        "title": clean(title),
        "agency": clean(agency),
        "subtitle": clean(subtitle),
        "fonts": faces,
        "parts": [_told(part) for part in parts],
    }
    made: bytes = typst.compile(
        _template(),
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(told)},
        pdf_standards="ua-1",
        timestamp=0,
    )
    return made


def pages_of(content: bytes) -> int:
    """How many pages a PDF has; 0 for what is none, or cannot be read."""
    if not content.startswith(b"%PDF-"):
        return 0
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def _told(part: Part) -> dict[str, object]:
    table = None
    if part.table is not None:
        table = asdict(part.table) | {"rows": [[_lines(cell) for cell in row] for row in part.table.rows]}
    return {"heading": clean(part.heading), "paragraphs": [_lines(each) for each in part.paragraphs], "table": table}


def _lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines())


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files(__package__).joinpath("paper.typ").read_bytes()
