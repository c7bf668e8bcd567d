"""What the page of a case says when its applicant made many applications."""

from __future__ import annotations

from gongkai.bureau.models import User

from ..beside import Panel
from ..case import Case
from ..models import Application
from ..staff.access import acts_for
from .counting import volume_of

_SHOWN = 10


def much_of(application: Application, case: Case, user: User) -> Panel | None:
    """The numbers and what the law lets the office do; nothing when they are ordinary. One query."""
    volume = volume_of(application)
    if volume is None or not volume.is_much:
        return None
    acts = {event.kind for event in acts_for(user, application, case)}
    context = {
        "volume": volume,
        "shown": volume.others[:_SHOWN],
        "more": max(len(volume.others) - _SHOWN, 0),
        "may_ask": "reasons_asked" in acts,
        "reasons": case.work.reasons_given,
        "is_asked": case.work.reasons_asked,
        "is_open": case.closed_on is None,
    }
    return Panel("申请的数量和频次", "applications/staff/volume/panel.html", context)
