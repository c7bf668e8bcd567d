"""Completing what is being typed: titles, and names that the caller knows."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from .analyse import IN_TITLE, TITLE_PREFIX, facet, fold, is_han
from .matching import among, matching
from .words import Word, parse

_CONSIDERED = 200


def suggest(prefix: str, agency_id: int, limit: int = 8, names: Sequence[str] = ()) -> list[str]:
    """Titles of published documents that contain what was typed so far, and before them such of ``names`` (columns).

    What begins with it comes first, then the newest; each title once.
    """
    words = parse(prefix)
    if not words:
        return []
    beginning = fold(prefix).rstrip()
    now = timezone.now()
    *whole, last = words
    wanted = [facet("a", agency_id), *(IN_TITLE + token for word in whole for token in word.tokens), *_typed(last)]
    ids = matching((), wanted, now, _CONSIDERED)
    titles = list(among(ids).order_by("-id").values_list("title", flat=True)) if ids else []
    fitting = [text for text in [*names, *titles] if _fits(fold(text), words)]
    starting = [text for text in fitting if fold(text).startswith(beginning)]
    return list(dict.fromkeys([*starting, *fitting]))[:limit]


def _typed(word: Word) -> list[str]:
    """Tokens of a word of which the end may be missing: of letters or digits, any beginning is indexed."""
    *before, last = word.runs
    if is_han(last):
        return [IN_TITLE + token for token in word.tokens]
    complete = Word(tuple(before)).tokens if before else ()
    return [*(IN_TITLE + token for token in complete), TITLE_PREFIX + last[:40]]


def _fits(folded: str, words: tuple[Word, ...]) -> bool:
    *whole, last = words
    needle = ("" if is_han(last.runs[0]) else " ") + " ".join(last.runs)
    return needle in folded and all(word.needle in folded for word in whole)
