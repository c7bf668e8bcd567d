"""What the page of an application shows of disputes: the two rooms are on one floor and do not know each other."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from gongkai.applications.models import Application
from gongkai.applications.related import DisputeRow, register_disputes
from gongkai.disputes.models import Dispute


def disputes_of(application: Application) -> list[DisputeRow]:
    """The reviews and suits over an application, the first at the top; one query."""
    listed = reverse("desk:records", args=["disputes"])
    return [
        DisputeRow(
            each.number,
            each.get_kind_display(),
            each.filed_on,
            each.get_result_display() if each.result else "尚未审结",
            f"{listed}?year={each.filed_on.year}",
        )
        for each in Dispute.objects.filter(application=application).order_by("filed_on", "pk")
    ]


def open_among(applications: Collection[int]) -> set[int]:
    """Which of these applications are under a dispute that is not concluded."""
    found = Dispute.objects.filter(application__in=applications, concluded_on=None)
    return set(found.values_list("application", flat=True))


def register() -> None:
    """Told once, when the program starts."""
    register_disputes(disputes_of, open_among)
