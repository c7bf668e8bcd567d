"""The part of the bundle that proves: the case's entries as their digests are reckoned, and the chain they are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.chain import GENESIS, digest, moment
from gongkai.ledger.models import Chain, Entry

from .container import HeadOf

Stream = tuple[str, int]
_CHUNK = 5000


def head_of(agency: Agency) -> HeadOf:
    """The head of the agency's chain now."""
    head = Chain.objects.filter(agency=agency).first()
    return HeadOf(position=head.position if head else 0, digest=head.digest if head else GENESIS)


def entries_of(agency: Agency, streams: Sequence[Stream], upto: int) -> list[Entry]:
    """The entries of some cases in the order of the chain; one query a stream."""
    found: list[Entry] = []
    for stream, pk in streams:
        found += Entry.objects.of_stream(stream, pk).filter(agency=agency, position__lte=upto)
    return sorted(found, key=lambda entry: entry.position)


def told(entry: Entry) -> dict[str, object]:
    """The fields that the digest of an entry is of, and the digest. Raises :class:`NotPermittedError` when the entry
    is not what was written.
    """
    when = moment(entry.recorded_at)
    own = digest(
        entry.agency_id,
        entry.position,
        entry.stream,
        entry.stream_id,
        entry.kind,
        entry.occurred_on,
        when,
        entry.actor_id,
        entry.payload,
        entry.previous,
    )
    if own != entry.digest:
        raise _broken(entry.position)
    return {
        "agency": entry.agency_id,
        "position": entry.position,
        "stream": entry.stream,
        "stream_id": entry.stream_id,
        "kind": entry.kind,
        "occurred_on": entry.occurred_on.isoformat(),
        "recorded_at": when,
        "actor": entry.actor_id,
        "payload": entry.payload,
        "previous": entry.previous,
        "digest": entry.digest,
    }


def chain_of(agency: Agency, head: HeadOf) -> Iterator[str]:
    """The digests from the first entry to the head, each looked at whether it follows the one before.

    Raises :class:`NotPermittedError` where one does not: nothing is signed over a chain that is broken.
    """
    previous, position = GENESIS, 0
    rows = Entry.objects.filter(agency=agency, position__lte=head.position).order_by("position")
    for found, before, own in rows.values_list("position", "previous", "digest").iterator(_CHUNK):
        position += 1
        if found != position or before != previous:
            raise _broken(position)
        previous = own
        yield own
    if (position, previous) != (head.position, head.digest):
        raise _broken(position + 1)


def _broken(position: int) -> NotPermittedError:
    return NotPermittedError(
        f"本机关的台账自第 {position} 条起不可信，不能生成证据包。请运行 gongkai verify 查明，从备份恢复。"
    )
