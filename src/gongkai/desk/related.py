"""What the page of an application shows of disputes: the two rooms are on one floor and do not know each other."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from gongkai.applications.models import Application
from gongkai.applications.related import Button, DisputeRow, register_buttons, register_disputes
from gongkai.bureau.models import User
from gongkai.disputes.models import Dispute
from gongkai.disputes.queries import open_among, standing
from gongkai.disputes.staff.base import files_for


def disputes_of(application: Application) -> list[DisputeRow]:
    """The reviews and suits over an application, the first at the top; one query."""
    return [
        DisputeRow(
            each.number,
            each.get_kind_display(),
            each.filed_on,
            standing(each),
            reverse("disputes:case", args=[each.pk]),
        )
        for each in Dispute.objects.filter(application=application).defer("claims").order_by("filed_on", "pk")
    ]


def buttons_of(application: Application, user: User) -> list[Button]:
    """A review or suit is registered from the case that it is over."""
    if not files_for(user, application.agency):
        return []
    return [Button("登记复议诉讼", f"{reverse('disputes:file')}?{urlencode({'application': application.number})}")]


def register() -> None:
    """Told once, when the program starts."""
    register_disputes(disputes_of, open_among)
    register_buttons(buttons_of)
