"""The verbs of 会商: each one transaction that appends an event and moves the clock of the case along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.law.limits import LimitKind, limit
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock, next_number

from .. import letters, vault
from .. import services as of_case
from ..events import ConsultationReturned
from ..flow import Side
from ..models import Application, CaseFile, FileKind
from ..procedure import is_for_my_department
from ..services.acting import act, locked_case
from . import events, telling
from .case import Case, fold
from .models import Answerer, Asked, Coordination, Form, Openness, OtherBody, SharedFile, Standing, Status, Trigger
from .transitions import TABLE

# What an opinion is to the case, whose consultation it ends.
_ANSWERS = {
    Openness.PROACTIVE: "agreed",
    Openness.ON_REQUEST: "agreed",
    Openness.PARTLY: "agreed",
    Openness.CLOSED: "refused",
}


@dataclass(frozen=True, slots=True)
class Whom:
    """A body to be asked: one of the installation, or one that a letter goes to."""

    name: str
    agency: Agency | None = None
    address: str = ""
    postcode: str = ""


def case_of(coordination: Coordination) -> Case:
    """The 会商 as its events leave it; one query."""
    told = Entry.objects.of_stream(events.STREAM, coordination.pk)
    return fold((entry.kind, entry.occurred_on, entry.data) for entry in told)


def side_of(coordination: Coordination, user: User, asked: Asked | None = None) -> Side | None:
    """On whose side somebody is; ``None`` for those of neither."""
    if user.agency_id is None:
        return None
    if asked is not None and asked.agency_id == user.agency_id:
        return "asked"
    return "own" if coordination.agency_id == user.agency_id else None


def digest_of(*parts: str) -> str:
    """What the ledger keeps of words: they stay provable when they are erased."""
    return sha256("\x1f".join(parts).encode()).hexdigest()


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
    _works_on(application, actor)
    number = f"HS{day.year}-{next_number(application.agency, f'coordination-{day.year}'):04d}"
    event = events.Opened(
        number=number, application=application.pk, trigger=trigger, form=form, digest=digest_of(question, shown)
    )
    case = Case()
    _require(case, event, day, actor, "own", application)
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
    _append(coordination, event, day, actor)
    return coordination


@transaction.atomic
def share(coordination: Coordination, files: Iterable[CaseFile]) -> None:
    """Let the bodies asked read files of the case, chosen by whoever asks them."""
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
    _require(case, event, day, actor, "own", application)
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
    _happen(coordination, case, event.model_copy(update={"organ": asked.pk}), day, actor, "own")
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


@transaction.atomic
def draft_opinion(
    asked: Asked, day: date, openness: Openness, opinion: str, basis: str, *, actor: User | None = None
) -> Asked:
    """Write down what the body that was asked thinks, for somebody there to sign."""
    _said(opinion, basis)
    event = events.OpinionDrafted(
        organ=asked.pk,
        openness=openness,
        digest=digest_of(openness, opinion.strip(), basis.strip()),
        by=None if actor is None else actor.pk,
    )
    _answered(asked, lambda case: event, day, actor)
    asked.opinion, asked.basis = opinion.strip(), basis.strip()
    asked.save(update_fields=["opinion", "basis"])
    telling.drafted(asked)
    return asked


@transaction.atomic
def return_opinion(asked: Asked, day: date, reason: str, *, actor: User | None = None) -> Asked:
    """Send a drafted opinion back with the reason."""
    by = None if actor is None else actor.pk
    drafted_by = _answered(asked, lambda case: events.OpinionReturned(organ=asked.pk, reason=reason, by=by), day, actor)
    telling.opinion_returned(asked, drafted_by)
    return asked


@transaction.atomic
def give_opinion(asked: Asked, day: date, digest: str, *, actor: User | None = None) -> Asked:
    """Sign the opinion of that digest and send it; the clock of the case runs again from the next day."""

    def event(case: Case) -> Event:
        organ = case.organs[asked.pk]
        return events.OpinionGiven(
            organ=asked.pk,
            openness=Openness(organ.openness or Openness.NOT_HELD),
            digest=digest,
            by=None if actor is None else actor.pk,
        )

    _answered(asked, event, day, actor)
    telling.answered(asked)
    return asked


@transaction.atomic
def add_answer_file(asked: Asked, content: bytes, name: str, user: User) -> SharedFile:
    """A file that belongs to the answer of a body, put into the file of the case."""
    if side_of(asked.coordination, user, asked) is None:
        raise NotPermittedError("这件会商不由您所在的机关办理。")
    if asked.standing in (Standing.GIVEN, Standing.SILENT) and asked.agency_id == user.agency_id:
        raise NotPermittedError("意见已经签发，不能再附文件。")
    application = Application.objects.get(pk=asked.coordination.application_id)
    file = vault.keep(application, content, name, FileKind.ANSWER, user)
    return SharedFile.objects.create(coordination=asked.coordination, asked=asked, file=file)


@transaction.atomic
def record_opinion(
    asked: Asked, day: date, openness: Openness, opinion: str, basis: str, *, actor: User | None = None
) -> Asked:
    """Take in the opinion of a body outside, on the day it came."""
    _said(opinion, basis)
    digest = digest_of(openness, opinion.strip(), basis.strip())
    event = events.OpinionRecorded(organ=asked.pk, openness=openness, digest=digest)
    _answered(asked, lambda case: event, day, actor, side="own")
    asked.opinion, asked.basis = opinion.strip(), basis.strip()
    asked.save(update_fields=["opinion", "basis"])
    return asked


@transaction.atomic
def end_wait(asked: Asked, day: date, *, actor: User | None = None) -> Asked:
    """Nobody answered within the period: note that, and let the clock of the case run."""
    if day <= asked.reply_by:
        raise NotPermittedError(f"答复期限至 {asked.reply_by} 届满，届满之前不能登记“期满未答复”。")
    _answered(asked, lambda case: events.WaitEnded(organ=asked.pk), day, actor, side="own")
    telling.settled(asked)
    return asked


@transaction.atomic
def disagree(coordination: Coordination, day: date, dispute: str, *, actor: User | None = None) -> Coordination:
    """Note that the bodies do not agree, on what, and why."""
    if not dispute.strip():
        raise NotPermittedError("请写明分歧在哪里、各方的理由。")
    _mine(coordination, events.Disagreed(digest=digest_of(dispute.strip())), day, actor)
    coordination.dispute = dispute.strip()
    coordination.save(update_fields=["dispute"])
    return coordination


def escalate(coordination: Coordination, day: date, to: str, *, actor: User | None = None) -> Coordination:
    """Ask the 主管部门 of the level to decide."""
    return _mine(coordination, events.Escalated(to=to.strip()), day, actor)


@transaction.atomic
def conclude(
    coordination: Coordination,
    day: date,
    openness: Openness,
    answerer: Answerer,
    conclusion: str,
    *,
    actor: User | None = None,
) -> Coordination:
    """Fix the result in writing: 公开属性 and who answers. It stands once the leader has signed it off."""
    if not conclusion.strip():
        raise NotPermittedError("会商结果须以书面形式确定，请写明结论。")
    event = events.Concluded(
        openness=openness,
        answerer=answerer,
        digest=digest_of(openness, answerer, conclusion.strip()),
        by=None if actor is None else actor.pk,
    )
    _mine(coordination, event, day, actor)
    coordination.conclusion = conclusion.strip()
    coordination.save(update_fields=["conclusion"])
    telling.concluded(coordination)
    return coordination


@transaction.atomic
def sign_off(coordination: Coordination, day: date, digest: str, *, actor: User | None = None) -> Coordination:
    """Sign the conclusion of that digest."""
    done = _mine(coordination, events.SignedOff(digest=digest, by=None if actor is None else actor.pk), day, actor)
    telling.signed_off(done)
    return done


def send_back(coordination: Coordination, day: date, reason: str, *, actor: User | None = None) -> Coordination:
    """Have the conclusion written again."""
    return _mine(coordination, events.SentBack(reason=reason, by=None if actor is None else actor.pk), day, actor)


@transaction.atomic
def end(coordination: Coordination, day: date, reason: str, *, actor: User | None = None) -> Coordination:
    """End a 会商 that has lost its object; whoever is still waited for is waited for no longer."""
    lock(coordination.agency_id)
    waiting = [case_of(coordination).organs[pk].consultation for pk in case_of(coordination).waiting]
    _mine(coordination, events.Ended(reason=reason), day, actor)
    for consultation in waiting:
        _let_run(coordination, consultation, "", day)
    for asked in coordination.organs.all():
        telling.settled(asked)
    return coordination


# --- What the verbs share -------------------------------------------------------------------------------


def _said(opinion: str, basis: str) -> None:
    if not opinion.strip() or not basis.strip():
        raise NotPermittedError("请写明意见及其依据。")


def _works_on(application: Application, actor: User | None) -> None:
    """会商 is led by whoever works on the case: the clerks, and the departments that signed for it."""
    if actor is None:
        return
    told = is_for_my_department(locked_case(application), events.Ended.model_construct(), actor_of(actor))
    if told:
        raise NotPermittedError(f"{told}。")


def _require(
    case: Case,
    event: Event,
    day: date,
    actor: User | None,
    side: Side,
    application: Application,
    state: str | None = None,
) -> None:
    """Ask the table; the side of the office is only for those of the office of the application."""
    if actor is not None and side == "own" and actor.agency_id != application.agency_id:
        raise NotPermittedError("这件会商不由您所在的机关办理。")
    reason = TABLE.refusal(case, event, day, None if actor is None else actor_of(actor), side, state)
    if reason:
        raise NotPermittedError(f"{reason}。")


def _mine(coordination: Coordination, event: Event, day: date, actor: User | None) -> Coordination:
    """An event of the office that leads."""
    with transaction.atomic():
        lock(coordination.agency_id)
        application = Application.objects.select_related("agency").get(pk=coordination.application_id)
        if TABLE.row(event.kind).roles.isdisjoint({"leader"}):
            _works_on(application, actor)
        case = case_of(coordination)
        _require(case, event, day, actor, "own", application)
        _happen(coordination, case, event, day, actor, "own")
    return coordination


def _answered(
    asked: Asked, make: Callable[[Case], Event], day: date, actor: User | None, side: Side = "asked"
) -> int | None:
    """An event about one body's answer, with what it does to the case. Gives who had written the opinion."""
    coordination = asked.coordination
    lock(coordination.agency_id)
    application = Application.objects.select_related("agency").get(pk=coordination.application_id)
    if actor is not None and side == "asked" and (asked.agency_id is None or actor.agency_id != asked.agency_id):
        raise NotPermittedError("这件会商不由您所在的机关答复。")
    case = case_of(coordination)
    organ = case.organs[asked.pk]
    state = organ.standing if side == "asked" else None
    if case.status in (Status.ENDED, Status.DONE):
        raise NotPermittedError(f"会商{TABLE.labels[case.status]}，不需要再答复。")
    event = make(case)
    _require(case, event, day, actor, side, application, state)
    by = organ.by
    _happen(coordination, case, event, day, actor, side)
    organ = case.organs[asked.pk]
    for name, value in organ.columns().items():
        setattr(asked, name, value)
    asked.save(update_fields=list(organ.columns()))
    if not organ.is_waited_for:
        answer = "silent" if organ.standing == Standing.SILENT else _ANSWERS.get(Openness(organ.openness), "")
        _let_run(coordination, organ.consultation, answer, day)
    return by


