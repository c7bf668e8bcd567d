"""Documents by their validity on a day, for the site and for staff. The law is :mod:`gongkai.law.validity`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.law.validity import Validity, expiry_notice, next_cleanup

from ..models import Cleanup, DocumentClass, Publication, Status
from ..queries import in_force_on, public

# Those that the clean-up goes through and table 二 counts.
NORMATIVE = (DocumentClass.RULES, DocumentClass.NORMATIVE_DOCUMENTS)


def documents(agency: Agency) -> QuerySet[Publication]:
    """The documents on the site, for staff; not those withdrawn or known from a ledger only. The latest first."""
    found = Publication.objects.filter(Publication.SHOWN, agency=agency).exclude(document_class="")
    return found.order_by("-formed_on", "-pk")


def public_documents(
    agency_id: int, state: Validity | None = None, *, at: datetime | None = None
) -> QuerySet[Publication]:
    """The documents that anybody may read, or of them those of a validity now; the latest first.

    A document that ended stays public, marked.
    """
    found = public(agency_id, at=at).exclude(document_class="").select_related("ended_by")
    return found.filter(of_validity(state, timezone.localdate(at))) if state else found


def of_validity(state: Validity, day: date) -> Q:
    """The condition that a document has this validity on a day; what :func:`..queries.validity_of` says of one."""
    repealed = Q(repealed_on__lte=day)
    lapsed = ~repealed & Q(expires_on__lt=day)
    amended = ~repealed & ~Q(expires_on__lt=day) & Q(amended_on__lte=day)
    match state:
        case Validity.REPEALED:
            return repealed
        case Validity.LAPSED:
            return lapsed
        case Validity.AMENDED:
            return amended
        case Validity.IN_FORCE:
            return ~repealed & ~Q(expires_on__lt=day) & ~Q(amended_on__lte=day)


def lapsing(agency: Agency, day: date, days: int | None = None) -> QuerySet[Publication]:
    """Documents whose period ends on the day or within ``days`` after it; by default as long as they are spoken of."""
    until = day + timedelta(days=max(expiry_notice(day)) if days is None else days)
    found = documents(agency).filter(expires_on__gte=day, expires_on__lte=until).exclude(repealed_on__lte=day)
    return found.order_by("expires_on", "pk")


def to_clean_up(agency: Agency, day: date) -> QuerySet[Publication]:
    """The documents that a clean-up of that day goes through: those in force on it, published by then."""
    begun = Q(effective_on__lte=day) | Q(effective_on=None, formed_on__lte=day)
    found = documents(agency).filter(begun, in_force_on(day), published_on__lte=day, document_class__in=NORMATIVE)
    return found.order_by("formed_on", "pk")


def open_cleanup(agency: Agency) -> Cleanup | None:
    """The clean-up under way: its lists are not made yet, or their draft was discarded."""
    unfinished = Q(item=None) | Q(item__status=Status.DISCARDED)
    return Cleanup.objects.filter(unfinished, agency=agency).order_by("-as_of", "-pk").first()


def cleanup_due(agency: Agency) -> date | None:
    """The day by which the next clean-up is due; ``None`` before there was a first one.

    Two years after the day that the last one whose lists were published went through.
    """
    last = (
        Cleanup.objects.filter(agency=agency, item__publication__isnull=False)
        .order_by("-as_of")
        .values_list("as_of", flat=True)
        .first()
    )
    return next_cleanup(last) if last is not None else None
