"""The list of each register, narrowed by address and exported as shown; what is to be reviewed; table 二."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Max, Min, Q, QuerySet, Sum
from django.forms import RadioSelect
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from gongkai.annual.forms import Cell
from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.bureau.staff import AgencyPageMixin, ChinesePaginator, as_sheet

from ..clocks import OPEN, TO_WITHDRAW, of_lateness
from ..events import Published, Written
from ..models import Decision, Entry
from ..queries import changes
from ..services import digest, publish
from ..tables import TableTwo, table_two
from ..transitions import BY_EVENT
from .base import address_of
from .kinds import DECISIONS, FEES, ITEMS, Register, state_words

_MOST = 200  # entries that are reviewed on one page
_DUE: dict[str, tuple[str, Callable[[date], Q]]] = {
    "late": ("已逾期", of_lateness),
    "near": ("待公开、待撤下", lambda _: OPEN | TO_WITHDRAW),
}


class Filters(WagtailFilterSet):
    """Whether it is public, what it is, which year; of decisions what is due."""

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, register: Register, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        if register is DECISIONS:
            due = [(code, label) for code, (label, _) in _DUE.items()]
            self._add("due", "期限情况", due, lambda rows, _, value: rows.filter(_DUE[value][1](timezone.localdate())))
        self._add("shown", "公开情况", [("yes", "已公开"), ("no", "没有公开")], self._shown)
        for name, label, choices in register.choices:
            self._add(name, label, choices)
        self._add("year", f"{register.label}（年份）", [(str(each), f"{each}年") for each in years], self._year)

    def _add(self, name: str, label: str, choices: Any, method: Any = None) -> None:
        found = ChoiceFilter(
            field_name=name, label=label, choices=choices, method=method, widget=RadioSelect, empty_label="全部"
        )
        found.parent, found.model = self, self.register.model
        self.filters[name] = found

    def _shown(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(shown_on__isnull=value == "no")

    def _year(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        return rows.filter(**{f"{self.register.day}__gte": first, f"{self.register.day}__lte": last})


class _Said(Column):
    """Something said of an entry."""

    def __init__(self, name: str, label: str, say: Callable[[Any], Any], **more: Any) -> None:
        self.say = say
        super().__init__(name, label=label, **more)

    def get_value(self, instance: Any) -> Any:
        return self.say(instance)


class _Name(Column):
    """The name, which leads to the page."""

    def get_value(self, instance: Entry) -> SafeString:
        return format_html('<a href="{}">{}</a>', address_of(instance), self.plain(instance))

    def plain(self, instance: Entry) -> str:
        return str(getattr(instance, self.name))


class RegisterMixin(AgencyPageMixin):
    """A page about a register of an agency."""

    register: Register = ITEMS

    @property
    def header_icon(self) -> str:
        return self.register.icon

    def address(self, name: str) -> str:
        """The address of another page of this register, about the same agency."""
        own = f"?agency={self.agency.code}" if "agency" in self.request.GET else ""
        return reverse(f"registers:{self.register.code}{name}") + own

    def may(self, kind: str) -> bool:
        """Whether the reader does such a thing at this agency."""
        return self.user.agency_id == self.agency.pk and bool(BY_EVENT[kind].roles & actor_in(self.user).roles)


@method_decorator(never_cache, name="dispatch")
class ListView(RegisterMixin, BaseListingView):
    """The address says how it is narrowed; ``?export=xlsx`` gives the same as a workbook."""

    template_name = "registers/staff/list.html"
    results_template_name = "registers/staff/list_results.html"
    paginate_by = 50
    paginator_class = ChinesePaginator
    is_searchable = True
    search_backend_name = None
    filterset_class = Filters

    @property
    def model(self) -> type[Entry]:
        return self.register.model

    @property
    def search_fields(self) -> list[str]:
        return list(self.register.search)

    @property
    def verbose_name_plural(self) -> str:
        return self.register.title

    @property
    def default_ordering(self) -> tuple[str, str]:
        return f"-{self.register.day}", "-pk"

    def get_page_title(self) -> str:
        return self.register.title

    @cached_property
    def columns(self) -> list[Column]:
        says = [
            _Said(name, label, say, sort_key=name if name == self.register.day else None)
            for name, label, say in self.register.says
        ]
        heading = str(self.model._meta.get_field(self.register.name).verbose_name)  # type: ignore[union-attr]
        return [_Name(self.register.name, label=heading), *says, _Said("state", "状态", state_words)]

    def get_base_queryset(self) -> QuerySet[Any]:
        manager: Any = self.model._default_manager
        found: QuerySet[Any] = manager.filter(agency=self.agency)
        return found.select_related("item") if self.register is FEES else found

    def get_filterset_kwargs(self) -> dict[str, Any]:
        day = self.register.day
        span = self.get_base_queryset().aggregate(first=Min(day), last=Max(day))
        years = list(range(span["last"].year, span["first"].year - 1, -1)) if span["first"] else []
        return {**super().get_filterset_kwargs(), "register": self.register, "years": years}

    def get_index_url(self) -> str:
        return reverse(f"registers:{self.register.code}")

    def get_index_results_url(self) -> str:
        return self.address("_results")

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        if self.request.GET.get("export") == "xlsx":
            return as_sheet(self.register.title, self.columns, self.get_queryset())
        return super().render_to_response(context, **response_kwargs)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        found = [HeaderButton("导出", url=f"?{query.urlencode()}", icon_name="download")]
        if self.may(Published.kind):
            found.insert(0, HeaderButton("审核公开", url=self.address("_review"), icon_name="globe"))
        if self.may(Written.kind):
            found.insert(0, HeaderButton("登记", url=self.address("_new"), icon_name="plus"))
        return found

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.register is FEES:
            context["sum"] = self.get_queryset().order_by().aggregate(total=Sum("amount"))["total"] or 0
        return context | {"empty": self.register.empty, "unit": self.register.unit}


@method_decorator(never_cache, name="dispatch")
class ReviewView(RegisterMixin, TemplateView):
    """审核公开: what waits, whole as the public will read it, to be ticked; what changed meanwhile is refused."""

    template_name = "registers/staff/review.html"

    def get_page_title(self) -> str:
        return f"审核公开：{self.register.title}"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.address(""), "label": self.register.title}, {"url": "", "label": "审核公开"}]

    def waiting(self) -> QuerySet[Any]:
        manager: Any = self.register.model._default_manager
        found: QuerySet[Any] = manager.filter(agency=self.agency, shown_on=None)
        found = found.filter(revoked_on=None, withheld="") if self.register is DECISIONS else found
        return (found.select_related("item") if self.register is FEES else found).order_by(self.register.day, "pk")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may(Published.kind):
            raise Http404
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may(Published.kind):
            raise Http404
        ticked = [each.partition(":") for each in request.POST.getlist("seen")]
        seen = {int(pk): told for pk, _, told in ticked if pk.isascii() and pk.isdecimal() and len(pk) < 13}
        if not seen:
            messages.error(request, "没有选择记录，请核对后勾选。")
            return self.render_to_response(self.get_context_data(), status=422)
        try:
            done = publish(self.register.model, seen, actor=self.user)
        except NotPermittedError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(ticked=set(seen)), status=409)
        messages.success(request, f"已公开 {done} {self.register.unit}。")
        return redirect(self.address(""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting, ticked = self.waiting(), kwargs.pop("ticked", set())
        own = self.user.pk
        rows = [
            {
                "entry": each,
                "name": getattr(each, self.register.name),
                "told": [(label, say(each)) for _, label, say in self.register.says],
                "seen": f"{each.pk}:{digest(each)}",
                "is_own": each.written_by_id == own,
                "is_ticked": each.pk in ticked,
            }
            for each in waiting[:_MOST]
        ]
        more = max(waiting.count() - _MOST, 0)
        return super().get_context_data(**kwargs) | {"rows": rows, "more": more, "back": self.address("")}


@method_decorator(never_cache, name="dispatch")
class TablesView(AgencyPageMixin, TemplateView):
    """表二 of a year on both forms, held against the year before; how the items changed from year to year."""

    template_name = "registers/staff/tables.html"
    header_icon = "table"

    def get_page_title(self) -> str:
        return f"{self.year}年表二和跨年核对"

    @cached_property
    def year(self) -> int:
        text = self.request.GET.get("year", "")
        is_year = text.isascii() and text.isdecimal() and len(text) == 4 and text >= "2000"
        return int(text) if is_year else timezone.localdate().year

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = table_two(self.agency, self.year)
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "agency": self.agency,
            "tables": [(each, _blocks(each)) for each in found],
            "changes": changes(self.agency.pk, [self.year - 1, self.year]),
        }


def _blocks(table: TableTwo) -> list[tuple[str, list[tuple[str, list[tuple[str, Any]]]]]]:
    """Table 二 as blocks of rows of cells with their headings."""
    return [
        (
            block.caption,
            [
                (
                    row.label,
                    [(each.label, table.report.value(Cell("2", row.code, each.code))) for each in block.columns],
                )
                for row in block.rows
            ],
        )
        for block in table.form.tables["2"].blocks
    ]
