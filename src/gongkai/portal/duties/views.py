"""责任清单 and 栏目更新情况 in the back office."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Table
from wagtail.admin.widgets.button import Button, HeaderButton

from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.staff import as_sheet
from gongkai.law.inspection import Freshness
from gongkai.law.wording import chinese_date

from ..models import Column, Duty
from ..staff.access import keeps_for
from ..staff.base import StaffMixin
from . import services
from .export import DOCX, as_docx
from .forms import AssignForm, EndForm, HandOverForm
from .lists import LINKS, LIST, TONES, WATCH, WIDTHS, name_of, rows_of
from .moving import Moving, what_moves
from .queries import duties_on, faults, history, list_of_year
from .watch import Watched, counts_of, vetoes_of, watch

FIRST_YEAR = 2008


class DutyMixin(StaffMixin):
    """What the pages share: whose columns, and whether the reader keeps the list."""

    header_icon = "group"

    @cached_property
    def may_keep(self) -> bool:
        return keeps_for(self.user, self.agency)

    @property
    def query(self) -> str:
        """What the addresses carry along: the body, where it is not the reader's own."""
        return f"?agency={self.agency.code}" if "agency" in self.request.GET else ""

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"portal_duties:{name}", args=args) + self.query

    def below(self, label: str) -> list[dict[str, Any]]:
        """The breadcrumbs of a page below the list."""
        return [{"url": self.address("list"), "label": "责任清单"}, {"url": "", "label": label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        bodies = list(visible_agencies(self.user).order_by("path"))
        return context | {"agency": self.agency, "bodies": bodies, "may_keep": self.may_keep}


class KeeperMixin(DutyMixin):
    """A page for whoever keeps the list; 403 for others."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_keep:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class YearMixin(DutyMixin):
    """The list of ``kwargs['year']``, by default of this year."""

    @cached_property
    def year(self) -> int:
        year: int = self.kwargs.get("year", timezone.localdate().year)
        if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
            raise Http404
        return year

    @property
    def title(self) -> str:
        return f"{self.agency.name}{self.year}年栏目维护责任清单"


class ListView(YearMixin, TemplateView):
    """The duty list of a year, and what is wrong with it today."""

    template_name = "portal/duties/list.html"
    page_title = "责任清单"

    def get_header_buttons(self) -> list[Button]:
        buttons = [HeaderButton(label="栏目更新情况", url=self.address("watch"), icon_name="time", priority=10)]
        if self.may_keep:
            buttons.append(HeaderButton(label="交接", url=self.address("hand_over"), icon_name="redirect", priority=20))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = rows_of(list_of_year(self.agency, self.year), today, may_assign=self.may_keep)
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "years": range(today.year + 1, max(FIRST_YEAR, today.year - 5) - 1, -1),
            "table": Table([*LIST, LINKS], rows) if rows else None,
            "faults": faults(self.agency, today),
            "hand_over_url": reverse("portal_duties:hand_over"),
            "downloads": [
                (label, self.address("download", self.year, ending))
                for ending, label in (("docx", "打印稿（Word）"), ("xlsx", "Excel（XLSX）"))
            ],
        }


class DownloadView(YearMixin, View):
    """The list of a year as a file: docx to print, xlsx to reckon with."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = rows_of(list_of_year(self.agency, self.year), timezone.localdate())
        if kwargs["ending"] == "xlsx":
            return as_sheet(self.title, LIST, rows)
        if kwargs["ending"] != "docx":
            raise Http404
        note = f"共 {rows[-1].number if rows else 0} 个栏目　制表日期：{chinese_date(timezone.localdate())}"
        cells = [[str(column.get_value(row)) for column in LIST] for row in rows]
        content = as_docx(self.title, note, [str(column.label) for column in LIST], WIDTHS, cells)
        return as_file(content, f"{self.title}.docx", DOCX)


class ColumnMixin(DutyMixin):
    """A page about the column of ``kwargs['pk']``; 404 when the reader may not see whose it is."""

    @cached_property
    def column(self) -> Column:
        columns = Column.objects.select_related("parent", "agency")
        found = columns.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user)).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Any:
        return self.column.agency

    @cached_property
    def duty(self) -> Duty | None:
        return duties_on(self.agency, timezone.localdate()).get(self.column.pk)


