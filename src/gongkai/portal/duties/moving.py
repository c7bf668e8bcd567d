"""What goes with a duty from one person to another: what they will find waiting, and notices nobody has read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from gongkai.bureau.models import User
from gongkai.notices.models import Notice
from gongkai.notices.queries import UNREAD
from gongkai.notices.services import mark_read, notify

from ..models import Column, Duty, Item, Publication
from .queries import drafts_in, lapsing_in


@dataclass(frozen=True, slots=True)
class Moving:
    """The duties of a person that go to another, and what goes with them."""

    duties: list[Duty]
    drafts: list[Item]
    lapsing: list[Publication]
    notices: list[Notice]


def what_moves(user: User, on: date, columns: Collection[Column] | None = None) -> Moving:
    """What somebody keeps, as keeper or deputy, on a day or later, and the open work of it; four queries."""
    duties = (
        Duty.objects.filter(Q(keeper=user) | Q(deputy=user), Q(until=None) | Q(until__gte=on))
        .filter(column__retired_on=None)
        .select_related("column__parent", "column__agency", "department", "keeper", "deputy")
        .order_by("column__first_level", F("column__parent").asc(nulls_first=True), "column__order", "column_id")
    )
    if columns is not None:
        duties = duties.filter(column__in=columns)
    found = list(duties)
    kept = [duty.column_id for duty in found if duty.keeper_id == user.pk]
    return Moving(
        found,
        list(drafts_in(kept)),
        list(lapsing_in(kept, on)),
        list(_notices([duty.column_id for duty in found], user.pk)),
    )


def follow(columns: Collection[int], former: int, successor: User) -> int:
    """Hand the unread notices about columns to whoever keeps them now; gives how many. The former has read them."""
    found = list(_notices(columns, former))
    for notice in found:
        notify([successor], notice.subject, notice.text, url=notice.url, key=notice.key, urgent=notice.urgent)
    if found:
        mark_read(found[0].recipient, [notice.pk for notice in found])
    return len(found)


def _notices(columns: Collection[int], user: int) -> list[Notice]:
    """A person's unread notices about columns and about the documents in them; at most two queries."""
    unread = list(
        Notice.objects.filter(
            UNREAD, Q(key__startswith="duty:") | Q(key__startswith="validity:"), recipient=user
        ).select_related("recipient")
    )
    if not unread:
        return []
    documents = {int(notice.key.split(":")[1]) for notice in unread if notice.key.startswith("validity:")}
    column_of = dict(Publication.objects.filter(pk__in=documents).values_list("pk", "column_id"))
    wanted = set(columns)
    return [notice for notice in unread if _column(notice.key, column_of) in wanted]


def _column(key: str, column_of: dict[int, int]) -> int | None:
    kind, number = key.split(":")[:2]
    return int(number) if kind == "duty" else column_of.get(int(number))
