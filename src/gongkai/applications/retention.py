"""保存期限: which personal data has been kept long enough, and the work that erases it by the confirmed schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.retention import Kept, standard_periods, years_before

from . import keeping
from .models import Application, CaseFile, RetentionSchedule, Status
from .related import under_dispute
from .services.erasing import FILES, erase

_AT_ONCE = 500  # applications of a kind in one run: the next night goes on


@dataclass(frozen=True, slots=True)
class Due:
    """What has been kept long enough: ``applications`` closed on or before ``cutoff``; ``held`` must be kept whole,
    because a dispute over them is open or has not been over for as long.
    """

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
    return [_due(agency, what, number, today) for what, number in _years(schedule).items()]


def _years(schedule: RetentionSchedule) -> dict[Kept, int]:
    return {Kept.ID_PROOF: schedule.id_proof_years, Kept.APPLICANT: schedule.applicant_years}


def _due(agency: Agency, what: Kept, years: int, today: date) -> Due:
    cutoff = years_before(today, years)
    found = Application.objects.filter(agency=agency, status=Status.CLOSED, closed_on__lte=cutoff)
    if what is Kept.APPLICANT:
        found = found.filter(applicant__erased_at=None)
    else:
        files = CaseFile.objects.filter(application=OuterRef("pk"), kind__in=FILES[what], erased_at=None)
        found = found.filter(Exists(files))
    found = found.order_by("closed_on", "pk")
    first = list(found.values_list("pk", flat=True)[:_AT_ONCE])
    held = under_dispute(first) | keeping.held(first, cutoff)
    return Due(what, years, cutoff, found, frozenset(held))


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of record as the schedule tells it: how long it is kept, from when, and what is left of it."""

    what: str
    years: int
    since: str
    becomes: str


_REPLY = "答复（有复议诉讼的，审结）"


def schedule_of(schedule: RetentionSchedule) -> list[Line]:
    """Every kind of record that may name somebody: the one place that tells what becomes of each, and when."""
    proof, rest = schedule.id_proof_years, schedule.applicant_years
    request = "遮盖其中的个人信息" if schedule.keeps_request else "清除"
    of_cases = (
        Line("申请：身份证明", proof, _REPLY, "文件销毁，留摘要"),
        Line("申请：申请人的姓名、证件、联系方式", rest, _REPLY, "清除"),
        Line("申请：申请内容", rest, _REPLY, request),
        Line("申请：来信、补正、第三方意见、文书、送达凭证的文件", rest, _REPLY, "文件销毁，留摘要"),
        Line("申请：填入文书的内容、收件地址、邮寄单号", rest, _REPLY, "清除"),
        Line("申请：检索、理由等办理材料，备注，文件名，查阅记录", rest, _REPLY, "遮盖其中的个人信息"),
        *(Line(each.what, rest, _REPLY, each.becomes) for each in keeping.of_case()),
    )
    return [*of_cases, *(Line(each.what, rest, each.since, each.becomes) for each in keeping.own())]


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
        cutoffs = {what: years_before(today, number) for what, number in _years(schedule).items()}
        for record in keeping.own():
            with transaction.atomic():
                erased += record.erase(schedule.agency, cutoffs, today)
    return f"清除 {erased} 件" + (f"，暂不能清除 {refused} 件" if refused else "")


def _next(schedule: RetentionSchedule, today: date) -> Iterator[tuple[Kept, Application]]:
    for found in due(schedule.agency, schedule, today):
        waiting = found.applications.exclude(pk__in=found.held).select_related("agency")
        for application in waiting[:_AT_ONCE]:
            yield found.what, application
