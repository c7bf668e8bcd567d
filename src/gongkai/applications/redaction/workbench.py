"""What the page shows on which boxes are drawn (``applications/staff/redact.html``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.law.severance import Ground, grounds

from .boxes import LONGEST_NOTE, MAX_BOXES, Entered, Row
from .service import PageSize

_BLANK = 3  # rows to fill in where the browser runs no scripts


@dataclass(frozen=True, slots=True)
class Overlay:
    """A box to show on a page: its number in the form; lengths in per cent."""

    number: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page with its picture and the boxes on it; ``width`` and ``height`` are proportions."""

    number: int
    width: int
    height: int
    address: str
    overlays: tuple[Overlay, ...]


@dataclass(frozen=True, slots=True)
class Workbench:
    """Everything the template needs, as ``workbench``."""

    pages: tuple[ShownPage, ...]
    rows: tuple[Row, ...]
    blank: Row
    grounds: tuple[Ground, ...]
    errors: tuple[str, ...]
    longest_note: int = LONGEST_NOTE
    most: int = MAX_BOXES


def workbench(
    pages: Sequence[PageSize], form: Entered, address: Callable[[int], str], *, blank: int = _BLANK
) -> Workbench:
    """The page for drawing on ``pages``; ``address`` gives where the picture of a page (from 1) is served."""
    overlays: dict[int, list[Overlay]] = {}
    for number, row in enumerate(form.rows, 1):
        if box := row.box:
            percent = (round(each * 100, 2) for each in (box.x, box.y, box.width, box.height))
            overlays.setdefault(box.page + 1, []).append(Overlay(number, *percent))
    shown = (
        ShownPage(
            page.number,
            round(page.width),
            round(page.height),
            address(page.number),
            tuple(overlays.get(page.number, ())),
        )
        for page in pages
    )
    rows = (*form.rows, *(Row() for _ in range(blank)))
    return Workbench(tuple(shown), rows, Row(), tuple(grounds().values()), tuple(form.errors))
