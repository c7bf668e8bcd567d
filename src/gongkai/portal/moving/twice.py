"""One publication, told twice: by the site itself and by a row of an Excel ledger. It counts once.

What has a page here and what stands in a ledger are the same when they have one title on one day. Each page answers
for one row, that of its own column first, so that a text put into two columns still counts for both; the page
prevails, for its particulars are those that somebody approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gongkai.bureau.models import Agency

from ..models import Publication

Told = tuple[date, str]


def told(day: date, title: str) -> Told:
    """What a publication is known by: the day, and the title without blanks."""
    return day, "".join(title.split())


class Shown:
    """The publications with a page, to be held against the rows of a ledger; each is given away once."""

    def __init__(self, publications: Iterable[tuple[date, str, str, str]]) -> None:
        self._free: dict[Told, list[tuple[str, str]]] = {}
        for day, title, first, second in publications:
            self._free.setdefault(told(day, title), []).append((first, second))

    @classmethod
    def between(cls, agency: Agency, days: Iterable[date]) -> Shown:
        """Those of the days from the first to the last; one query."""
        known = list(days)
        if not known:
            return cls(())
        found = Publication.objects.filter(
            agency=agency, item__isnull=False, published_on__gte=min(known), published_on__lte=max(known)
        )
        rows = found.values_list("published_on", "title", "column__first_level", "column__name", "column__parent")
        return cls((day, title, first, name if parent else "") for day, title, first, name, parent in rows)

    def has(self, values: Mapping[str, Any]) -> bool:
        """Whether a row of the ledger is a publication that has a page."""
        key = told(values["published_on"], values["title"])
        free = self._free.get(key)
        if not free:
            return False
        own = (values["first_level"], values["second_level"])
        free.remove(own if own in free else free[0])
        return True


def absorb(publication: Publication) -> bool:
    """Take back the row of a ledger that told of the same publication before it had a page here."""
    rows = Publication.objects.filter(
        agency_id=publication.agency_id, item=None, edition=None, published_on=publication.published_on
    )
    same = [
        row for row in rows if told(row.published_on, row.title) == told(publication.published_on, publication.title)
    ]
    if not same:
        return False
    same.sort(key=lambda row: row.column_id != publication.column_id)
    same[0].delete()
    return True
