"""The verbs of the registers, each one transaction: lock, ask the table, write, append the event.

What the public reads was published by a named person who did not write it, and is what that person saw.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, get_args

from django.db import models, transaction
from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.ledger.fields import blind_index
from gongkai.ledger.services import append, lock

from .events import STREAM, Event, Published, Revoked, Withdrawn, Withheld, Written
from .models import Decision, Entry, FeeReceipt, Procurement, ServiceItem
from .transitions import hindrance

_NOT_CONTENT = {
    *("id", "agency", "source_key", "created_at", "is_demo", "written_by", "shown_by", "shown_on", "shown_digest"),
    *("person_index", "published_on", "revoked_on", "withdrawn_on", "explanation", "withheld"),
}
ENTRIES: tuple[type[Entry], ...] = (ServiceItem, Decision, FeeReceipt, Procurement)
NOT_SHOWN: dict[str, Any] = {"shown_by": None, "shown_on": None, "shown_digest": ""}


def digest(entry: Entry) -> str:
    """SHA-256 over what an entry says. Of a person's name only the keyed index: the digest stands in the ledger, and
    nobody shall find a name by trying."""
    told = [[field.name, _told(field, entry)] for field in sorted(_content(entry), key=lambda field: field.name)]
    return sha256(json.dumps(told, ensure_ascii=False, default=str, separators=(",", ":")).encode()).hexdigest()


def _content(entry: Entry) -> Iterable[Any]:
    return (field for field in entry._meta.concrete_fields if field.name not in _NOT_CONTENT)


def _told(field: Any, entry: Entry) -> object:
    value = field.value_from_object(entry)
    if field.name == "person":
        return blind_index(value or "", "registers.decision.digest")
    return f"{value:.2f}" if field.name == "amount" else value


@transaction.atomic
def write(entry: Entry, *, actor: User) -> Entry:
    """Save an entry that is new or was changed; one that was public is so no longer until it is published again."""
    lock(entry.agency_id)
    stored = _stored(entry) if entry.pk else None
    _require(Written, stored, actor, entry)
    lapsed = stored is not None and stored.shown_on is not None
    for name, value in NOT_SHOWN.items():
        setattr(entry, name, value)
    entry.written_by = actor
    entry.is_demo = entry.agency.is_demo
    entry.save()
    _append(entry, Written(digest=digest(entry), lapsed=lapsed), timezone.localdate(), actor)
    return entry


@transaction.atomic
def publish(model: type[Entry], seen: Mapping[int, str], *, actor: User) -> int:
    """Publish entries on this site today; ``seen`` has the digest of each as the person saw it. Gives how many.

    All or none: raises :class:`NotPermittedError` for the first that may not be published, or has changed meanwhile.
    """
    manager: Any = model._default_manager
    if actor.agency_id is None:
        raise NotPermittedError("您不属于任何机关。")
    lock(actor.agency_id)
    today, done = timezone.localdate(), 0
    for entry in manager.select_for_update().filter(agency=actor.agency_id, pk__in=list(seen)).order_by("pk"):
        _require(Published, entry, actor, entry)
        if entry.written_by_id == actor.pk:
            raise NotPermittedError(f"{entry}：登记和审核公开不能是同一个人，请由另一人审核公开。")
        if seen[entry.pk] != digest(entry):
            raise NotPermittedError(f"{entry}：在您打开之后有改动，请重新核对后再公开。")
        changed = {"shown_by": actor, "shown_on": today, "shown_digest": seen[entry.pk]}
        if isinstance(entry, Decision):
            changed["withheld"] = ""
        if hasattr(entry, "published_on") and entry.published_on is None:
            changed["published_on"] = today
        _set(entry, **changed)
        _append(entry, Published(digest=seen[entry.pk]), today, actor)
        done += 1
    if done != len(seen):
        raise NotPermittedError("有的记录已经不在了，请刷新后再办。")
    return done


@transaction.atomic
def withhold(decision: Decision, reason: str, *, actor: User) -> Decision:
    """Do not publish a decision, and say why."""
    current = _current(decision)
    _require(Withheld, current, actor, current)
    if not reason.strip():
        raise NotPermittedError("请写明不予公开的理由和依据。")
    _set(current, withheld=reason.strip())
    _append(current, Withheld(reason=reason.strip()), timezone.localdate(), actor)
    return current


@transaction.atomic
def revoke(decision: Decision, day: date, how: str, *, actor: User) -> Decision:
    """Record that a decision was changed, revoked, or found unlawful or void: from that day it must be withdrawn."""
    current = _current(decision)
    _require(Revoked, current, actor, current)
    _dated(day, current.decided_on, "决定日期")
    if how not in get_args(Revoked.model_fields["how"].annotation):
        raise NotPermittedError("请选择决定是怎样被撤销的。")
    _set(current, revoked_on=day)
    _append(current, Revoked(how=how), day, actor)  # type: ignore[arg-type]  # looked up above
    return current


@transaction.atomic
def withdraw(decision: Decision, day: date, explanation: str, *, actor: User) -> Decision:
    """Take a decision that was revoked off the site, with the explanation that the public reads in its place."""
    current = _current(decision)
    _require(Withdrawn, current, actor, current)
    _dated(day, current.revoked_on, "撤销日期")
    if not explanation.strip():
        raise NotPermittedError("请写明撤下的理由，向社会公开说明。")
    _set(current, withdrawn_on=day, explanation=explanation.strip())
    _append(current, Withdrawn(explanation=explanation.strip()), day, actor)
    return current


def lapse(model: type[Entry], agency: int, keys: Iterable[str]) -> int:
    """Take off the site what an import has changed; gives how many. In the import's transaction."""
    manager: Any = model._default_manager
    wanted, changed = list(keys), []
    for start in range(0, len(wanted), 500):
        part = manager.filter(agency=agency, source_key__in=wanted[start : start + 500], shown_on__isnull=False)
        for entry in part:
            if entry.shown_digest != digest(entry):
                for name, value in NOT_SHOWN.items():
                    setattr(entry, name, value)
                changed.append(entry)
    manager.bulk_update(changed, list(NOT_SHOWN), batch_size=200)
    return len(changed)


def _require(event: type[Event], entry: Entry | None, actor: User, of: models.Model) -> None:
    if actor.agency_id != getattr(of, "agency_id", None):
        raise NotPermittedError("这条记录属于另一机关。")
    reason = hindrance(event, entry, actor_of(actor), decision=isinstance(of, Decision))
    if reason:
        raise NotPermittedError(f"{reason}。")


def _dated(day: date, after: date | None, what: str) -> None:
    if day > timezone.localdate():
        raise NotPermittedError("日期在今天之后。")
    if after is not None and day < after:
        raise NotPermittedError(f"日期早于{what}（{after}），请核对。")


def _stored(entry: Entry) -> Any:
    manager: Any = type(entry)._default_manager
    return manager.select_for_update().get(pk=entry.pk)


def _current(decision: Decision) -> Decision:
    lock(decision.agency_id)
    found: Decision = _stored(decision)
    return found


def _set(entry: Entry, **values: Any) -> None:
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(values))


def _append(entry: Entry, event: Event, day: date, actor: User) -> None:
    stream = stream_of(type(entry))
    append(entry.agency, stream, entry.pk, event.kind, day, event.model_dump(mode="json"), actor_id=actor.pk)


def stream_of(model: type[Entry]) -> str:
    """The stream of the ledger in which entries of a register stand."""
    return f"{STREAM}.{model._meta.model_name}"