class HistoryView(ColumnMixin, FormView):
    """Who kept a column when; whoever keeps the list may end a duty here."""

    template_name = "portal/duties/history.html"
    form_class = EndForm

    def get_page_title(self) -> str:
        return str(self.column)

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(str(self.column))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = history(self.column)
        return super().get_context_data(**kwargs) | {
            "column": self.column,
            "history": found,
            "may_end": self.may_keep and bool(found) and found[0].until is None,
            "assign_url": reverse("portal_duties:assign", args=[self.column.pk]),
        }

    def form_valid(self, form: EndForm) -> HttpResponse:
        try:
            services.end(self.column, form.cleaned_data["until"], self.user)
        except NotPermittedError as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, f"栏目“{self.column}”的责任已登记终止。")
        return redirect(self.request.path)

    def form_invalid(self, form: EndForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AssignView(ColumnMixin, KeeperMixin, FormView):
    """Name who keeps a column."""

    template_name = "portal/duties/form.html"
    form_class = AssignForm

    def get_page_title(self) -> str:
        return f"指定责任人：{self.column}"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(self.get_page_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"agency": self.agency}

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        if self.duty is None:
            return {"since": today}
        same = {"department": self.duty.department_id, "keeper": self.duty.keeper_id, "deputy": self.duty.deputy_id}
        return same | {"since": today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"duty": self.duty, "back_url": reverse("portal_duties:list")}

    def form_valid(self, form: AssignForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            services.assign(
                self.column, given["department"], given["keeper"], given["deputy"], given["since"], self.user
            )
        except NotPermittedError as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(
            self.request, f"已登记：自{chinese_date(given['since'])}起由{name_of(given['keeper'])}负责“{self.column}”。"
        )
        return redirect("portal_duties:list")

    def form_invalid(self, form: AssignForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class HandOverView(KeeperMixin, FormView):
    """What somebody keeps goes to somebody else: first what would move, then, confirmed, it does."""

    template_name = "portal/duties/hand_over.html"
    form_class = HandOverForm
    page_title = "交接"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("交接")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"agency": self.agency}

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate(), "giver": self.request.GET.get("giver")}

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        """The first time what would move is shown; with ``confirmed`` the columns that are ticked move."""
        given = form.cleaned_data
        moving = what_moves(given["giver"], given["on"])
        if "confirmed" not in self.request.POST:
            if not moving.duties:
                form.add_error("giver", "这个人在这一天没有可以交接的栏目。")
                return self.form_invalid(form)
            return self.render_to_response(self.get_context_data(form=form, moving=moving, given=given))
        ticked = set(self.request.POST.getlist("column"))
        columns = [duty.column for duty in moving.duties if str(duty.column_id) in ticked]
        try:
            moved = services.hand_over(given["giver"], given["taker"], given["on"], self.user, columns)
        except NotPermittedError as refused:
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(form=form, moving=moving, given=given), status=409)
        messages.success(self.request, _moved(moved, name_of(given["taker"])))
        return redirect("portal_duties:list")

    def form_invalid(self, form: HandOverForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _moved(moved: Moving, taker: str) -> str:
    return (
        f"已交接 {len(moved.duties)} 个栏目给{taker}；随之转交：草稿 {len(moved.drafts)} 件、"
        f"将要到期的文件 {len(moved.lapsing)} 件、未读提醒 {len(moved.notices)} 条。"
    )


class WatchView(DutyMixin, TemplateView):
    """How every column stands, the worst first; ``?state=`` narrows, ``?column=`` shows one, ``?mine=1`` one's own."""

    template_name = "portal/duties/watch.html"
    page_title = "栏目更新情况"
    header_icon = "time"

    @cached_property
    def watched(self) -> list[Watched]:
        return watch(self.agency, timezone.localdate())

    def chosen(self) -> list[Watched]:
        state, column = self.request.GET.get("state", ""), self.request.GET.get("column", "")
        mine = "mine" in self.request.GET
        return [
            each
            for each in self.watched
            if (not state or each.standing.freshness == state)
            and (not column or str(each.column.pk) == column)
            and (not mine or (each.duty is not None and self.user.pk in (each.duty.keeper_id, each.duty.deputy_id)))
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            return as_sheet(f"{self.agency.name}栏目更新情况{timezone.localdate()}", WATCH, self.chosen())
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_header_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        asked["export"] = "xlsx"
        return [
            HeaderButton(label="责任清单", url=self.address("list"), icon_name="group", priority=10),
            HeaderButton(label="下载 Excel", url=f"?{asked.urlencode()}", icon_name="download", priority=20),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.chosen()
        state = self.request.GET.get("state", "")
        return super().get_context_data(**kwargs) | {
            "table": Table(WATCH, chosen) if chosen else None,
            "counts": [
                (freshness.label, count, self._narrowed(freshness), TONES.get(freshness) if count else "")
                for freshness, count in counts_of(self.watched).items()
            ],
            "chosen": Freshness(state).label if state in list(Freshness) else "",
            "is_narrowed": bool({"state", "column", "mine"} & set(self.request.GET)),
            "vetoes": vetoes_of(self.watched, timezone.localdate()),
            "all_url": self.address("watch"),
            "mine_url": self.address("watch") + ("&" if self.query else "?") + "mine=1",
        }

    def _narrowed(self, freshness: Freshness) -> str:
        return f"{self.address('watch')}{'&' if self.query else '?'}state={freshness.value}"
