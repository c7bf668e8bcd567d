"""The verbs of 更正: each one transaction that appends an event and updates the projection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from gongkai.bureau.codes import hashed, new_code
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role, actor_of
from gongkai.law.receipt import Channel
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock, next_number
from gongkai.ledger.vault import seal, unseal
from gongkai.notices.services import notify, settle

from ..services import Person
from . import events
from .case import Case, fold
from .models import Correction, CorrectionAccess, CorrectionFile, CorrectionFileKind, Finding, Told
from .queries import may_open
from .transitions import TABLE

FOLDER = "corrections"
_OF_PERSON = ("name", "id_type", "id_number", "phone", "email", "address", "postcode", "contact", "representative")


@dataclass(frozen=True, slots=True)
class Asks:
    """Which record, what is wrong with it, what it should say; how the person wants to be told."""

    record_name: str
    wrong: str
    right: str
    told_by: Told


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that came with it."""

    content: bytes
    name: str
    kind: CorrectionFileKind


def digest_of(*parts: str) -> str:
    """What the ledger keeps of words: they stay provable when they are erased."""
    return sha256("\x1f".join(parts).encode()).hexdigest()


def case_of(correction: Correction) -> Case:
    """The request as its events leave it; one query."""
    told = Entry.objects.of_stream(events.STREAM, correction.pk)
    return fold((entry.kind, entry.occurred_on, entry.data) for entry in told)


def received_before(agency: Agency, form_digest: str) -> Correction | None:
    """The request that a form has become already."""
    return Correction.objects.filter(agency=agency, form_digest=form_digest).first()


def receive(
    agency: Agency,
    day: date,
    person: Person,
    asks: Asks,
    papers: Sequence[Paper],
    *,
    channel: Channel = Channel.INTERNET,
    form_digest: str | None = None,
    query_code: str = "",
    actor: User | None = None,
) -> Correction:
    """Register a request once, with its files, and tell the clerks. Raises :class:`NotPermittedError`.

    ``query_code`` is what whoever asks looks it up by; without one a clerk gives one later (:func:`renew_code`).
    """
    kept: list[CorrectionFile] = []
    try:
        with transaction.atomic():
            lock(agency.pk)
            before = received_before(agency, form_digest) if form_digest else None
            if before is not None:
                return before
            made = _receive(agency, day, person, asks, papers, channel, form_digest, actor, kept)
            if query_code:
                made.code = hashed(query_code)
                made.save(update_fields=["code"])
            return made
    except BaseException:
        for file in kept:
            default_storage.delete(file.path)
        raise


def _receive(
    agency: Agency,
    day: date,
    person: Person,
    asks: Asks,
    papers: Sequence[Paper],
    channel: Channel,
    form_digest: str | None,
    actor: User | None,
    kept: list[CorrectionFile],
) -> Correction:
    if not any(paper.kind == CorrectionFileKind.EVIDENCE for paper in papers):
        raise NotPermittedError("请提供证明记录不准确的证据（条例第四十一条）。")
    event = events.Received(
        number=f"GZ{day.year}-{next_number(agency, f'corrections-{day.year}'):04d}",
        applicant_kind=person.kind,
        channel=channel,
        digest=digest_of(asks.record_name, asks.wrong, asks.right),
    )
    case = Case()
    _require(agency, case, event, day, actor)
    case.apply(event.kind, day, event.model_dump(mode="json"))
    correction = Correction.objects.create(
        agency=agency,
        form_digest=form_digest,
        is_demo=agency.is_demo,
        **{name: getattr(person, name) for name in _OF_PERSON},
        **asdict(asks),
        **case.columns(),
    )
    kept.extend(
        seal(CorrectionFile, each.content, each.name, FOLDER, actor, correction=correction, kind=each.kind)
        for each in papers
    )
    _append(correction, event, day, actor)
    _tell(correction, (Role.CLERK, Role.HANDLER), "收到更正请求", "请核实记录是否不准确。", "received")
    return correction


def renew_code(correction: Correction, user: User) -> str:
    """A query code for somebody who has proved who they are; the former one is no good any more. Recorded."""
    if not may_open(user, correction):
        raise NotPermittedError("查询码由本机关办理更正的人员给出。")
    code = new_code()
    correction.code = hashed(code)
    with transaction.atomic():
        correction.save(update_fields=["code"])
        CorrectionAccess.objects.create(correction=correction, user=user, what="给出查询码")
    return code


@transaction.atomic
def verify(correction: Correction, day: date, finding: Finding, words: str, *, actor: User | None = None) -> Correction:
    """Say what was found (审核属实 or not, or not ours to correct)."""
    if not words.strip():
        raise NotPermittedError("请写明核实的经过和依据。")
    event = events.Verified(finding=finding, digest=digest_of(words.strip()), by=_pk(actor))
    _happen(correction, event, day, actor)
    correction.verification = words.strip()
    correction.save(update_fields=["verification"])
    settle(f"corrections:{correction.pk}:received")
    _tell(correction, (Role.REVIEWER, Role.LEADER), "更正待决定", "已核实，请作出决定。", f"verified-{day}")
    return correction


