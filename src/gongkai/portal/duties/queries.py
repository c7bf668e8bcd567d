"""Who keeps what on a day, who kept it when, what waits for whom, and where the list no longer fits the people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gongkai.bureau.models import Agency, User
from gongkai.law.validity import expiry_notice

from ..models import CleanupEntry, Column, Door, Duty, Item, Publication, Status

# Parts of the platform whose content the program makes itself: nobody has to feed them.
_OWN = (Door.APPLICATION, Door.REPORTS)
_LOADED = ("department", "keeper__department", "deputy__department")


def on_day(day: date) -> Q:
    """The condition that a duty holds on a day."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def kept_columns(agency: Agency) -> QuerySet[Column]:
    """The columns that somebody has to keep: shown on the site, and not made by the program itself."""
    shown = Column.objects.filter(agency=agency, retired_on=None).exclude(door__in=_OWN)
    return shown.select_related("parent").order_by("order", "pk")


def duties_on(agency: Agency, day: date) -> dict[int, Duty]:
    """The duty of each column on a day, by column; one query."""
    duties = Duty.objects.filter(on_day(day), column__agency=agency).select_related(*_LOADED)
    return {duty.column_id: duty for duty in duties}


def history(column: Column) -> list[Duty]:
    """Who kept a column, the latest first; one query."""
    duties = Duty.objects.filter(column=column).select_related(*_LOADED, "set_by")
    return list(duties.order_by("-since"))


# --- The list of a year -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A column and who kept it in the year, in the order of time."""

    column: Column
    duties: list[Duty] = field(default_factory=list)


def list_of_year(agency: Agency, year: int) -> list[Line]:
    """The duty list of a year: the columns of first level in order, each followed by those below; two queries.

    Columns that were retired before the year are left out; what was retired since is in it.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    columns = (
        Column.objects.filter(Q(retired_on=None) | Q(retired_on__gte=first), agency=agency)
        .exclude(door__in=_OWN)
        .select_related("parent")
        .order_by("order", "pk")
    )
    lines = {column.pk: Line(column) for column in in_order(columns)}
    duties = Duty.objects.filter(column__agency=agency, since__lte=last).filter(Q(until=None) | Q(until__gte=first))
    for duty in duties.select_related(*_LOADED).order_by("since"):
        if duty.column_id in lines:
            lines[duty.column_id].duties.append(duty)
    return list(lines.values())


def in_order(columns: Iterable[Column]) -> list[Column]:
    """Columns as the site shows them: each of first level before those below it."""
    found = list(columns)
    below: dict[int | None, list[Column]] = {}
    known = {column.pk for column in found}
    for column in found:
        below.setdefault(column.parent_id if column.parent_id in known else None, []).append(column)
    return [each for top in below.get(None, []) for each in (top, *below.get(top.pk, []))]


# --- What waits -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tasks:
    """Open work that follows from keeping columns."""

    columns: list[Column]
    drafts: list[Item]
    lapsing: list[Publication]
    to_conclude: list[CleanupEntry]


def tasks_of(user: User, day: date) -> Tasks:
    """What waits for a person because of the columns that they keep on a day; four queries.

    Nothing of it is stored with the person: it is the next keeper's from the day of handing over.
    """
    duties = Duty.objects.filter(on_day(day), keeper=user, column__retired_on=None).select_related("column__parent")
    columns = [duty.column for duty in duties]
    kept = [column.pk for column in columns]
    entries = CleanupEntry.objects.filter(cleanup__item=None, conclusion="", publication__column__in=kept)
    return Tasks(
        columns,
        list(drafts_in(kept)),
        list(lapsing_in(kept, day)),
        list(entries.select_related("publication", "cleanup")),
    )


def drafts_in(columns: Collection[int]) -> QuerySet[Item]:
    """Drafts of columns, whoever began them."""
    found = Item.objects.filter(column__in=columns, status=Status.DRAFT).select_related("created_by", "column__parent")
    return found.defer("body", "summary").order_by("-updated_at")


def lapsing_in(columns: Collection[int], day: date) -> QuerySet[Publication]:
    """Documents of columns whose period ends within the time in which that is spoken of."""
    until = day + timedelta(days=max(expiry_notice(day)))
    found = Publication.objects.filter(
        Publication.SHOWN, column__in=columns, expires_on__gte=day, expires_on__lte=until
    ).exclude(document_class="")
    return found.exclude(repealed_on__lte=day).select_related("column__parent").order_by("expires_on")


# --- Where the list no longer fits ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the list today, in Chinese; ``keeper`` is whose columns want handing over, if any."""

    column: Column
    words: str
    keeper: User | None = None


def faults(agency: Agency, day: date) -> list[Fault]:
    """Columns without a keeper, keepers who left, moved to another department or another agency; two queries.

    A column that only holds others is kept by whoever keeps those.
    """
    duties, columns = duties_on(agency, day), list(kept_columns(agency))
    holders = {column.parent_id for column in columns}
    found = []
    for column in columns:
        duty = duties.get(column.pk)
        if duty is None:
            if column.pk not in holders:
                found.append(Fault(column, "没有指定责任人"))
            continue
        for person, what in ((duty.keeper, "责任人"), (duty.deputy, "替补责任人")):
            if person is not None and (words := _wrong(person, duty, what)):
                found.append(Fault(column, words, person))
    return found


def _wrong(person: User, duty: Duty, what: str) -> str:
    name = person.get_full_name() or person.username
    if not person.is_active:
        return f"该{what}已停用：{name}"
    if person.agency_id != duty.department.agency_id:
        return f"该{what}已不在本机关：{name}"
    if what == "责任人" and person.department_id != duty.department_id:
        now = person.department.name if person.department else "没有内设机构"
        return f"该{what}已不在{duty.department.name}（现在：{now}）：{name}"
    return ""
