"""Digits as people write them: full-width, in groups, with blanks and hyphens between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# What may stand between two digits of one number. A tab ends a cell, so it is not among them.
_BETWEEN = r" \u00a0\u2002-\u200a\u202f\u3000\n\r\-\u2010-\u2015\u2212\uff0d"
_RUN = re.compile(rf"\d(?:[{_BETWEEN}]{{0,2}}\d)*(?:[{_BETWEEN}]?[XxＸｘ](?![A-Za-z]))?")
_ENOUGH = re.compile(rf"(?:\d[{_BETWEEN}]{{0,2}}){{10}}\d")
_GROUP = re.compile(r"\d+|[XxＸｘ]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits without a break, as ASCII; ``start`` and ``end`` are where they stand in the text."""

    digits: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """Groups next to each other that may be one number."""

    groups: tuple[Group, ...]

    @property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups)

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups)

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end


def without_invisible(text: str) -> str:
    """The text without characters of no width, which would part a number in two."""
    return _INVISIBLE.sub("", text)


def ascii_digits(text: str) -> str:
    """Full-width and other decimal digits as ASCII, and an X of any kind as X."""
    if text.isascii():
        return text.upper()
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else "X" if character in "ＸｘxX" else character
        for character in text
    )


def has_long_number(text: str) -> bool:
    """Whether there are eleven digits that could belong together: most passages end here."""
    return _ENOUGH.search(text) is not None


def runs(text: str) -> Iterator[tuple[Group, ...]]:
    """Every stretch of digits with at most two blanks or hyphens between them, as its groups."""
    for match in _RUN.finditer(text):
        yield tuple(
            Group(ascii_digits(group[0]), match.start() + group.start(), match.start() + group.end())
            for group in _GROUP.finditer(match[0])
        )


def windows(run: tuple[Group, ...], lengths: range, begins: frozenset[int] | None = None) -> Iterator[Window]:
    """Neighbouring groups of a run whose digits together are of one of these lengths, the leftmost longest first.

    ``begins``: how long the first group may be, where that is known; pages full of figures have many groups.
    """
    for first in range(len(run)):
        if begins is not None and len(run[first].digits) not in begins:
            continue
        total, found = 0, []
        for last in range(first, len(run)):
            total += len(run[last].digits)
            if total >= lengths.stop:
                break
            if total in lengths:
                found.append(Window(run[first : last + 1]))
        yield from reversed(found)
