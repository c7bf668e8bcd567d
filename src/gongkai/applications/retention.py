"""保存期限: which personal data has been kept long enough, and the work that erases it by the confirmed schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.retention import Kept, standard_periods, years_before

from .models import Application, CaseFile, RetentionSchedule, Status
from .related import under_dispute
from .services.erasing import FILES, erase

_AT_ONCE = 500  # applications of a kind in one run: the next night goes on


@dataclass(frozen=True, slots=True)
class Due:
    """What has been kept long enough: ``applications`` closed on or before ``cutoff``; ``held`` are under dispute."""

    what: Kept
    years: int
    cutoff: date
    applications: QuerySet[Application]
    held: frozenset[int]

    @property
    def number(self) -> int:
        """How many will be erased."""
        return self.applications.exclude(pk__in=self.held).count()


def proposal(agency: Agency, today: date) -> RetentionSchedule:
    """The confirmed schedule of an agency, or the one that comes with the program, unsaved."""
    found = RetentionSchedule.objects.filter(agency=agency).first()
    if found is not None:
        return found
    periods = standard_periods(today)
    return RetentionSchedule(
        agency=agency,
        id_proof_years=periods[Kept.ID_PROOF].years,
        applicant_years=periods[Kept.APPLICANT].years,
    )


def due(agency: Agency, schedule: RetentionSchedule, today: date) -> list[Due]:
    """What has been kept long enough by a schedule, whether it is confirmed or not."""
    years = {Kept.ID_PROOF: schedule.id_proof_years, Kept.APPLICANT: schedule.applicant_years}
    return [_due(agency, what, number, today) for what, number in years.items()]


def _due(agency: Agency, what: Kept, years: int, today: date) -> Due:
    cutoff = years_before(today, years)
    found = Application.objects.filter(agency=agency, status=Status.CLOSED, closed_on__lte=cutoff)
    if what is Kept.APPLICANT:
        found = found.filter(applicant__erased_at=None)
    else:
        files = CaseFile.objects.filter(application=OuterRef("pk"), kind__in=FILES[what], erased_at=None)
        found = found.filter(Exists(files))
    found = found.order_by("closed_on", "pk")
    held = under_dispute(list(found.values_list("pk", flat=True)[:_AT_ONCE]))
    return Due(what, years, cutoff, found, frozenset(held))


def erase_due(now: datetime) -> str:
    """Erase what the confirmed schedules say. A job: repeated, it finds nothing more to do."""
    today, erased, refused = timezone.localdate(now), 0, 0
    for schedule in RetentionSchedule.objects.select_related("agency"):
        for what, application in list(_next(schedule, today)):
            try:
                erase(application, today, what, keeps_request=schedule.keeps_request)
            except NotPermittedError:
                refused += 1  # under dispute since, or erased by somebody else: the next night looks again
            else:
                erased += 1
    return f"清除 {erased} 件" + (f"，暂不能清除 {refused} 件" if refused else "")


def _next(schedule: RetentionSchedule, today: date) -> Iterator[tuple[Kept, Application]]:
    for found in due(schedule.agency, schedule, today):
        waiting = found.applications.exclude(pk__in=found.held).select_related("agency")
        for application in waiting[:_AT_ONCE]:
            yield found.what, application
