"""The verbs of statistical credit, each one transaction: lock the record, ask the table, append the event, project."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.law.credit import Grade, Longer, is_credit_code
from gongkai.law.errors import LawError
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock

from .case import Case
from .events import (
    STREAM,
    Amended,
    Decided,
    Ended,
    Event,
    Extended,
    Published,
    Removed,
    RepairApplied,
    RepairRefused,
    Revoked,
    Verified,
)
from .models import CreditRecord
from .projection import FIELDS, columns_of, fold
from .transitions import refusal

_NAMES = {
    "number": "认定文号",
    "enterprise": "企业名称",
    "address": "地址",
    "violation": "违法行为",
    "handling": "处理情况",
}


@transaction.atomic
def decide(agency: Agency, day: date, *, representative: str, actor: User, **content: Any) -> CreditRecord:
    """Register a decision of ``day``. Raises :class:`NotPermittedError`, also for content that is not whole."""
    lock(agency.pk)
    event = Decided(**_content(representative, content))
    number, code = event.number, event.credit_code
    if CreditRecord.objects.filter(agency=agency, number=number, credit_code=code).exists():
        raise NotPermittedError(f"{number} 对这家企业的认定已经登记，不要重复登记。")
    case = Case()
    _require(case, event, day, agency.pk, actor)
    case.apply(event.kind, day, event.model_dump(mode="json"))
    record = CreditRecord(agency=agency, representative=representative.strip(), is_demo=agency.is_demo)
    _set(record, case)
    record.save(force_insert=True)
    _append(record, event, day, actor)
    return record


@transaction.atomic
def amend(record: CreditRecord, day: date, *, representative: str, actor: User, **content: Any) -> CreditRecord:
    """Put right what was registered, before it is published."""
    event = Amended(**_content(representative, content))
    others = CreditRecord.objects.filter(agency=record.agency_id, number=event.number, credit_code=event.credit_code)
    if others.exclude(pk=record.pk).exists():
        raise NotPermittedError(f"{event.number} 对这家企业的认定已经登记，请核对认定文号。")
    _act(record, event, day, actor)
    record.representative = representative.strip()
    record.save(update_fields=["representative"])
    return record


@transaction.atomic
def publish(record: CreditRecord, day: date, *, seen: str, actor: User) -> CreditRecord:
    """Publish what was reviewed. ``seen`` is the digest (:func:`seal`) of what the reviewer saw.

    Whoever wrote it does not publish it.
    """
    lock(record.agency_id)
    record.refresh_from_db()
    if seen != seal(record):
        raise NotPermittedError("登记内容在您打开之后有更正，请重新核对后再公示。")
    writers = Entry.objects.of_stream(STREAM, record.pk).filter(kind__in=(Decided.kind, Amended.kind))
    if writers.filter(actor_id=actor.pk).exists():
        raise NotPermittedError("登记、更正和公示不能是同一个人，请由另一位审核人员或者负责人公示。")
    return _act(record, Published(), day, actor)


def seal(record: CreditRecord) -> str:
    """What tells whether the content of a record is still what somebody saw."""
    last = Entry.objects.of_stream(STREAM, record.pk).filter(kind__in=(Decided.kind, Amended.kind)).last()
    return last.digest[:16] if last else ""


def verify(record: CreditRecord, day: date, evidence: str, *, actor: User) -> CreditRecord:
    """Record that what was wrong was verified to be mended."""
    return _act(record, Verified(evidence=evidence), day, actor)


def apply_for_repair(record: CreditRecord, day: date, *, actor: User) -> CreditRecord:
    """Record that the enterprise applied to be removed early."""
    return _act(record, RepairApplied(), day, actor)


def refuse_repair(record: CreditRecord, day: date, reason: str, *, actor: User) -> CreditRecord:
    """Refuse the removal, and say why."""
    return _act(record, RepairRefused(reason=reason), day, actor)


def remove(record: CreditRecord, day: date, *, actor: User) -> CreditRecord:
    """Remove the record early, on application."""
    return _close(record, Removed(), day, actor)


def extend(record: CreditRecord, day: date, longer: Longer, reason: str, *, actor: User) -> CreditRecord:
    """Show the record longer; for a new offence ``day`` is the day on which that was verified."""
    return _act(record, Extended(longer=longer, reason=reason), day, actor)


def end(record: CreditRecord, day: date, *, actor: User | None = None) -> CreditRecord:
    """End a record whose period is over."""
    return _close(record, Ended(), day, actor)


def revoke(record: CreditRecord, day: date, explanation: str, *, actor: User) -> CreditRecord:
    """Take the decision back. The explanation is what the public reads at the address of the record."""
    return _close(record, Revoked(explanation=explanation), day, actor)


def case_of(record: CreditRecord) -> Case:
    """The case as its events leave it; one query."""
    return fold((e.kind, e.occurred_on, e.data) for e in Entry.objects.of_stream(STREAM, record.pk))


def _content(representative: str, content: dict[str, Any]) -> dict[str, Any]:
    """The content the rules ask for, whole and without spaces around; raises :class:`NotPermittedError`."""
    given = {name: str(content[name]).strip() for name in (*_NAMES, "credit_code")}
    if missing := [label for name, label in _NAMES.items() if not given[name]]:
        raise NotPermittedError(f"请填写{'、'.join(missing)}。")
    if not representative.strip():
        raise NotPermittedError("请填写法定代表人或者主要负责人。")
    given["credit_code"] = given["credit_code"].upper()
    if not is_credit_code(given["credit_code"]):
        raise NotPermittedError("统一社会信用代码不对：应为18位，末位是校验位，请对照营业执照核对。")
    return given | {"grade": Grade(content["grade"])}


@transaction.atomic
def _close(record: CreditRecord, event: Event, day: date, actor: User | None) -> CreditRecord:
    """The name of the person was kept to be shown; it is shown no longer."""
    _act(record, event, day, actor)
    record.representative = ""
    record.save(update_fields=["representative"])
    return record


@transaction.atomic
def _act(record: CreditRecord, event: Event, day: date, actor: User | None) -> CreditRecord:
    lock(record.agency_id)
    CreditRecord.objects.select_for_update().values_list("pk").get(pk=record.pk)
    case = case_of(record)
    _require(case, event, day, record.agency_id, actor)
    case.apply(event.kind, day, event.model_dump(mode="json"))
    _append(record, event, day, actor)
    _set(record, case)
    record.save(update_fields=FIELDS)
    return record


def _require(case: Case, event: Event, day: date, agency: int, actor: User | None) -> None:
    if actor is not None and actor.agency_id != agency:
        raise NotPermittedError("这条记录属于另一机关。")
    reason = refusal(case, event, day, None if actor is None else actor_of(actor), timezone.localdate())
    if reason:
        raise NotPermittedError(f"{reason}。")


def _set(record: CreditRecord, case: Case) -> None:
    try:
        columns = columns_of(case)
    except LawError as error:
        raise NotPermittedError(str(error)) from error
    for name, value in columns.items():
        setattr(record, name, value)


def _append(record: CreditRecord, event: Event, day: date, actor: User | None) -> None:
    actor_id = None if actor is None else actor.pk
    append(record.agency, STREAM, record.pk, event.kind, day, event.model_dump(mode="json"), actor_id=actor_id)
