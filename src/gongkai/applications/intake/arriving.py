"""Registering what came in: once, on its day of receipt, with the proof of that day, and the clerks told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from gongkai.bureau.codes import hashed
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.spam import Suspicion
from gongkai.bureau.tokens import FormToken
from gongkai.law.receipt import Channel, Receipt, receipt
from gongkai.law.wording import chinese_date
from gongkai.ledger.services import lock

from .. import services, vault
from ..models import Application, CaseFile, FileKind, Submission
from ..services import Person, Wanted
from .papers import Paper, forget_form
from .suggestions import count_submitted
from .telling import tell_clerks

RECORD_NAME = "系统接收记录.txt"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An application as it came in. ``arrived_on``, ``confirmed_on`` and ``unreachable``: see
    :func:`gongkai.law.receipt.receipt`; ``confirmed_how``: by which way both sides confirmed, and who did.
    """

    person: Person
    requested: str
    channel: Channel
    arrived_on: date
    wanted: Wanted = field(default_factory=Wanted)
    confirmed_on: date | None = None
    confirmed_how: str = ""
    unreachable: bool = False
    is_oral: bool = False
    external_number: str = ""
    papers: Sequence[Paper] = ()
    suspicions: Sequence[Suspicion] = ()

    @property
    def receipt(self) -> Receipt:
        """Its day of receipt (Article 31). Raises :class:`LawError`."""
        return receipt(self.channel, self.arrived_on, confirmed=self.confirmed_on, unreachable=self.unreachable)


@dataclass(frozen=True, slots=True)
class Taken:
    """``query_code`` is told once, by whoever registered it. ``is_new`` is false for a form that came again."""

    application: Application
    query_code: str
    is_new: bool


def taken_before(agency: Agency, token: FormToken) -> Taken | None:
    """The application that a form has become already."""
    found = Submission.objects.select_related("application", "application__agency").filter(token_digest=token.digest)
    submission = found.filter(application__agency=agency).first()
    return None if submission is None else Taken(submission.application, token.query_code, is_new=False)


def take_in(agency: Agency, incoming: Incoming, token: FormToken, *, actor: User | None = None) -> Taken:
    """Register what came in, all or nothing; the same form sent again is the same application.

    Raises :class:`NotPermittedError`, :class:`LawError`.
    """
    kept: list[CaseFile] = []
    try:
        with transaction.atomic():
            lock(agency.pk)  # whoever sends the same form at the same moment waits here, and then finds it
            return taken_before(agency, token) or _take_in(agency, incoming, token, actor, kept)
    except BaseException:
        for file in kept:
            default_storage.delete(file.path)
        raise


def _take_in(agency: Agency, incoming: Incoming, token: FormToken, actor: User | None, kept: list[CaseFile]) -> Taken:
    if incoming.external_number and is_known(agency, incoming.external_number):
        raise NotPermittedError(f"外部编号 {incoming.external_number} 已经登记过，请核对。")
    now, found = timezone.now(), incoming.receipt
    application = services.register(
        agency,
        found.date,
        incoming.person,
        incoming.requested,
        channel=incoming.channel,
        external_number=incoming.external_number,
        wanted=incoming.wanted,
        actor=actor,
    )
    submission = Submission.objects.create(
        application=application,
        token_digest=token.digest,
        code=hashed(token.query_code),
        submitted_at=now,
        arrived_on=incoming.arrived_on,
        confirmed_on=incoming.confirmed_on,
        unreachable=incoming.unreachable,
        is_oral=incoming.is_oral,
        taken_by=actor,
        suspicion=",".join(incoming.suspicions),
    )
    papers = list(incoming.papers)
    if actor is None:
        papers.append(Paper(_record(application, incoming, now).encode(), RECORD_NAME, FileKind.REQUEST))
    kept.extend(vault.keep(application, each.content, each.name, each.kind, actor) for each in papers)
    if incoming.confirmed_on is not None:
        services.confirm_receipt(application, incoming.confirmed_on, incoming.confirmed_how, actor=actor)
    forget_form(token.digest)
    count_submitted(token)
    tell_clerks(application, submission)
    return Taken(application, token.query_code, is_new=True)


def is_known(agency: Agency, external_number: str) -> bool:
    """Whether an application with a number of another platform is registered."""
    return Application.objects.filter(agency=agency, external_number=external_number).exists()


def _record(application: Application, incoming: Incoming, now: datetime) -> str:
    """What proves the day of receipt over the internet (Article 31(3); guiding case 26): when, what, under which
    number. The text itself is told by its digest."""
    local = timezone.localtime(now)
    lines = [
        RECORD_NAME.removesuffix(".txt"),
        f"登记编号：{application.number}",
        f"接收机关：{application.agency.name}",
        f"收到渠道：{incoming.channel.label}",
        f"提交成功时间：{chinese_date(local.date())} {local:%H:%M:%S}（北京时间）",
        f"收到申请之日：{chinese_date(incoming.receipt.date)}（{incoming.receipt.rule}）",
        f"申请内容摘要（SHA-256）：{sha256(incoming.requested.encode()).hexdigest()}",
    ]
    lines += [f"附件摘要（SHA-256）：{sha256(paper.content).hexdigest()}" for paper in incoming.papers]
    return "\n".join(lines) + "\n"
