"""Pages by key: the next one begins where the last one ended, so that the thousandth costs what the first does."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, date, datetime
from typing import Annotated, Any

from django.db.models import Model, Q, QuerySet
from ninja import Query, Schema

MOST, USUAL = 100, 50
_LARGEST = 2**63 - 1

Limit = Annotated[int, Query(ge=1, le=MOST, description=f"每页条数，最多 {MOST}")]
After = Annotated[str, Query(max_length=120, pattern=r"^[A-Za-z0-9_-]*$", description="上一页给出的 next；第一页不写")]


class CursorError(ValueError):
    """``after`` is not what an earlier page gave."""


class Paged(Schema):
    """A page; ``next`` is ``None`` on the last one."""

    next: str | None


def page_of(found: QuerySet[Any], field: str, after: str, limit: int) -> tuple[list[Any], str | None]:
    """Records, the newest by ``field`` first, and the key of the next page; one query whatever the depth.

    Raises :class:`CursorError`.
    """
    if after:
        value, key = _read(after, is_moment=found.model._meta.get_field(field).get_internal_type() == "DateTimeField")
        # The first condition alone is what an index can begin at.
        found = found.filter(Q(**{f"{field}__lte": value}) & (Q(**{f"{field}__lt": value}) | Q(pk__lt=key)))
    rows = list(found.order_by(f"-{field}", "-pk")[: limit + 1])
    following = _written(rows[limit - 1], field) if len(rows) > limit else None
    return rows[:limit], following


def _written(record: Model, field: str) -> str:
    value: date = getattr(record, field)
    return base64.urlsafe_b64encode(f"{value.isoformat()}|{record.pk}".encode()).decode().rstrip("=")


def _read(after: str, *, is_moment: bool) -> tuple[date, int]:
    try:
        value, _, key = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode().partition("|")
        if not (key.isascii() and key.isdecimal() and 0 < int(key) <= _LARGEST):
            raise CursorError
        moment = datetime.fromisoformat(value) if is_moment else date.fromisoformat(value)
        if isinstance(moment, datetime):
            moment.astimezone(UTC)  # the first and last years have moments that no database could hold
            if moment.tzinfo is None:
                raise CursorError
    except (ValueError, OverflowError, binascii.Error) as error:
        raise CursorError from error
    return moment, int(key)
