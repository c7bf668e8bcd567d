"""The verbs of messages from the public: each one transaction that appends an event and updates the projection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.law.inquiries import service_level
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock, next_number

from .case import Case, fold
from .drafting import Words, digest_of, faults, words_of
from .events import (
    STREAM,
    Assigned,
    Dismissed,
    Event,
    Hidden,
    Rated,
    Registered,
    Replied,
    Returned,
    Submitted,
    Transferred,
)
from .models import (
    Access,
    Answer,
    Asker,
    Draft,
    Inquiry,
    InvalidGround,
    PrivateReason,
    Rating,
    Source,
)
from .telling import tell_assigned, tell_done, tell_returned, tell_review
from .transitions import hindrance, refusal

Also = Callable[[Inquiry], None]


def register(
    agency: Agency,
    *,
    received_on: date,
    subject: str,
    source: str = Source.WEBSITE,
    text: str = "",
    name: str = "",
    contact: str = "",
    actor: User | None = None,
) -> Inquiry:
    """Register a message under the next number of its year. Raises :class:`NotPermittedError`."""
    with transaction.atomic():
        lock(agency.pk)
        number = _free_number(agency, received_on.year)
        level = service_level(received_on).number
        event = Registered(number=number, source=Source(source), working_days=level)
        case = Case()
        _check(case, event, received_on, actor)
        case.apply(event.kind, received_on, event.model_dump(mode="json"))
        asker = Asker.objects.create(agency=agency, name=name, contact=contact) if name or contact else None
        inquiry = Inquiry.objects.create(
            agency=agency, asker=asker, subject=subject, text=text, is_demo=agency.is_demo, **case.columns()
        )
        _append(inquiry, event, received_on, actor)
    return inquiry


def assign(
    inquiry: Inquiry, day: date, department: Department, person: User | None = None, *, actor: User | None = None
) -> Inquiry:
    """Give a message to a department, or to one person of it. Raises :class:`NotPermittedError`."""
    if department.agency_id != inquiry.agency_id:
        raise NotPermittedError("请选择本机关的处室。")
    if person is not None and person.department_id != department.pk:
        raise NotPermittedError("承办人不是这个处室的，请重新选择。")
    event = Assigned(department=department.pk, person=person.pk if person else None)
    return _happen(inquiry, event, day, actor, tell_assigned)


def save_draft(inquiry: Inquiry, words: Words, *, actor: User) -> Draft:
    """Keep a reply that is not finished; the latest unfinished one is written over. No event.

    Raises :class:`NotPermittedError`.
    """
    with transaction.atomic():
        lock(inquiry.agency_id)
        if why := hindrance(Submitted, case_from_ledger(inquiry), actor_of(actor)):
            raise NotPermittedError(why)
        draft = Draft.objects.filter(inquiry=inquiry, submitted_at=None).first() or Draft(inquiry=inquiry)
        for name in Words.__slots__:
            setattr(draft, name, getattr(words, name))
        draft.drafted_by, draft.drafted_at = actor, timezone.now()
        draft.save()
    return draft


def submit(inquiry: Inquiry, day: date, words: Words, *, actor: User) -> Inquiry:
    """Send a reply for review by another person. Raises :class:`NotPermittedError`, also for personal data in what
    would be public."""
    with transaction.atomic():
        if told := faults(inquiry, words):
            raise NotPermittedError("".join(told))
        draft = save_draft(inquiry, words, actor=actor)
        draft.submitted_at = timezone.now()
        draft.save(update_fields=["submitted_at"])
        event = Submitted(draft=draft.pk, digest=digest_of(words, draft.pk), by=actor.pk)
        return _happen(inquiry, event, day, actor, tell_review)


def send_back(inquiry: Inquiry, day: date, remark: str, *, actor: User) -> Inquiry:
    """Send a reply back to be mended, with what is wrong with it. Raises :class:`NotPermittedError`."""
    if not remark.strip():
        raise NotPermittedError("请写明退回的意见。")
    with transaction.atomic():
        draft = _in_review(inquiry)
        draft.remark = remark.strip()
        draft.save(update_fields=["remark"])
        return _happen(inquiry, Returned(draft=draft.pk), day, actor, lambda each: tell_returned(each, draft))


def approve(inquiry: Inquiry, day: date, *, actor: User) -> Inquiry:
    """Pass a reply, which answers the message, and puts a public one on the site. Raises
    :class:`NotPermittedError`."""
    with transaction.atomic():
        draft = _in_review(inquiry)
        words = words_of(draft)
        if told := faults(inquiry, words):  # what is looked for may have grown since
            raise NotPermittedError("".join(told))
        reason: PrivateReason | Literal[""] = PrivateReason(words.reason) if words.reason else ""
        event = Replied(public=words.public, reason=reason, draft=draft.pk, digest=digest_of(words, draft.pk))

        def publish(closed: Inquiry) -> None:
            closed.reply = words.reply
            closed.save(update_fields=["reply"])
            if words.public:
                _publish(closed, words)
            tell_done(closed)

        return _happen(inquiry, event, day, actor, publish)


def transfer(inquiry: Inquiry, day: date, to: str, *, actor: User | None = None) -> Inquiry:
    """Hand a message to the body that is to answer it. Raises :class:`NotPermittedError`."""
    if not to.strip():
        raise NotPermittedError("请填写转给哪个单位。")
    return _happen(inquiry, Transferred(to=to.strip()), day, actor, tell_done)


def dismiss(inquiry: Inquiry, day: date, ground: str, *, actor: User | None = None) -> Inquiry:
    """Close what is no valid message without a reply. Raises :class:`NotPermittedError`."""
    return _happen(inquiry, Dismissed(ground=InvalidGround(ground)), day, actor, tell_done)


def hide(inquiry: Inquiry, day: date, reason: str, *, actor: User | None = None) -> Inquiry:
    """Take a public reply from the site. Raises :class:`NotPermittedError`."""

    def take_away(closed: Inquiry) -> None:
        Answer.objects.filter(inquiry=closed).update(is_shown=False)

    return _happen(inquiry, Hidden(reason=PrivateReason(reason)), day, actor, take_away)


def rate(inquiry: Inquiry, day: date, rating: str) -> Inquiry:
    """What the asker thinks of the reply, once. Raises :class:`NotPermittedError`."""
    return _happen(inquiry, Rated(rating=Rating(rating)), day, None, lambda each: None)


def open_asker(inquiry: Inquiry, user: User) -> Asker | None:
    """Who asked, for somebody who may know; that they looked is recorded."""
    if inquiry.asker is not None:
        Access.objects.create(inquiry=inquiry, user=user, what="留言人姓名、联系方式")
    return inquiry.asker


def record_search(found: Iterable[Inquiry], user: User) -> None:
    """Keep on record whose messages somebody found by the name or number of who asked."""
    Access.objects.bulk_create([Access(inquiry=each, user=user, what="按留言人查找") for each in found])


def case_of(inquiry: Inquiry) -> Case:
    """What the projection has of a case, without a query: enough for what a ledger of messages tells."""
    return Case(
        inquiry.number,
        inquiry.source,
        inquiry.received_on,
        inquiry.closed_on,
        inquiry.closing,
        inquiry.private_reason,
    )


def case_from_ledger(inquiry: Inquiry) -> Case:
    """The case as its events leave it; one query."""
    return fold((each.kind, each.occurred_on, each.data) for each in Entry.objects.of_stream(STREAM, inquiry.pk))


def _in_review(inquiry: Inquiry) -> Draft:
    """The draft that waits for review. Raises :class:`NotPermittedError`."""
    number = case_from_ledger(inquiry).draft
    found = Draft.objects.filter(inquiry=inquiry, pk=number).first() if number else None
    if found is None:
        raise NotPermittedError("没有送审的答复。")
    return found


def _publish(inquiry: Inquiry, words: Words) -> None:
    assert inquiry.closed_on is not None
    assert inquiry.days is not None
    Answer.objects.create(
        agency=inquiry.agency,
        is_demo=inquiry.is_demo,
        inquiry=inquiry,
        title=words.title.strip(),
        question=words.question.strip(),
        reply=words.reply.strip(),
        department=inquiry.lead.name if inquiry.lead else "",
        asked_on=inquiry.received_on,
        published_on=inquiry.closed_on,
        days=inquiry.days,
    )


def _happen(inquiry: Inquiry, event: Event, day: date, actor: User | None, also: Also) -> Inquiry:
    with transaction.atomic():
        lock(inquiry.agency_id)
        locked = Inquiry.objects.select_for_update(of=("self",)).select_related("agency", "lead").get(pk=inquiry.pk)
        case = case_from_ledger(locked)
        _check(case, event, day, actor, locked.agency)
        case.apply(event.kind, day, event.model_dump(mode="json"))
        for name, value in case.columns().items():
            setattr(locked, name, value)
        locked.save(update_fields=list(case.columns()))
        _append(locked, event, day, actor)
        also(locked)
    return locked


def _append(inquiry: Inquiry, event: Event, day: date, actor: User | None) -> None:
    payload = event.model_dump(mode="json")
    append(inquiry.agency, STREAM, inquiry.pk, event.kind, day, payload, actor_id=actor.pk if actor else None)


def _check(case: Case, event: Event, day: date, actor: User | None, agency: Agency | None = None) -> None:
    if actor is not None and agency is not None and actor.agency_id != agency.pk:
        raise NotPermittedError("这条留言属于另一机关。")
    if reason := refusal(case, event, day, actor_of(actor) if actor else None):
        raise NotPermittedError(reason)


def _free_number(agency: Agency, year: int) -> str:
    """The next number that no imported message has taken."""
    while True:
        number = f"LY{year}{next_number(agency, f'inquiries/{year}'):05d}"
        if not Inquiry.objects.filter(agency=agency, number=number).exists():
            return number
