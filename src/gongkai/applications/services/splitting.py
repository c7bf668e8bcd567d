"""一事一申请: one submission that asks for several things becomes several applications of the same day of receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.receipt import Channel

from .. import vault
from ..models import Applicant, ApplicantKind, Application, FileKind, Status
from .intake import Person, Wanted, link, register

MOST = 20  # applications out of one


def person_of(applicant: Applicant) -> Person:
    """Who applied, as they stated it."""
    values: dict[str, Any] = {field.name: getattr(applicant, field.name) for field in fields(Person)}
    return Person(**{**values, "kind": ApplicantKind(applicant.kind)})


def wanted_of(application: Application) -> Wanted:
    """How the information is wanted; what tells it apart is each part's own."""
    values = {field.name: getattr(application, field.name) for field in fields(Wanted)}
    return Wanted(**{**values, "title": "", "reference": ""})


@transaction.atomic
def split(application: Application, day: date, texts: Sequence[str], *, actor: User | None = None) -> list[Application]:
    """Split an application: it keeps the first text, each other becomes one of its own with its own number.

    All have the same applicant, channel and day of receipt, and are linked with the first. What was asked for
    originally stays on file. Gives the new ones. Raises :class:`NotPermittedError`.
    """
    parts = [text.strip() for text in texts if text.strip()]
    if len(parts) < 2:
        raise NotPermittedError("请至少写出两项申请内容。")
    if len(parts) > MOST:
        raise NotPermittedError(f"一次最多拆分为 {MOST} 件。")
    if application.status == Status.CLOSED:
        raise NotPermittedError("已办结的申请不能拆分。")
    if not application.channel:
        raise NotPermittedError("没有登记收到渠道的申请不能拆分，请先补全台账。")
    if application.correction_requested_on or application.extended_on or application.stage not in _EARLY:
        raise NotPermittedError("已经要求补正、延期或者拟出答复的申请不能再拆分。")
    vault.keep(application, application.requested.encode(), "拆分前的申请内容.txt", FileKind.REQUEST, actor)
    application.requested = parts[0]
    application.save(update_fields=["requested", "text_index"])
    made = []
    for text in parts[1:]:
        new = register(
            application.agency,
            application.received_on,
            person_of(application.applicant),
            text,
            channel=Channel(application.channel),
            external_number=application.external_number,
            wanted=wanted_of(application),
            actor=actor,
        )
        link(new, day, application, "split", actor=actor)
        link(application, day, new, "split", actor=actor)
        made.append(new)
    return made


_EARLY = frozenset({"new", "assigned", "working"})