def _let_run(coordination: Coordination, consultation: int | None, answer: str, day: date) -> None:
    """End the wait in the case. The system does it: whoever answered may belong to another office; the event of the
    会商 says who."""
    application = Application.objects.select_related("agency").get(pk=coordination.application_id)
    case = locked_case(application)
    if consultation is None or consultation in case.returned or case.closed_on is not None:
        return
    event = ConsultationReturned.model_validate({"consultation": consultation, "answer": answer})
    act(application, event, day, None)


def _happen(coordination: Coordination, case: Case, event: Event, day: date, actor: User | None, side: Side) -> None:
    _append(coordination, event, day, actor)
    case.apply(event.kind, day, event.model_dump(mode="json"))
    columns = case.columns()
    for name, value in columns.items():
        setattr(coordination, name, value)
    coordination.save(update_fields=list(columns))


def _append(coordination: Coordination, event: Event, day: date, actor: User | None) -> None:
    append(
        coordination.agency,
        events.STREAM,
        coordination.pk,
        event.kind,
        day,
        event.model_dump(mode="json"),
        actor_id=None if actor is None else actor.pk,
    )


def whom_of(found: Agency | OtherBody) -> Whom:
    """Whoever the directory names, to be asked."""
    agency = found if isinstance(found, Agency) else None
    return Whom(found.name, agency, found.address, found.postcode)
