"""一事一申请, with a query code for each part: what is split off can be looked up by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.bureau.codes import hashed, new_code
from gongkai.bureau.models import User
from gongkai.ledger.models import Entry

from .. import services
from ..events import STREAM, ReceiptConfirmed
from ..models import Application, Submission


@transaction.atomic
def split(
    application: Application, day: date, texts: Sequence[str], *, actor: User | None = None
) -> list[tuple[Application, str]]:
    """Split an application. Gives the new ones, each with its code, which nobody can read again; no code where the
    application itself came in without one (an imported ledger). Raises :class:`NotPermittedError`."""
    whole = Submission.objects.filter(application=application).first()
    told = Entry.objects.of_stream(STREAM, application.pk)
    confirmed = told.filter(kind=ReceiptConfirmed.kind).first()  # it was one submission: one confirmation will do
    made = []
    for part in services.split(application, day, texts, actor=actor):
        code = ""
        if whole is not None:
            code = new_code()
            Submission.objects.create(
                application=part,
                code=hashed(code),
                submitted_at=whole.submitted_at,
                arrived_on=whole.arrived_on,
                confirmed_on=whole.confirmed_on,
                unreachable=whole.unreachable,
                is_oral=whole.is_oral,
                taken_by=whole.taken_by,
            )
        if confirmed is not None:
            services.confirm_receipt(part, confirmed.occurred_on, confirmed.data["how"], actor=actor)
        made.append((part, code))
    return made


def renew_code(application: Application) -> str:
    """A new query code in place of the former one, which is no good any more."""
    code = new_code()
    Submission.objects.filter(application=application).update(code=hashed(code), token_digest=None)
    return code
