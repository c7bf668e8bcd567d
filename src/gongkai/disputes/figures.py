"""The figures of table 四 of a year: what was concluded in it, by result, and what was pending at its end.

Disputes carried in from the year before (上年结转) are counted where they end, or among the pending.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.bureau.figures import Figure, Scope

from .models import Dispute


def _concluded(scope: Scope) -> QuerySet[Dispute]:
    return Dispute.objects.filter(scope.of_agencies(), scope.during("concluded_on"))


def _pending(scope: Scope) -> QuerySet[Dispute]:
    open_at_end = Q(concluded_on__isnull=True) | Q(concluded_on__gt=scope.last_day)
    return Dispute.objects.filter(scope.of_agencies(), open_at_end, filed_on__lte=scope.last_day)


def _carried_in(scope: Scope) -> QuerySet[Dispute]:
    open_before = Q(concluded_on__isnull=True) | Q(concluded_on__gte=scope.first_day)
    return Dispute.objects.filter(scope.of_agencies(), open_before, filed_on__lt=scope.first_day)


CONCLUDED = Figure("disputes.concluded", "本年审结的复议诉讼", _concluded, dimensions=("kind", "result"))
PENDING = Figure("disputes.pending", "年末尚未审结的复议诉讼", _pending, dimensions=("kind",))
CARRIED_IN = Figure("disputes.carried_in", "上年结转的复议诉讼", _carried_in, dimensions=("kind",))
