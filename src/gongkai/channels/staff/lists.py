"""What appeared where, and what is on its way: lists that their address narrows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import RadioSelect, Select
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.staff import CasePaginator, ChinesePaginator, as_sheet

from ..models import Appearance, Channel, Kind, Level, Sending, Status
from ..queries import adoptions_of, years
from .base import StaffMixin

MOST_ON_PAPER = 5000


class Filters(WagtailFilterSet):
    """By channel, kind, adoption, year; sendings by status."""

    class Meta:
        model = Appearance
        fields: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, records: type[Model], channels: Iterable[Channel], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.records, self.is_sending = records, records is Sending
        if self.is_sending:
            self._add("status", "状态", Status.choices)
        else:
            self._add("kind", "渠道类别", Kind.choices, lambda rows, _, value: rows.filter(channel__kind=value))
            self._add("adopted", "转发录用", Level.choices, _adopted)
        names = [(str(each.pk), f"{each.get_kind_display()}：{each.name}") for each in channels]
        self._add("channel", "渠道", names, widget=Select)
        self._add("year", "年份", [(str(each), f"{each}年") for each in years], self._year)

    def _add(self, name: str, label: str, choices: Any, method: Any = None, widget: Any = RadioSelect) -> None:
        found = ChoiceFilter(
            field_name=name, label=label, choices=choices, method=method, widget=widget, empty_label="全部"
        )
        found.parent, found.model = self, self.records
        self.filters[name] = found

    def _year(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        column = "chosen_on" if self.is_sending else "published_on"
        return rows.filter(**{f"{column}__gte": f"{value}-01-01", f"{column}__lte": f"{value}-12-31"})


def _adopted(rows: QuerySet[Appearance], name: str, value: str) -> QuerySet[Appearance]:
    return rows.filter(adoptions__level=value).distinct()


class TextColumn(Column):
    """Something said of a record; ``paper`` where a sheet says it otherwise."""

    def __init__(
        self, name: str, label: str, say: Callable[[Any], Any], paper: Callable[[Any], Any] | None = None, **more: Any
    ) -> None:
        self.say, self.paper = say, paper or say
        super().__init__(name, label=label, **more)

    def get_value(self, instance: Any) -> Any:
        return self.say(instance)

    def plain(self, instance: Any) -> Any:
        return self.paper(instance)


class _ListView(StaffMixin, BaseListingView):
    template_name = "channels/staff/list.html"
    results_template_name = "channels/staff/list_results.html"
    paginate_by = 50
    is_searchable = True
    search_fields = ["title"]
    search_backend_name = None
    filterset_class = Filters
    index_url_name = ""
    nothing = ""
    model: type[Model]

    @cached_property
    def verbose_name_plural(self) -> str:
        return self.get_page_title()

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title(), "sublabel": self.agency.name}]

    def get_search_form(self) -> Any:
        form = super().get_search_form()
        form.fields["q"].widget.attrs["placeholder"] = "标题"
        return form

    def get_filterset_kwargs(self) -> dict[str, Any]:
        channels = list(Channel.objects.filter(agency=self.agency).order_by("kind", "name"))
        found = years(self.agency)
        return {**super().get_filterset_kwargs(), "records": self.model, "channels": channels, "years": found}

    def get_index_url(self) -> str:
        return reverse(self.index_url_name)

    def get_index_results_url(self) -> str:
        own = f"?agency={self.agency.code}" if "agency" in self.request.GET else ""
        return reverse(f"{self.index_url_name}_results") + own

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "agency": self.agency,
            "nothing": self.nothing,
            "bodies": list(visible_agencies(self.user).order_by("path")),
        }


class AppearancesView(_ListView):
    """What appeared in channels; ``?export=xlsx`` gives what is on screen."""

    model = Appearance
    paginator_class = ChinesePaginator
    default_ordering = ("-published_on", "-pk")
    index_url_name = "channels:appearances"
    nothing = "还没有。公众号、公报、媒体上发布的可以在这里登记，也可以用台账导入；由系统发布的自动列在这里。"

    def get_page_title(self) -> str:
        return "渠道发布信息"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TextColumn("title", "标题", self._title, lambda each: each.title, sort_key="title"),
            TextColumn("channel", "渠道", lambda each: f"{each.channel.get_kind_display()} {each.channel.name}"),
            Column("published_on", label="发布日期", sort_key="published_on", classname="gk-nowrap"),
            Column("issue", label="期"),
            Column("item", label="条"),
            TextColumn("reads", "阅读量", _reads, sort_key="reads"),
            TextColumn("adoptions", "转发录用", self._adoptions),
            TextColumn("url", "链接", _link, lambda each: each.url),
        ]

    def _title(self, each: Appearance) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("channels:appearance", args=[each.pk]), each.title)

    @cached_property
    def _adopted(self) -> dict[int, Any]:
        return adoptions_of(list(self.shown))

    def _adoptions(self, each: Appearance) -> str:
        return "；".join(f"{one.get_level_display()} {one.adopter}" for one in self._adopted.get(each.pk, ()))

    def get_base_queryset(self) -> QuerySet[Appearance]:
        return Appearance.objects.filter(agency=self.agency).select_related("channel")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        self.shown = context["object_list"]
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            self.shown = list(self.get_queryset()[:MOST_ON_PAPER])
            return as_sheet("渠道发布信息", self.columns, self.shown)
        found: HttpResponse = super().get(request, *args, **kwargs)
        return found

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        found = [HeaderButton("导出", url=f"{self.get_index_url()}?{query.urlencode()}", icon_name="download")]
        if self.may_write:
            found.insert(0, HeaderButton("登记", url=reverse("channels:appearance_new"), icon_name="plus"))
        return found


class SendingsView(_ListView):
    """What was sent on, where it stands."""

    model = Sending
    paginator_class = CasePaginator
    default_ordering = ("-chosen_on", "-pk")
    index_url_name = "channels:sendings"
    nothing = "还没有。在“选用信息”中选定已经发布的信息和渠道，进展列在这里。"

    def get_page_title(self) -> str:
        return "渠道发布"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TextColumn("number", "编号", self._number, sort_key="number"),
            Column("title", label="标题"),
            TextColumn("channel", "渠道", lambda each: each.channel.name),
            TextColumn("status", "状态", lambda each: each.get_status_display()),
            TextColumn("reason", "原因", lambda each: each.reason or each.waiting_for),
            Column("chosen_on", label="选定日期", sort_key="chosen_on", classname="gk-nowrap"),
        ]

    def _number(self, each: Sending) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("channels:sending", args=[each.pk]), each.number)

    def get_base_queryset(self) -> QuerySet[Sending]:
        return Sending.objects.filter(agency=self.agency).select_related("channel")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.may_write:
            return []
        return [HeaderButton("选用信息", url=reverse("channels:offers"), icon_name="plus")]


def _reads(each: Appearance) -> str:
    if each.reads is None:
        return ""
    return f"{each.reads:,}（{each.get_reads_definition_display()}）"


def _link(each: Appearance) -> SafeString | str:
    if not each.url:
        return ""
    return format_html(
        '<a href="{}" rel="noreferrer">打开<span class="w-sr-only">：{}</span></a>', each.url, each.title
    )
