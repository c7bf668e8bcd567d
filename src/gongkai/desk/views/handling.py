"""办理时间: how long replies took without the days on which somebody else was waited for, as a distribution."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.applications.models import CHANNELS, Application
from gongkai.applications.staff.filters import rows_of_table
from gongkai.applications.timing import CLASSES, By, Spread, spread, spread_by
from gongkai.bureau.models import Agency, Department
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.requests import agency_for
from gongkai.portal.charts import Chart, Series, drawings

_NAMES = {"outcome_row": "办理结果", "lead": "主办处室", "channel": "收到渠道"}


class HandlingView(WagtailAdminTemplateMixin, TemplateView):
    """The report of a year: ``?year=``, by default the last with replies; every number leads to its applications."""

    template_name = "desk/handling.html"
    header_icon = "time"
    request: HttpRequest

    def get_page_title(self) -> str:
        return "办理时间"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listed = {"url": reverse("applications:list"), "label": "依申请公开"}
        return [*self.breadcrumbs_items, listed, {"url": "", "label": "办理时间", "sublabel": self.agency.name}]

    @cached_property
    def agency(self) -> Agency:
        return agency_for(self.request)

    @cached_property
    def years(self) -> list[int]:
        """The years in which something was answered, the latest first."""
        days = Application.objects.filter(agency=self.agency, closed_on__isnull=False).aggregate(
            first=Min("closed_on"), last=Max("closed_on")
        )
        return list(range(days["last"].year, days["first"].year - 1, -1)) if days["last"] else []

    @cached_property
    def year(self) -> int:
        asked = self.request.GET.get("year", "")
        known = self.years or [timezone.localdate().year]
        return int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) in known else known[0]

    def address(self, **filters: Any) -> str:
        own = {"agency": self.agency.code} if "agency" in self.request.GET else {}
        kept = {name: value for name, value in filters.items() if value is not None}
        return f"{reverse('applications:list')}?{urlencode({**own, 'closed': self.year, **kept})}"

    def classes(self, found: Spread) -> list[dict[str, Any]]:
        return [
            {
                "label": f"{first}—{last} 个" if last is not None else f"{first} 个以上",
                "number": found.of_class(first, last),
                "url": self.address(days_from=first, days_to=last),
            }
            for first, last in CLASSES
        ]

    def chart(self, found: Spread) -> str:
        if not found.number:
            return ""
        labels = tuple(f"{first}—{last}" if last is not None else f"{first}以上" for first, last in CLASSES)
        values = tuple(Decimal(found.of_class(first, last)) for first, last in CLASSES)
        chart = Chart(
            f"{self.year}年答复的申请按实际办理工作日",
            "件",
            self.agency.name,
            f"{self.year}年",
            labels,
            (Series.of("件数", values),),
            head="工作日",
        )
        return mark_safe(drawings(chart, "handling"))  # noqa: S308  made here, of numbers

    def breakdown(self, by: By, words: Mapping[Any, str]) -> dict[str, Any]:
        rows = [
            {
                "label": words.get(key, "") or "没有登记",
                "number": found.number,
                "url": self.address(**{by: key}) if key else "",
                "mean": found.mean,
                "median": found.at(0.5),
                "most": found.at(0.9),
            }
            for key, found in spread_by(self.agency, self.year, by).items()
        ]
        return {"name": _NAMES[by], "id": by, "rows": rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = spread(self.agency, self.year)
        departments = dict(Department.objects.filter(agency=self.agency).values_list("pk", "name"))
        return super().get_context_data(**kwargs) | {
            "agency": self.agency,
            "bodies": list(visible_agencies(self.request.user).order_by("path")),
            "year": self.year,
            "years": self.years,
            "found": found,
            "median": found.at(0.5),
            "most": found.at(0.9),
            "classes": self.classes(found),
            "all_url": self.address(),
            "chart": self.chart(found),
            "breakdowns": [
                self.breakdown("outcome_row", dict(rows_of_table())),
                self.breakdown("lead", departments),
                self.breakdown("channel", dict(CHANNELS)),
            ],
        }
