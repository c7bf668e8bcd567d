"""Boxes over pages, and the form in which people enter them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gongkai.law.severance import grounds

from .errors import RedactionError

MAX_BOXES = 500
LONGEST_NOTE = 200  # characters
_SMALLEST = 0.001  # of the page: thinner than a hair
_FIELDS = ("page", "left", "top", "width", "height", "reason", "note")
_PLACES = {"left": "左边距", "top": "上边距", "width": "宽", "height": "高"}


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page to cover. ``page`` counts from 0; the others are fractions of the page as it is displayed,
    from its upper left corner. ``reason`` is a code of :mod:`gongkai.law.severance`; ``note`` goes into the list."""

    page: int
    x: float
    y: float
    width: float
    height: float
    reason: str
    note: str = ""


@dataclass(slots=True)
class Row:
    """One box as somebody entered it: ``page`` from 1, lengths in per cent, and what is wrong with it."""

    page: str = ""
    left: str = ""
    top: str = ""
    width: str = ""
    height: str = ""
    reason: str = ""
    note: str = ""
    errors: list[str] = field(default_factory=list)
    box: Box | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing but perhaps a reason, which the browser sends for an empty row too."""
        return not any((self.page, self.left, self.top, self.width, self.height, self.note))


@dataclass(slots=True)
class Entered:
    """What a form said: ``rows`` to show again, ``boxes`` when there is nothing in ``errors``."""

    rows: list[Row]
    boxes: list[Box]
    errors: list[str]


class FormData(Protocol):
    """The part of Django's ``QueryDict`` that is needed."""

    def getlist(self, key: str, /) -> Sequence[object]: ...


def check(box: Box, pages: int | None = None) -> None:
    """Raises :class:`RedactionError` for a box that is not on a page (of ``pages``, where it is known) or has no
    ground."""
    if box.page < 0 or (pages is not None and box.page >= pages):
        raise RedactionError(f"没有第{box.page + 1}页" + ("。" if pages is None else f"；文件共{pages}页。"))
    if not all(math.isfinite(each) for each in (box.x, box.y, box.width, box.height)):
        raise RedactionError("遮盖的位置不是数字。")
    if box.width < _SMALLEST or box.height < _SMALLEST:
        raise RedactionError("遮盖的宽和高要大于 0.1%。")
    # Per cents with two decimals may add up to a little more than the whole.
    if min(box.x, box.y) < 0 or max(box.x + box.width, box.y + box.height) > 1.0002:
        raise RedactionError("遮盖超出了页面：左边距加宽、上边距加高不能超过 100%。")
    if box.reason not in grounds():
        raise RedactionError("请选择不予公开的理由。")
    if len(box.note) > LONGEST_NOTE:
        raise RedactionError(f"说明最多{LONGEST_NOTE}字。")


def entered(boxes: Iterable[Box]) -> Entered:
    """Boxes that are kept, as the form shows them."""
    kept = list(boxes)
    return Entered([_row(box) for box in kept], kept, [])


def boxes_from(data: FormData, pages: int) -> Entered:
    """The boxes of a submitted form on a file of ``pages`` pages; one value of each field a box (``box_page``,
    ``box_left``, ``box_top``, ``box_width``, ``box_height``, ``box_reason``, ``box_note``). Empty rows are left out."""
    columns = [[str(value).strip() for value in data.getlist(f"box_{name}")] for name in _FIELDS]
    if len({len(column) for column in columns}) > 1:
        return Entered([], [], ["表单不完整，没有保存。请刷新页面后重新填写。"])
    rows = [row for values in zip(*columns, strict=True) if not (row := Row(*values)).is_blank]
    errors: list[str] = []
    if not rows:
        errors.append("一处也没有遮盖。请在页面上画出要遮盖的地方；不需要遮盖的，请选择“予以公开”。")
    if len(rows) > MAX_BOXES:
        errors.append(f"遮盖多于{MAX_BOXES}处。请把相邻的合并，或者把文件拆成几个。")
    for number, row in enumerate(rows, 1):
        row.box = _box(row, pages)
        errors += [f"第{number}处：{error}" for error in row.errors]
    return Entered(rows, [] if errors else [row.box for row in rows if row.box], errors)


def _box(row: Row, pages: int) -> Box | None:
    """The row's box, or ``None`` and what is wrong in ``row.errors``."""
    page = _number(row.page)
    if page is None or page != int(page):
        row.errors.append("页码要填整数。")
    lengths = []
    for name, label in _PLACES.items():
        value = _number(getattr(row, name))
        if value is None:
            row.errors.append(f"{label}要填 0 到 100 之间的数字（占页面的百分比）。")
        else:
            lengths.append(value / 100)
    if row.errors or page is None:
        return None
    box = Box(int(page) - 1, lengths[0], lengths[1], lengths[2], lengths[3], row.reason, row.note)
    try:
        check(box, pages)
    except RedactionError as error:
        row.errors.append(str(error))
        return None
    return box


def _number(text: str) -> float | None:
    """A number as people type it: full-width digits, a per cent sign."""
    try:
        value = float(unicodedata.normalize("NFKC", text).removesuffix("%"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _row(box: Box) -> Row:
    def per_cent(part: float) -> str:
        return f"{part * 100:.2f}".rstrip("0").rstrip(".")

    place = (per_cent(box.x), per_cent(box.y), per_cent(box.width), per_cent(box.height))
    return Row(str(box.page + 1), *place, reason=box.reason, note=box.note, box=box)
