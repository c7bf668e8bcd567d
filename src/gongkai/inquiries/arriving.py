"""A message from the site: registered once, however often the form is sent, and the clerks told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.codes import hashed
from gongkai.bureau.models import Agency
from gongkai.bureau.spam import Suspicion
from gongkai.bureau.tokens import FormToken
from gongkai.ledger.services import lock

from . import services
from .models import Arrival, Inquiry
from .telling import tell_arrived


@dataclass(frozen=True, slots=True)
class Incoming:
    """What somebody wrote, as far as they said who they are."""

    subject: str
    text: str
    name: str = ""
    contact: str = ""
    wants_private: bool = False
    suspicions: Sequence[Suspicion] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """``query_code`` is told once, to whoever sent the form."""

    inquiry: Inquiry
    query_code: str


def taken_before(agency: Agency, token: FormToken) -> Taken | None:
    """The message that a form has become already."""
    found = Arrival.objects.select_related("inquiry").filter(token_digest=token.digest, inquiry__agency=agency).first()
    return None if found is None else Taken(found.inquiry, token.query_code)


def take_in(agency: Agency, incoming: Incoming, token: FormToken) -> Taken:
    """Register a message, all or nothing. Raises :class:`NotPermittedError`."""
    with transaction.atomic():
        lock(agency.pk)  # whoever sends the same form at the same moment waits here, and then finds it
        if before := taken_before(agency, token):
            return before
        inquiry = services.register(
            agency,
            received_on=timezone.localdate(),
            subject=incoming.subject,
            text=incoming.text,
            name=incoming.name,
            contact=incoming.contact,
        )
        arrival = Arrival.objects.create(
            inquiry=inquiry,
            token_digest=token.digest,
            code=hashed(token.query_code),
            wants_private=incoming.wants_private,
            suspicion=",".join(incoming.suspicions),
        )
        tell_arrived(inquiry, arrival)
        return Taken(inquiry, token.query_code)
