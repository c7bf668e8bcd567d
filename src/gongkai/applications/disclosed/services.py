"""The verbs of the log: each one transaction that appends an event and updates the projection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.urls import reverse

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, Role, actor_of
from gongkai.law.outcomes import outcome
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock
from gongkai.notices.services import notify, settle

from ..models import Application
from . import events
from .case import Case, fold
from .checking import faults
from .models import COLUMN, Demand, DemandState, Disclosed
from .publishing import ItemDraft, publish_as_item
from .transitions import TABLE

# Ends that answer nothing: there is nothing to tell the public.
_NO_ANSWER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """What the log says: never who asked."""

    title: str
    wanted: str
    answered: str

    @property
    def by_place(self) -> dict[str, str]:
        return {"标题": self.title, "申请的内容": self.wanted, "答复的内容": self.answered}

    @property
    def digest(self) -> str:
        return sha256("\x1f".join((self.title, self.wanted, self.answered)).encode()).hexdigest()


def may_be_told(application: Application) -> bool:
    """Whether there is an answer that the log could tell: not of what was withdrawn or never answered."""
    return bool(application.outcome) and not application.outcome_row.startswith(_NO_ANSWER)


def case_of(disclosed: Disclosed) -> Case:
    """The entry as its events leave it; one query."""
    told = Entry.objects.of_stream(events.STREAM, disclosed.pk)
    return fold((entry.kind, entry.occurred_on, entry.data) for entry in told)


@transaction.atomic
def propose(application: Application, day: date, words: Words, *, actor: User | None = None) -> Disclosed:
    """Propose that an answered application be told to the public; again with other words after it was returned.

    Raises :class:`NotPermittedError`: nothing answered, or words that name somebody.
    """
    lock(application.agency_id)
    if not may_be_told(application):
        raise NotPermittedError("只有已经答复的申请可以列入公开目录。")
    words = Words(words.title.strip(), words.wanted.strip(), words.answered.strip())
    if not all(words.by_place.values()):
        raise NotPermittedError("请写明标题、申请的内容和答复的内容。")
    if told := faults(application.agency, application.applicant, words.by_place):
        raise NotPermittedError("".join(told))
    disclosed = Disclosed.objects.filter(application=application).first()
    case = case_of(disclosed) if disclosed is not None else Case()
    event = events.Proposed(application=application.pk, digest=words.digest, by=None if actor is None else actor.pk)
    if disclosed is None:
        _require(application.agency_id, case, event, day, actor)
        disclosed = Disclosed(agency=application.agency, application=application, is_demo=application.is_demo)
        disclosed.status, disclosed.digest = "proposed", words.digest
        disclosed.save()
    disclosed.title, disclosed.wanted, disclosed.answered = words.title, words.wanted, words.answered
    _happen(disclosed, event, day, actor)
    people = User.objects.filter(agency_id=application.agency_id, is_active=True, groups__name=Role.REVIEWER.label)
    notify(
        people,
        f"申请 {application.number} 提议列入公开目录",
        "请审核：不得写有申请人和其他人的个人信息。",
        url=reverse("disclosed:one", args=[disclosed.pk]),
        key=f"disclosed:{disclosed.pk}:{words.digest[:12]}",
    )
    return disclosed


@transaction.atomic
def approve(disclosed: Disclosed, day: date, digest: str, *, actor: User | None = None) -> Disclosed:
    """Agree that the words of that digest may be public. They are looked at again: rules and applicants change."""
    words = Words(disclosed.title, disclosed.wanted, disclosed.answered)
    if told := faults(disclosed.agency, disclosed.application.applicant, words.by_place):
        raise NotPermittedError("".join(told))
    event = events.Approved(digest=digest, by=None if actor is None else actor.pk)
    done = _happen(disclosed, event, day, actor)
    settle(f"disclosed:{disclosed.pk}")
    return done


def send_back(disclosed: Disclosed, day: date, reason: str, *, actor: User | None = None) -> Disclosed:
    """Have the words written again."""
    done = _happen(disclosed, events.Returned(reason=reason, by=None if actor is None else actor.pk), day, actor)
    settle(f"disclosed:{disclosed.pk}")
    return done


@transaction.atomic
def draft(disclosed: Disclosed, day: date, user: User) -> Disclosed:
    """Make a draft of the site of it, in the column 依申请公开目录. Raises :class:`NotPermittedError`."""
    lock(disclosed.agency_id)
    _require(disclosed.agency_id, case_of(disclosed), events.Drafted(item=0), day, user)
    application = disclosed.application
    result = outcome(application.outcome).label
    parts = (("申请的内容", disclosed.wanted), ("办理结果", result), ("答复的内容", disclosed.answered))
    text = ItemDraft(disclosed.agency, COLUMN, disclosed.title, disclosed.wanted[:150], parts)
    return _happen(disclosed, events.Drafted(item=publish_as_item(text, user)), day, user)


def drop(disclosed: Disclosed, day: date, reason: str, *, actor: User | None = None) -> Disclosed:
    """Leave it out of the log, for a reason."""
    done = _happen(disclosed, events.Dropped(reason=reason), day, actor)
    settle(f"disclosed:{disclosed.pk}")
    return done


# --- Article 44 -------------------------------------------------------------------------------------------


@transaction.atomic
def draft_demand(demand: Demand, day: date, title: str, note: str, user: User) -> Demand:
    """Make a draft for 主动公开 of what several people ask for."""
    _settle_demand(demand, user)
    for application in demand.cases.select_related("applicant"):
        if told := faults(demand.agency, application.applicant, {"标题": title, "内容": note}):
            raise NotPermittedError("".join(told))
    if not title.strip():
        raise NotPermittedError("请填写标题。")
    item = publish_as_item(ItemDraft(demand.agency, COLUMN, title.strip(), "", (("", note.strip()),)), user)
    demand.state, demand.item = DemandState.DRAFTED, item
    demand.save()
    payload = events.Drafted(item=item).model_dump(mode="json")
    append(demand.agency, events.DEMANDS, demand.pk, "drafted", day, payload, actor_id=user.pk)
    return demand


@transaction.atomic
def drop_demand(demand: Demand, day: date, reason: str, user: User) -> Demand:
    """Decide that it is not made public on one's own motion, and why."""
    if not reason.strip():
        raise NotPermittedError("请写明不纳入主动公开的理由。")
    _settle_demand(demand, user)
    demand.state, demand.reason = DemandState.DROPPED, reason.strip()
    demand.save()
    payload = events.Dropped(reason=reason.strip()).model_dump(mode="json")
    append(demand.agency, events.DEMANDS, demand.pk, "dropped", day, payload, actor_id=user.pk)
    return demand


