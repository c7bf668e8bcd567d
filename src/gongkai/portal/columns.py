"""What follows when a column gets another address or another place: links and lists go with it."""

from __future__ import annotations

from itertools import islice

from django.db import transaction
from django.db.models import Q

from gongkai.ledger.services import lock

from . import indexing
from .models import Column, OldAddress, Publication

_AT_ONCE = 200


@transaction.atomic
def save(column: Column) -> None:
    """Save a column that is there already. Its former addresses and those of the columns below lead on for good;
    what it published is listed and found under its new first level.
    """
    lock(column.agency_id)
    former = {each.pk: (each.path, each.parent_id) for each in _with_those_below(column)}
    column.save()
    for each in _with_those_below(column):
        path, parent = former[each.pk]
        if each.path != path:
            _lead_on(path, each)
        if each.parent_id != parent:
            _take_along(each)


def _with_those_below(column: Column) -> list[Column]:
    return list(Column.objects.filter(Q(pk=column.pk) | Q(parent=column.pk)))


def _lead_on(path: str, column: Column) -> None:
    """An address that a column has now leads nowhere else, were it another one's before."""
    addresses = OldAddress.objects.filter(agency=column.agency_id)
    addresses.filter(path=column.url).delete()
    addresses.update_or_create(
        path=f"/{path}/", defaults={"agency_id": column.agency_id, "column": column, "item": None}
    )


def _take_along(column: Column) -> None:
    shown = Publication.objects.filter(column=column, edition__isnull=False)
    shown.update(first_column=column.parent_id or column.pk)
    rows = shown.filter(withdrawn_on=None).select_related("edition").order_by("pk").iterator(_AT_ONCE)
    while pairs := [(each, each.edition) for each in islice(rows, _AT_ONCE) if each.edition is not None]:
        indexing.put(pairs)
