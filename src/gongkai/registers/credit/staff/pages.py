"""The list of an agency's records, narrowed by address and exported as shown; the page of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.forms import RadioSelect
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.roles import actor_in
from gongkai.bureau.staff import ChinesePaginator, as_sheet, names_of
from gongkai.law.credit import Grade, Longer, publish_by, rules_of
from gongkai.law.wording import chinese_day

from ..events import EVENTS
from ..models import CreditRecord, Status
from ..queries import SHOWN, overdue_publication
from ..transitions import permitted
from .base import RecordMixin, StaffMixin, address_of, list_crumb, registers_for
from .verbs import BY_EVENT

_DETAILS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "verified": lambda data: data["evidence"],
    "repair_refused": lambda data: data["reason"],
    "extended": lambda data: f"{Longer(data['longer']).label}：{data['reason']}",
    "revoked": lambda data: data["explanation"],
}


class Filters(WagtailFilterSet):
    """What is due, status, grade, year of the decision."""

    class Meta:
        model = CreditRecord
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add("due", "期限情况", [("late", "公示已逾期"), ("shown", "公示中")], self._due)
        self._add("status", "状态", Status.choices)
        self._add("grade", "等级", [(each.value, each.label) for each in Grade])
        self._add("year", "认定年份", [(str(year), f"{year}年") for year in years], self._year)

    def _add(self, name: str, label: str, choices: Any, method: Any = None) -> None:
        found = ChoiceFilter(
            field_name=name, label=label, choices=choices, method=method, widget=RadioSelect, empty_label="全部"
        )
        found.parent, found.model = self, CreditRecord
        self.filters[name] = found

    def _due(self, rows: QuerySet[CreditRecord], name: str, value: str) -> QuerySet[CreditRecord]:
        condition = overdue_publication(timezone.localdate()) if value == "late" else Q(status__in=SHOWN)
        return rows.filter(condition)

    def _year(self, rows: QuerySet[CreditRecord], name: str, value: str) -> QuerySet[CreditRecord]:
        return rows.filter(decided_on__gte=date(int(value), 1, 1), decided_on__lte=date(int(value), 12, 31))


class _Said(Column):
    """Something said of a record."""

    def __init__(self, name: str, label: str, say: Callable[[CreditRecord], Any], **more: Any) -> None:
        self.say = say
        super().__init__(name, label=label, **more)

    def get_value(self, instance: CreditRecord) -> Any:
        return self.say(instance)


class _Number(Column):
    """The number, which leads to the page."""

    def get_value(self, instance: CreditRecord) -> SafeString:
        return format_html('<a href="{}">{}</a>', address_of(instance.pk), instance.number)

    def plain(self, instance: CreditRecord) -> str:
        return instance.number


class _Due(Column):
    """By when it must be published, or until when it is shown; in colour where it is late."""

    def get_value(self, instance: CreditRecord) -> SafeString | str:
        words, is_late = due_words(instance, timezone.localdate())
        return format_html('<span class="gk-tag gk-tag--overdue">{}</span>', words) if is_late else words

    def plain(self, instance: CreditRecord) -> str:
        return due_words(instance, timezone.localdate())[0]


def due_words(record: CreditRecord, today: date) -> tuple[str, bool]:
    """What is due of a record, and whether it is late."""
    if record.status == Status.DECIDED:
        late = (today - record.publish_by).days
        if late > 0:
            return f"公示已逾期 {late} 天", True
        left = working_calendar().working_days_between(today, record.publish_by)
        return f"应当在{chinese_day(record.publish_by)}以前公示，还剩 {left} 个工作日", False
    if record.status in SHOWN and record.public_until is not None:
        return f"公示到{chinese_day(record.public_until)}", False
    return f"{chinese_day(record.closed_on)}停止公示" if record.closed_on else "", False


@method_decorator(never_cache, name="dispatch")
class ListView(StaffMixin, BaseListingView):
    """The address says how it is narrowed; ``?export=xlsx`` gives the same as a workbook."""

    template_name = "registers/staff/list.html"
    results_template_name = "registers/staff/list_results.html"
    paginate_by = 50
    paginator_class = ChinesePaginator
    model = CreditRecord
    is_searchable = True
    search_fields = ["number", "enterprise", "credit_code"]
    search_backend_name = None
    verbose_name_plural = "统计信用公示"
    filterset_class = Filters
    default_ordering = ("-decided_on", "-pk")

    def get_page_title(self) -> str:
        return "统计信用公示"

    def get_search_form(self) -> Any:
        form = super().get_search_form()
        form.fields["q"].widget.attrs["placeholder"] = "文号、企业名称或者信用代码"
        return form

    @cached_property
    def columns(self) -> list[Column]:
        return [
            _Number("number", label="认定文号", sort_key="number"),
            Column("enterprise", label="企业名称"),
            Column("credit_code", label="统一社会信用代码", classname="gk-nowrap"),
            _Said("grade", "等级", lambda each: each.get_grade_display()),
            Column("decided_on", label="认定日期", sort_key="decided_on", classname="gk-nowrap"),
            _Said("status", "状态", lambda each: each.get_status_display()),
            _Due("due", label="期限"),
        ]

    def get_base_queryset(self) -> QuerySet[CreditRecord]:
        return CreditRecord.objects.filter(agency=self.agency).defer("representative", "violation", "handling")

    def get_filterset_kwargs(self) -> dict[str, Any]:
        found = CreditRecord.objects.filter(agency=self.agency)
        span = found.aggregate(first=Min("decided_on"), last=Max("decided_on"))
        years = list(range(span["last"].year, span["first"].year - 1, -1)) if span["first"] else []
        return {**super().get_filterset_kwargs(), "years": years}

    def get_index_url(self) -> str:
        return reverse("credit:list")

    def get_index_results_url(self) -> str:
        own = f"?agency={self.agency.code}" if "agency" in self.request.GET else ""
        return reverse("credit:list_results") + own

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        if self.request.GET.get("export") == "xlsx":
            return as_sheet("统计信用公示", self.columns, self.get_queryset())
        return super().render_to_response(context, **response_kwargs)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        found = [HeaderButton("导出", url=f"?{query.urlencode()}", icon_name="download")]
        if registers_for(self.user, self.agency):
            found.insert(0, HeaderButton("登记认定决定", url=reverse("credit:new"), icon_name="plus"))
        return found

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "empty": "还没有统计信用记录。认定决定作出后，由经办、承办在这里登记，另一人审核后公示。",
            "unit": "条",
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words."""

    title: str
    who: str
    day: date
    detail: str


