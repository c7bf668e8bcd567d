"""PDF files as browsers and other programs print them: other fonts for figures, radicals for characters, no rules."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import noto_cjk
import pytest
import typst

from gongkai.annual.forms import FORM_2021
from gongkai.annual.read import read_bytes
from gongkai.annual.read.pdf_pages import _stand_on_lines
from gongkai.annual.read.radicals import characters_of

from . import layouts
from .test_layouts import assert_is_the_report, read

SETTINGS = (
    '#set page(paper: "a4")\n'
    '#set text(font: ("Libertinus Serif", "Noto Sans CJK SC"), size: {size}pt)\n'
    "#set par(first-line-indent: (amount: 2em, all: true))\n"
)


def printed(text: str, size: int) -> bytes:
    """The lines of a text as a PDF, Chinese in one font, figures in another."""
    lines = "\n\n".join("#" + repr_of(line) for line in text.split("\n") if line.strip())
    fonts = typst.Fonts(font_paths=[noto_cjk.otc_path("sans").parent], include_system_fonts=False)
    return typst.compile((SETTINGS.format(size=size) + lines).encode(), font_paths=fonts, format="pdf")


def repr_of(line: str) -> str:
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def character(text: str, top: float, baseline: float, size: float = 22) -> dict[str, Any]:
    """A character as pdfplumber gives it, on a page 800 points high."""
    return {
        "text": text,
        "size": size,
        "upright": True,
        "matrix": (size, 0, 0, size, 50, 800 - baseline),
        "top": top,
        "bottom": top + size,
        "doctop": top,
        "y0": 800 - top - size,
        "y1": 800 - top,
    }


def test_figures_stay_in_their_line_whatever_font_they_are_set_in() -> None:
    page = SimpleNamespace(chars=[character("收", 100, 117), character("1", 105, 117)], bbox=(0, 0, 600, 800))
    _stand_on_lines(page)
    han, figure = page.chars
    assert han["top"] == figure["top"]
    assert han["bottom"] == figure["bottom"]
    assert han["y0"] == pytest.approx(800 - han["bottom"])


def test_a_line_below_stays_below() -> None:
    page = SimpleNamespace(chars=[character("收", 100, 117), character("件", 130, 147)], bbox=(0, 0, 600, 800))
    _stand_on_lines(page)
    assert page.chars[1]["top"] - page.chars[0]["top"] == pytest.approx(30)


def test_a_table_without_rules_is_read_row_by_row() -> None:
    assert_is_the_report(read_bytes(printed(layouts.document(layouts.e_book), 9), "年报.pdf"), FORM_2021, 1)


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    text = layouts.document(layouts.bars)
    for character, radical in {
        "一": "⼀",
        "二": "⼆",
        "人": "⼈",
        "无": "⽆",
        "行": "⾏",
        "工": "⼯",
        "民": "⺠",
    }.items():
        text = text.replace(character, radical)
    assert characters_of(text) == layouts.document(layouts.bars)
    assert_is_the_report(read(text), FORM_2021, 1)
