"""The list of an agency's disputes, narrowed by address; and what was lost and why, for training."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from functools import cached_property
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.forms import RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.generic import TemplateView
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.staff import CasePaginator

from ..models import Dispute, DisputeKind, DisputeResult, Status
from ..queries import OPEN, Urgency, days_left, lessons, of_urgency, standing, urgency_of
from .base import StaffMixin, case_address, files_for
from .told import words_of_errors

EVERY_OPEN = "open"


class Filters(WagtailFilterSet):
    """What is due, status, kind, result, year of filing."""

    class Meta:
        model = Dispute
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = [(EVERY_OPEN, "全部未审结"), *((each.value, each.label) for each in Urgency)]
        self._add("urgency", "期限情况", near, self._urgency)
        self._add("status", "状态", Status.choices)
        self._add("kind", "类别", DisputeKind.choices)
        self._add("result", "结果", DisputeResult.choices)
        self._add("year", "受理年份", [(str(year), f"{year}年") for year in years], self._year)

    def _add(self, name: str, label: str, choices: Any, method: Any = None) -> None:
        found = ChoiceFilter(
            field_name=name, label=label, choices=choices, method=method, widget=RadioSelect, empty_label="全部"
        )
        found.parent, found.model = self, Dispute
        self.filters[name] = found

    def _urgency(self, rows: QuerySet[Dispute], name: str, value: str) -> QuerySet[Dispute]:
        condition = Q(status__in=OPEN) if value == EVERY_OPEN else of_urgency(Urgency(value), timezone.localdate())
        return rows.filter(condition)

    def _year(self, rows: QuerySet[Dispute], name: str, value: str) -> QuerySet[Dispute]:
        return rows.filter(filed_on__gte=date(int(value), 1, 1), filed_on__lte=date(int(value), 12, 31))


class NumberColumn(Column):
    """The number, which leads to the page."""

    def get_value(self, instance: Dispute) -> SafeString:
        return format_html('<a href="{}">{}</a>', case_address(instance.pk), instance.number)


class DueColumn(Column):
    """What is due next, in words, and in colour where it is near."""

    def get_value(self, instance: Dispute) -> SafeString | str:
        today = timezone.localdate()
        words, urgency = days_left(instance, today), urgency_of(instance, today)
        if urgency is None:
            return words
        return format_html('<span class="gk-tag gk-tag--{}">{}</span>', urgency.value, words)


class TextColumn(Column):
    """Something said of a dispute."""

    def __init__(self, name: str, label: str, say: Any) -> None:
        self.say = say
        super().__init__(name, label=label)

    def get_value(self, instance: Dispute) -> Any:
        return self.say(instance)


class DisputesView(StaffMixin, BaseListingView):
    """The address says how it is narrowed."""

    template_name = "disputes/staff/list.html"
    results_template_name = "disputes/staff/list_results.html"
    paginate_by = 50
    paginator_class = CasePaginator
    model = Dispute
    is_searchable = True
    search_fields = ["number", "application_number"]
    search_backend_name = None
    verbose_name_plural = "复议诉讼"
    filterset_class = Filters
    default_ordering = ("-filed_on", "-pk")

    def get_page_title(self) -> str:
        return "复议诉讼"

    def get_page_subtitle(self) -> str:
        return self.agency.name

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title(), "sublabel": self.agency.name}]

    def get_search_form(self) -> Any:
        form = super().get_search_form()
        form.fields["q"].widget.attrs["placeholder"] = "案号或者申请编号"
        return form

    @cached_property
    def columns(self) -> list[Column]:
        return [
            NumberColumn("number", label="案号", sort_key="number"),
            TextColumn("kind", "类别", lambda each: each.get_kind_display()),
            Column("body", label="审理机关"),
            Column("application_number", label="所涉申请", classname="gk-nowrap"),
            Column("filed_on", label="受理日期", sort_key="filed_on", classname="gk-nowrap"),
            TextColumn("status", "状态", standing),
            DueColumn("due_on", label="期限", sort_key="due_on"),
        ]

    def get_base_queryset(self) -> QuerySet[Dispute]:
        return Dispute.objects.filter(agency=self.agency).defer("claims", "note")

    @cached_property
    def years(self) -> list[int]:
        found = Dispute.objects.filter(agency=self.agency).aggregate(first=Min("filed_on"), last=Max("filed_on"))
        if found["first"] is None:
            return []
        return list(range(min(found["last"].year, MAXYEAR), max(found["first"].year, MINYEAR) - 1, -1))

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "years": self.years}

    def get_index_url(self) -> str:
        return reverse("disputes:list")

    def get_index_results_url(self) -> str:
        own = f"?agency={self.agency.code}" if "agency" in self.request.GET else ""
        return reverse("disputes:list_results") + own

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        found = [HeaderButton("败诉复盘", url=reverse("disputes:lessons"), icon_name="info-circle")]
        if files_for(self.user, self.agency):
            found.insert(0, HeaderButton("登记复议诉讼", url=reverse("disputes:file"), icon_name="plus"))
        return found

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "agency": self.agency,
            "bodies": list(visible_agencies(self.user).order_by("path")),
        }


class LessonsView(StaffMixin, TemplateView):
    """败诉复盘: what was put right in some years and for which errors, most often first."""

    template_name = "disputes/staff/lessons.html"

    def get_page_title(self) -> str:
        return "败诉复盘"

    def get_page_subtitle(self) -> str:
        return self.agency.name

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first and the last year asked for; by default the last three."""
        now = timezone.localdate().year
        first, last = (self._year(name, default) for name, default in (("from", now - 2), ("to", now)))
        return min(first, last), max(first, last)

    def _year(self, name: str, default: int) -> int:
        text = self.request.GET.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and text >= "1900" else default

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first, last = self.years
        found = lessons(self.agency, date(first, 1, 1), date(last, 12, 31))
        return super().get_context_data(**kwargs) | {
            "agency": self.agency,
            "first": first,
            "last": last,
            "found": found,
            "rows": [
                (each, case_address(each.pk), words_of_errors(each.errors.split(","))) for each in found.lost[:200]
            ],
        }
