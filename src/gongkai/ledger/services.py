"""The verbs of the ledger: append, hand out numbers, verify."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from gongkai.bureau.models import Agency

from .bulk import insert_rows
from .chain import GENESIS, canonical, digest, moment
from .models import Chain, Counter, Entry


class Draft(NamedTuple):
    """An event that is about to be appended. A payload may be given as its canonical JSON."""

    stream: str
    stream_id: int
    kind: str
    occurred_on: date
    payload: Mapping[str, Any] | str = "{}"
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold, and why (in Chinese)."""

    position: int
    reason: str


def append(
    agency: Agency,
    stream: str,
    stream_id: int,
    kind: str,
    occurred_on: date,
    payload: Mapping[str, Any] | None = None,
    *,
    actor_id: int | None = None,
) -> int:
    """Append one event to the agency's chain and return its position. Must run inside a transaction."""
    return append_many(agency, [Draft(stream, stream_id, kind, occurred_on, payload or {}, actor_id)])


def append_many(agency: Agency, drafts: Iterable[Draft]) -> int:
    """Append events in order and return the position of the last one.

    The head of the agency's chain stays locked until the surrounding transaction ends, so that positions
    have no gap and no race. Raises ``TransactionManagementError`` outside a transaction.
    """
    chain = _locked_chain(agency.pk)
    recorded_at = timezone.now()
    start = chain.position
    rows = _linked(agency.pk, chain, drafts, recorded_at)
    insert_rows(Entry, _COLUMNS, rows)
    if chain.position != start:
        chain.save(update_fields=["position", "digest"])
    return chain.position


_COLUMNS = (
    "agency_id",
    "position",
    "stream",
    "stream_id",
    "kind",
    "occurred_on",
    "recorded_at",
    "actor_id",
    "payload",
    "previous",
    "digest",
)


def _linked(agency: int, chain: Chain, drafts: Iterable[Draft], recorded_at: datetime) -> Iterator[tuple[Any, ...]]:
    """The rows of the drafts, each linked to the one before; moves ``chain`` along."""
    when = moment(recorded_at)
    position, previous = chain.position, chain.digest
    for stream, stream_id, kind, occurred_on, payload, actor in drafts:
        position += 1
        text = payload if isinstance(payload, str) else canonical(payload)
        own = digest(agency, position, stream, stream_id, kind, occurred_on, when, actor, text, previous)
        yield agency, position, stream, stream_id, kind, occurred_on, recorded_at, actor, text, previous, own
        previous = own
    chain.position, chain.digest = position, previous


def lock(agency_id: int) -> None:
    """Lock the chain of an agency until the transaction ends.

    Whoever will append locks the chain before any other row of the agency (a case, a counter): with one order
    for all, two writers wait for each other in turn instead of in a circle.
    """
    _locked_chain(agency_id)


def _locked_chain(agency_id: int) -> Chain:
    """The head of the chain, locked; made when the agency has none yet."""
    locked = Chain.objects.select_for_update().filter(agency_id=agency_id)
    chain = locked.first()
    if chain is None:
        Chain.objects.bulk_create([Chain(agency_id=agency_id, digest=GENESIS)], ignore_conflicts=True)
        chain = locked.get()
    return chain


def next_number(agency: Agency, series: str, count: int = 1) -> int:
    """Take ``count`` numbers of a series and return the last of them (the first taken is ``last - count + 1``).

    One statement inside the caller's transaction: no two callers get the same number, and a transaction
    that fails gives its numbers back, so that the series has no gap.
    """
    if count < 1:
        raise ValueError("count must be at least 1")
    with transaction.atomic(), connection.cursor() as cursor:
        table = connection.ops.quote_name(Counter._meta.db_table)
        cursor.execute(
            f"INSERT INTO {table} (agency_id, series, value) VALUES (%s, %s, %s) "  # noqa: S608  the name is our own
            f"ON CONFLICT (agency_id, series) DO UPDATE SET value = {table}.value + excluded.value RETURNING value",
            [agency.pk, series, count],
        )
        last: int = cursor.fetchone()[0]
    return last


def verify(agency: Agency) -> Break | None:
    """Walk the agency's chain and return the first broken link, or ``None`` when every entry is as it was written."""
    position, previous = 0, GENESIS
    entries = Entry.objects.filter(agency=agency).order_by("position").values_list(*_COLUMNS[1:])
    for found, stream, stream_id, kind, occurred_on, recorded_at, actor, payload, before, own in entries.iterator():
        position += 1
        if found != position:
            return Break(position, f"缺少第 {position} 条")
        if before != previous:
            return Break(position, "与上一条不相衔接")
        if own != digest(
            agency.pk, position, stream, stream_id, kind, occurred_on, moment(recorded_at), actor, payload, before
        ):
            return Break(position, "内容与摘要不符")
        previous = own
    head = Chain.objects.filter(agency=agency).first()
    if (head.position, head.digest) != (position, previous) if head else position > 0:
        return Break(position + 1, "末尾的记录被删去，或者链头被改动")
    return None
