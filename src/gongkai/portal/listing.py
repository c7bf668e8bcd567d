"""Lists of what is public, as rows: a few columns of each publication, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.law.validity import Validity

from .models import ItemType, Publication
from .queries import public, validity_of

_NUMBER, _TEXT = -711, "\ue711"  # stand for the key of a list while its query is written
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
    fields: Sequence[str],
    order: Sequence[str] = ("-live_from", "-pk"),
) -> dict[Any, list[tuple[Any, ...]]]:
    """The first ``each`` publications of every key in an order, as the database driver gives their values."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    mark: int | str = _TEXT if isinstance(wanted[0], str) else _NUMBER
    one = public(agency_id).filter(**{field: mark}).order_by(*order).values_list(field, *fields)[:each]
    sql, given = one.query.sql_with_params()
    parameters = [key if value == mark else value for key in wanted for value in given]
    parts = (f"SELECT * FROM ({sql}) AS part{number}" for number in range(len(wanted)))  # noqa: S608  our own query
    found: dict[Any, list[tuple[Any, ...]]] = {key: [] for key in wanted}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        for key, *values in cursor.fetchall():
            found[key].append(tuple(values))
    return found


def _row(values: Iterable[Any], today: date) -> Row:
    fields = _Fields._make(values)
    valid = None
    if fields.document_class:
        dates = {name: _day(getattr(fields, name)) for name in _DATES}
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
