"""The records of a body, kind by kind: what the numbers of the first screen count. Filters stand in the address."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR
from functools import cached_property
from io import BytesIO
from typing import Any

from django.db.models import Max, Min, Model, QuerySet
from django.forms import RadioSelect
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button
from xlsxwriter import Workbook

from gongkai.applications.models import Application
from gongkai.bureau.models import Agency
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.requests import agency_for, as_file
from gongkai.bureau.staff import ChinesePaginator
from gongkai.reporting import records
from gongkai.reporting.views.drill import OUTCOME_WORDS, RecordColumn

from ..kinds import KINDS, Kind
from ..roles import may_import

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATUS = "status"


class StatusColumn(Column):
    """Where a record stands, in words."""

    def __init__(self) -> None:
        super().__init__(STATUS, label="状态", classname="gk-nowrap")

    def get_value(self, instance: Model) -> Any:
        return records.value_of(instance, STATUS, {})


class RecordFilters(WagtailFilterSet):
    """The year, the columns with choices, and for applications the outcome and how near the due date is."""

    def __init__(self, *args: Any, kind: Kind, years: list[int], **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)
        self.add("year", f"{kind.came}年份", [(str(year), f"{year}年") for year in years], self.of_year)

    def add(self, name: str, label: str, choices: list[tuple[str, str]], method: Any = None) -> None:
        found = ChoiceFilter(
            field_name=name, label=label, choices=choices, method=method, widget=RadioSelect, empty_label="全部"
        )
        found.parent, found.model = self, self.kind.model
        self.filters[name] = found

    def of_year(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(**self.kind.during(int(value)))


class RecordsView(BaseListingView):
    """The records of ``kwargs['kind']`` of a body: ``?agency=``, by default the reader's own; 404 for others."""

    template_name = "desk/records.html"
    results_template_name = "desk/records_results.html"
    header_icon = "list-ul"
    paginate_by = 50
    paginator_class = ChinesePaginator
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def kind(self) -> Kind:
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        return KINDS[self.kwargs["kind"]]

    @cached_property
    def agency(self) -> Agency:
        return agency_for(self.request)

    @property
    def model(self) -> type[Model]:
        return self.kind.model

    @cached_property
    def verbose_name_plural(self) -> str:
        return self.kind.title

    def get_page_title(self) -> str:
        return self.kind.title

    def get_page_subtitle(self) -> str:
        return self.agency.name

    @cached_property
    def columns(self) -> list[Column]:
        shown: list[Column] = [RecordColumn(column) for column in records.columns_of(self.model)]
        if STATUS in self.kind.filters:
            shown.insert(1, StatusColumn())
        return shown

    @cached_property
    def default_ordering(self) -> tuple[str, ...]:
        """The newest first."""
        return (f"-{self.kind.day}", "-pk")

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.kind.of(self.agency).select_related(*records.relations_of(self.model))

    @cached_property
    def filterset_class(self) -> type[WagtailFilterSet]:
        meta = type("Meta", (), {"model": self.model, "fields": list(self.kind.filters)})
        return type("Filters", (RecordFilters,), {"Meta": meta})

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "kind": self.kind, "years": self.years}

    @cached_property
    def years(self) -> list[int]:
        """Every year from the first record to the last, and the one asked for, which may have none; the latest first.

        A year that is not among the choices would not narrow the list, and a count of 0 would lead to everything.
        """
        days = self.kind.of(self.agency).order_by().aggregate(first=Min(self.kind.day), last=Max(self.kind.day))
        known = set(range(days["first"].year, days["last"].year + 1)) if days["last"] else set()
        asked = self.request.GET.get("year", "")
        if asked.isascii() and asked.isdigit() and MINYEAR <= int(asked[:5]) <= MAXYEAR:
            known.add(int(asked))
        return sorted(known, reverse=True)

    def get_index_url(self) -> str:
        return reverse("desk:records", args=[self.kind.code])

    def get_index_results_url(self) -> str:
        own = f"?agency={self.agency.code}" if "agency" in self.request.GET else ""
        return reverse("desk:records_results", args=[self.kind.code]) + own

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        asked["export"] = "xlsx"
        return [Button("下载 Excel（XLSX）", url=f"{self.index_url}?{asked.urlencode()}", icon_name="download")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "kind": self.kind,
            "agency": self.agency,
            "bodies": list(visible_agencies(self.request.user).order_by("path")),
            "import_url": reverse("desk:import") if may_import(self.request.user, self.agency) else "",
        }

    # --- taking it along ------------------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.model is Application:  # their list is a page of their own room, narrowed by the same names
            asked = request.GET.urlencode()
            return redirect(reverse("applications:list") + (f"?{asked}" if asked else ""))
        if request.GET.get("export") == "xlsx":
            return self.as_xlsx()
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def as_xlsx(self) -> HttpResponse:
        """What is on screen, all pages of it, in the same columns."""
        output = BytesIO()
        options = {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
        with Workbook(output, {**options, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, [column.label for column in self.columns], book.add_format({"bold": True}))
            sheet.set_column(0, len(self.columns) - 1, 18)
            sheet.freeze_panes(1, 0)
            for at, record in enumerate(self.get_queryset().iterator(chunk_size=2000), 1):
                values = (_plain(record, column.name) for column in self.columns)
                sheet.write_row(at, 0, ["" if value is None else value for value in values])
        return as_file(output.getvalue(), f"{self.agency.name}{self.kind.title}.xlsx", _XLSX)


def _plain(record: Model, name: str) -> Any:
    return records.value_of(record, name, OUTCOME_WORDS)
