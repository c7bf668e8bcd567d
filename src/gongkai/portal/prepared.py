"""Queries that are written once and asked on every page: writing a small one takes several times as long as asking."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

AGENCY = -712  # stands for the agency in a query that is written once

Query = Callable[[int], "QuerySet[Any, tuple[Any, ...]]"]


def ask(query: Query, agency_id: int) -> list[tuple[Any, ...]]:
    """The rows of a query of an agency, as the driver gives their values: text, whole numbers and ``None`` only.

    ``query`` is a function of a module, and depends on nothing but the agency.
    """
    sql, given = _written(connection.vendor, query)
    with connection.cursor() as cursor:
        cursor.execute(sql, [agency_id if value == AGENCY else value for value in given])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@cache
def _written(vendor: str, query: Query) -> tuple[str, tuple[Any, ...]]:
    written: tuple[str, tuple[Any, ...]] = query(AGENCY).query.sql_with_params()
    return written
