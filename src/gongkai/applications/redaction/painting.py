"""Boxes onto pixels: black to the edge, with the number and the ground in white where there is room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_CHINESE = 2  # of the collection's faces: Japanese, Korean, simplified Chinese …
_BLEED = 1  # pixels around the box: the grey edge of a letter says which letter it was


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on one page: fractions of the page, and the words to print on it, the longest first."""

    x: float
    y: float
    width: float
    height: float
    words: tuple[str, ...]


def pixels(mark: Mark, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom pixel that are covered, all included; whole pixels outwards."""
    width, height = size
    left = max(0, math.floor(mark.x * width) - _BLEED)
    top = max(0, math.floor(mark.y * height) - _BLEED)
    right = min(width - 1, math.ceil((mark.x + mark.width) * width) + _BLEED - 1)
    bottom = min(height - 1, math.ceil((mark.y + mark.height) * height) + _BLEED - 1)
    return left, top, right, bottom


def paint(image: Image, marks: Sequence[Mark]) -> None:
    """Cover the marks. All boxes come before all words: no box may cover the words of another."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    black, white = (0, 255) if image.mode == "L" else ((0, 0, 0), (255, 255, 255))
    for mark in marks:
        draw.rectangle(pixels(mark, image.size), fill=black)
    largest = max(12, min(image.size) // 60)
    for mark in marks:
        left, top, right, bottom = pixels(mark, image.size)
        if found := _fitting(mark.words, right - left - 5, bottom - top - 3, largest):
            words, font = found
            draw.text(((left + right) / 2, (top + bottom) / 2), words, fill=white, font=font, anchor="mm")


def _fitting(words: tuple[str, ...], width: int, height: int, largest: int) -> tuple[str, FreeTypeFont] | None:
    """The first of ``words`` that can be read in this room, and its font."""
    for each in words:
        for size in range(min(largest, int(height * 0.8)), max(9, largest // 3) - 1, -1):
            font = _font(size)
            left, top, right, bottom = font.getbbox(each, anchor="mm")
            if right - left <= width and bottom - top <= height:
                return each, font
    return None


@cache
def _font(size: int) -> FreeTypeFont:
    import noto_cjk
    from PIL import ImageFont

    return ImageFont.truetype(noto_cjk.otc_path("sans"), size, index=_CHINESE, layout_engine=ImageFont.Layout.BASIC)
