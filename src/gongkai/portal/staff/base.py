"""What the pages of the back office share: whose items, breadcrumbs, names of people, how a list counts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from gongkai.bureau.models import Agency
from gongkai.bureau.staff import AgencyPageMixin

from ..models import Item
from .access import own_item_or_404


class StaffMixin(AgencyPageMixin):
    """A page about the items of an agency: ``?agency=``, by default the reader's own; 404 for others."""

    header_icon = "doc-full"


class ItemMixin(StaffMixin):
    """A page about the item of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def item(self) -> Item:
        return own_item_or_404(self.request, self.kwargs["pk"])

    @cached_property
    def agency(self) -> Agency:
        return self.item.agency

    @property
    def item_url(self) -> str:
        return item_address(self.item.pk)

    def get_page_title(self) -> str:
        return self.item.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"item": self.item, "item_url": self.item_url}

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("portal_items:list"), "label": "信息"}, {"url": "", "label": self.item.title}]

    def below(self, label: str) -> list[dict[str, Any]]:
        """The breadcrumbs of a page below that of the item."""
        items = {"url": reverse("portal_items:list"), "label": "信息"}
        return [items, {"url": self.item_url, "label": self.item.title}, {"url": "", "label": label}]


def item_address(pk: int | None) -> str:
    """The page of an item in the back office."""
    return reverse("portal_items:item", args=[pk])
