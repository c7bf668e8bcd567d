"""The list of all items of an agency: narrowed, searched, taken along, several handled at once."""

from __future__ import annotations

from datetime import MINYEAR, date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import RadioSelect, Select
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django_filters import BooleanFilter, ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton

from gongkai.bureau.models import Department
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.staff import ChinesePaginator, as_sheet

from .. import queries
from ..models import Column as SiteColumn
from ..models import Item, ItemType, Status
from .access import writes_for
from .base import StaffMixin, item_address

_LIVE = [("true", "已公开"), ("false", "没有公开")]


class ChooseColumn(Column):
    """A box before each item, for the buttons under the list."""

    cell_template_name = "portal/staff/includes/choose_cell.html"
    is_on_paper = False

    def __init__(self) -> None:
        super().__init__("pk", label="选中", classname="gk-nowrap", width="1%")


class StatusColumn(Column):
    """Where the working copy stands, and whether an edition of it is public; always in words."""

    def __init__(self) -> None:
        super().__init__("status", label="状态", classname="gk-nowrap")

    def get_value(self, instance: Model) -> Any:
        public = format_html(' <span class="gk-tag">{}</span>', words) if (words := _public_words(instance)) else ""  # type: ignore[arg-type]
        words = instance.get_status_display()  # type: ignore[attr-defined]
        return format_html('<span class="gk-tag gk-tag--{}">{}</span>{}', instance.status, words, public)  # type: ignore[attr-defined]

    def plain(self, instance: Item) -> str:
        return "，".join(filter(None, (instance.get_status_display(), _public_words(instance))))


def _public_words(item: Item) -> str:
    """Whether an edition of it can be read, in words."""
    return "定时发布" if item.is_waiting else "已公开" if item.is_live else ""


class DayColumn(Column):
    """A moment as the day and minute of Chinese time."""

    def get_value(self, instance: Model) -> Any:
        moment = super().get_value(instance)
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


class ItemFilters(WagtailFilterSet):
    """Status, type, whether public, column, department, year of the last change."""

    def __init__(self, *args: Any, years: list[int], agency: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = queries.in_site_order(SiteColumn.objects.filter(agency=agency))
        self._add(ChoiceFilter, "status", "状态", choices=Status.choices, widget=RadioSelect, empty_label="全部")
        self._add(BooleanFilter, "is_live", "公开", widget=Select(choices=[("", "全部"), *_LIVE]))
        self._add(ChoiceFilter, "type", "信息类型", choices=ItemType.choices, widget=RadioSelect, empty_label="全部")
        self._add(ModelChoiceFilter, "column", "栏目", queryset=columns, empty_label="全部")
        departments = Department.objects.filter(agency=agency)
        self._add(ModelChoiceFilter, "department", "承办处室", queryset=departments, empty_label="全部")
        choices = [(str(year), f"{year}年") for year in years]
        self._add(
            ChoiceFilter, "year", "修改年份", choices=choices, widget=RadioSelect, empty_label="全部", method=_of_year
        )

    def _add(self, kind: type[Any], name: str, label: str, **options: Any) -> None:
        found = kind(field_name=name, label=label, **options)
        found.parent, found.model = self, Item
        self.filters[name] = found

    class Meta:
        model = Item
        fields: list[str] = []


def _of_year(rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
    year = int(value)
    zone = timezone.get_default_timezone()
    first, following = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    return rows.filter(updated_at__gte=first, updated_at__lt=following)


class ItemsView(StaffMixin, BaseListingView):
    """All items of a body. The address says how they are narrowed; ``?export=xlsx`` takes them along."""

    template_name = "portal/staff/items.html"
    results_template_name = "portal/staff/items_results.html"
    paginate_by = 50
    paginator_class = ChinesePaginator
    model = Item
    is_searchable = True
    search_fields = ["title", "document_number"]
    search_backend_name = None
    default_ordering = ("-updated_at", "-pk")
    verbose_name_plural = "信息"
    filterset_class = ItemFilters

    def get_page_title(self) -> str:
        return "信息"

    def get_search_form(self) -> Any:
        form = super().get_search_form()
        form.fields["q"].widget.attrs["placeholder"] = "标题或者文号"
        return form

    def get_base_queryset(self) -> QuerySet[Item]:
        found = queries.items_of(self.user, self.agency)
        return found.select_related("column", "department").defer("body", "summary")

    @cached_property
    def columns(self) -> list[Column]:
        shown = [
            TitleColumn("title", label="标题", get_url=lambda item: item_address(item.pk)),
            StatusColumn(),
            Column("column", label="栏目"),
            Column("get_type_display", label="类型"),
            Column("document_number", label="文号"),
            Column("department", label="承办处室"),
            DayColumn("updated_at", label="最后修改", sort_key="updated_at", classname="gk-nowrap"),
        ]
        return [ChooseColumn(), *shown] if self.writes else shown

    @cached_property
    def writes(self) -> bool:
        return writes_for(self.user, self.agency)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "years": self.years, "agency": self.agency}

    @cached_property
    def years(self) -> list[int]:
        """This year and the ten before it, and the one asked for: a year that is no choice would not narrow."""
        this = timezone.localdate().year
        asked = self.request.GET.get("year", "")
        known = set(range(this - 10, this + 1))
        if asked.isascii() and asked.isdigit() and MINYEAR <= int(asked[:5]) < date.max.year:
            known.add(int(asked))
        return sorted(known, reverse=True)

    def get_index_url(self) -> str:
        return reverse("portal_items:list")

    def get_index_results_url(self) -> str:
        own = f"?agency={self.agency.code}" if "agency" in self.request.GET else ""
        return reverse("portal_items:list_results") + own

    @cached_property
    def header_buttons(self) -> list[Button]:
        add = HeaderButton("新建信息", url=reverse("portal_items:types"), icon_name="plus")
        return [*([add] if self.writes else []), *super().header_buttons]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        asked["export"] = "xlsx"
        return [Button("下载 Excel（XLSX）", url=f"{self.index_url}?{asked.urlencode()}", icon_name="download")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "agency": self.agency,
            "bodies": list(visible_agencies(self.user).order_by("path")),
            "writes": self.writes,
            "types_url": reverse("portal_items:types"),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            return as_sheet(f"{self.agency.name}信息", self.columns, self.get_queryset().iterator(chunk_size=2000))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response
