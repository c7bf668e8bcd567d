"""What every verb of 会商 shares: lock, ask the table, append, project, and let the clock of the case run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256

from django.db import transaction

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock

from ...events import ConsultationReturned
from ...flow import Side
from ...models import Application
from ...procedure import is_for_my_department
from ...services.acting import act, locked_case
from .. import events
from ..case import Case, fold
from ..models import Asked, Coordination, Openness, Standing, Status
from ..transitions import TABLE

# What an opinion is to the case, whose consultation it ends.
_ANSWERS = {
    Openness.PROACTIVE: "agreed",
    Openness.ON_REQUEST: "agreed",
    Openness.PARTLY: "agreed",
    Openness.CLOSED: "refused",
}


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


def require_words(opinion: str, basis: str) -> None:
    if not opinion.strip() or not basis.strip():
        raise NotPermittedError("请写明意见及其依据。")


def works_on(application: Application, actor: User | None) -> None:
    """会商 is led by whoever works on the case: the clerks, and the departments that signed for it."""
    if actor is None:
        return
    told = is_for_my_department(locked_case(application), events.Ended.model_construct(), actor_of(actor))
    if told:
        raise NotPermittedError(f"{told}。")


def require(
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


def lead(coordination: Coordination, event: Event, day: date, actor: User | None) -> Coordination:
    """An event of the office that leads."""
    with transaction.atomic():
        lock(coordination.agency_id)
        application = Application.objects.select_related("agency").get(pk=coordination.application_id)
        if TABLE.row(event.kind).roles.isdisjoint({"leader"}):
            works_on(application, actor)
        case = case_of(coordination)
        require(case, event, day, actor, "own", application)
        happen(coordination, case, event, day, actor, "own")
    return coordination


def answer(
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
    require(case, event, day, actor, side, application, state)
    by = organ.by
    happen(coordination, case, event, day, actor, side)
    organ = case.organs[asked.pk]
    for name, value in organ.columns().items():
        setattr(asked, name, value)
    asked.save(update_fields=list(organ.columns()))
    if not organ.is_waited_for:
        found = "silent" if organ.standing == Standing.SILENT else _ANSWERS.get(Openness(organ.openness), "")
        let_run(coordination, organ.consultation, found, day)
    return by


def let_run(coordination: Coordination, consultation: int | None, answer: str, day: date) -> None:
    """End the wait in the case. The system does it: whoever answered may belong to another office; the event of the
    会商 says who."""
    application = Application.objects.select_related("agency").get(pk=coordination.application_id)
    case = locked_case(application)
    if consultation is None or consultation in case.returned or case.closed_on is not None:
        return
    event = ConsultationReturned.model_validate({"consultation": consultation, "answer": answer})
    act(application, event, day, None)


def happen(coordination: Coordination, case: Case, event: Event, day: date, actor: User | None, side: Side) -> None:
    record(coordination, event, day, actor)
    case.apply(event.kind, day, event.model_dump(mode="json"))
    columns = case.columns()
    for name, value in columns.items():
        setattr(coordination, name, value)
    coordination.save(update_fields=list(columns))


def record(coordination: Coordination, event: Event, day: date, actor: User | None) -> None:
    append(
        coordination.agency,
        events.STREAM,
        coordination.pk,
        event.kind,
        day,
        event.model_dump(mode="json"),
        actor_id=None if actor is None else actor.pk,
    )
