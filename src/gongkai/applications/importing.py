"""Import many applications at once: the same events, table and fold as one at a time, written in blocks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.law.errors import LawError
from gongkai.ledger.bulk import insert_rows, reserve_ids
from gongkai.ledger.chain import canonical
from gongkai.ledger.models import Entry
from gongkai.ledger.rebuilding import Told
from gongkai.ledger.services import Draft, append_many, next_number

from .case import Case
from .events import STREAM, Event, Registered
from .models import Applicant, ApplicantKind, Application
from .projection import FIELDS, Projected, fold, project
from .services import Person, number_of, series_of
from .transitions import impossible, unlawful

PERSONAL = ("name", "id_number", "phone", "address", "email")
_BLOCK = 10_000
_LOOKUP = 500  # keys in one query

Dated = tuple[date, Event]


@dataclass(frozen=True, slots=True)
class Record:
    """An application as a ledger tells it: ``events`` after its registration, in the order of their dates."""

    key: str
    received_on: date
    channel: str
    external_number: str
    person: Person
    requested: str
    note: str
    events: Sequence[Dated] = ()


@dataclass(slots=True)
class Outcome:
    """What became of the records, by their index: refused with a reason, or counted; ``doubts`` are Chinese notes."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    late: int = 0


def import_records(agency: Agency, records: Sequence[Record], *, actor_id: int | None = None) -> Iterator[Outcome]:
    """Save records block by block, yielding what became of each block. Must run inside a
    transaction that has locked the chain.

    A record whose key is known adds the events that the ledger does not have yet; one that contradicts the
    ledger is refused. The conditions of the law on whoever acts are not asked of the past: what they would
    have refused is told as a doubt.
    """
    for start in range(0, len(records), _BLOCK):
        block = records[start : start + _BLOCK]
        outcome = Outcome()
        known = _known(agency, block)
        told = _told([application.pk for application in known.values()])
        fresh: list[tuple[Record, Case, Projected]] = []
        for index, record in enumerate(block, start):
            application = known.get(record.key)
            if application is not None:
                _continue(application, told[application.pk], record, index, outcome, actor_id)
                continue
            case = Case()
            registered = (record.received_on, _REGISTERED[record.person.kind])
            reason = _play(case, [registered, *record.events], outcome, record.external_number)
            if reason:
                outcome.refused[index] = reason
                continue
            try:
                fresh.append((record, case, project(case)))
            except LawError as error:
                outcome.refused[index] = str(error)
        _create(agency, fresh, actor_id)
        outcome.created = len(fresh)
        outcome.late += sum(p.closed_on is not None and p.closed_on > p.due_on for _, _, p in fresh)
        yield outcome


def _known(agency: Agency, block: Sequence[Record]) -> dict[str | None, Application]:
    keys = [record.key for record in block]
    found = Application.objects.filter(agency=agency).select_related("applicant", "agency")
    if not found.exists():
        return {}
    return {
        a.source_key: a
        for i in range(0, len(keys), _LOOKUP)
        for a in found.filter(source_key__in=keys[i : i + _LOOKUP])
    }


def _play(case: Case, events: Sequence[Dated], outcome: Outcome, name: str) -> str | None:
    """Apply events to a case; the reason why one cannot have happened, in which case the rest is not applied."""
    for day, event in events:
        if reason := impossible(case, event, day):
            return f"{event.title}（{day}）：{reason}"
        if event.kind in _JUDGED and (doubt := unlawful(case, event, day)):
            outcome.doubts.append(f"{name}：{doubt}。")
        case.apply(event.kind, day, event.__dict__)
    return None


# The number is not handed out yet when a record is played through; the entry of the ledger has it.
_REGISTERED = {kind: Registered.model_construct(number="", applicant_kind=kind.value) for kind in ApplicantKind}
# What an imported ledger cannot show (the evidence on file) is not asked of it.
_JUDGED = frozenset({"correction_requested", "extended"})


def _told(ids: Sequence[int]) -> dict[int, list[Told]]:
    """What the ledger tells of known applications: (event, date, payload) in order."""
    told: dict[int, list[Told]] = {}
    for start in range(0, len(ids), _LOOKUP):
        entries = Entry.objects.filter(stream=STREAM, stream_id__in=ids[start : start + _LOOKUP])
        columns = entries.order_by("stream_id", "position").values_list("stream_id", "kind", "occurred_on", "payload")
        for pk, kind, day, payload in columns:
            told.setdefault(pk, []).append((kind, day, json.loads(payload)))
    return told


