"""The read gates of the portal: what the public may read, and what a member of staff may see of the work behind it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.db.models import BigIntegerField, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import may_see
from gongkai.law.validity import Term, Validity, validity

from .models import Column, Edition, Item, Publication


def public(agency_id: int, *, at: datetime | None = None) -> QuerySet[Publication]:
    """What anybody may read of an agency now: approved, past its moment of release, not withdrawn; newest first.

    List, detail, search, feed, API and files all ask this, so that none of them shows what another hides.
    """
    return Publication.objects.filter(
        Publication.SHOWN, agency_id=agency_id, live_from__lte=at or timezone.now()
    ).order_by("-live_from", "-pk")


def public_columns(agency_id: int) -> QuerySet[Column]:
    """The columns that the site shows, in order."""
    return Column.objects.filter(agency_id=agency_id, retired_on=None).order_by("order", "pk")


def in_site_order(columns: QuerySet[Column]) -> QuerySet[Column]:
    """Columns as the site shows them: each of the first level, then those below it."""
    first = Coalesce("parent_id", "id", output_field=BigIntegerField())
    own = F("parent_id").asc(nulls_first=True)
    return columns.order_by(Coalesce("parent__order", "order"), first, own, "order", "pk")


def public_edition(agency_id: int, item_id: int) -> tuple[Publication, Edition] | None:
    """What anybody may read of an item, or ``None``; one query."""
    found = (
        public(agency_id)
        .filter(item_id=item_id)
        .select_related("edition", "column__parent", "ended_by", "indicator")
        .first()
    )
    return (found, found.edition) if found is not None and found.edition is not None else None


def in_force_on(day: date) -> Q:
    """The condition that a document has not ended by a day."""
    return Q(ended_on=None) | Q(ended_on__gt=day)


class Dated(Protocol):
    """A publication, or a row of a list of them, with the dates that decide its validity."""

    @property
    def document_class(self) -> str: ...
    @property
    def formed_on(self) -> date | None: ...
    @property
    def effective_on(self) -> date | None: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def amended_on(self) -> date | None: ...
    @property
    def repealed_on(self) -> date | None: ...


def validity_of(publication: Dated, on: date) -> Validity | None:
    """有效性 of a document on a day; ``None`` for what is no document or states no dates at all."""
    start = publication.effective_on or publication.formed_on
    if not publication.document_class or start is None:
        return None
    ends = (publication.expires_on, publication.repealed_on, publication.amended_on)
    first = min([start, *(day for day in ends if day is not None)])
    return validity(Term(first, publication.expires_on, publication.repealed_on, publication.amended_on), on)


def items_of(user: User, agency: Agency) -> QuerySet[Item]:
    """The working copies that a member of staff may see: those of the agencies they may see.

    The agency is asked for by itself, for lists are read off indexes that begin with it.
    """
    if user.agency_id != agency.pk and not may_see(user, agency):
        return Item.objects.none()
    return Item.objects.filter(agency=agency)
