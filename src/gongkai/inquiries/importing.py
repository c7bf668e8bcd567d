"""Import many messages at once: the same events, table and fold as one at a time, written in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.ledger.bulk import insert_rows, reserve_ids
from gongkai.ledger.chain import canonical
from gongkai.ledger.fields import blind_index
from gongkai.ledger.services import Draft, append_many

from .case import Case
from .events import STREAM, Event, Registered
from .models import Asker, Inquiry
from .services import case_from_ledger, case_of
from .transitions import refusal

_BLOCK = 10_000
_LOOKUP = 500

Dated = tuple[date, Event]


@dataclass(frozen=True, slots=True)
class Record:
    """A message as a ledger tells it; ``closing`` is the event that closed it, if any did."""

    key: str
    received_on: date
    registered: Registered
    subject: str
    name: str = ""
    contact: str = ""
    text: str = ""
    reply: str = ""
    closing: Dated | None = None

    @property
    def events(self) -> list[Dated]:
        return [(self.received_on, self.registered), *([self.closing] if self.closing else [])]


@dataclass(slots=True)
class Outcome:
    """What became of a block of records: refused (by index, with a Chinese reason) or counted."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def import_records(agency: Agency, records: Sequence[Record], *, actor_id: int | None = None) -> Iterator[Outcome]:
    """Save records block by block, yielding what became of each block. Must run inside a transaction.

    A message is found again by its number. One that was open may be closed by a later ledger; what the ledger
    of events already says is never rewritten, and a record that contradicts it is refused.
    """
    for start in range(0, len(records), _BLOCK):
        block = records[start : start + _BLOCK]
        outcome = Outcome()
        known = _known(agency, block)
        fresh: list[tuple[Record, Case]] = []
        for index, record in enumerate(block, start):
            inquiry = known.get(record.registered.number)
            case = Case()
            reason = _play(case, record.events)
            if reason is None and inquiry is not None:
                reason = _continue(agency, inquiry, record, case, outcome, actor_id)
            elif reason is None:
                fresh.append((record, case))
            if reason is not None:
                outcome.refused[index] = reason
        _create(agency, fresh, actor_id)
        outcome.created = len(fresh)
        yield outcome


def _known(agency: Agency, block: Sequence[Record]) -> dict[str, Inquiry]:
    found = Inquiry.objects.filter(agency=agency).select_related("asker")
    if not found.exists():
        return {}
    numbers = [record.registered.number for record in block]
    return {
        inquiry.number: inquiry
        for start in range(0, len(numbers), _LOOKUP)
        for inquiry in found.filter(number__in=numbers[start : start + _LOOKUP])
    }


def _play(case: Case, events: Sequence[Dated]) -> str | None:
    for day, event in events:
        if reason := refusal(case, event, day, None):
            return reason
        case.apply(event.kind, day, event.__dict__)
    return None


def _continue(
    agency: Agency, inquiry: Inquiry, record: Record, told: Case, outcome: Outcome, actor_id: int | None
) -> str | None:
    """Close a known message that the record says was closed, and take over what is no event."""
    before = case_of(inquiry)
    if before.told[:3] != told.told[:3]:
        return f"已登记的留言日期（{before.received_on}）或者来源与表中不同；更正请在系统中办理"
    closes = before.closed_on is None and record.closing is not None
    if not closes and before.told != told.told:
        return "已登记的办结情况与表中不同；登记过的事项不能由导入改写，更正请在系统中办理"
    if closes and record.closing is not None:
        day, event = record.closing
        case = case_from_ledger(inquiry)  # it may have been handled here since
        if reason := refusal(case, event, day, None):
            return reason
        case.apply(event.kind, day, event.model_dump(mode="json"))
        append_many(agency, [Draft(STREAM, inquiry.pk, event.kind, day, event.model_dump(mode="json"), actor_id)])
        for name, value in case.columns().items():
            setattr(inquiry, name, value)
    changed = _restate(agency, inquiry, record)
    if closes or changed:
        inquiry.save()
        outcome.updated += 1
    else:
        outcome.unchanged += 1
    return None


def _restate(agency: Agency, inquiry: Inquiry, record: Record) -> bool:
    """Take over the words of the message and how to reach the asker."""
    changed = False
    for name in ("subject", "text", "reply"):
        if getattr(inquiry, name) != getattr(record, name):
            setattr(inquiry, name, getattr(record, name))
            changed = True
    told = (record.name, record.contact)
    if inquiry.asker is None:
        if any(told):
            inquiry.asker = Asker.objects.create(agency=agency, name=record.name, contact=record.contact)
            changed = True
    elif (inquiry.asker.name, inquiry.asker.contact) != told:
        inquiry.asker.name, inquiry.asker.contact = told
        inquiry.asker.save()
        changed = True
    return changed


# --- New messages, written in blocks -------------------------------------------------------------------

_ASKER = ("id", "agency_id", "name", "contact", "name_index", "contact_index")
_PROJECTED = tuple(Case().columns())
_OWN = ("id", "agency_id", "source_key", "created_at", "is_demo", "asker_id", "subject", "text", "reply")


def _create(agency: Agency, fresh: Sequence[tuple[Record, Case]], actor_id: int | None) -> None:
    if not fresh:
        return
    named = [record for record, _ in fresh if record.name or record.contact]
    askers = dict(zip((record.key for record in named), reserve_ids(Asker, len(named)) if named else [], strict=True))
    ids = reserve_ids(Inquiry, len(fresh))
    if named:
        insert_rows(Asker, _ASKER, _asker_rows(agency, named, askers))
    insert_rows(Inquiry, (*_OWN, *_PROJECTED), _inquiry_rows(agency, fresh, ids, askers))
    append_many(agency, _drafts(fresh, ids, actor_id))


def _asker_rows(agency: Agency, named: Sequence[Record], ids: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    meta: Any = Asker._meta
    seal_name, seal_contact = (meta.get_field(name).seal for name in ("name", "contact"))
    by_name, by_contact = (meta.get_field(name).purpose for name in ("name_index", "contact_index"))
    for record in named:
        yield (
            ids[record.key],
            agency.pk,
            seal_name(record.name),
            seal_contact(record.contact),
            blind_index(record.name, by_name),
            blind_index(record.contact, by_contact),
        )


def _inquiry_rows(
    agency: Agency, fresh: Sequence[tuple[Record, Case]], ids: Sequence[int], askers: dict[str, int]
) -> Iterator[tuple[Any, ...]]:
    now = timezone.now()
    meta: Any = Inquiry._meta
    seal_text, seal_reply = (meta.get_field(name).sealer() for name in ("text", "reply"))
    for pk, (record, case) in zip(ids, fresh, strict=True):
        yield (
            pk,
            agency.pk,
            record.key,
            now,
            agency.is_demo,
            askers.get(record.key),
            record.subject,
            seal_text(record.text),
            seal_reply(record.reply),
            *case.columns().values(),
        )


def _drafts(fresh: Sequence[tuple[Record, Case]], ids: Sequence[int], actor_id: int | None) -> Iterator[Draft]:
    payloads: dict[Event, str] = {}
    for pk, (record, _) in zip(ids, fresh, strict=True):
        yield Draft(
            STREAM,
            pk,
            record.registered.kind,
            record.received_on,
            canonical(record.registered.model_dump(mode="json")),
            actor_id,
        )
        if record.closing is not None:
            day, event = record.closing
            payload = payloads.get(event)
            if payload is None:
                payload = payloads[event] = canonical(event.model_dump(mode="json"))
            yield Draft(STREAM, pk, event.kind, day, payload, actor_id)
