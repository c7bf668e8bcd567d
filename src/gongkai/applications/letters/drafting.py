"""Letters come about: drafted and signed where they decide a case, issued in one step where they do not."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.errors import LawError
from gongkai.law.letters import letters
from gongkai.ledger.services import lock

from .. import services, vault
from ..models import Application, CaseFile, FileKind, Letter
from .content import digest_of
from .context import Context, context_of
from .filling import fill
from .forms import filled
from .issuing import act_of, may_issue
from .numbers import allocate, unnumbered
from .store import Template, current, of_digest

_SALT = "_salt"


class IncompleteLetterError(NotPermittedError):
    """A letter whose blanks are not filled in; ``errors`` by field, as a form has them, the message all of them."""

    def __init__(self, errors: Mapping[str, list[str]], labels: Mapping[str, str]) -> None:
        super().__init__("；".join(f"{labels.get(name, name)}：{'、'.join(told)}" for name, told in errors.items()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A letter before it is kept."""

    values: dict[str, Any]
    context: Context
    template: Template


def values_of(letter: Letter) -> dict[str, Any]:
    """What the drafter filled in."""
    told = json.loads(letter.fields) if letter.fields else {}
    return {name: value for name, value in told.items() if name != _SALT}


def preview(application: Application, code: str, outcome: str, fields: Mapping[str, Any], on: date) -> bytes:
    """The letter as it would be, as DOCX, without number; nothing is kept.

    Raises :class:`IncompleteLetterError`, or :class:`NotPermittedError` with what the law or the settings lack.
    """
    made = _prepare(application, code, outcome, fields, on)
    return fill(made.template.content, made.context)


@transaction.atomic
def draft(
    application: Application, code: str, outcome: str, fields: Mapping[str, Any], actor: User | None, on: date
) -> Letter:
    """Draft a letter that answers the application, for ``services.draft_reply``. Each draft is a version of its own.

    Raises as :func:`preview` does.
    """
    if code not in letters() or letters()[code].stage != "decision" or not outcome:
        raise NotPermittedError("这种文书不是答复，请直接制发。")
    made = _prepare(application, code, outcome, fields, on)
    file = _keep(application, code, fill(made.template.content, made.context), actor)
    return _letter(application, code, outcome, made, file, actor)


@transaction.atomic
def sign(application: Application, letter: Letter, actor: User | None, on: date) -> Letter:
    """Sign the reply that was reviewed: it gets its number and date, and the remedies of that day.

    All or nothing, so that the series of numbers has no gap. Raises :class:`NotPermittedError` when this is not the
    reply under review, when what it says has changed since, or when the actor may not sign.
    """
    if letter.application_id != application.pk or letter.document_number:
        raise NotPermittedError("这份文书已经签发。" if letter.document_number else "这份文书不属于本件申请。")
    lock(application.agency_id)
    template = of_digest(application.agency, letter.code, letter.template_digest)
    fields = json.loads(letter.fields)
    number = allocate(application.agency, letter.code, on)
    context = _context(application, letter.code, letter.outcome, fields, on, number)
    if _digest(application, letter.code, letter.outcome, template, context, fields) != letter.digest:
        raise NotPermittedError("登记的申请信息或者本机关的信息在拟稿之后有变动，请退回重新拟稿、审核。")
    services.sign_reply(application, on, letter.digest, number, actor=actor)
    letter.document_number, letter.dated_on = number, on
    letter.file = _keep(application, letter.code, fill(template.content, context), actor)
    letter.save(update_fields=["document_number", "dated_on", "file"])
    return letter


@transaction.atomic
def issue(application: Application, code: str, fields: Mapping[str, Any], actor: User | None, on: date) -> Letter:
    """Write a letter that decides nothing, with its number, and what it does to the case: correction asked for, period
    extended, consultation begun… Neither stands without the other.

    Raises as :func:`preview` does, and :class:`NotPermittedError` when the actor may not, or not now.
    """
    if code in letters() and letters()[code].stage == "decision" and code != "closure":
        raise NotPermittedError("答复须经审核、签发，不能直接制发。")
    lock(application.agency_id)
    made = _prepare(application, code, "", fields, on)
    may_issue(application, code, actor, on)
    number = allocate(application.agency, code, on)
    act_of(application, code, made.values, made.context, on, actor)
    context = {**made.context, "document_number": number} if number else made.context
    file = _keep(application, code, fill(made.template.content, context), actor)
    letter = _letter(application, code, "", made, file, actor)
    letter.document_number, letter.dated_on = number, on
    letter.save(update_fields=["document_number", "dated_on"])
    return letter


def _prepare(application: Application, code: str, outcome: str, fields: Mapping[str, Any], on: date) -> _Draft:
    if code not in letters() or code == "service_proof":
        raise NotPermittedError("没有这种文书。" if code not in letters() else "送达回证随所送达的文书打印。")
    try:
        form = filled(code, outcome, fields)
    except LawError as error:
        raise NotPermittedError(str(error)) from error
    if not form.is_valid():
        told = {name: [str(each) for each in errors] for name, errors in form.errors.items()}
        raise IncompleteLetterError(told, {name: str(field.label) for name, field in form.fields.items()})
    values = form.values()
    number = unnumbered(application.agency, code, on)
    context = _context(application, code, outcome, values, on, number)
    return _Draft(values, context, current(application.agency, code))


def _context(
    application: Application, code: str, outcome: str, fields: Mapping[str, Any], on: date, number: str
) -> Context:
    try:
        return context_of(application, code, outcome, fields, on, number)
    except LawError as error:
        raise NotPermittedError(str(error)) from error


def _digest(
    application: Application, code: str, outcome: str, template: Template, context: Context, fields: Mapping[str, Any]
) -> str:
    return digest_of(application.pk, code, outcome, template.digest, context, fields)


def _letter(
    application: Application, code: str, outcome: str, made: _Draft, file: CaseFile, actor: User | None
) -> Letter:
    fields = {**made.values, _SALT: secrets.token_hex(16)}
    return Letter.objects.create(
        application=application,
        code=code,
        outcome=outcome,
        fields=json.dumps(fields, ensure_ascii=False),
        file=file,
        digest=_digest(application, code, outcome, made.template, made.context, fields),
        template_digest=made.template.digest,
        drafted_by=actor,
    )


def _keep(application: Application, code: str, content: bytes, actor: User | None) -> CaseFile:
    return vault.keep(application, content, f"{letters()[code].title}.docx", FileKind.LETTER, actor)
