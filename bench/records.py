"""A million applications and a million publications, put straight into the tables in a realistic spread.

Forty bodies, eight years; the body and year reported on hold six of ten rows, so that it is the counting that is
measured and not the calling. What else a report counts is there in the numbers of a busy county. Applicants are empty:
no figure reads them. The same seed gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from gongkai.applications.models import Applicant, ApplicantKind, Application
from gongkai.bureau.models import Agency
from gongkai.channels.models import Adoption, Appearance, Channel, PressConference, SubscriberCount
from gongkai.disputes.models import Dispute
from gongkai.inquiries.models import Inquiry, Interview, Opinion, Question, Survey
from gongkai.law.outcomes import outcomes
from gongkai.ledger.bulk import insert_rows
from gongkai.portal.models import Column, Kind, Publication
from gongkai.registers.models import Decision, Document, FeeReceipt, ServiceItem

YEAR = 2024
YEARS = range(2018, 2026)
BODIES = 40
_HERE = 0.6
_FORM = "2021"
_OTHERS = 20_000  # rows of each other kind, of the reported body and its neighbours


def fill(applications: int, publications: int, others: int = _OTHERS) -> Agency:
    """Fill an empty database; returns the body whose report is to be made."""
    random = Random(711)
    bodies = [Agency.add_root(code=f"B{number:03d}", name=f"某某市第{number}局") for number in range(1, BODIES + 1)]
    places = _Places(random, [body.pk for body in bodies])
    with transaction.atomic():
        _applications(random, places, applications)
        _publications(random, places, publications)
        _channels(random, places, others)
        _inquiries(random, places, others)
        _interaction(places)
        _registers(random, places, others)
        _disputes(random, places, others)
    return bodies[0]


class _Places:
    """Whose a row is, and of which day."""

    def __init__(self, random: Random, bodies: Sequence[int]) -> None:
        self.random, self.bodies = random, bodies
        self.days = {year: [date(year, 1, 1) + timedelta(days=number) for number in range(365)] for year in YEARS}

    def next(self) -> tuple[int, date]:
        if self.random.random() < _HERE:
            return self.bodies[0], self.random.choice(self.days[YEAR])
        return self.random.choice(self.bodies), self.random.choice(self.days[self.random.choice(YEARS)])


def _insert(model: type[models.Model], rows: Iterator[dict[str, Any]]) -> None:
    """Rows by column, each with the columns of the first; what they leave out is as a new record has it."""
    first = next(rows)
    left_out = [field for field in model._meta.concrete_fields if field.attname not in first and not field.primary_key]
    rest = tuple(field.get_prep_value(field.get_default()) for field in left_out)

    def values() -> Iterator[tuple[Any, ...]]:
        yield (*first.values(), *rest)
        for row in rows:
            yield (*row.values(), *rest)

    insert_rows(model, (*first, *(field.attname for field in left_out)), values())


def _record(agency: int, number: int) -> dict[str, Any]:
    return {"agency_id": agency, "source_key": str(number), "created_at": _NOW, "is_demo": False}


_NOW = timezone.now()


def _applications(random: Random, places: _Places, count: int) -> None:
    kinds = [ApplicantKind.NATURAL_PERSON.value] * 12 + [kind.value for kind in ApplicantKind]
    known = [(code, found.row(_FORM)) for code, found in outcomes().items()]
    blank = dict.fromkeys(("name", "id_number", "phone", "address", "email", "id_index", "name_index"), "")
    _insert(
        Applicant,
        ({"id": pk, "agency_id": places.bodies[0], "kind": kinds[0], **blank} for pk in range(1, count + 1)),
    )

    def rows() -> Iterator[dict[str, Any]]:
        for pk in range(1, count + 1):
            agency, received = places.next()
            took = random.randint(1, 40)
            closed: date | None = received + timedelta(days=took)
            code, row = random.choice(known)
            if random.random() < 0.01:
                closed, code, row = None, "", ""
            yield {
                "id": pk,
                **_record(agency, pk),
                "number": f"{received.year}-{pk}",
                "applicant_id": pk,
                "requested": "本市上一年度主要统计指标的分县数据",
                "note": "",
                "external_number": f"收{pk}",
                "channel": "internet",
                "applicant_kind": random.choice(kinds),
                "received_on": received,
                "due_on": received + timedelta(days=28),
                "due_provisional": False,
                "status": "handling" if closed is None else "closed",
                "correction_requested_on": None,
                "corrected_on": None,
                "extended_on": None,
                "closed_on": closed,
                "outcome": code,
                "outcome_row": row,
                "document_number": "",
            }

    _insert(Application, rows())


def _publications(random: Random, places: _Places, count: int) -> None:
    columns = [
        Column.objects.create(agency_id=body, name=f"栏目{number}", first_level=f"栏目{number}").pk
        for body in places.bodies
        for number in range(5)
    ]
    kinds = [kind.value for kind in Kind]

    def rows() -> Iterator[dict[str, Any]]:
        for pk in range(1, count + 1):
            agency, day = places.next()
            yield {
                **_record(agency, pk),
                "column_id": random.choice(columns),
                "kind": random.choice(kinds),
                "title": f"关于公布第{pk}号统计信息的通知",
                "published_on": day,
                "withdrawn_on": None,
                "url": "",
                "document_number": "",
                "index_number": "",
            }

    _insert(Publication, rows())


def _channels(random: Random, places: _Places, count: int) -> None:
    channels = [
        Channel.objects.create(agency_id=places.bodies[0], kind=kind, name=f"账号{number}").pk
        for number, kind in enumerate(("wechat", "wechat", "weibo", "gazette", "media"))
    ]

    def appearances() -> Iterator[dict[str, Any]]:
        for pk in range(1, count + 1):
            agency, day = places.next()
            yield {
                "id": pk,
                **_record(agency, pk),
                "channel_id": random.choice(channels),
                "title": f"第{pk}条",
                "published_on": day,
                "issue": f"第{day.timetuple().tm_yday}期",
                "item": 1,
                "url": "",
                "reads": random.randint(0, 9999),
                "reads_definition": "times",
            }

    def conferences() -> Iterator[dict[str, Any]]:
        for pk in range(1, 200):
            agency, day = places.next()
            yield {
                **_record(agency, pk),
                "held_on": day,
                "topic": "统计数据发布",
                **dict.fromkeys(("host", "speakers", "summary", "url"), ""),
                "head_spoke": False,
            }

    _insert(Appearance, appearances())
    _insert(
        Adoption,
        (
            {"appearance_id": pk, "level": random.choice(("national", "provincial")), "adopter": "国家统计局"}
            for pk in range(1, count + 1, 20)
        ),
    )
    _insert(
        SubscriberCount,
        (
            {**_record(places.bodies[0], number), "channel_id": channel, "counted_on": day, "count": number}
            for channel in channels
            for number, day in enumerate(places.days[YEAR], channel * 1000)
        ),
    )
    _insert(PressConference, conferences())


def _inquiries(random: Random, places: _Places, count: int) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        for pk in range(1, count + 1):
            agency, day = places.next()
            days = random.randint(0, 9)
            yield {
                **_record(agency, pk),
                "number": str(pk),
                "subject": "咨询",
                "text": "",
                "reply": "",
                "source": random.choice(("website", "mailbox", "hotline")),
                "received_on": day,
                "status": "closed",
                "closed_on": day + timedelta(days=days),
                "closing": random.choice(("public", "transferred")),
                "private_reason": "",
                "days": days,
            }

    _insert(Inquiry, rows())


def _interaction(places: _Places) -> None:
    """Surveys with an opinion each, and interviews with a question each."""
    numbers = range(1, 500)
    days: dict[int, date] = {}

    def pieces(*dates: str) -> Iterator[dict[str, Any]]:
        for pk in numbers:
            agency, days[pk] = places.next()
            told = dict.fromkeys(dates, days[pk])
            yield {"id": pk, **_record(agency, pk), "number": str(pk), "title": "题目", "is_public": True, **told}

    _insert(Survey, pieces("published_on", "results_on", "opens_on", "closes_on"))
    _insert(
        Opinion, ({"survey_id": pk, "token_digest": str(pk), "text": "意见", "received_on": days[pk]} for pk in numbers)
    )
    _insert(Interview, pieces("held_on"))
    _insert(
        Question,
        ({"interview_id": pk, "token_digest": str(pk), "from_public": True, "answer": "答复"} for pk in numbers),
    )


def _registers(random: Random, places: _Places, count: int) -> None:
    item = ServiceItem.objects.create(
        agency_id=places.bodies[0], kind="fees", name="培训费", valid_from=date(YEARS[0], 1, 1)
    )

    def documents() -> Iterator[dict[str, Any]]:
        for pk in range(1, 2000):
            agency, day = places.next()
            yield {
                **_record(agency, pk),
                "kind": random.choice(("rules", "normative_documents")),
                "title": f"办法{pk}",
                "document_number": "",
                "unified_number": "",
                "made_on": day,
                "published_on": day,
                "valid_until": None,
                "repealed_on": None,
                "ended_on": random.choice((None, day + timedelta(days=200))),
                "withdrawn_on": None,
                "url": "",
            }

    def decisions() -> Iterator[dict[str, Any]]:
        for pk in range(1, count + 1):
            agency, day = places.next()
            yield {
                **_record(agency, pk),
                "kind": random.choice(("permits", "penalties", "coercion")),
                "document_number": f"罚{pk}",
                "decided_on": day,
                "party_kind": "organization",
                **dict.fromkeys(("organization", "credit_code", "person", "person_index", "summary"), ""),
            }

    def receipts() -> Iterator[dict[str, Any]]:
        for pk in range(1, count + 1):
            agency, day = places.next()
            yield {**_record(agency, pk), "item_id": item.pk, "received_on": day, "number": str(pk), "amount": pk}

    _insert(Document, documents())
    _insert(Decision, decisions())
    _insert(FeeReceipt, receipts())


def _disputes(random: Random, places: _Places, count: int) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        for pk in range(1, count // 10 + 1):
            agency, day = places.next()
            yield {
                **_record(agency, pk),
                "note": "",
                "number": f"{pk}号",
                "application_number": "",
                "kind": random.choice(("review", "suit_direct", "suit_after_review")),
                "filed_on": day,
                "concluded_on": day + timedelta(days=60),
                "result": random.choice(("upheld", "corrected", "other")),
            }

    _insert(Dispute, rows())
