"""The reply and the letters: drafted, reviewed, signed, sent, served, filed away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError

from .. import vault
from ..events import (
    MODES,
    Archived,
    Decided,
    LetterSent,
    LetterServed,
    Mode,
    ReplyDrafted,
    ReplyReturned,
    ReplyReviewed,
    ReplySigned,
)
from ..models import Application, FileKind, Letter
from .acting import act


def draft_reply(application: Application, day: date, letter: Letter, *, actor: User | None = None) -> Application:
    """Lay a letter that answers the application before whoever reviews it."""
    if letter.application_id != application.pk or not letter.outcome:
        raise NotPermittedError("这不是答复本件申请的文书。")
    by = None if actor is None else actor.pk
    event = ReplyDrafted(outcome=letter.outcome, letter=letter.pk, digest=letter.digest, by=by)
    return act(application, event, day, actor)


def review_reply(
    application: Application, day: date, digest: str, *, opinion: str = "", actor: User | None = None
) -> Application:
    """Pass the letter of that digest on to be signed."""
    by = None if actor is None else actor.pk
    return act(application, ReplyReviewed(digest=digest, opinion=opinion, by=by), day, actor)


def return_reply(application: Application, day: date, opinion: str, *, actor: User | None = None) -> Application:
    """Send the letter back with an opinion."""
    return act(application, ReplyReturned(opinion=opinion, by=None if actor is None else actor.pk), day, actor)


def sign_reply(
    application: Application, day: date, digest: str, document_number: str, *, actor: User | None = None
) -> Application:
    """Sign the letter of that digest under its number (:mod:`gongkai.applications.letters` numbers and prints it)."""
    by = None if actor is None else actor.pk
    return act(application, ReplySigned(digest=digest, document_number=document_number, by=by), day, actor)


@transaction.atomic
def send_letter(
    application: Application, day: date, letter: Letter, mode: Mode, *, tracking: str = "", actor: User | None = None
) -> Letter:
    """Send a letter off. Sending the signed reply decides the application on that day (Article 33).

    Raises :class:`NotPermittedError`.
    """
    if letter.application_id != application.pk or letter.sent_on is not None:
        raise NotPermittedError("这份文书已经发出。" if letter.sent_on else "这份文书不属于本件申请。")
    if mode not in MODES:
        raise NotPermittedError("请选择送达方式。")
    if mode == "signed_post" and not tracking.strip():
        raise NotPermittedError("邮寄的请填写邮寄单号，它是送达的凭证之一。")
    if letter.file is None:
        raise NotPermittedError("文书还没有生成，不能发出。")
    if letter.outcome:
        decide(application, day, outcome=letter.outcome, document_number=letter.document_number, actor=actor)
    act(application, LetterSent(letter=letter.pk, code=letter.code, mode=mode, tracking=tracking.strip()), day, actor)
    letter.sent_on, letter.mode, letter.tracking = day, mode, tracking.strip()
    letter.save(update_fields=["sent_on", "mode", "tracking"])
    return letter


@transaction.atomic
def record_service(
    application: Application, day: date, letter: Letter, proof: bytes, name: str, *, actor: User | None = None
) -> Letter:
    """Put the proof on file that a letter reached whom it was for (送达回证、签收单、邮件回执); ``day`` it did."""
    if not proof:
        raise NotPermittedError("请上传送达凭证：送达回证、签收单或者邮件回执。")
    if letter.sent_on is not None and day < letter.sent_on:
        raise NotPermittedError(f"送达日期早于发出日期（{letter.sent_on}），请核对。")
    file = vault.keep(application, proof, name, FileKind.SERVICE_PROOF, actor)
    act(application, LetterServed(letter=letter.pk, proof=file.pk), day, actor)
    letter.served_on, letter.proof = day, file
    letter.save(update_fields=["served_on", "proof"])
    return letter


def decide(
    application: Application,
    day: date,
    *,
    outcome: str,
    evidence: Iterable[str] = (),
    document_number: str = "",
    actor: User | None = None,
) -> Application:
    """Reply (Article 36). ``evidence`` names what is on file, as the outcome requires; ``day`` is that of dispatch."""
    event = Decided(outcome=outcome, document_number=document_number, evidence=tuple(evidence))
    return act(application, event, day, actor)


def archive(application: Application, day: date, *, volume: str = "", actor: User | None = None) -> Application:
    """File the case away (Article 45), once every letter has its proof."""
    return act(application, Archived(volume=volume), day, actor)
