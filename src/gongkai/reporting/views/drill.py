"""The records behind a figure: counted with the same filter, listed page by page, to be taken along as xlsx."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import Button
from xlsxwriter import Workbook

from gongkai.annual.forms import FORM_2021, Cell, Form
from gongkai.annual.prose import is_cell
from gongkai.annual.report import Number
from gongkai.annual.write.outline import plain
from gongkai.law.wording import chinese_day

from .. import cells, named, records
from ..difference import changed_since
from ..models import AnnualReport
from ..queries import last_years, published_versions
from ..terms import Behind, Readings
from .base import ReportMixin, as_file

OUTCOME_WORDS = {row.code: row.label for row in FORM_2021.tables["3"].rows.values()}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RecordColumn(Column):
    """A field of a record: numbers to the right with tabular figures, dates with their weekday."""

    def __init__(self, shown: records.Shown) -> None:
        super().__init__(
            shown.name,
            label=shown.heading,
            sort_key=shown.name if shown.is_number or shown.is_date else None,
            classname="gk-number"
            if shown.is_number
            else "gk-nowrap"
            if shown.is_date or shown.name == "number"
            else None,
        )

    def get_value(self, instance: Model) -> Any:
        value = records.value_of(instance, self.name, OUTCOME_WORDS)
        if isinstance(value, date):
            return chinese_day(value)
        return plain(value) if value is not None and not isinstance(value, str) else value


class RecordsView(SpreadsheetExportMixin, ReportMixin, BaseListingView):
    """The list. Subclasses say which number it is about and which records are behind it.

    ``?group=`` chooses among the kinds of records a number is made of, ``?since=published`` keeps those registered
    or changed since the report was published; the rest of the address filters, sorts and pages.
    """

    template_name = "reporting/staff/records.html"
    results_template_name = "reporting/staff/records_results.html"
    paginate_by = 50
    FORMATS = (SpreadsheetExportMixin.FORMAT_XLSX,)
    list_export = ["number"]

    @abstractmethod
    def get_label(self) -> str:
        """The number in the form's own words."""

    @abstractmethod
    def get_number(self) -> Number | None:
        """The number as the report prints it."""

    @abstractmethod
    def behind(self) -> list[Behind]:
        """The records behind the number."""

    @cached_property
    def label(self) -> str:
        return self.get_label()

    @cached_property
    def number(self) -> Number | None:
        return self.get_number()

    @cached_property
    def groups(self) -> list[Behind]:
        return self.behind()

    @cached_property
    def group(self) -> int:
        asked = self.request.GET.get("group", "0")
        if not asked.isdigit() or int(asked) >= len(self.groups):
            raise Http404
        return int(asked)

    @cached_property
    def since(self) -> AnnualReport | None:
        """The published version whose later changes are asked for."""
        if self.request.GET.get("since") != "published":
            return None
        published = published_versions(self.agency, self.year).first()
        if published is None:
            raise Http404
        return published

    @cached_property
    def model(self) -> type[Model]:
        model: type[Model] = self.groups[self.group].records.model
        return model

    @cached_property
    def columns(self) -> list[Column]:
        return [RecordColumn(shown) for shown in records.columns_of(self.model)]

    @cached_property
    def verbose_name_plural(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    def get_base_queryset(self) -> QuerySet[Any]:
        chosen = self.groups[self.group]
        moment = self.since.published_at if self.since else None
        rows = changed_since(chosen.records, moment) if moment else chosen.records
        return rows.select_related(*records.relations_of(self.model)).order_by("pk")

    @cached_property
    def filterset_class(self) -> type[WagtailFilterSet] | None:
        names = list(records.choices_of(self.model))
        if not names:
            return None
        meta = type("Meta", (), {"model": self.model, "fields": names})
        return type("Filters", (WagtailFilterSet,), {"Meta": meta})

    def get_index_url(self) -> str:
        return self.request.path.removesuffix("results/")

    def get_index_results_url(self) -> str:
        # The filters of the page append their own query; what says which list it is goes along as hidden fields.
        return f"{self.get_index_url()}results/"

    def kept(self) -> dict[str, str]:
        """What of the address says which list it is; filters, order and page are added to it by the reader."""
        return {
            name: self.request.GET[name] for name in ("agency", "form", "group", "since") if name in self.request.GET
        }

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(self.label)

    def get_page_title(self) -> str:
        return self.label

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return ReportMixin.get_breadcrumbs_items(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number, values = self.number, [group.value() for group in self.groups]
        counted = all(group.counts_rows for group in self.groups)
        return super().get_context_data(**kwargs) | {
            "label": self.label,
            "number": number,
            "groups": [
                {
                    "title": group.title,
                    "value": plain(value),
                    "url": f"{self.index_url}?{self._with_group(at)}",
                    "is_chosen": at == self.group,
                }
                for at, (group, value) in enumerate(zip(self.groups, values, strict=True))
            ],
            "kept": self.kept(),
            "counted": counted,
            "total": self.total(values),
            "agrees": number is not None and number == self.total(values),
            "since": self.since,
            "all_url": f"{self.index_url}{self.query}",
            "explanation": self.explanation(),
        }

    def total(self, values: list[Number]) -> Number:
        """What the records add up to."""
        return sum(values, start=0)

    def explanation(self) -> str:
        """A sentence on where the number comes from, when the records alone do not tell."""
        return ""

    def _with_group(self, group: int) -> str:
        kept = self.request.GET.copy()
        for name in ("p", "ordering", "export"):
            kept.pop(name, None)
        kept["group"] = str(group)
        return kept.urlencode()

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's own offer CSV as well, whatever ``FORMATS`` says."""
        return [Button("下载 Excel（XLSX）", url=self.xlsx_export_url, icon_name="download")]

    # --- taking it along ----------------------------------------------------------------------------

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_xlsx(context["object_list"])
        response: HttpResponse = super().render_to_response(context, **kwargs)
        return response

    def as_xlsx(self, rows: QuerySet[Any]) -> HttpResponse:
        """What is on screen, all pages of it."""
        output = BytesIO()
        options = {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
        with Workbook(output, options) as book:
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            shown = records.columns_of(self.model)
            sheet.write_row(0, 0, [column.heading for column in shown], bold)
            sheet.set_column(0, len(shown) - 1, 18)
            sheet.freeze_panes(1, 0)
            for at, record in enumerate(rows.iterator(chunk_size=2000), 1):
                values = (records.value_of(record, column.name, OUTCOME_WORDS) for column in shown)
                sheet.write_row(at, 0, ["" if value is None else value for value in values])
        return as_file(output.getvalue(), f"{self.agency.name}{self.year}年{self.label}.xlsx", _XLSX)


class CellView(RecordsView):
    """Behind a cell of the tables."""

    @cached_property
    def cell(self) -> Cell:
        return _cell(self.form, self.kwargs["cell"])

    def get_label(self) -> str:
        return self.form.label(self.cell)

    def get_number(self) -> Number | None:
        return cells.compute(self.agency, self.scope, self.form, Readings(self.scope)).value(self.cell)

    def behind(self) -> list[Behind]:
        return cells.records_behind(self.cell, self.scope, self.form)

    def explanation(self) -> str:
        """上年结转 beside what last year's report says was carried out."""
        if self.cell.row != "carried_in" or self.of_bodies_below:
            return ""
        previous = last_years(self.agency, self.year)
        if previous is None:
            return f"没有 {self.year - 1} 年的报告可以对照；可用 gongkai import reports 导入已公布的文件。"
        there = previous.value(self.cell._replace(row="carried_out"))
        stated = "没有填数" if there is None else f"{plain(there)} 件"
        return f"{self.year - 1} 年的报告“结转下年度继续办理”{self.form.column(self.cell).label}：{stated}。"


class RollupCellView(CellView):
    """Behind a cell of the roll-up: the records of all the bodies below."""

    of_bodies_below = True


class FigureView(RecordsView):
    """Behind a figure that the prose names."""

    @cached_property
    def named(self) -> named.Named:
        found = named.find(self.kwargs["name"])
        if found is None:
            raise Http404
        return found

    def get_label(self) -> str:
        return self.named.title

    def get_number(self) -> Number | None:
        return self.named.value(Readings(self.scope))

    def behind(self) -> list[Behind]:
        return named.records_behind(self.named.name, self.scope)

    def total(self, values: list[Number]) -> Number:
        total = super().total(values)
        return named.rounded(total) if self.named.is_mean else total


class SumView(RecordsView):
    """Behind a number in the prose that is a sum: the records of each of its parts."""

    @cached_property
    def names(self) -> list[str]:
        return self.kwargs["names"].split("+")

    def get_label(self) -> str:
        return "＋".join(self._title(name) for name in self.names)

    def _title(self, name: str) -> str:
        if is_cell(name):
            return self.form.label(_cell(self.form, name))
        found = named.find(name)
        if found is None:
            raise Http404
        return found.title

    def get_number(self) -> Number | None:
        readings = Readings(self.scope)
        report = cells.compute(self.agency, self.scope, self.form, readings)
        lookup = named.NamedFigures(readings)
        values = [report.value(name) if is_cell(name) else lookup(name) for name in self.names]
        return sum((value or 0 for value in values), start=0)

    def behind(self) -> list[Behind]:
        found: list[Behind] = []
        for name in self.names:
            if is_cell(name):
                cell = _cell(self.form, name)
                parts = cells.records_behind(cell, self.scope, self.form)
                found += [replace(part, title=self.form.label(cell)) for part in parts]
            else:
                self._title(name)
                found += named.records_behind(name, self.scope)
        return found


def _cell(form: Form, name: str) -> Cell:
    """A cell by its name; 404 for one that the form does not have."""
    try:
        cell = Cell.parse(name)
        form.column(cell)
    except (KeyError, ValueError):
        raise Http404 from None
    return cell
