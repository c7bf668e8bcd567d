"""Several items at once: what will happen to each is shown first, then each is done on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.ledger.events import Event

from .. import events, queries, services
from ..models import Item
from ..transitions import hindrance
from .base import StaffMixin, item_address
from .timeline import told_of_many

MOST = 50  # items at once: each is examined, which takes its time


@dataclass(frozen=True, slots=True)
class Bulk:
    """A verb for several items."""

    event: type[Event]
    label: str
    done: str
    act: Callable[[Item, User], Any]
    warning: str


BULK: Mapping[str, Bulk] = {
    "submit": Bulk(
        events.Submitted, "送审", "送审", services.submit, "每条都先审查；有须处理的问题的不送审，留在草稿。"
    ),
    "discard": Bulk(
        events.Discarded, "作废", "作废", services.discard, "作废的信息不能再修改和送审；内容和经过仍可查阅。"
    ),
}


class BulkView(StaffMixin, TemplateView):
    """``POST`` with the chosen items shows what would happen to each; with ``confirmed`` it is done."""

    template_name = "portal/staff/bulk.html"
    http_method_names = ("post",)

    @cached_property
    def bulk(self) -> Bulk:
        if self.kwargs["verb"] not in BULK:
            raise Http404
        return BULK[self.kwargs["verb"]]

    def get_page_title(self) -> str:
        return f"{self.bulk.label}多条信息"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("portal_items:list"), "label": "信息"}, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def items(self) -> list[Item]:
        """Those chosen that are of the user's own agency, in the order of the list."""
        numbers = [int(each) for each in self.request.POST.getlist("item") if each.isdecimal()][:MOST]
        if self.user.agency is None:
            raise Http404
        found = queries.items_of(self.user, self.user.agency).filter(pk__in=numbers)
        return list(found.select_related("agency", "column").order_by("-updated_at", "-pk"))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.items:
            messages.warning(request, "没有选中信息：请在列表中勾选。")
            return redirect("portal_items:list")
        if "confirmed" not in request.POST:
            return self.render_to_response(self.get_context_data())
        done = 0
        for item in self.items:
            try:
                self.bulk.act(item, self.user)
            except NotPermittedError as error:
                messages.error(request, f"《{item.title}》没有{self.bulk.done}：{error}")
            else:
                done += 1
        if done:
            messages.success(request, f"已{self.bulk.done} {done} 条。")
        return redirect("portal_items:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told, actor = told_of_many(self.items), actor_in(self.user)
        rows = [
            {
                "item": item,
                "url": item_address(item.pk),
                "hindrance": hindrance(told[item.pk].case, self.bulk.event, actor),
            }
            for item in self.items
        ]
        return super().get_context_data(**kwargs) | {
            "bulk": self.bulk,
            "possible": [row for row in rows if row["hindrance"] is None],
            "impossible": [row for row in rows if row["hindrance"] is not None],
        }
