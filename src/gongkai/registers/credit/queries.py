"""What each audience reads of statistical credit. The public reads through :func:`public`, and through nothing else."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from .models import CreditRecord, Status

SHOWN = (Status.PUBLISHED, Status.REPAIRING)


def public(agency_id: int, day: date) -> QuerySet[CreditRecord]:
    """What anybody may read on a day: published by somebody, its period not over; the newest first."""
    return CreditRecord.objects.filter(
        agency_id=agency_id, status__in=SHOWN, published_on__lte=day, public_until__gte=day
    ).order_by("-published_on", "-pk")


def matching(records: QuerySet[CreditRecord], wanted: str) -> QuerySet[CreditRecord]:
    """Those whose enterprise has the words in its name, or this code."""
    wanted = wanted.strip()
    return records.filter(Q(enterprise__contains=wanted) | Q(credit_code=wanted.upper())) if wanted else records


def revoked(agency_id: int, pk: int) -> CreditRecord | None:
    """A record that was public and was taken back, whose address tells why."""
    found = CreditRecord.objects.filter(agency_id=agency_id, pk=pk, status=Status.REVOKED, published_on__isnull=False)
    return found.first()


def overdue_publication(day: date) -> Q:
    """Decisions that should have been published before a day."""
    return Q(status=Status.DECIDED, publish_by__lt=day)
