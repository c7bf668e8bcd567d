"""Narrowing the list of a column by what its address says: year, topic, kind of document, validity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from .models import ColumnType, DocumentClass, Publication
from .queries import in_force_on

# Of longer lists only the years are offered: counting them would make the page wait.
MOST_COUNTED = 1000
VALIDITY = {"in_force": "现行有效", "ended": "失效、废止"}
_OF_DOCUMENTS = frozenset({ColumnType.DOCUMENTS, ColumnType.PLATFORM, ColumnType.NOTICES, ColumnType.INTERPRETATIONS})
_NAMES = ("year", "topic", "kind", "validity")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for; empty is everything."""

    year: str = ""
    topic: str = ""
    kind: str = ""
    validity: str = ""

    @property
    def query(self) -> str:
        """As a query string, with its question mark; empty for everything."""
        asked = {name: value for name in _NAMES if (value := getattr(self, name))}
        return f"?{urlencode(asked)}" if asked else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose. ``count`` is ``None`` where it was not counted."""

    value: str
    label: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the list, with its values."""

    name: str
    label: str
    choices: list[Choice]


def asked(query: Mapping[str, str]) -> bool:
    """Whether an address narrows its list."""
    return any(query.get(name) for name in _NAMES)


def read(query: Mapping[str, str]) -> Wanted:
    """What an address asks for. What cannot be a value of a filter is as if it were not there."""
    year, kind, validity = query.get("year", ""), query.get("kind", ""), query.get("validity", "")
    return Wanted(
        year=year if year.isascii() and year.isdigit() and len(year) == 4 and year > "1900" else "",
        topic=query.get("topic", "").replace("\x00", "")[:40],
        kind=kind if kind in DocumentClass.values else "",
        validity=validity if validity in VALIDITY else "",
    )


def apply(found: QuerySet[Publication], wanted: Wanted, today: date) -> QuerySet[Publication]:
    """The publications that fit. The year is that of publishing."""
    if wanted.year:
        year = int(wanted.year)
        found = found.filter(live_from__gte=_new_year(year), live_from__lt=_new_year(year + 1))
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    if wanted.kind:
        found = found.filter(document_class=wanted.kind)
    match wanted.validity:
        case "in_force":
            found = found.exclude(document_class="").filter(in_force_on(today))
        case "ended":
            found = found.exclude(document_class="").filter(ended_on__lte=today)
    return found


def offered(found: QuerySet[Publication], column_type: str, wanted: Wanted, today: date) -> tuple[int, list[Filter]]:
    """How many publications there are, and the filters to offer: those that would leave something out.

    One query, or two for columns of documents that are short enough to count what each value would give.
    """
    shape = found.order_by().aggregate(many=Count("pk"), oldest=Min("live_from"))
    many: int = shape["many"]
    if column_type not in _OF_DOCUMENTS or not 0 < many <= MOST_COUNTED:
        return many, _only(_years_since(shape["oldest"], wanted))
    rows = list(found.order_by().values_list("live_from", "topic", "document_class", "ended_on"))
    years = Counter(str(timezone.localtime(moment).year) for moment, *_ in rows if moment is not None)
    classes = Counter(row[2] for row in rows if row[2])
    ended = [row[3] is not None and row[3] <= today for row in rows if row[2]]
    topics, labels = Counter(row[1] for row in rows if row[1]), dict(DocumentClass.choices)
    filters = (
        _filter("year", "年份", [(year, f"{year}年", years[year]) for year in sorted(years, reverse=True)], wanted),
        _filter("topic", "主题", [(topic, topic, count) for topic, count in topics.items()], wanted),
        _filter("kind", "类别", [(code, labels[code], count) for code, count in classes.items()], wanted),
        _filter(
            "validity",
            "有效性",
            [(name, VALIDITY[name], ended.count(name == "ended")) for name in VALIDITY] if any(ended) else [],
            wanted,
        ),
    )
    return many, _only(*filters)


def _years_since(oldest: datetime | None, wanted: Wanted) -> Filter:
    """Years from that of the oldest publication to this one, not counted."""
    if oldest is None:
        return Filter("year", "年份", [])
    years = range(timezone.localdate().year, timezone.localtime(oldest).year - 1, -1)
    return _filter("year", "年份", [(str(year), f"{year}年", None) for year in years], wanted)


def _filter(name: str, label: str, values: Iterable[tuple[str, str, int | None]], wanted: Wanted) -> Filter:
    chosen = getattr(wanted, name)
    return Filter(name, label, [Choice(value, text, count, value == chosen) for value, text, count in values])


def _only(*filters: Filter) -> list[Filter]:
    return [each for each in filters if len(each.choices) > 1 or any(choice.is_chosen for choice in each.choices)]


def _new_year(year: int) -> datetime:
    return timezone.make_aware(datetime.combine(date(year, 1, 1), time()))
