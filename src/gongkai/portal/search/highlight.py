"""Showing where the words are, in the text as it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analyse import fold_in_place
from .words import Word

LENGTH = 120
"""Characters of an excerpt: two or three lines of a result."""

_BEFORE = 30  # how much of it stands before the first word
_AT_MOST = 200  # places that are considered: beyond them a better excerpt is not worth the search
_PIECE = 20_000  # characters of a long text that are looked at together
_STARTS = re.compile(r"[。！？；\n]")

Span = tuple[int, int]


def pattern(words: Sequence[Word]) -> re.Pattern[str]:
    """A pattern for any of the words, in a text folded in place; longer ones first."""
    longest_first = sorted(words, key=lambda word: -sum(map(len, word.runs)))
    return re.compile("|".join(word.pattern for word in longest_first))


def marked(text: str, wanted: re.Pattern[str]) -> SafeString:
    """The text, escaped, with ``<mark>`` around every word."""
    return _mark(text, [match.span() for match in wanted.finditer(fold_in_place(text))])


def excerpt(text: str, wanted: re.Pattern[str]) -> SafeString | None:
    """The passage of the text with the most different words, marked; ``None`` when no word is in it."""
    for start in range(0, max(len(text), 1), _PIECE):
        piece = text[start : start + _PIECE + LENGTH]
        folded = fold_in_place(piece)
        places: list[tuple[Span, str]] = []
        for match in wanted.finditer(folded):
            places.append((match.span(), match.group()))
            if len(places) == _AT_MOST:
                break
        if places:
            begin = _begin(piece, _best(places))
            return _passage(piece, begin, [span for span, _ in places], start > 0, start + len(piece) < len(text))
    return None


def opening(text: str) -> SafeString:
    """The beginning of a text, escaped: for what was found by its title."""
    text = text[: LENGTH + 40].strip()
    return _passage(text, 0, [], False, False)


def _best(places: Sequence[tuple[Span, str]]) -> int:
    """Where the passage with the most different words begins; the first of equals."""
    best, most = places[0][0][0], 0
    for number, ((start, _), _word) in enumerate(places):
        near = set()
        for (_, end), word in places[number:]:
            if end > start + LENGTH - _BEFORE:
                break
            near.add(word)
        if len(near) > most:
            best, most = start, len(near)
    return best


def _begin(text: str, first: int) -> int:
    """A little before the first word, at the beginning of a sentence when one is near."""
    earliest = max(0, first - _BEFORE)
    starts = [match.end() for match in _STARTS.finditer(text, earliest, first)]
    return starts[0] if starts else earliest


def _passage(text: str, begin: int, spans: Sequence[Span], more_before: bool, more_after: bool) -> SafeString:
    end = min(len(text), begin + LENGTH)
    cut = [(max(start, begin) - begin, min(stop, end) - begin) for start, stop in spans if begin <= start < end]
    before = "…" if more_before or text[:begin].strip() else ""
    after = "…" if more_after or text[end:].strip() else ""
    return mark_safe(before + _mark(text[begin:end], cut) + after)  # noqa: S308  escaped by _mark


def _mark(text: str, spans: Sequence[Span]) -> SafeString:
    parts, last = [], 0
    for start, end in _joined(spans):
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308  every part is escaped


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in their order, those that touch made one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