def reopen(correction: Correction, day: date, reason: str, *, actor: User | None = None) -> Correction:
    """Have it looked into again."""
    return _happen(correction, events.Reopened(reason=reason, by=_pk(actor)), day, actor)


@transaction.atomic
def correct(correction: Correction, day: date, words: str, *, actor: User | None = None) -> Correction:
    """Set the record right; the words say what was changed, where."""
    return _decide(correction, events.Corrected(digest=digest_of(words.strip()), by=_pk(actor)), words, day, actor)


@transaction.atomic
def refuse(correction: Correction, day: date, words: str, *, actor: User | None = None) -> Correction:
    """Leave the record as it is, for reasons that the person is told."""
    return _decide(correction, events.Refused(digest=digest_of(words.strip()), by=_pk(actor)), words, day, actor)


@transaction.atomic
def forward(correction: Correction, day: date, to: str, words: str, *, actor: User | None = None) -> Correction:
    """Send it to the organ that may correct the record, and tell the person."""
    return _decide(correction, events.Forwarded(to=to.strip(), by=_pk(actor)), words, day, actor)


@transaction.atomic
def point(correction: Correction, day: date, to: str, words: str, *, actor: User | None = None) -> Correction:
    """Tell the person which organ may correct the record."""
    return _decide(correction, events.Pointed(to=to.strip(), by=_pk(actor)), words, day, actor)


def tell(correction: Correction, day: date, how: Told, *, actor: User | None = None) -> Correction:
    """Record that the person was told of the result: the end of it."""
    done = _happen(correction, events.WasTold(how=how), day, actor)
    settle(f"corrections:{correction.pk}")
    return done


def add_file(correction: Correction, content: bytes, name: str, user: User) -> CorrectionFile:
    """Put what was found on file."""
    if user.agency_id != correction.agency_id:
        raise NotPermittedError("这件更正属于另一机关。")
    return seal(CorrectionFile, content, name, FOLDER, user, correction=correction, kind=CorrectionFileKind.WORK)


def read_file(file: CorrectionFile, user: User) -> bytes:
    """The content of a file; who read it is recorded. Raises :class:`LostFileError`."""
    content = unseal(file)
    CorrectionAccess.objects.create(
        correction_id=file.correction_id, user=user, what=f"{file.get_kind_display()} #{file.pk}"
    )
    return content


# --- What the verbs share -------------------------------------------------------------------------------


def _pk(actor: User | None) -> int | None:
    return None if actor is None else actor.pk


def _decide(correction: Correction, event: Event, words: str, day: date, actor: User | None) -> Correction:
    if not words.strip():
        raise NotPermittedError("请写明告知申请人的处理意见。")
    _happen(correction, event, day, actor)
    correction.answer = words.strip()
    correction.save(update_fields=["answer"])
    settle(f"corrections:{correction.pk}")
    _tell(correction, (Role.CLERK,), "更正已决定", "请告知申请人并登记。", "decided")
    return correction


def _happen(correction: Correction, event: Event, day: date, actor: User | None) -> Correction:
    with transaction.atomic():
        lock(correction.agency_id)
        case = case_of(correction)
        _require(correction.agency, case, event, day, actor)
        case.apply(event.kind, day, event.model_dump(mode="json"))
        columns = case.columns()
        for name, value in columns.items():
            setattr(correction, name, value)
        correction.save(update_fields=list(columns))
        _append(correction, event, day, actor)
    return correction


def record_erased(correction: Correction, event: events.Erased, day: date) -> None:
    """Record that personal data is erased. Raises :class:`NotPermittedError` before whoever asked was told."""
    _happen(correction, event, day, None)


def _require(agency: Agency, case: Case, event: Event, day: date, actor: User | None) -> None:
    if actor is not None and actor.agency_id != agency.pk:
        raise NotPermittedError("这件更正属于另一机关，不能办理。")
    if reason := TABLE.refusal(case, event, day, None if actor is None else actor_of(actor), "own"):
        raise NotPermittedError(f"{reason}。")


def _append(correction: Correction, event: Event, day: date, actor: User | None) -> None:
    payload = event.model_dump(mode="json")
    append(correction.agency, events.STREAM, correction.pk, event.kind, day, payload, actor_id=_pk(actor))


def _tell(correction: Correction, roles: Sequence[Role], subject: str, text: str, what: str) -> None:
    """Staff are told by number; never who asked, nor about what."""
    people = User.objects.filter(agency_id=correction.agency_id, is_active=True)
    notify(
        people.filter(groups__name__in=[role.label for role in roles]).distinct(),
        f"{subject} {correction.number}",
        text,
        url=reverse("corrections:one", args=[correction.pk]),
        key=f"corrections:{correction.pk}:{what}",
    )
