"""What the public sends to a survey or an interview: taken once, however often the form is sent; and what the staff
make of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, Role, roles_of
from gongkai.bureau.spam import Suspicion
from gongkai.bureau.tokens import FormToken
from gongkai.ledger.services import lock

from .models import Interview, Opinion, Question, Reviewed, State, Survey, Use

_WRITERS = frozenset({Role.CLERK, Role.HANDLER})


def takes_opinions(survey: Survey, day: date) -> bool:
    """Whether opinions may be sent: while it is public and between the days that were published."""
    if not survey.is_public or not survey.shown:
        return False
    return date.fromisoformat(survey.shown["opens_on"]) <= day <= date.fromisoformat(survey.shown["closes_on"])


def takes_questions(interview: Interview, day: date) -> bool:
    """Whether questions may be sent: while it is public, to the end of its day."""
    return bool(interview.is_public and interview.shown and day <= date.fromisoformat(interview.shown["held_on"]))


def give_opinion(
    survey: Survey, day: date, text: str, choice: str, token: FormToken, suspicions: Sequence[Suspicion]
) -> Opinion:
    """Take an opinion. Raises :class:`NotPermittedError`."""
    if not takes_opinions(survey, day):
        raise NotPermittedError("现在不在征集期间，没有提交。")
    with transaction.atomic():
        lock(survey.agency_id)  # the same form sent at the same moment waits here
        given = {"text": text, "choice": choice, "received_on": day, "suspicion": ",".join(suspicions)}
        return Opinion.objects.get_or_create(token_digest=token.digest, defaults={"survey": survey, **given})[0]


def ask(interview: Interview, day: date, text: str, token: FormToken, suspicions: Sequence[Suspicion]) -> Question:
    """Take a question from the public. Raises :class:`NotPermittedError`."""
    if not takes_questions(interview, day):
        raise NotPermittedError("这一期访谈不再接收提问，没有提交。")
    with transaction.atomic():
        lock(interview.agency_id)
        given = {"text": text, "from_public": True, "suspicion": ",".join(suspicions)}
        return Question.objects.get_or_create(token_digest=token.digest, defaults={"interview": interview, **given})[0]


def mark(opinion: Opinion, use: str, user: User) -> Opinion:
    """Say what becomes of an opinion. Raises :class:`NotPermittedError`."""
    _may_work(opinion.survey, user)
    opinion.use = Use(use)
    opinion.save(update_fields=["use"])
    return opinion


def add_question(interview: Interview, question: str, answer: str, user: User) -> Question:
    """A question of the host's own. Raises :class:`NotPermittedError`."""
    _may_work(interview, user)
    return Question.objects.create(interview=interview, question=question, answer=answer)


def answer_question(asked: Question, question: str, answer: str, user: User) -> Question:
    """How a question is read and answered. Raises :class:`NotPermittedError`."""
    _may_work(asked.interview, user)
    asked.question, asked.answer = question, answer
    asked.save(update_fields=["question", "answer"])
    return asked


def _may_work(piece: Reviewed, user: User) -> None:
    if user.agency_id != piece.agency_id or not roles_of(user) & _WRITERS:
        raise NotPermittedError("由本机关的经办、承办办理。")
    if piece.state == State.REVIEW:
        raise NotPermittedError("正在审核，内容不能改动；要改的请审核人员先退回。")
