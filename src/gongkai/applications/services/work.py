"""Who has an application, and what is put on file for its reply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.bureau.models import Department, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.outcomes import evidence_kinds

from .. import vault
from ..events import Assigned, AssignmentReturned, EvidenceFiled, SignedFor
from ..models import Application, Evidence, FileKind
from .acting import act


def assign(
    application: Application,
    day: date,
    lead: Department,
    assisting: Iterable[Department] = (),
    *,
    reply_by: date | None = None,
    actor: User | None = None,
) -> Application:
    """Give an application to the department that leads and to those that assist; each signs for it."""
    others = tuple(dict.fromkeys(each.pk for each in assisting if each.pk != lead.pk))
    known = Department.objects.filter(agency_id=application.agency_id, pk__in=(lead.pk, *others)).count()
    if known != 1 + len(others):
        raise NotPermittedError("只能分给本机关的内设机构。")
    return act(application, Assigned(lead=lead.pk, assisting=others, reply_by=reply_by), day, actor)


def sign_for(application: Application, day: date, department: Department, *, actor: User | None = None) -> Application:
    """Sign for an application that was assigned to a department."""
    return act(application, SignedFor(department=department.pk), day, actor)


def return_assignment(
    application: Application, day: date, department: Department, reason: str, *, actor: User | None = None
) -> Application:
    """Send an assignment back to the office with the reason."""
    return act(application, AssignmentReturned(department=department.pk, reason=reason), day, actor)


@transaction.atomic
def file_evidence(
    application: Application,
    day: date,
    kind: str,
    text: str = "",
    *,
    content: bytes = b"",
    name: str = "",
    actor: User | None = None,
) -> Evidence:
    """Put something on file that the reply will rest on: words, a file, or both. Raises :class:`NotPermittedError`."""
    if kind not in evidence_kinds():
        raise NotPermittedError(f"没有“{kind}”这一种材料。")
    if not text.strip() and not content:
        raise NotPermittedError(f"请填写内容或者上传文件：{evidence_kinds()[kind].label}。")
    file = vault.keep(application, content, name, FileKind.EVIDENCE, actor) if content else None
    made = Evidence.objects.create(application=application, kind=kind, text=text.strip(), file=file, filed_by=actor)
    act(application, EvidenceFiled(evidence=kind, record=made.pk), day, actor)
    return made
