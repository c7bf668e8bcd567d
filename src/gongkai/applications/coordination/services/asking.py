"""A 会商 begins: the question, what is shown with it, and who is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.law.limits import LimitKind, limit
from gongkai.ledger.services import lock, next_number

from ... import letters
from ... import services as of_case
from ...models import Application, CaseFile, FileKind
from ...services.acting import locked_case
from .. import events, telling
from ..case import Case
from ..models import Asked, Coordination, Form, OtherBody, SharedFile, Standing, Trigger
from ..transitions import TABLE
from .acting import case_of, digest_of, happen, record, require, works_on


@dataclass(frozen=True, slots=True)
class Whom:
    """A body to be asked: one of the installation, or one that a letter goes to."""

    name: str
    agency: Agency | None = None
    address: str = ""
    postcode: str = ""


def whom_of(found: Agency | OtherBody) -> Whom:
    """Whoever the directory names, to be asked."""
    agency = found if isinstance(found, Agency) else None
    return Whom(found.name, agency, found.address, found.postcode)


def answer_limit(day: date) -> date:
    """The last day for an answer to what is asked on a day; local rules differ, the office may change it."""
    return limit(LimitKind.COORDINATION_ANSWER, day, working_calendar()).last


@transaction.atomic
def open_coordination(
    application: Application,
    day: date,
    *,
    question: str,
    shown: str,
    trigger: Trigger,
    form: Form,
    held_at: datetime | None = None,
    place: str = "",
    actor: User | None = None,
) -> Coordination:
    """Begin a 会商 about an application that is open. Raises :class:`NotPermittedError`."""
    lock(application.agency_id)
    if not question.strip() or not shown.strip():
        raise NotPermittedError("请写明会商事项和所涉的政府信息。")
    if application.closed_on is not None:
        raise NotPermittedError("申请已经办结，不能再会商。")
    works_on(application, actor)
    number = f"HS{day.year}-{next_number(application.agency, f'coordination-{day.year}'):04d}"
    event = events.Opened(
        number=number, application=application.pk, trigger=trigger, form=form, digest=digest_of(question, shown)
    )
    case = Case()
    require(case, event, day, actor, "own", application)
    case.apply(event.kind, day, event.model_dump(mode="json"))
    coordination = Coordination.objects.create(
        agency=application.agency,
        application=application,
        question=question.strip(),
        shown=shown.strip(),
        held_at=held_at,
        place=place.strip(),
        is_demo=application.is_demo,
        **case.columns(),
    )
    record(coordination, event, day, actor)
    return coordination


@transaction.atomic
def share(coordination: Coordination, files: Iterable[CaseFile], *, actor: User | None = None) -> None:
    """Let the bodies asked read files of the case, by whoever may ask them. Raises :class:`NotPermittedError`."""
    if actor is not None:
        if actor.agency_id != coordination.agency_id:
            raise NotPermittedError("这件会商不由您所在的机关办理。")
        works_on(Application.objects.select_related("agency").get(pk=coordination.application_id), actor)
        if reason := TABLE.hindrance(events.Asked, case_of(coordination), actor_of(actor), "own"):
            raise NotPermittedError(f"{reason}。")
    for file in files:
        if file.application_id != coordination.application_id:
            raise NotPermittedError("只能附上本件申请案卷中的文件。")
        if file.kind in (FileKind.ID_PROOF, FileKind.SERVICE_PROOF):
            raise NotPermittedError("身份证明和送达凭证不能提供给其他机关。")
        SharedFile.objects.get_or_create(coordination=coordination, asked=None, file=file)


@transaction.atomic
def ask(
    coordination: Coordination,
    day: date,
    whom: Whom,
    *,
    reply_by: date | None = None,
    people: str = "",
    officer: str = "",
    actor: User | None = None,
) -> Asked:
    """Ask a body. The clock of the case stands until it has answered (Article 33). A body outside gets a letter.

    Raises :class:`NotPermittedError`.
    """
    lock(coordination.agency_id)
    if whom.agency is not None and whom.agency.pk == coordination.agency_id:
        raise NotPermittedError("会商的对象是其他机关；本机关的处室请用“分办”。")
    by = reply_by or answer_limit(day)
    if by < day:
        raise NotPermittedError("答复期限早于发出日期，请核对。")
    application = Application.objects.select_related("agency").get(pk=coordination.application_id)
    event = events.Asked(organ=0, agency=whom.agency.pk if whom.agency else None, reply_by=by)
    case = case_of(coordination)
    require(case, event, day, actor, "own", application)
    letter = None
    if whom.agency is None and coordination.form == Form.LETTER:
        letter = letters.issue(application, "assistance", _blanks(coordination, whom, by, officer), actor, day)
    else:
        of_case.consult(application, day, party="other_organ", actor=actor)
    event = event.model_copy(update={"consultation": len(locked_case(application).consultations)})
    asked = Asked.objects.create(
        coordination=coordination,
        agency=whom.agency,
        body_name=whom.name,
        people=people.strip(),
        letter=letter,
        standing=Standing.WAITING,
        asked_on=day,
        reply_by=by,
    )
    happen(coordination, case, event.model_copy(update={"organ": asked.pk}), day, actor, "own")
    telling.asked(asked)
    return asked


def _blanks(coordination: Coordination, whom: Whom, by: date, officer: str) -> dict[str, object]:
    """What the letter of a body outside says: the question, nothing of who applies."""
    return {
        "partner": "organ",
        "recipient": whom.name,
        "recipient_address": whom.address,
        "recipient_postcode": whom.postcode,
        "matter": f"{coordination.question}\n所涉政府信息：{coordination.shown}",
        "reply_by": by,
        "officer": officer,
    }