def _settle_demand(demand: Demand, user: User) -> None:
    lock(demand.agency_id)
    demand.refresh_from_db()
    if user.agency_id != demand.agency_id or not actor_of(user).roles & {Role.CLERK, Role.HANDLER}:
        raise NotPermittedError("须由本机关的经办、承办人员办理。")
    if demand.state != DemandState.OPEN:
        raise NotPermittedError(f"这一项{demand.get_state_display()}，不能再办理。")
    demand.decided_by, demand.decided_applicants = user, demand.applicants


# --- What the verbs share -------------------------------------------------------------------------------


def _require(agency_id: int, case: Case, event: Event, day: date, actor: User | None) -> None:
    if actor is not None and actor.agency_id != agency_id:
        raise NotPermittedError("这件申请属于另一机关，不能办理。")
    if reason := TABLE.refusal(case, event, day, None if actor is None else actor_of(actor), "own"):
        raise NotPermittedError(f"{reason}。")


def _happen(disclosed: Disclosed, event: Event, day: date, actor: User | None) -> Disclosed:
    with transaction.atomic():
        lock(disclosed.agency_id)
        case = case_of(disclosed)
        _require(disclosed.agency_id, case, event, day, actor)
        payload = event.model_dump(mode="json")
        case.apply(event.kind, day, payload)
        for name, value in case.columns().items():
            setattr(disclosed, name, value)
        disclosed.save()
        actor_id = None if actor is None else actor.pk
        append(disclosed.agency, events.STREAM, disclosed.pk, event.kind, day, payload, actor_id=actor_id)
    return disclosed
