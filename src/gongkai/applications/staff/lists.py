"""The list of an agency's applications: narrowed by address, saved by name, taken along, several done at once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button

from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import Role, actor_in
from gongkai.bureau.staff import CasePaginator, as_sheet

from ..models import Application, SavedList
from ..queries import OPEN, UNDERWAY
from .base import StaffMixin
from .bulk import BULK
from .columns import ChooseColumn, choices, chosen
from .filters import ApplicationFilters, years_with

# Which part of the list is shown is not part of what is saved.
_PASSING = ("p", "export", "_w_filter_fragment")
_LONGEST_QUERY = 600
_MOST_SAVED = 30


# Up to so many are found first and then put in order; more are walked through in order until a page is full.
_FEW = 5_000


class ListPaginator(CasePaginator):
    """Tells the database whether what is listed is few, for it only guesses: walking through everything in order for
    a handful takes as long as there are applications."""

    object_list: Any  # a queryset of applications

    def page(self, number: Any) -> Any:
        if self.count <= _FEW:
            listed = self.object_list
            self.object_list = rows().filter(pk__in=listed.order_by().values("pk")).order_by(*listed.query.order_by)
        return super().page(number)


def rows() -> QuerySet[Application]:
    """What a line of the list needs; not what is encrypted and not shown here."""
    return Application.objects.select_related("lead").defer("requested", "title", "reference", "note")


class ApplicationsView(StaffMixin, BaseListingView):
    """The address says how it is narrowed, in which columns and order; ``?export=xlsx`` takes it along."""

    template_name = "applications/staff/list.html"
    results_template_name = "applications/staff/list_results.html"
    paginate_by = 50
    paginator_class = ListPaginator
    model = Application
    is_searchable = True
    search_fields = ["number", "external_number", "document_number"]
    search_backend_name = None
    verbose_name_plural = "依申请公开"
    filterset_class = ApplicationFilters

    def get_page_title(self) -> str:
        return "依申请公开"

    def get_page_subtitle(self) -> str:
        return self.agency.name

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title(), "sublabel": self.agency.name}]

    def get_search_form(self) -> Any:
        form = super().get_search_form()
        form.fields["q"].widget.attrs["placeholder"] = "编号或者文号"
        return form

    @cached_property
    def default_ordering(self) -> tuple[str, ...]:
        """The newest first, or, of what is open, the one that is due first."""
        asked = self.request.GET
        if (
            asked.get("urgency")
            or asked.get("waiting")
            or asked.get("status") in OPEN
            or asked.get("stage") in UNDERWAY
        ):
            return ("due_on", "pk")
        return ("-received_on", "-pk")

    def get_base_queryset(self) -> QuerySet[Application]:
        return rows().filter(agency=self.agency)

    def order_queryset(self, queryset: QuerySet[Application]) -> QuerySet[Application]:
        """What is alike keeps one order, so that no page shows again what another has shown."""
        found: QuerySet[Application] = super().order_queryset(queryset)
        return found.order_by(*found.query.order_by, "pk") if self.is_explicitly_ordered else found

    @cached_property
    def is_own(self) -> bool:
        return self.user.agency_id == self.agency.pk

    @cached_property
    def bulk(self) -> list[Any]:
        """What this person may do with several at once."""
        roles = actor_in(self.user).roles if self.is_own else frozenset[Role]()
        return [each for each in BULK.values() if each.roles & roles]

    @cached_property
    def columns(self) -> list[Column]:
        shown = chosen(self.request.GET.getlist("columns"))
        return [ChooseColumn(), *shown] if self.bulk else shown

    def get_filterset_kwargs(self) -> dict[str, Any]:
        asked = [self.request.GET.get("year", ""), self.request.GET.get("closed", "")]
        return {
            **super().get_filterset_kwargs(),
            "agency": self.agency,
            "actor": actor_in(self.user),
            "years": years_with(asked, timezone.localdate().year),
        }

    def get_index_url(self) -> str:
        return reverse("applications:list")

    def get_index_results_url(self) -> str:
        kept = QueryDict(mutable=True)
        if "agency" in self.request.GET:
            kept["agency"] = self.agency.code
        for name in self.request.GET.getlist("columns"):
            kept.appendlist("columns", name)
        return reverse("applications:list_results") + (f"?{kept.urlencode()}" if kept else "")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        asked["export"] = "xlsx"
        return [Button("下载 Excel（XLSX）", url=f"{self.index_url}?{asked.urlencode()}", icon_name="download")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown = {column.name for column in self.columns}
        return super().get_context_data(*args, **kwargs) | {
            "agency": self.agency,
            "bodies": list(visible_agencies(self.user).order_by("path")),
            "bulk": self.bulk,
            "saved": [] if self.results_only else list(SavedList.objects.filter(user=self.user)),
            "query": query_of(self.request.GET),
            "kept": [(name, value) for name, value in _pairs(self.request.GET) if name != "columns"],
            "column_choices": [(name, label, name in shown) for name, label in choices()],
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            records = self.get_queryset().iterator(chunk_size=2000)
            return as_sheet(f"{self.agency.name}依申请公开", self.columns, records)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response


def _pairs(asked: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name in asked if name not in _PASSING for value in asked.getlist(name) if value]


def query_of(asked: QueryDict) -> str:
    """How a list is narrowed, as its address says it."""
    kept = QueryDict(mutable=True)
    for name, value in _pairs(asked):
        kept.appendlist(name, value)
    return kept.urlencode()


class SaveListView(StaffMixin, View):
    """Keep the list as it is narrowed now under a name; the same name again takes the place of the earlier."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = " ".join(request.POST.get("name", "").split())
        query = query_of(QueryDict(request.POST.get("query", "")))
        back = reverse("applications:list") + (f"?{query}" if query else "")
        own = SavedList.objects.filter(user=self.user)
        if not name or len(name) > 40:
            messages.error(request, "请给这个筛选起一个 40 字以内的名称。")
        elif len(query) > _LONGEST_QUERY:
            messages.error(request, "筛选条件过长，不能保存，请减少几项。")
        elif own.exclude(name=name).count() >= _MOST_SAVED:
            messages.error(request, f"最多保存 {_MOST_SAVED} 个筛选，请先删去不用的。")
        else:
            SavedList.objects.update_or_create(user=self.user, name=name, defaults={"query": query})
            messages.success(request, f"已保存“{name}”。")
        return redirect(back)


class DeleteListView(StaffMixin, View):
    """Delete a saved list of one's own."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = SavedList.objects.filter(Q(user=self.user), pk=kwargs["pk"]).first()
        if found is not None:
            found.delete()
            messages.success(request, f"已删除保存的筛选“{found.name}”。")
        return redirect("applications:list")
