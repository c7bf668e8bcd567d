"""What stands of 互动交流 on the first page of the site and on the page of its column (``GONGKAI_HOME_PANELS``,
``GONGKAI_COLUMN_PANELS``)."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from gongkai.bureau.models import Agency

from ..queries import public_answers, standing_of_year
from .base import BESIDE

_LINES = 4
_SECONDS = 300


def panel(request: HttpRequest, agency: Agency) -> SafeString:
    """The ways in, the last public answers, and how long answers take; one query, or three."""
    year = timezone.localdate().year
    context = {
        # What was taken from the site is gone at once; a mean may be some minutes old.
        "answers": list(public_answers(agency).only("pk", "title", "published_on")[:_LINES]),
        "standing": cache.get_or_set(f"hdjl:standing:{agency.pk}", lambda: standing_of_year(agency, year), _SECONDS),
    }
    return render_to_string("inquiries/public/panel.html", context, request)


def doors(request: HttpRequest) -> SafeString:
    """The ways from the column 互动交流; no query."""
    found = [(reverse(address), label) for address, label in BESIDE]
    return render_to_string("inquiries/public/doors.html", {"doors": found}, request)
