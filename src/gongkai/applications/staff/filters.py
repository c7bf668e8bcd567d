"""How the list of applications is narrowed: everything stands in the address, and nothing there names anybody."""

from __future__ import annotations

from datetime import MINYEAR, date
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import RadioSelect, Select
from django.utils import timezone
from django_filters import ChoiceFilter, ModelChoiceFilter, NumberFilter
from wagtail.admin.filters import WagtailFilterSet

from gongkai.bureau.models import Agency, Department
from gongkai.bureau.roles import Actor
from gongkai.law.outcomes import outcomes

from ..models import CHANNELS, ApplicantKind, Application, Stage, Status
from ..queries import OPEN, Urgency, Waiting, of_urgency, waiting

EVERY_OPEN = "open"
_FORM = "2021"


class ApplicationFilters(WagtailFilterSet):
    """Urgency, what waits, status, stage, department, channel, applicant, year, outcome, days of handling."""

    def __init__(self, *args: Any, agency: Agency, actor: Actor, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        urgencies = [(EVERY_OPEN, "全部在办"), *((each.value, each.label) for each in Urgency)]
        self._choose("urgency", "期限情况", urgencies, self._urgency)
        self._choose("waiting", "等待办理", [(each.value, each.label) for each in Waiting], self._waiting)
        self._choose("status", "状态", Status.choices)
        self._choose("stage", "办理环节", Stage.choices)
        departments = Department.objects.filter(agency=agency)
        self._add(ModelChoiceFilter, "lead", "主办处室", queryset=departments, empty_label="全部")
        self._choose("channel", "收到渠道", CHANNELS)
        self._choose("applicant_kind", "申请人类型", ApplicantKind.choices)
        self._choose("outcome_row", "办理结果", rows_of_table())
        self._choose("year", "收到年份", [(str(year), f"{year}年") for year in years], self._received)
        self._choose("closed", "答复年份", [(str(year), f"{year}年") for year in years], self._closed)
        self._add(NumberFilter, "days_from", "办理工作日，从", lookup_expr="gte", field_name="handled_days")
        self._add(NumberFilter, "days_to", "办理工作日，至", lookup_expr="lte", field_name="handled_days")

    def _choose(self, name: str, label: str, choices: Any, method: Any = None) -> None:
        widget = RadioSelect if len(choices) <= 12 else Select
        self._add(ChoiceFilter, name, label, choices=choices, method=method, widget=widget, empty_label="全部")

    def _add(self, kind: type[Any], name: str, label: str, **options: Any) -> None:
        found = kind(**{"field_name": name, "label": label, **options})
        found.parent, found.model = self, Application
        self.filters[name] = found

    def _urgency(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        today = timezone.localdate()
        return rows.filter(Q(status__in=OPEN) if value == EVERY_OPEN else of_urgency(Urgency(value), today))

    def _waiting(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(waiting(Waiting(value), self.actor))

    def _received(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(**_during("received_on", int(value)))

    def _closed(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(**_during("closed_on", int(value)))

    class Meta:
        model = Application
        fields: list[str] = []


def _during(column: str, year: int) -> dict[str, date]:
    return {f"{column}__gte": date(year, 1, 1), f"{column}__lte": date(year, 12, 31)}


def rows_of_table() -> list[tuple[str, str]]:
    """The rows of table 三 that an application can end in, in the words of the first outcome of each."""
    found: dict[str, str] = {}
    for each in outcomes().values():
        found.setdefault(each.row(_FORM), each.label)
    return list(found.items())


def years_with(asked: list[str], this: int) -> list[int]:
    """This year and the ten before it, and those asked for: a year that is no choice would not narrow the list."""
    known = set(range(this - 10, this + 1))
    known |= {int(each) for each in asked if each.isascii() and each.isdigit() and MINYEAR <= int(each[:5]) < 9999}
    return sorted(known, reverse=True)
