"""What a body that was asked says: at its own desk, or as it came in from outside."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.events import Event

from ... import vault
from ...models import Application, FileKind
from .. import events, telling
from ..case import Case
from ..models import Asked, Openness, SharedFile, Standing
from .acting import answer, digest_of, require_words, side_of


@transaction.atomic
def draft_opinion(
    asked: Asked, day: date, openness: Openness, opinion: str, basis: str, *, actor: User | None = None
) -> Asked:
    """Write down what the body that was asked thinks, for somebody there to sign."""
    require_words(opinion, basis)
    event = events.OpinionDrafted(
        organ=asked.pk,
        openness=openness,
        digest=digest_of(openness, opinion.strip(), basis.strip()),
        by=None if actor is None else actor.pk,
    )
    answer(asked, lambda case: event, day, actor)
    asked.opinion, asked.basis = opinion.strip(), basis.strip()
    asked.save(update_fields=["opinion", "basis"])
    telling.drafted(asked)
    return asked


@transaction.atomic
def return_opinion(asked: Asked, day: date, reason: str, *, actor: User | None = None) -> Asked:
    """Send a drafted opinion back with the reason."""
    by = None if actor is None else actor.pk
    drafted_by = answer(asked, lambda case: events.OpinionReturned(organ=asked.pk, reason=reason, by=by), day, actor)
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

    answer(asked, event, day, actor)
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
    require_words(opinion, basis)
    digest = digest_of(openness, opinion.strip(), basis.strip())
    event = events.OpinionRecorded(organ=asked.pk, openness=openness, digest=digest)
    answer(asked, lambda case: event, day, actor, side="own")
    asked.opinion, asked.basis = opinion.strip(), basis.strip()
    asked.save(update_fields=["opinion", "basis"])
    return asked


@transaction.atomic
def end_wait(asked: Asked, day: date, *, actor: User | None = None) -> Asked:
    """Nobody answered within the period: note that, and let the clock of the case run."""
    if day <= asked.reply_by:
        raise NotPermittedError(f"答复期限至 {asked.reply_by} 届满，届满之前不能登记“期满未答复”。")
    answer(asked, lambda case: events.WaitEnded(organ=asked.pk), day, actor, side="own")
    telling.settled(asked)
    return asked
