"""By when a decision is published, and by when one that was revoked is withdrawn. The law is :mod:`gongkai.law.limits`.

Nothing is stored: a page reckons for what it shows, a list for the day before which whatever was decided is late.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from gongkai.bureau.calendar import working_calendar
from gongkai.law.errors import LawError
from gongkai.law.limits import Limit, LimitKind, limit
from gongkai.law.parameters import standard_parameters

from .models import Decision, DecisionKind

_SEVEN = (DecisionKind.PERMITS, DecisionKind.PENALTIES)
NEAR = 3  # working days before the last one from which a decision is marked; a practice of ours
OPEN = Q(published_on=None, revoked_on=None, withheld="")
TO_WITHDRAW = Q(revoked_on__isnull=False, withdrawn_on=None) & (Q(shown_on__isnull=False) | ~Q(published_on=None))


def kind_of(kind: str) -> LimitKind:
    """Which limit governs the publication of a kind of decisions."""
    return LimitKind.PERMIT_OR_PENALTY_PUBLICATION if kind in _SEVEN else LimitKind.ENFORCEMENT_PUBLICATION


def due(decision: Decision) -> Limit | None:
    """What runs for a decision; ``None`` where nothing does, or no rule was in force on the day."""
    if decision.revoked_on is not None:
        shown = decision.shown_on or decision.published_on
        running = shown is not None and decision.withdrawn_on is None
        return _limit(LimitKind.PENALTY_WITHDRAWAL, decision.revoked_on) if running else None
    if decision.published_on is None and not decision.withheld:
        return _limit(kind_of(decision.kind), decision.decided_on)
    return None


def of_lateness(today: date) -> Q:
    """The condition that a decision should have been published, or withdrawn, before today."""
    late = Q()
    for kinds in (_SEVEN, tuple(set(DecisionKind) - set(_SEVEN))):
        first, last = _late(kind_of(kinds[0]), today)
        late |= OPEN & Q(kind__in=kinds, decided_on__gte=first, decided_on__lte=last)
    first, last = _late(LimitKind.PENALTY_WITHDRAWAL, today)
    return late | TO_WITHDRAW & Q(revoked_on__gte=first, revoked_on__lte=last)


def _late(kind: LimitKind, today: date) -> tuple[date, date]:
    """The days whose limit is over before today, from the first on which there was a rule."""
    day = today - timedelta(days=1)
    while (found := _limit(kind, day)) is not None and found.last >= today:
        day -= timedelta(days=1)
    return standard_parameters().by_code[kind][0].since, day


def _limit(kind: LimitKind, start: date) -> Limit | None:
    try:
        return limit(kind, start, working_calendar())
    except LawError:
        return None
