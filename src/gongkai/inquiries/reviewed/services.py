"""The verbs of texts that are to be published: each one transaction that appends an event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.examining import personal_data
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.examination.finding import Severity
from gongkai.ledger.chain import canonical
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock, next_number

from ..models import Answer, Faq, Reviewed
from .case import Case, fold
from .events import Begun, Published, Returned, Submitted, Withdrawn
from .transitions import hindrance, refusal

Piece = TypeVar("Piece", bound=Reviewed)


def begin(model: type[Piece], agency: Agency, user: User, **words: Any) -> Piece:
    """A new text under the next number of its year. Raises :class:`NotPermittedError`."""
    with transaction.atomic():
        lock(agency.pk)
        day = timezone.localdate()
        number = f"{model.series}{day.year}{next_number(agency, f'{model.stream}/{day.year}'):03d}"
        manager: Any = model._default_manager
        piece: Piece = manager.create(agency=agency, is_demo=agency.is_demo, number=number, edited_by=user, **words)
        _happen(piece, Begun(number=number), day, user, Case())
    return piece


def begin_faq(answer: Answer, user: User) -> Faq:
    """An entry of the FAQ out of a public answer. Raises :class:`NotPermittedError`."""
    question = answer.title if len(answer.title) <= 200 else answer.title[:199] + "…"
    return begin(Faq, answer.agency, user, question=question, answer=answer.reply, source=answer)


def edit(piece: Piece, user: User, **words: Any) -> Piece:
    """Change the working copy; what is read stays as it is. Raises :class:`NotPermittedError`."""
    with transaction.atomic():
        lock(piece.agency_id)
        case = case_of(piece)
        if why := _foreign(piece, user) or hindrance(Submitted, case, actor_of(user)):
            raise NotPermittedError(why)
        for name, value in {**words, "edited_by": user}.items():
            setattr(piece, name, value)
        piece.save(update_fields=[*words, "edited_by"])
    return piece


def submit(piece: Piece, user: User) -> Piece:
    """Send a text for review. Raises :class:`NotPermittedError`, also for personal data in it."""
    with transaction.atomic():
        lock(piece.agency_id)
        content = piece.content()
        _examined(piece, content)
        event = Submitted(digest=digest_of(content), by=user.pk)
        return _happen(piece, event, timezone.localdate(), user, case_of(piece))


def send_back(piece: Piece, user: User, remark: str) -> Piece:
    """Send a text back to be mended. Raises :class:`NotPermittedError`."""
    if not remark.strip():
        raise NotPermittedError("请写明退回的意见。")
    with transaction.atomic():
        lock(piece.agency_id)
        _happen(piece, Returned(), timezone.localdate(), user, case_of(piece))
        piece.remark = remark.strip()[:500]
        piece.save(update_fields=["remark"])
    return piece


def publish(piece: Piece, user: User) -> Piece:
    """Pass a text: from now on it is read as it was reviewed. Raises :class:`NotPermittedError`."""
    with transaction.atomic():
        lock(piece.agency_id)
        content = piece.content()
        _examined(piece, content)
        event = Published(digest=digest_of(content), result=piece.has_result)
        _happen(piece, event, timezone.localdate(), user, case_of(piece))
        piece.shown, piece.remark = content, ""
        saved = ["shown", "remark"]
        if isinstance(piece, Faq):
            piece.shown_topic, piece.shown_text = piece.topic, f"{piece.question}\n{piece.answer}"
            saved += ["shown_topic", "shown_text"]
        piece.save(update_fields=saved)
    return piece


def withdraw(piece: Piece, user: User) -> Piece:
    """Take a text from the site. Raises :class:`NotPermittedError`."""
    with transaction.atomic():
        lock(piece.agency_id)
        return _happen(piece, Withdrawn(), timezone.localdate(), user, case_of(piece))


def case_of(piece: Reviewed) -> Case:
    """The case as its events leave it; one query."""
    return fold((each.kind, each.occurred_on, each.data) for each in Entry.objects.of_stream(piece.stream, piece.pk))


def digest_of(content: dict[str, Any]) -> str:
    """What the ledger keeps of the words."""
    return sha256(canonical(content).encode()).hexdigest()


def faults(piece: Reviewed, content: dict[str, Any]) -> list[str]:
    """Personal data in what would be read, that must be mended first."""
    words = dict(_texts(content))
    found = personal_data(piece.agency, words)
    return [f"{each.place}：{each.message}" for each in found if each.severity is Severity.BLOCK]


_PLACES = {"title": "标题", "answer": "回答", "text": "说明", "result": "结果", "used": "采纳情况", "guests": "嘉宾"}


def _texts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if name in _PLACES:
            yield _PLACES[name], value
    for number, each in enumerate(content.get("talk", ()), 1):
        yield f"第 {number} 个问题", each["question"]
        yield f"第 {number} 个回答", each["answer"]


def _examined(piece: Reviewed, content: dict[str, Any]) -> None:
    if told := faults(piece, content):
        raise NotPermittedError("".join(told))


def _foreign(piece: Reviewed, user: User) -> str | None:
    return None if user.agency_id == piece.agency_id else f"这一{piece.noun}属于另一机关。"


def _happen(piece: Piece, event: Event, day: date, user: User, case: Case) -> Piece:
    if why := _foreign(piece, user) or refusal(case, event, day, actor_of(user)):
        raise NotPermittedError(why)
    payload = event.model_dump(mode="json")
    case.apply(event.kind, day, payload)
    for name, value in case.columns().items():
        setattr(piece, name, value)
    piece.save(update_fields=list(case.columns()))
    append(piece.agency, piece.stream, piece.pk, event.kind, day, payload, actor_id=user.pk)
    return piece
