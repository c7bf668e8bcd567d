"""The figures of table 三: each counted in one query by applicant kind, the closed ones also by row; and what was late.

An application is counted once, by its day of first receipt (a correction restarts the clock, not the count).
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from gongkai.bureau.figures import Figure, Scope, flag

from .models import Application, SuggestionUse


def _of(scope: Scope) -> QuerySet[Application]:
    return Application.objects.filter(scope.of_agencies())


def _open_after(day: object, *, inclusive: bool) -> Q:
    """Still open at the end of the day, or (``inclusive``) at its beginning."""
    return Q(closed_on__isnull=True) | (Q(closed_on__gte=day) if inclusive else Q(closed_on__gt=day))


RECEIVED = Figure(
    "applications.received",
    "本年新收政府信息公开申请数量",
    lambda scope: _of(scope).filter(scope.during("received_on")),
    dimensions=("applicant_kind",),
)
CARRIED_IN = Figure(
    "applications.carried_in",
    "上年结转政府信息公开申请数量",
    lambda scope: _of(scope).filter(_open_after(scope.first_day, inclusive=True), received_on__lt=scope.first_day),
    dimensions=("applicant_kind",),
)
CLOSED = Figure(
    "applications.closed",
    "本年度办理结果",
    lambda scope: _of(scope).filter(scope.during("closed_on")),
    dimensions=("outcome_row", "applicant_kind"),
)
CARRIED_OUT = Figure(
    "applications.carried_out",
    "结转下年度继续办理",
    lambda scope: _of(scope).filter(_open_after(scope.last_day, inclusive=False), received_on__lte=scope.last_day),
    dimensions=("applicant_kind",),
)
# Articles 33 and 47: closed in the year after the due date, or open at the year's end with the due date behind it.
# Either was received by the end of the year; said once for both, so that one range of one index answers.
OVERDUE = Figure(
    "applications.overdue",
    "超过答复期限的申请（件）",
    lambda scope: _of(scope).filter(
        (scope.during("closed_on") & Q(closed_on__gt=F("due_on")))
        | (_open_after(scope.last_day, inclusive=False) & Q(due_on__lt=scope.last_day)),
        received_on__lte=scope.last_day,
    ),
)
# What suggesting public documents to applicants does: forms in which some were shown, by whether one was opened and
# whether the application was sent all the same.
SUGGESTED = Figure(
    "applications.suggested",
    "申请时提示过已公开信息的次数",
    lambda scope: SuggestionUse.objects.filter(scope.of_agencies(), scope.during("day"), shown__gt=0).annotate(
        was_opened=flag(Q(opened__gt=0))
    ),
    dimensions=("was_opened", "submitted"),
)
SUGGESTED_OPENED = Figure(
    "applications.suggested.opened",
    "打开了所提示的已公开信息的次数",
    lambda scope: SuggestionUse.objects.filter(scope.of_agencies(), scope.during("day"), opened__gt=0),
)
SUGGESTED_SUBMITTED = Figure(
    "applications.suggested.submitted",
    "看到已公开信息的提示后仍然提交的次数",
    lambda scope: SuggestionUse.objects.filter(scope.of_agencies(), scope.during("day"), shown__gt=0, submitted=True),
)
