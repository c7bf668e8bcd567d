"""Which entries contain the words: asked of the index, then judged on the text itself, so that it is exact.

Both databases give the same entries in the same order: the index only proposes (every entry it leaves out lacks a
pair of characters), the text decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.utils import timezone

from .analyse import IN_TITLE
from .index import first_id_of
from .models import SearchEntry
from .tokens import newest
from .words import Word

_GROWTH = 4  # times what was looked at, at most
# Thousands published in one minute have ids of the minutes after it; the moment itself is judged exactly.
_SLACK = timedelta(days=1)

Where = Literal["title_folded", "folded"]


def matching(
    words: Sequence[Word],
    facets: Sequence[str],
    now: datetime,
    many: int,
    *,
    where: Where = "folded",
    in_force_only: bool = False,
    known: Collection[int] = (),
) -> list[int]:
    """Ids of published entries with every facet whose text (or title) contains every word, newest first.

    At most ``many``. ``facets`` may be any tokens; nothing of the future is ever among the results. Entries that are
    ``known`` to match are left out.
    """
    mark = IN_TITLE if where == "title_folded" else ""
    wanted = [*facets, *dict.fromkeys(mark + token for word in words for token in word.tokens)]
    needles = [word.needle for word in words if not word.told_by_its_token]
    # Ids are never before the moment of publication: only the last of them may be of the future.
    told_by_tokens = first_id_of(now) if not needles and not in_force_only else None
    before, looked_at = after_all(now), 0
    found: list[int] = []
    while len(found) < many:
        chunk = _proposals(many, len(found), looked_at) + len(known)
        proposed = newest(wanted, before, chunk)
        new = [number for number in proposed if number not in known]
        if told_by_tokens is None:
            found += _judged(new, needles, now, where, in_force_only)
        else:
            late = [number for number in new if number >= told_by_tokens]
            found += _judged(late, (), now, where, False) + new[len(late) :]
        if len(proposed) < chunk:
            break
        before, looked_at = proposed[-1], looked_at + len(new)
    return found[:many]


def _proposals(many: int, found: int, looked_at: int) -> int:
    """How many to look at next: what is wanting, by the share that was right so far, and a little more."""
    wanting = many - found
    if looked_at:
        wanting = min(wanting * looked_at // max(found, 1), looked_at * _GROWTH)
    return wanting + wanting // 16 + 20


def after_all(now: datetime) -> int:
    """An id after those of everything that is published by now."""
    return first_id_of(now + _SLACK)


def among(ids: Iterable[int]) -> QuerySet[SearchEntry]:
    """The entries of these ids; one parameter, however many there are."""
    if connection.vendor == "postgresql":
        chosen = RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    else:
        chosen = RawSQL("SELECT value FROM json_each(%s)", [str(list(ids))])
    return SearchEntry.objects.filter(id__in=chosen)


def _judged(ids: list[int], needles: Sequence[str], now: datetime, where: Where, in_force_only: bool) -> list[int]:
    if not ids:
        return []
    right = among(ids).filter(published_at__lte=now)
    if in_force_only:
        right = right.filter(Q(ended_on=None) | Q(ended_on__gt=timezone.localdate(now)))
    for number, needle in enumerate(needles):
        right = right.alias(**{f"place_{number}": StrIndex(F(where), Value(needle))}).filter(
            **{f"place_{number}__gt": 0}
        )
    return list(right.order_by("-id").values_list("id", flat=True))
