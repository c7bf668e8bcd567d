"""What the public asks of search: find, complete what is being typed, find what is like a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils import timezone
from django.utils.safestring import SafeString

from . import highlight
from .analyse import exactly, facet
from .matching import among, matching
from .models import SearchEntry
from .similar import similar_ids
from .suggesting import suggest
from .words import LONGEST, Word, parse

__all__ = ["MOST", "Found", "Hit", "Query", "find", "similar", "suggest"]

MOST = 1000
"""Hits that are counted and can be paged through; of more, it is said that there are more."""

_MOST_ON_A_PAGE = 100

Order = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. ``column`` is a column of either level; ``year`` the year of formation (成文年份)."""

    words: str
    agency_id: int
    column: int | None = None
    item_type: str = ""
    topic: str = ""
    category: str = ""
    year: int | None = None
    in_force_only: bool = False
    order: Order = "relevance"
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry to show. ``in_attachment``: the excerpt is of an attachment, the text itself has none of the words."""

    entry: SearchEntry
    title: SafeString
    numbers: SafeString
    excerpt: SafeString
    in_attachment: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The answer. ``asked`` is false when nothing but punctuation was typed; then there is nothing else in it.

    ``facets`` counts all hits by field and value, and is empty when there are more than could be counted.
    """

    asked: bool
    words: tuple[str, ...] = ()
    total: int = 0
    more: bool = False
    page: int = 1
    pages: int = 1
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, Counter[object]] = field(default_factory=dict)
    cut: bool = False  # the query was too long and was read as far as LONGEST

    @property
    def total_text(self) -> str:
        """The number of hits in words, as exact as it is."""
        return f"{self.total} 条以上" if self.more else f"{self.total} 条"


def find(query: Query) -> Found:
    """Find what contains every word of the query. Any text is a query; no text is an error.

    By relevance: first what has exactly this title or number, then what has every word in its title, then the rest,
    the newest first within each. A page beyond the last gives the last.
    """
    words = parse(query.words)
    if not words:
        return Found(asked=False)
    now = timezone.now()
    ids = _ordered(query, words, now)
    more = len(ids) > MOST
    del ids[MOST:]
    per_page = min(max(query.per_page, 1), _MOST_ON_A_PAGE)
    pages = max(1, -(-len(ids) // per_page))
    page = min(max(query.page, 1), pages)
    return Found(
        asked=True,
        words=tuple(" ".join(word.runs) for word in words),
        total=len(ids),
        more=more,
        page=page,
        pages=pages,
        hits=_hits(ids[(page - 1) * per_page : page * per_page], words, now),
        facets={} if more else _facets(ids),
        cut=len(query.words) > LONGEST,
    )


def similar(text: str, agency_id: int, limit: int = 5) -> list[Hit]:
    """Published documents like a free text, the likest first: for who describes what they want to know.

    Titles count most. Nothing when the text has no word that tells documents apart.
    """
    now = timezone.now()
    ids, words = similar_ids(text, agency_id, limit, now)
    return _hits(ids, words, now)


def _ordered(query: Query, words: tuple[Word, ...], now: datetime) -> list[int]:
    facets = _filters(query)
    if query.order == "date":
        return matching(words, facets, now, MOST + 1, in_force_only=query.in_force_only)
    exact = matching((), [exactly(query.words), *facets], now, MOST + 1, in_force_only=query.in_force_only)
    titled = matching(words, facets, now, MOST + 1, where="title_folded", in_force_only=query.in_force_only)
    first = dict.fromkeys([*exact, *titled])
    wanting = max(0, MOST + 1 - len(first))
    rest = matching(words, facets, now, wanting, in_force_only=query.in_force_only, known=first.keys())
    return [*first, *rest]


def _filters(query: Query) -> list[str]:
    found = [facet("a", query.agency_id)]
    if query.column is not None:
        found.append(facet("c", query.column))
    if query.year is not None:
        found.append(facet("y", query.year))
    texts = (("t", query.item_type), ("o", query.topic), ("k", query.category))
    return found + [facet(name, value) for name, value in texts if value]


def _facets(ids: Sequence[int]) -> dict[str, Counter[object]]:
    names = ("first_column_id", "column_id", "item_type", "topic", "category", "formed_year")
    rows = list(among(ids).values_list(*names)) if ids else []
    return {name: Counter(row[place] for row in rows if row[place]) for place, name in enumerate(names)}


def _hits(ids: Sequence[int], words: Sequence[Word], now: datetime) -> list[Hit]:
    if not ids:
        return []
    entries = among(ids).defer("folded", "title_folded", "facets", "attachments").in_bulk()
    wanted = highlight.pattern(words)
    shown = [(entries[number], highlight.excerpt(entries[number].body, wanted)) for number in ids if number in entries]
    without = [entry.pk for entry, excerpt in shown if excerpt is None]
    attached = dict(among(without).exclude(attachments="").values_list("id", "attachments")) if without else {}
    today = timezone.localdate(now)
    hits = []
    for entry, in_body in shown:
        in_attachment = highlight.excerpt(attached[entry.pk], wanted) if entry.pk in attached else None
        hits.append(
            Hit(
                entry,
                highlight.marked(entry.title, wanted),
                highlight.marked(entry.numbers, wanted),
                in_body or in_attachment or highlight.opening(entry.body),
                in_attachment is not None,
                entry.ended_on is not None and entry.ended_on <= today,
            )
        )
    return hits
