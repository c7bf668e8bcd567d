"""A number as a sum of figures, each narrowed to some values of its dimensions; and the records behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Aggregate, F, QuerySet

from gongkai.annual.report import Number
from gongkai.bureau.figures import Figure, Key, Scope, figure
from gongkai.bureau.figures import Number as Counted

AGENCY = "agency"
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Term:
    """A figure taken where its dimensions have the values named (any value where they are not), times ``factor``.

    The factor is -1 for what is taken away, and turns yuan into 万元.
    """

    figure: str
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    factor: int | Decimal = 1
    title: str = ""

    @property
    def of(self) -> Figure:
        return figure(self.figure)

    @property
    def key(self) -> Key | None:
        """The one key of the figure's result that this term takes, where every dimension is fixed to one value."""
        values = [self.where.get(name, ()) for name in self.of.dimensions]
        return tuple(value[0] for value in values) if all(len(value) == 1 for value in values) else None

    def takes(self, key: Key) -> bool:
        """Whether a key of the figure's result belongs to this term."""
        return all(key[at] in self.where[name] for at, name in enumerate(self.of.dimensions) if name in self.where)


Terms = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """Records behind a number: rows of one model, what is measured of them, and by what it is multiplied."""

    title: str
    records: QuerySet[Any]
    measure: Aggregate
    factor: int | Decimal

    @property
    def counts_rows(self) -> bool:
        """Whether the number is the number of rows."""
        return self.measure.name == "Count"

    def value(self) -> Number:
        """What these records add to the number; one query."""
        found = self.records.order_by().aggregate(value=self.measure)["value"]
        return exact(found) * self.factor


def records_behind(terms: Terms, scope: Scope) -> list[Behind]:
    """The records behind a number, from the same filters that it is computed with."""
    return [Behind(term.title or term.of.title, _records(term, scope), term.of.measure, term.factor) for term in terms]


def _records(term: Term, scope: Scope) -> QuerySet[Any]:
    rows = term.of.drill(scope, {name: values[0] for name, values in term.where.items() if len(values) == 1})
    several = {f"{name}__in": values for name, values in term.where.items() if len(values) > 1}
    return rows.filter(**several) if several else rows


class Readings:
    """The results of figures for a scope, each asked of the database once, when first needed."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._results: dict[str, Mapping[Key, Counted | None]] = {}

    def of(self, name: str) -> Mapping[Key, Counted | None]:
        """The whole grouped result of a figure."""
        if name not in self._results:
            self._results[name] = self.ask(figure(name))
        return self._results[name]

    def ask(self, figure: Figure) -> Mapping[Key, Counted | None]:
        return figure.evaluate(self.scope)

    def total(self, terms: Terms) -> Number:
        """A sum of counts and sums."""
        return sum((term.factor * exact(value) for term in terms for value in self._taken(term)), start=0)

    def _taken(self, term: Term) -> Iterable[Counted | None]:
        results = self.of(term.figure)
        key = term.key
        return [results.get(key)] if key is not None else [value for at, value in results.items() if term.takes(at)]

    def single(self, name: str) -> Counted | None:
        """A figure without dimensions as it is: a mean of nothing is ``None``."""
        return self.of(name)[()]


class ReadingsByAgency:
    """The same results split by agency: as many queries for a hundred bodies as for one."""

    def __init__(self, scope: Scope, figures: Iterable[str]) -> None:
        self._results: dict[int, dict[str, dict[Key, Counted | None]]] = {pk: {} for pk in scope.agencies}
        self.scope = scope
        for name in dict.fromkeys(figures):
            self._split(figure(name))

    def _split(self, figure: Figure) -> None:
        rows = figure.records(self.scope).order_by()
        grouped = rows.values_list(F(AGENCY), *figure.dimensions).annotate(value=figure.measure)
        for agency, *key, value in grouped:
            self._results[agency].setdefault(figure.name, {})[tuple(key)] = value

    def of_agency(self, agency: int) -> Readings:
        """What the figures say of one body; asks nothing more."""
        return _Known(Scope((agency,), self.scope.year), self._results[agency])


class _Known(Readings):
    def __init__(self, scope: Scope, results: Mapping[str, Mapping[Key, Counted | None]]) -> None:
        super().__init__(scope)
        self._results = dict(results)

    def ask(self, figure: Figure) -> Mapping[Key, Counted | None]:
        """No records of this body: its counts and sums are 0."""
        return {}


def exact(value: Counted | None) -> Number:
    """A value that can be added to others: nothing is 0, and no binary fraction enters a report.

    Money is kept to the cent; SQLite adds it up as binary fractions, of which the cents are what counts.
    """
    if value is None:
        return 0
    if isinstance(value, Decimal):
        return value.quantize(_CENT, ROUND_HALF_UP)
    return Decimal(repr(value)) if isinstance(value, float) else value
