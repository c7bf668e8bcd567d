"""Cases of one bureau with their events, papers and people, put straight into the tables; only reading is timed.

Seven years of one busy bureau of six departments; 5 of 100 cases are open, in every stage and waiting for everybody
that may be waited for. What the events of a history leave in the columns is what the projection makes of them: a
thousand histories are folded, and cases repeat them under numbers of their own. The same seed gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from bench.records import _insert
from gongkai.applications import events
from gongkai.applications.models import (
    Applicant,
    ApplicantKind,
    Application,
    Assignment,
    CaseFile,
    Evidence,
    Letter,
    SavedList,
    Submission,
)
from gongkai.applications.projection import FIELDS, fold, project
from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role
from gongkai.law.outcomes import outcomes
from gongkai.law.receipt import Channel
from gongkai.ledger.chain import GENESIS, canonical
from gongkai.ledger.events import Event
from gongkai.ledger.models import Chain, Entry

YEARS = 7  # since the Regulation of 2019 is in force
HISTORIES = 1000
_OPEN = 0.05
# Stand for the numbers of a case until it has some: a paper of each kind has the number of its case.
_NUMBER, _PAPER = "§", 987654321
_TEXT = "2019年以来全市分县（市、区）规模以上工业增加值、固定资产投资、社会消费品零售总额的月度数据及其编制说明。"
_NOW = timezone.now()


@dataclass(frozen=True, slots=True)
class People:
    """Whose desk is looked at."""

    agency: Agency
    clerk: User
    handler: User
    chief: User
    leader: User


@dataclass(frozen=True, slots=True)
class History:
    """What happened to a case and what it left."""

    entries: tuple[tuple[str, date, str], ...]
    columns: dict[str, Any]
    departments: tuple[tuple[int, bool, bool], ...]
    has_letter: bool
    sent_on: date | None
    served_on: date | None


def lay(histories: int = HISTORIES) -> tuple[People, list[History]]:
    """The bureau with its people, and as many histories as its cases will repeat."""
    agency = Agency.add_root(code="330300-tj", name="某某市统计局", telephone="0577-00000000", address="某某区某路")
    names = ("办公室", "综合处", "工业处", "农业处", "贸易处", "人口处")
    departments = [Department.objects.create(agency=agency, name=name, order=place) for place, name in enumerate(names)]
    office, survey = departments[:2]

    def user(name: str, role: Role, department: Department) -> User:
        made = User.objects.create_user(name, agency=agency, department=department)
        made.groups.set(Group.objects.filter(name=role.label))
        return made

    people = People(
        agency,
        user("clerk", Role.CLERK, office),
        user("handler", Role.HANDLER, survey),
        user("chief", Role.REVIEWER, survey),
        user("leader", Role.LEADER, office),
    )
    for name in ("超期的", "本周要办的", "等申请人的"):
        SavedList.objects.create(user=people.clerk, name=name, query="urgency=overdue")
    random, today = Random(711), timezone.localdate()
    numbers = [department.pk for department in departments]
    return people, [_history(random, today, numbers, people, place) for place in range(histories)]


def fill(people: People, histories: list[History], first: int, last: int) -> None:
    """Write the cases of these numbers, with all that hangs on them."""
    told = [(pk, histories[pk % len(histories)]) for pk in range(first, last + 1)]
    agency, clerk, handler = people.agency, people.clerk, people.handler
    kinds = [each.value for each in ApplicantKind]
    secret = {name: _token(Applicant, name, value) for name, value in _APPLICANT.items()}
    text = {name: _token(Application, name, value) for name, value in {"title": "统计数据", "requested": _TEXT}.items()}
    with transaction.atomic():
        _insert(
            Applicant,
            (
                {"id": pk, "agency_id": agency.pk, "kind": kinds[pk % 6], **secret}
                | {"id_index": f"{pk % 20_000:064x}", "name_index": f"{pk % 20_000:064x}"}
                for pk, _ in told
            ),
        )
        _insert(Application, (_application(agency.pk, pk, each) | text for pk, each in told))
        _insert(
            Submission,
            (
                {"application_id": pk, "token_digest": None, "submitted_at": _NOW}
                | {"arrived_on": each.columns["received_on"], "suspicion": "links" if pk % 500 == 0 else ""}
                for pk, each in told
            ),
        )
        _insert(
            Assignment,
            (
                {"application_id": pk, "department_id": department, "is_lead": is_lead, "is_signed_for": is_signed_for}
                for pk, each in told
                for department, is_lead, is_signed_for in each.departments
            ),
        )
        _insert(
            CaseFile,
            (
                {"id": pk, "application_id": pk, "kind": "evidence", "name": _token(CaseFile, "name", "数据表.pdf")}
                | {"key": "", "path": f"x/{pk}", "digest": "0" * 64, "size": 20_000, "media_type": "application/pdf"}
                | {"added_by_id": handler.pk, "added_at": _NOW}
                for pk, _ in told
            ),
        )
        evidence = _token(Evidence, "text", "已检索本机关档案室、统计数据库，关键词“增加值”，检出一份。")
        _insert(
            Evidence,
            (
                {"application_id": pk, "kind": kind, "text": evidence, "filed_by_id": handler.pk, "filed_at": _NOW}
                for pk, _ in told
                for kind in ("search_record", "access")
            ),
        )
        _insert(Letter, (_letter(pk, each, handler.pk) for pk, each in told if each.has_letter))
        _entries(agency.pk, told, clerk.pk)


_APPLICANT = {
    "name": "欧阳测试",
    "id_number": "11010519491231002X",
    "phone": "13800138000",
    "address": "某某市某某区某路 1 号",
    "email": "ouyang@example.cn",
}


def _token(model: Any, name: str, value: str) -> str:
    """A value as it stands in its column: encrypted."""
    token: str = model._meta.get_field(name).get_prep_value(value)
    return token


def _application(agency: int, pk: int, history: History) -> dict[str, Any]:
    columns = history.columns
    return {
        "id": pk,
        "agency_id": agency,
        "source_key": str(pk),
        "applicant_id": pk,
        **columns,
        "number": f"{columns['received_on'].year}-{pk:06d}",
        "document_number": columns["document_number"].replace(_NUMBER, str(pk)),
        "external_number": f"SJ{pk:07d}",
        "text_index": f"{pk % 30_000:064x}",
    }


def _letter(pk: int, history: History, by: int) -> dict[str, Any]:
    return {
        "id": pk,
        "application_id": pk,
        "code": "disclosure",
        "outcome": "granted.provided",
        "file_id": pk,
        "digest": "0" * 64,
        "document_number": history.columns["document_number"].replace(_NUMBER, str(pk)),
        "drafted_by_id": by,
        "drafted_at": _NOW,
        "sent_on": history.sent_on,
        "mode": "signed_post" if history.sent_on else "",
        "served_on": history.served_on,
    }


def _entries(agency: int, told: Iterable[tuple[int, History]], actor: int) -> None:
    """The chain of the ledger, with digests that no page reads."""
    chain, _ = Chain.objects.get_or_create(agency_id=agency, defaults={"digest": GENESIS})
    position = chain.position

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal position
        for pk, history in told:
            for kind, day, payload in history.entries:
                position += 1
                yield {
                    "agency_id": agency,
                    "position": position,
                    "stream": events.STREAM,
                    "stream_id": pk,
                    "kind": kind,
                    "occurred_on": day,
                    "recorded_at": _NOW,
                    "actor_id": actor,
                    "payload": payload.replace(str(_PAPER), str(pk)).replace(_NUMBER, str(pk)),
                    "previous": "0" * 64,
                    "digest": "0" * 64,
                }

    _insert(Entry, rows())
    chain.position = position
    chain.save()


def _history(random: Random, today: date, departments: list[int], people: People, place: int) -> History:
    is_open = place % round(1 / _OPEN) == 0
    age = random.randint(0, 45) if is_open else random.randint(50, 365 * YEARS)
    told = list(_told(random, today - timedelta(days=age), departments, people, is_open=is_open))
    told = [(event, day) for event, day in told if day <= today]
    entries = [(event.kind, day, event.model_dump(mode="json")) for event, day in told]
    case = fold(entries)
    work = case.work
    days = {kind: day for kind, day, _ in entries}
    return History(
        tuple((kind, day, canonical(payload)) for kind, day, payload in entries),
        dict(zip(FIELDS, project(case), strict=True)),
        tuple((pk, pk == work.lead, pk in work.signed_for) for pk in work.departments),
        "reply_drafted" in days,
        days.get("letter_sent"),
        days.get("letter_served"),
    )


def _told(
    random: Random, received: date, departments: list[int], people: People, *, is_open: bool
) -> Iterator[tuple[Event, date]]:
    """The events of a case in their order. An open one stops somewhere on the way."""
    calendar, at, steps = working_calendar(), received, random.randint(0, 6) if is_open else 99

    def later(days: int) -> date:
        nonlocal at
        at = calendar.add_working_days(at, days)
        return at

    kind, channel = random.choice(list(ApplicantKind)), random.choice(list(Channel))
    yield events.Registered(number=_NUMBER, applicant_kind=kind, channel=channel, external_number=_NUMBER), at
    if steps < 1:
        return
    lead, assisting = random.sample(departments, 2)
    both = (assisting,) if random.random() < 0.3 else ()
    yield events.Assigned(lead=lead, assisting=both), later(1)
    if steps < 2:
        return
    for department in (lead, *both):
        yield events.SignedFor(department=department), later(0)
    for evidence in ("search_record", "access"):
        yield events.EvidenceFiled(evidence=evidence, record=_PAPER), later(1)
    what = random.random()
    if what < 0.15:
        yield events.CorrectionRequested(), later(1)
        if is_open and steps == 3:
            return
        yield events.Corrected(), later(6)
    elif what < 0.30:
        yield events.Extended(working_days=20), later(3)
    elif what < 0.40:
        yield events.ConsultationSent(consultation=1), later(1)
        if is_open and steps == 3:
            return
        yield events.ConsultationReturned(consultation=1, answer="agreed"), later(8)
    if steps < 4:
        return
    digest, code = "0" * 64, random.choice([each for each in outcomes() if not each.startswith("other.")])
    number = f"某统信公〔{received.year}〕{_NUMBER}号"
    yield events.ReplyDrafted(outcome=code, letter=_PAPER, digest=digest, by=people.handler.pk), later(2)
    if steps < 5:
        return
    yield events.ReplyReviewed(digest=digest, opinion="同意。", by=people.chief.pk), later(1)
    if steps < 6:
        return
    yield events.ReplySigned(digest=digest, document_number=number, by=people.leader.pk), later(1)
    if is_open:
        return
    yield events.LetterSent(letter=_PAPER, code="disclosure", mode="signed_post", tracking=f"EMS{_NUMBER}"), later(0)
    yield events.Decided(outcome=code, document_number=number), later(0)
    rest = random.random()
    if rest < 0.01:
        return
    yield events.LetterServed(letter=_PAPER, proof=_PAPER), later(3)
    if rest < 0.03:
        return
    yield events.Archived(volume=f"{received.year}-{_NUMBER}"), later(20)
