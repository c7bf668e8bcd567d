"""The list of an agency's messages, narrowed by address; lists that somebody saved."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import RadioSelect
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.generic import View
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton

from gongkai.bureau.models import Agency, Department
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import Actor, actor_in
from gongkai.bureau.staff import ChinesePaginator, as_sheet

from ..models import Closing, Inquiry, Rating, SavedList, Source, Stage, Status
from ..queries import Urgency, days_left, of_urgency, received_years, urgency_of, waiting_for
from .base import StaffMixin, case_address, is_clerk

EVERY_OPEN = "open"
# Which part of the list is shown is not part of what is saved.
_PASSING = ("p", "export", "_w_filter_fragment")
_LONGEST_QUERY = 600
_MOST_SAVED = 30


class Filters(WagtailFilterSet):
    """What is due, what waits for me, stage, department, source, how it was closed, satisfaction, year."""

    class Meta:
        model = Inquiry
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, agency: Agency, actor: Actor, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        near = [(EVERY_OPEN, "全部在办"), *((each.value, each.label) for each in Urgency)]
        self._add("urgency", "期限情况", choices=near, method=self._urgency)
        self._add("waiting", "等待办理", choices=[("me", "等我办理")], method=self._waiting)
        self._add("stage", "办理环节", choices=Stage.choices)
        departments = Department.objects.filter(agency=agency)
        lead = ModelChoiceFilter(field_name="lead", label="承办处室", queryset=departments, empty_label="全部")
        lead.parent, lead.model = self, Inquiry
        self.filters["lead"] = lead
        self._add("source", "来源", choices=Source.choices)
        self._add("closing", "办结方式", choices=Closing.choices)
        self._add("rating", "满意度", choices=Rating.choices)
        self._add("year", "收到年份", choices=[(str(year), f"{year}年") for year in years], method=self._year)

    def _add(self, name: str, label: str, **options: Any) -> None:
        found = ChoiceFilter(field_name=name, label=label, widget=RadioSelect, empty_label="全部", **options)
        found.parent, found.model = self, Inquiry
        self.filters[name] = found

    def _urgency(self, rows: QuerySet[Inquiry], name: str, value: str) -> QuerySet[Inquiry]:
        if value == EVERY_OPEN:
            return rows.filter(status=Status.OPEN)
        return rows.filter(of_urgency(Urgency(value), timezone.localdate()))

    def _waiting(self, rows: QuerySet[Inquiry], name: str, value: str) -> QuerySet[Inquiry]:
        return rows.filter(waiting_for(self.actor))

    def _year(self, rows: QuerySet[Inquiry], name: str, value: str) -> QuerySet[Inquiry]:
        return rows.filter(received_on__gte=date(int(value), 1, 1), received_on__lte=date(int(value), 12, 31))


class NumberColumn(Column):
    """The number, which leads to the page."""

    def get_value(self, instance: Inquiry) -> SafeString:
        return format_html('<a href="{}">{}</a>', case_address(instance.pk), instance.number)

    def plain(self, instance: Inquiry) -> str:
        return instance.number


class DueColumn(Column):
    """How long there is, in words, and in colour where it is near."""

    def get_value(self, instance: Inquiry) -> SafeString | str:
        words, urgency = self.plain(instance), urgency_of(instance, timezone.localdate())
        return words if urgency is None else format_html('<span class="gk-tag gk-tag--{}">{}</span>', urgency, words)

    def plain(self, instance: Inquiry) -> str:
        return days_left(instance, timezone.localdate())


class TextColumn(Column):
    """Something said of a message."""

    def __init__(self, name: str, label: str, say: Any, **options: Any) -> None:
        self.say = say
        super().__init__(name, label=label, **options)

    def get_value(self, instance: Inquiry) -> Any:
        return self.say(instance)


class InquiriesView(StaffMixin, BaseListingView):
    """The address says how it is narrowed; ``?export=xlsx`` takes it along."""

    template_name = "inquiries/staff/list.html"
    results_template_name = "inquiries/staff/list_results.html"
    paginate_by = 50
    paginator_class = ChinesePaginator
    model = Inquiry
    is_searchable = True
    # What was written is encrypted and cannot be looked through; the subject can.
    search_fields = ["number", "subject"]
    search_backend_name = None
    verbose_name_plural = "群众留言"
    filterset_class = Filters

    def get_page_title(self) -> str:
        return "群众留言"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title(), "sublabel": self.agency.name}]

    def get_search_form(self) -> Any:
        form = super().get_search_form()
        form.fields["q"].widget.attrs["placeholder"] = "编号或者主题"
        return form

    @cached_property
    def default_ordering(self) -> tuple[str, ...]:
        """The newest first, or, of what is open, the one that is due first."""
        near = self.request.GET.get("urgency") or self.request.GET.get("waiting")
        return ("due_on", "pk") if near else ("-received_on", "-pk")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            NumberColumn("number", label="编号", sort_key="number"),
            Column("subject", label="主题"),
            TextColumn("source", "来源", lambda each: each.get_source_display()),
            Column("received_on", label="收到日期", sort_key="received_on", classname="gk-nowrap"),
            TextColumn("stage", "环节", lambda each: each.get_closing_display() or each.get_stage_display()),
            TextColumn("lead", "承办处室", lambda each: each.lead.name if each.lead else ""),
            DueColumn("due_on", label="期限", sort_key="due_on"),
            Column("closed_on", label="办结日期", sort_key="closed_on", classname="gk-nowrap"),
            Column("days", label="办理天数", sort_key="days"),
            TextColumn("rating", "满意度", lambda each: each.get_rating_display()),
        ]

    def get_base_queryset(self) -> QuerySet[Inquiry]:
        return Inquiry.objects.filter(agency=self.agency).select_related("lead").defer("text", "reply")

    def get_filterset_kwargs(self) -> dict[str, Any]:
        own = {"agency": self.agency, "actor": actor_in(self.user), "years": received_years(self.agency)}
        return {**super().get_filterset_kwargs(), **own}

    def get_index_url(self) -> str:
        return reverse("inquiries:list")

    def get_index_results_url(self) -> str:
        own = f"?agency={self.agency.code}" if "agency" in self.request.GET else ""
        return reverse("inquiries:list_results") + own

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not is_clerk(self.user, self.agency):
            return []
        return [HeaderButton("登记留言", url=reverse("inquiries:register"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        asked["export"] = "xlsx"
        return [Button("下载 Excel（XLSX）", url=f"{self.index_url}?{asked.urlencode()}", icon_name="download")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "agency": self.agency,
            "bodies": list(visible_agencies(self.user).order_by("path")),
            "saved": [] if self.results_only else list(SavedList.objects.filter(user=self.user)),
            "query": query_of(self.request.GET),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            records = self.get_queryset().iterator(chunk_size=2000)
            return as_sheet(f"{self.agency.name}群众留言", self.columns, records)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response


def query_of(asked: QueryDict) -> str:
    """How a list is narrowed, as its address says it."""
    kept = QueryDict(mutable=True)
    for name in asked:
        for value in asked.getlist(name):
            if name not in _PASSING and value:
                kept.appendlist(name, value)
    return kept.urlencode()


class SaveListView(StaffMixin, View):
    """Keep the list as it is narrowed now under a name; the same name again takes the place of the earlier."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = " ".join(request.POST.get("name", "").split())
        query = query_of(QueryDict(request.POST.get("query", "")))
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
        return redirect(reverse("inquiries:list") + (f"?{query}" if query else ""))


class DeleteListView(StaffMixin, View):
    """Delete a saved list of one's own."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = SavedList.objects.filter(Q(user=self.user), pk=kwargs["pk"]).first()
        if found is not None:
            found.delete()
            messages.success(request, f"已删除保存的筛选“{found.name}”。")
        return redirect("inquiries:list")
