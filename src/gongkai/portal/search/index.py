"""Putting what is published into the index, and taking it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, islice

from django.db import connection, transaction
from django.utils import timezone

from . import tokens
from .analyse import exactly, facet, fold
from .analyse import tokens as tokens_of
from .models import SearchEntry

_BATCH = 500
_IDS_A_MINUTE = 4096  # close ids keep the index small: it stores differences


@dataclass(frozen=True, slots=True)
class Text:
    """What is published, as plain text, and by what it is filtered.

    ``published_at`` is aware and may lie in the future: until then nothing finds it. ``ended_on`` is the first day
    on which it is no longer in force (失效、废止); ``formed_year`` is that of ``published_at`` unless told.
    ``numbers`` are 文号, 索引号 and the like. ``attachments`` is the text of all attachments together.
    """

    agency_id: int
    kind: str
    object_id: int
    url: str
    title: str
    published_at: datetime
    body: str = ""
    numbers: tuple[str, ...] = ()
    attachments: str = ""
    column_id: int | None = None
    first_column_id: int | None = None
    item_type: str = ""
    topic: str = ""
    category: str = ""
    formed_year: int | None = None
    ended_on: date | None = field(default=None)

    @property
    def year(self) -> int:
        return self.formed_year or timezone.localtime(self.published_at).year


def put(entries: Iterable[Text]) -> None:
    """Insert or replace entries, by agency, kind and object, inside the caller's transaction. Takes any number.

    Raises ``ValueError`` when a moment of publication has no time zone.
    """
    stream = iter(entries)
    while batch := list(islice(stream, _BATCH)):
        # The last word on an object counts; and FTS5 takes rows fastest in the order of their ids.
        latest = {(entry.agency_id, entry.kind, entry.object_id): entry for entry in batch}
        _put(sorted(latest.values(), key=lambda entry: (entry.published_at, entry.object_id)))


def remove(kind: str, ids: Iterable[int]) -> None:
    """Take objects of a kind out of the index; what is not in it is no error."""
    stream = iter(ids)
    with transaction.atomic():
        while batch := list(islice(stream, _BATCH)):
            SearchEntry.objects.filter(kind=kind, object_id__in=batch).delete()


def rebuild() -> None:
    """Cut all tokens anew: when entries came past the triggers, or :func:`.analyse.tokens` has changed."""
    with transaction.atomic():
        tokens.clear()
        if connection.vendor == "sqlite":
            tokens.fill_sqlite()
            return
        entries = SearchEntry.objects.only("title_folded", "folded", "facets").order_by("id").iterator(_BATCH)
        while rows := list(islice(entries, _BATCH)):
            tokens.add(map(_tokens, rows))


def first_id_of(moment: datetime) -> int:
    """The least id of what is published in the minute of ``moment``; raises ``ValueError`` without a time zone."""
    if timezone.is_naive(moment):
        raise ValueError("the moment of publication needs a time zone")
    return int(moment.timestamp() // 60) * _IDS_A_MINUTE


def _put(entries: list[Text]) -> None:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # two who publish in one minute may not choose one id
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portal_search'))")
        by_kind = sorted(entries, key=lambda entry: (entry.agency_id, entry.kind))
        for (agency, kind), group in groupby(by_kind, key=lambda entry: (entry.agency_id, entry.kind)):
            known = [entry.object_id for entry in group]
            SearchEntry.objects.filter(agency_id=agency, kind=kind, object_id__in=known).delete()
        rows = [_row(entry, number) for entry, number in zip(entries, _free_ids(entries), strict=True)]
        SearchEntry.objects.bulk_create(rows)
        if connection.vendor == "postgresql":  # on SQLite triggers have done so already
            tokens.add(map(_tokens, rows))


def _tokens(row: SearchEntry) -> tuple[int, str]:
    return row.id, tokens_of(row.title_folded, row.folded, row.facets)


def _free_ids(entries: list[Text]) -> Iterator[int]:
    """An id for each entry, in the minute of its publication, by the number of its object where that is free."""
    wanted = [first_id_of(entry.published_at) + entry.object_id % _IDS_A_MINUTE for entry in entries]
    taken = set(SearchEntry.objects.filter(id__in=wanted).values_list("id", flat=True))
    for number in wanted:
        looked_at = number
        while number in taken:
            if number == looked_at:  # what follows is not known yet
                looked_at += _IDS_A_MINUTE
                near = SearchEntry.objects.filter(id__gt=number, id__lte=looked_at)
                taken.update(near.values_list("id", flat=True))
            number += 1
        taken.add(number)
        yield number


def _row(entry: Text, number: int) -> SearchEntry:
    facets = [facet("a", entry.agency_id), facet("y", entry.year), tokens.period(number)]
    facets += map(exactly, (entry.title, *entry.numbers))
    facets += [facet("c", column) for column in {entry.column_id, entry.first_column_id} if column is not None]
    facets += [
        facet(name, value)
        for name, value in (("t", entry.item_type), ("o", entry.topic), ("k", entry.category))
        if value
    ]
    parts = (entry.title, *entry.numbers, entry.body, entry.attachments)
    return SearchEntry(
        id=number,
        agency_id=entry.agency_id,
        kind=entry.kind,
        object_id=entry.object_id,
        published_at=entry.published_at,
        ended_on=entry.ended_on,
        formed_year=entry.year,
        column_id=entry.column_id,
        first_column_id=entry.first_column_id,
        item_type=_storable(entry.item_type),
        topic=_storable(entry.topic),
        category=_storable(entry.category),
        url=_storable(entry.url),
        title=_storable(entry.title),
        numbers=_storable("\n".join(entry.numbers)),
        facets=" ".join(filter(None, facets)),
        title_folded=fold(entry.title),
        # A line each, so that no phrase runs from one part into another.
        folded="\n".join(map(fold, parts)),
        body=_storable(entry.body),
        attachments=_storable(entry.attachments),
    )


def _storable(text: str) -> str:
    """The text without what no database stores: what was read out of somebody's file may hold anything."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
