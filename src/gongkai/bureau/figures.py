"""What a figure is: a number in a report and the list behind it, from one filter.

Each app declares its figures as module-level constants in its ``figures.py``; :func:`figure` finds them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Aggregate, BooleanField, Case, Count, Q, QuerySet, Value, When
from django.utils.module_loading import module_has_submodule

from .models import Agency

Number = int | float | Decimal
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records, and of which calendar year (the statistical period of the report is 1 January to 31 December)."""

    agencies: tuple[int, ...]
    year: int

    @classmethod
    def of(cls, agency: Agency, year: int, *, with_descendants: bool = False) -> Scope:
        """The scope of one agency (no query), or of it and every body below it (one query)."""
        if not with_descendants:
            return cls((agency.pk,), year)
        below = Agency.objects.filter(path__startswith=agency.path).values_list("pk", flat=True)
        return cls(tuple(below), year)

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    def of_agencies(self, field: str = "agency") -> Q:
        """The condition that a record belongs to these agencies; an equality where there is one."""
        if len(self.agencies) == 1:
            return Q(**{field: self.agencies[0]})
        return Q(**{f"{field}__in": self.agencies})

    def during(self, field: str) -> Q:
        """The condition that a date column lies in the year."""
        return Q(**{f"{field}__gte": self.first_day, f"{field}__lte": self.last_day})


@dataclass(frozen=True)
class Figure:
    """A statistic of the records.

    ``records`` gives the rows counted; ``measure`` what is taken of them (rows are counted unless it says
    otherwise); ``dimensions`` the columns by which the number is split, e.g. outcome row and applicant kind.
    """

    name: str
    title: str
    records: Callable[[Scope], QuerySet[Any]]
    measure: Aggregate = field(default_factory=lambda: Count("*"))
    dimensions: tuple[str, ...] = ()

    def evaluate(self, scope: Scope) -> dict[Key, Number | None]:
        """The number for each combination of the dimensions that has records, in ONE query.

        Without dimensions the single key is ``()``; a count or sum of nothing is 0 then, a mean of nothing ``None``.
        """
        rows = self.records(scope).order_by()
        if not self.dimensions:
            value = rows.aggregate(value=self.measure)["value"]
            return {(): 0 if value is None and self.measure.name in {"Count", "Sum"} else value}
        grouped = rows.values_list(*self.dimensions).annotate(value=self.measure)
        return {tuple(key): value for *key, value in grouped}

    def drill(self, scope: Scope, key: Key | Mapping[str, Any] = ()) -> QuerySet[Any]:
        """The records behind one number.

        ``key`` is a key of :meth:`evaluate`; or a mapping that fixes only some dimensions (a row or column
        total); or nothing for all. Raises ``ValueError`` for a key that is neither.
        """
        rows = self.records(scope)
        if isinstance(key, Mapping):
            unknown = set(key) - set(self.dimensions)
            if unknown:
                raise ValueError(f"{self.name} has no dimension {sorted(unknown)}")
            chosen = dict(key)
        elif key == ():
            return rows
        elif len(key) != len(self.dimensions):
            raise ValueError(f"{self.name} takes {len(self.dimensions)} dimensions, got {key!r}")
        else:
            chosen = dict(zip(self.dimensions, key, strict=True))
        conditions = {
            f"{name}__isnull" if value is None else name: value is None or value for name, value in chosen.items()
        }
        return rows.filter(**conditions)


def flag(condition: Q) -> Case:
    """A condition as a column that is true or false, never null: a dimension that a record may have beside others."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure that an installed app declares, by name. Raises ``ValueError`` when two share a name."""
    found: dict[str, Figure] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("gongkai.") or not module_has_submodule(config.module, "figures"):
            continue
        for value in vars(import_module(f"{config.name}.figures")).values():
            if isinstance(value, Figure) and found.setdefault(value.name, value) is not value:
                raise ValueError(f"two figures are named {value.name}")
    return found


def figure(name: str) -> Figure:
    """The figure of that name, e.g. ``applications.received``. Raises ``KeyError`` when there is none."""
    return figures()[name]
