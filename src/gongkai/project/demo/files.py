"""Files of the demonstration: small worksheets, forms, documents and pictures, made on the spot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

import noto_cjk
import typst
import xlsxwriter
from docx import Document
from PIL import Image, ImageDraw

from gongkai.annual.write.pdf import FALLBACK

from .targets import MARK

_PDF = """
#set document(title: json(bytes(sys.inputs.text)).title)
#set page("a4", margin: 2.8cm)
#set text(font: "@", size: 14pt, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), leading: 1.1em, justify: true)
#let told = json(bytes(sys.inputs.text))
#align(center, text(size: 20pt, weight: "bold", told.title))
#v(1em)
#for text in told.texts [#text #parbreak()]
"""
# Ground, far and near hills, buildings, the sun.
_PALETTES = (
    ("#dfeaf5", "#a9c3dd", "#6f95bd", "#2f5d8c", "#f4b860"),
    ("#e8f1e4", "#b5cfae", "#82a97c", "#3f6b4a", "#f0a35e"),
    ("#f6ece1", "#dcc1a2", "#b58d66", "#6e4f37", "#d9694f"),
    ("#e9e6f2", "#bdb4d8", "#8b80b4", "#4d4480", "#f2c14e"),
)
_WIDTH, _HEIGHT = 960, 600


def sheet(title: str, rows: Sequence[Sequence[Any]], *, hidden: Sequence[Sequence[Any]] = ()) -> bytes:
    """A workbook with one worksheet; with ``hidden`` a second one that Excel does not show."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        first = workbook.add_worksheet(title[:31])
        first.write_string(0, 0, f"{title}（{MARK}）")
        for line, row in enumerate(rows, start=1):
            first.write_row(line, 0, [str(cell) for cell in row])
        if hidden:
            second = workbook.add_worksheet("底稿")
            for line, row in enumerate(hidden):
                second.write_row(line, 0, [str(cell) for cell in row])
            second.hide()
    return buffer.getvalue()


def form(title: str, lines: Sequence[str]) -> bytes:
    """A form to fill in, as a Word file."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.title = title
    document.add_heading(title, level=1)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for line in lines:
        cells = table.add_row().cells
        cells[0].text = line
    document.add_paragraph(f"（{MARK}）")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(title: str, texts: Sequence[str]) -> bytes:
    """A document as a PDF with its fonts in it."""
    content: bytes = typst.compile(
        _PDF.replace("@", FALLBACK).encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"text": json.dumps({"title": title, "texts": list(texts)})},
        timestamp=0,
    )
    return content


@cache
def _fonts() -> typst.Fonts:
    folder = noto_cjk.otc_path("sans").parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def drawing(number: int) -> bytes:
    """A picture of hills and a town, no two alike; drawn, so that nobody's photograph is shown."""
    random = Random(number)  # noqa: S311  a drawing
    ground, far, near, town, sun = _PALETTES[number % len(_PALETTES)]
    image = Image.new("RGB", (_WIDTH, _HEIGHT), ground)
    draw = ImageDraw.Draw(image)
    x, y, radius = random.randint(120, 840), random.randint(80, 200), random.randint(36, 70)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=sun)
    for colour, low, high in ((far, 220, 340), (near, 330, 430)):
        ridge = [(place, random.randint(low, high)) for place in range(0, _WIDTH + 1, 120)]
        draw.polygon([(0, _HEIGHT), *ridge, (_WIDTH, _HEIGHT)], fill=colour)
    left = 40
    while left < _WIDTH - 60:
        width, height = random.randint(40, 90), random.randint(70, 210)
        draw.rectangle((left, _HEIGHT - height, left + width, _HEIGHT), fill=town)
        for top in range(_HEIGHT - height + 12, _HEIGHT - 14, 22):
            draw.line((left + 8, top, left + width - 8, top), fill=ground, width=4)
        left += width + random.randint(8, 40)
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()
