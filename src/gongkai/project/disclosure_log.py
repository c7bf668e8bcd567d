"""The disclosure log on the site: entries become drafts of the portal, which its gate lets out or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from gongkai.applications.disclosed.publishing import ItemDraft, Shown
from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.services import lock
from gongkai.portal import services
from gongkai.portal.models import Column, Door, Item
from gongkai.portal.queries import public


@transaction.atomic
def draft_item(draft: ItemDraft, user: User) -> int:
    """A draft in the column of that name, which is made with the first. Raises :class:`NotPermittedError` where the
    site has no part 依申请公开 to put it beside, or for who may not write."""
    lock(draft.agency.pk)
    column = _column(draft)
    body = []
    for heading, text in draft.parts:
        paragraphs = "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
        body.append(("paragraph", (f"<h3>{escape(heading)}</h3>" if heading else "") + paragraphs))
    item = Item(
        agency=draft.agency,
        column=column,
        title=draft.title,
        summary=draft.summary,
        body=body,
        department=user.department,
        is_demo=draft.agency.is_demo,
    )
    item.save()
    services.edited(item, user)
    return int(item.pk)


def _column(draft: ItemDraft) -> Column:
    """A column is laid when there is something to put in it: an empty one is a fault in every inspection."""
    columns = Column.objects.filter(agency=draft.agency).select_related("parent").order_by("pk")
    named = list(columns.filter(name=draft.column))
    if in_use := [column for column in named if column.retired_on is None]:
        return in_use[0]
    if named:
        raise NotPermittedError(f"栏目“{draft.column}”已经停用，请先由审核人员在“信息发布—栏目”中恢复或者另建。")
    beside: Column | None = columns.filter(door=Door.APPLICATION, retired_on=None).first()
    if beside is None:
        raise NotPermittedError(
            f"网站还没有“依申请公开”栏目，“{draft.column}”不知放在哪里；请先由审核人员在“信息发布—栏目”中建立。"
        )
    made = Column(
        agency=draft.agency,
        parent=beside.parent,
        name=draft.column,
        slug="ysqgkml",
        order=beside.order,
        type=beside.type,
        kind=beside.kind,
        route=beside.route,
        description="已经答复、可以公开的申请，不写申请人",
    )
    made.save()
    return made


def shown_of(agency_id: int, items: Collection[int]) -> Sequence[Shown]:
    """Which of some items the public reads now, the newest first; by the one read gate of the portal."""
    found = public(agency_id).filter(item_id__in=items)
    return [
        Shown(each.item_id, each.title, each.get_absolute_url(), timezone.localdate(each.live_from))
        for each in found.only("item_id", "title", "live_from", "url")
        if each.item_id is not None and each.live_from is not None
    ]


def staff_address(item: int) -> str:
    """The page of an item in the back office."""
    return reverse("portal_items:item", args=[item])