def _continue(
    application: Application, entries: list[Told], record: Record, index: int, outcome: Outcome, actor_id: int | None
) -> None:
    """Add to a known application the events that its record has and the ledger has not."""
    _, day, first = entries[0]
    told = [(e.kind, d, e.model_dump(mode="json")) for d, e in record.events]
    registered = {"channel": record.channel, "applicant_kind": str(record.person.kind)}
    if day != record.received_on or {name: first[name] for name in registered} != registered:
        outcome.refused[index] = f"已登记的收到日期（{day}）、渠道或者申请人类型与表中不同；更正请在系统中办理"
        return
    if entries[1:] != told[: len(entries) - 1]:
        outcome.refused[index] = "已登记的办理经过与表中不同；登记过的事项不能由导入改写，更正请在系统中办理"
        return
    new = record.events[len(entries) - 1 :]
    if not new:
        changed = _restate(application, record)
        outcome.updated += changed
        outcome.unchanged += not changed
        return
    case = fold(entries)
    try:
        reason = _play(case, new, outcome, record.external_number)
        projected = None if reason else project(case)
    except LawError as error:
        reason, projected = str(error), None
    if projected is None:
        outcome.refused[index] = reason or ""
        return
    _restate(application, record)
    drafts = [Draft(STREAM, application.pk, e.kind, d, e.model_dump(mode="json"), actor_id) for d, e in new]
    append_many(application.agency, drafts)
    for name in FIELDS:
        setattr(application, name, getattr(projected, name))
    application.save(update_fields=FIELDS)
    outcome.updated += 1
    outcome.late += projected.closed_on is not None and projected.closed_on > projected.due_on


def _restate(application: Application, record: Record) -> bool:
    """Take over what is no event: the text of the request, the note, how to reach the applicant."""
    changed = False
    for target, names, source in (
        (application, ("requested", "note"), record),
        (application.applicant, PERSONAL, record.person),
    ):
        differing = [name for name in names if getattr(target, name) != getattr(source, name)]
        for name in differing:
            setattr(target, name, getattr(source, name))
        if differing:
            indexes = ["id_index", "name_index"] if isinstance(target, Applicant) else ["text_index"]
            target.save(update_fields=[*differing, *indexes])
            changed = True
    return changed


# --- New applications, written in blocks ---------------------------------------------------------------


def _create(agency: Agency, fresh: Sequence[tuple[Record, Case, Projected]], actor_id: int | None) -> None:
    if not fresh:
        return
    numbers = _numbers(agency, fresh)
    applicants = reserve_ids(Applicant, len(fresh))
    applications = reserve_ids(Application, len(fresh))
    insert_rows(Applicant, _APPLICANT, _applicant_rows(agency, fresh, applicants))
    insert_rows(Application, _APPLICATION, _application_rows(agency, fresh, numbers, applicants, applications))
    append_many(agency, _drafts(fresh, numbers, applications, actor_id))


def _numbers(agency: Agency, fresh: Sequence[tuple[Record, Case, Projected]]) -> list[str]:
    """Registration numbers in the order of the ledger, one block of the counter for each year."""
    years = Counter(record.received_on.year for record, _, _ in fresh)
    following = {year: next_number(agency, series_of(year), count) - count + 1 for year, count in sorted(years.items())}
    numbers = []
    for record, _, _ in fresh:
        year = record.received_on.year
        numbers.append(number_of(year, following[year]))
        following[year] += 1
    return numbers


_APPLICANT = ("id", "agency_id", "kind", *PERSONAL, "id_index", "name_index")
_OWN = ("id", "agency_id", "source_key", "created_at", "is_demo", "applicant_id", "requested", "text_index", "note")
# The number is handed out when the rows are written; the first three columns of the projection come from the record.
_APART = ("number", "external_number", "channel")
_APPLICATION = (*_OWN, *_APART, *FIELDS[len(_APART) :])


def _applicant_rows(agency: Agency, fresh: Any, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    meta: Any = Applicant._meta
    seals = [meta.get_field(name).sealer() for name in PERSONAL]
    by_id, by_name = (meta.get_field(name).indexer() for name in ("id_index", "name_index"))
    for pk, (record, _, _) in zip(ids, fresh, strict=True):
        person = record.person
        values = (person.name, person.id_number, person.phone, person.address, person.email)
        sealed = [seal(value) for seal, value in zip(seals, values, strict=True)]
        yield (
            pk,
            agency.pk,
            str(person.kind),
            *sealed,
            by_id(person.id_number),
            by_name(person.name),
        )


def _application_rows(
    agency: Agency, fresh: Any, numbers: Sequence[str], applicants: Sequence[int], ids: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    now = timezone.now()
    meta: Any = Application._meta
    seal, index = meta.get_field("requested").sealer(), meta.get_field("text_index").indexer()
    for pk, applicant, number, (record, _, projected) in zip(ids, applicants, numbers, fresh, strict=True):
        yield (
            pk,
            agency.pk,
            record.key,
            now,
            agency.is_demo,
            applicant,
            seal(record.requested),
            index(record.requested),
            record.note,
            number,
            record.external_number,
            record.channel,
            *projected[len(_APART) :],
        )


def _drafts(fresh: Any, numbers: Sequence[str], ids: Sequence[int], actor_id: int | None) -> Iterator[Draft]:
    payloads: dict[Event, str] = {}
    for pk, number, (record, _, _) in zip(ids, numbers, fresh, strict=True):
        registered = {
            "number": number,
            "applicant_kind": str(record.person.kind),
            "channel": record.channel,
            "external_number": record.external_number,
        }
        yield Draft(STREAM, pk, "registered", record.received_on, canonical(registered), actor_id)
        for day, event in record.events:
            payload = payloads.get(event)
            if payload is None:
                payload = payloads[event] = canonical(event.model_dump(mode="json"))
            yield Draft(STREAM, pk, event.kind, day, payload, actor_id)