@method_decorator(never_cache, name="dispatch")
class RecordView(RecordMixin, TemplateView):
    """The page. Its number of queries does not depend on how much happened."""

    template_name = "credit/staff/record.html"

    def get_page_title(self) -> str:
        return self.record.number

    def crumbs(self) -> list[dict[str, Any]]:
        return [list_crumb(), {"url": "", "label": self.record.number}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, people = timezone.localdate(), names_of((entry.actor_id for entry in self.entries), with_posts=False)
        offered = permitted(self.case, actor_in(self.user), today) if self.is_own else []
        words, is_late = due_words(self.record, today)
        verbs = [BY_EVENT[event.kind] for event in offered if event.kind in BY_EVENT]
        return super().get_context_data(**kwargs) | {
            "record": self.record,
            "due": words,
            "is_late": is_late,
            "rules": rules_of(self.record.decided_on),
            "publication": publish_by(self.record.decided_on, working_calendar()),
            "display": self.case.display,
            "deeds": [(verb, reverse("credit:verb", args=[self.record.pk, verb.slug])) for verb in verbs],
            "is_shown": self.record.status in SHOWN,
            "lines": [
                Line(
                    EVENTS[entry.kind].title,
                    people.get(entry.actor_id, people[None]),
                    entry.occurred_on,
                    _DETAILS[entry.kind](entry.data) if entry.kind in _DETAILS else "",
                )
                for entry in self.entries
            ],
        }
