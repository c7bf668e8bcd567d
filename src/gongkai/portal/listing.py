"""Lists of what is public, as rows: a few columns of each publication, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.validity import Validity

from .models import ItemType, Publication
from .prepared import AGENCY
from .queries import public, validity_of

# Stand for the key of a list, the agency and the present in a query that is written once.
_NUMBER, _TEXT = -711, "\ue711"
_LONG_AGO = datetime(1949, 10, 1, tzinfo=UTC)
# Says nothing that is not so, and makes SQLite take the index of the series instead of reading all that is shown.
OF_A_SERIES = (("period__gt", ""),)
_ENDED = frozenset({Validity.LAPSED, Validity.REPEALED})


class _Fields(NamedTuple):
    """What is read of a publication for a row; the last five decide the validity of a document."""

    id: int
    item_id: int
    title: str
    published_on: Any
    live_from: Any
    type: str
    interprets_id: int | None
    document_class: str
    formed_on: Any
    effective_on: Any
    expires_on: Any
    amended_on: Any
    repealed_on: Any


_DATES = _Fields._fields[-5:]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list. ``moment`` orders rows of one answer; ``validity`` is that of a document today."""

    id: int
    item: int
    title: str
    day: str
    moment: Any
    type: str
    interprets: int | None
    validity: Validity | None

    @property
    def url(self) -> str:
        """The page of the item."""
        return f"/art/{self.item}.html"

    @property
    def has_ended(self) -> bool:
        """Whether it is a document that is no longer in force."""
        return self.validity in _ENDED

    @property
    def leads_away(self) -> bool:
        """Whether its page leads to another site."""
        return self.type == ItemType.LINK

    @property
    def badge(self) -> str:
        """Its validity in words, as HTML; empty for what is no document. The words tell it, not the colour."""
        if self.validity is None:
            return ""
        return f'<span class="badge{" ended" if self.has_ended else ""}">{self.validity.value}</span>'


def lines(rows: Iterable[Row]) -> SafeString:
    """Rows as a list. Written here because a page has dozens of them: a template takes ten times as long."""
    parts = ['<ul class="rows">\n']
    for row in rows:
        away = '<span class="badge">外部链接</span>' if row.leads_away else ""
        parts.append(
            f'<li><a href="{row.url}">{escape(row.title)}</a>{row.badge}{away}'
            f'<time datetime="{row.day}">{row.day}</time></li>\n'
        )
    return mark_safe("".join([*parts, "</ul>"]))  # noqa: S308  the title is escaped, the rest is ours


def rows_of(found: QuerySet[Publication], *, on: date | None = None) -> list[Row]:
    """The publications of a query as rows; one query."""
    today = on or timezone.localdate()
    return [_row(values, today) for values in found.values_list(*_Fields._fields)]


def latest(agency_id: int, field: str, keys: Iterable[int | str], each: int) -> dict[Any, list[Row]]:
    """The newest ``each`` rows of every key of a field (``column_id``, ``category`` …); one query.

    The query is that of :func:`gongkai.portal.queries.public` once for every key, each limited over its own index, so
    that it takes as long with a hundred thousand publications as with a hundred.
    """
    today = timezone.localdate()
    return {
        key: [_row(values, today) for values in found]
        for key, found in newest(agency_id, field, keys, each, _Fields._fields).items()
    }


def newest(
    agency_id: int,
    field: str,
    keys: Iterable[int | str],
    each: int,
    fields: tuple[str, ...],
    order: tuple[str, ...] = ("-live_from", "-pk"),
    also: tuple[tuple[str, Any], ...] = (),
) -> dict[Any, list[tuple[Any, ...]]]:
    """The first ``each`` publications of every key in an order, as the database driver gives their values.

    ``also`` are further conditions, as field lookups and their values.
    """
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    key_mark: int | str = _TEXT if isinstance(wanted[0], str) else _NUMBER
    sql, given = _written(connection.vendor, field, key_mark, each, fields, order, also)
    known = {AGENCY: agency_id, _moment(_LONG_AGO): _moment(timezone.now())}
    parameters = [key if value == key_mark else known.get(value, value) for key in wanted for value in given]
    parts = (f"SELECT * FROM ({sql}) AS part{number}" for number in range(len(wanted)))  # noqa: S608  our own query
    found: dict[Any, list[tuple[Any, ...]]] = {key: [] for key in wanted}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        for key, *values in cursor.fetchall():
            found[key].append(tuple(values))
    return found


@cache
def _written(
    vendor: str,
    field: str,
    key: int | str,
    each: int,
    fields: tuple[str, ...],
    order: tuple[str, ...],
    also: tuple[tuple[str, Any], ...],
) -> tuple[str, tuple[Any, ...]]:
    """The query for one key, with marks for the agency, the moment and the key: writing it takes longer than asking."""
    found = public(AGENCY, at=_LONG_AGO).filter(**{field: key}, **dict(also))
    one = found.order_by(*order).values_list(field, *fields)[:each]
    return one.query.sql_with_params()


def _moment(moment: datetime) -> Any:
    """A moment as the driver takes it."""
    return connection.ops.adapt_datetimefield_value(moment)


def _row(values: Iterable[Any], today: date) -> Row:
    fields = _Fields._make(values)
    valid = None
    if fields.document_class:
        dates: dict[str, Any] = {name: _day(getattr(fields, name)) for name in _DATES}
        valid = validity_of(fields._replace(**dates), today)
    return Row(
        fields.id,
        fields.item_id,
        fields.title,
        str(fields.published_on),
        fields.live_from,
        fields.type,
        fields.interprets_id,
        valid,
    )


def _day(value: Any) -> date | None:
    """A date as the driver gives it: SQLite has none of its own."""
    return date.fromisoformat(value) if isinstance(value, str) else value
