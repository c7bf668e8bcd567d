"""Which records name people, what each is kept by, and who erases it: one list, told by each room at the start.

Records of a case go with it (:class:`OfCase`); those that belong to no case have a time of their own (:class:`Own`).
Disputes hang on cases and live on the same floor, so they are told of here as well and not imported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.models import Agency
from gongkai.law.retention import Kept

from .models import Application

# A text in which whoever the case names is covered.
Cover = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class OfCase:
    """A kind of record of a case, erased with everything that says who applied.

    ``becomes`` says what is left of it. ``erase`` empties or covers it. ``names`` are people whom the record names
    (third parties): asked before anything is erased, so that they are covered everywhere. ``held``: which cases must
    be kept whole, because this record of them is still needed after the day.
    """

    what: str
    becomes: str
    erase: Callable[[Application, Cover], None]
    names: Callable[[Application], Collection[str]] | None = None
    held: Callable[[Collection[int], date], set[int]] | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """A kind of record beside the cases, with a time of its own from ``since``.

    ``erase`` is given the last day of each kind of data that has been kept long enough, and today; it says how many
    records it erased.
    """

    what: str
    since: str
    becomes: str
    erase: Callable[[Agency, Mapping[Kept, date], date], int]


_of_case: list[OfCase] = []
_own: list[Own] = []


def register(record: OfCase | Own) -> None:
    """Have a kind of record erased on the schedule. Told once, when the program starts."""
    known: list[OfCase] | list[Own] = _of_case if isinstance(record, OfCase) else _own
    if record.what not in {each.what for each in known}:
        known.append(record)  # type: ignore[arg-type]


def of_case() -> tuple[OfCase, ...]:
    """Every kind of record that goes with a case."""
    return tuple(_of_case)


def own() -> tuple[Own, ...]:
    """Every kind of record with a time of its own."""
    return tuple(_own)


def held(applications: Collection[int], cutoff: date) -> set[int]:
    """Which of these cases must be kept whole, though they were closed on or before the day."""
    return {pk for each in _of_case if each.held is not None for pk in each.held(applications, cutoff)}
