"""How many applications one applicant made, found by blind index: nobody's name is read for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, QuerySet

from gongkai.bureau.models import Agency
from gongkai.law.errors import LawError
from gongkai.law.parameters import Parameter, standard_parameters

from ..intake.duplicates import of_applicant
from ..models import Application

_MOST = 200  # of one applicant that are counted and shown


@dataclass(frozen=True, slots=True)
class Span:
    """A period in which applications are counted. ``count`` of them; ``limit`` from which the program points at it."""

    label: str
    count: int
    limit: Parameter

    @property
    def is_much(self) -> bool:
        return self.count >= self.limit.number


@dataclass(frozen=True, slots=True)
class Volume:
    """What one applicant asked for around one application: ``place`` is the how-manieth of its month it is."""

    month: Span
    quarter: Span
    place: int
    others: tuple[Application, ...]

    @property
    def is_much(self) -> bool:
        """Whether somebody should look. It decides nothing."""
        return self.month.is_much or self.quarter.is_much


def month_of(day: date) -> tuple[date, date]:
    """The first day of the 自然月 of a day, and that of the next."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def quarter_of(day: date) -> tuple[date, date]:
    """The first day of the quarter of a day, and that of the next."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return first, (first + timedelta(days=95)).replace(day=1)


def limit_of(code: str, day: date) -> Parameter | None:
    """From how many on the program points at it; ``None`` before the Regulation of 2019, which the rule is of."""
    try:
        return standard_parameters().on(code, day)
    except LawError:
        return None


def volume_of(application: Application) -> Volume | None:
    """The applications of the same applicant to the same agency, in the month and quarter of this one; one query.

    ``None`` before the rule was in force.
    """
    day = application.received_on
    by_month, by_quarter = limit_of("volume_month", day), limit_of("volume_quarter", day)
    if by_month is None or by_quarter is None:
        return None
    first, after = quarter_of(day)
    found = _same(application).filter(received_on__gte=first, received_on__lt=after)
    every = list(found.order_by("received_on", "pk")[:_MOST])
    start, end = month_of(day)
    month = [each for each in every if start <= each.received_on < end]
    place = next((at for at, each in enumerate(month, 1) if each.pk == application.pk), len(month))
    return Volume(
        Span(f"{day.month}月", len(month), by_month),
        Span(f"第{(day.month + 2) // 3}季度", len(every), by_quarter),
        place,
        tuple(each for each in every if each.pk != application.pk),
    )


def in_month(application: Application) -> int:
    """How many items count for the fee by item: those of the applicant in the 自然月 up to and with this one."""
    start, _ = month_of(application.received_on)
    earlier = _same(application).filter(received_on__gte=start, received_on__lte=application.received_on)
    same_day = earlier.filter(received_on=application.received_on, pk__gt=application.pk)
    return earlier.count() - same_day.count()


def _same(application: Application) -> QuerySet[Application]:
    """The applications of an applicant; one without a name or number stands alone."""
    own = Application.objects.filter(agency_id=application.agency_id)
    applicant = application.applicant
    if not applicant.id_number and not applicant.name:
        return own.filter(pk=application.pk).defer("requested", "title", "reference")
    return of_applicant(own, applicant).defer("requested", "title", "reference")


@dataclass(frozen=True, slots=True)
class Many:
    """An applicant of a month with many applications; ``last`` is the newest, whose page leads on."""

    count: int
    last: Application


def many_in(agency: Agency, day: date) -> Sequence[Many]:
    """Applicants (by the number of their document, else by name) with many applications in the month of a day, most
    first; three queries however many there are."""
    limit = limit_of("volume_month", day)
    if limit is None:
        return []
    start, end = month_of(day)
    own = Application.objects.filter(agency=agency, received_on__gte=start, received_on__lt=end)
    groups: list[tuple[int, int]] = []
    with_number = own.exclude(applicant__id_index="").values("applicant__id_index")
    nameless = own.filter(applicant__id_index="").exclude(applicant__name_index="").values("applicant__name_index")
    for grouped in (with_number, nameless):
        many = grouped.annotate(count=Count("pk"), last=Max("pk")).filter(count__gte=limit.number)
        groups += [(row["count"], row["last"]) for row in many.order_by()]
    newest = Application.objects.select_related("applicant").defer("requested", "title", "reference")
    by_pk = newest.in_bulk([last for _, last in groups])
    found = [Many(count, by_pk[last]) for count, last in groups]
    return sorted(found, key=lambda each: (-each.count, each.last.pk))
