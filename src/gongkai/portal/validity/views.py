"""文件有效性 in the back office: the documents of an agency, how long they are in force, who answers for them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Table
from wagtail.admin.widgets.button import Button, HeaderButton

from gongkai.bureau.models import Department
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.staff import as_sheet
from gongkai.law.validity import Validity, expiry_notice

from ..duties.queries import duties_on
from ..models import Publication
from ..staff.access import keeps_for
from ..staff.base import StaffMixin
from .queries import documents, lapsing, of_validity
from .tables import documents_columns, listed

_PAGE = 50
_LAPSING = "lapsing"
# How the address names a validity.
STATES = {
    "in_force": Validity.IN_FORCE,
    "amended": Validity.AMENDED,
    "lapsed": Validity.LAPSED,
    "repealed": Validity.REPEALED,
}


class ValidityMixin(StaffMixin):
    """What the pages share: whose documents, and whether the reader leads a clean-up."""

    header_icon = "calendar-check"

    @cached_property
    def may_keep(self) -> bool:
        return keeps_for(self.user, self.agency)

    @property
    def query(self) -> str:
        return f"?agency={self.agency.code}" if "agency" in self.request.GET else ""

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"portal_validity:{name}", args=args) + self.query

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        bodies = list(visible_agencies(self.user).order_by("path"))
        return context | {"agency": self.agency, "bodies": bodies, "may_keep": self.may_keep}


class DocumentsView(ValidityMixin, TemplateView):
    """Every document on the site: ``?state=`` and ``?department=`` narrow, ``?document=`` shows one."""

    template_name = "portal/validity/documents.html"
    page_title = "文件有效性"

    @cached_property
    def today(self) -> Any:
        return timezone.localdate()

    def chosen(self) -> QuerySet[Publication]:
        asked = {name: self.request.GET.get(name, "") for name in ("state", "department", "document")}
        found = lapsing(self.agency, self.today) if asked["state"] == _LAPSING else documents(self.agency)
        if asked["state"] in STATES:
            found = found.filter(of_validity(STATES[asked["state"]], self.today))
        for name in ("department", "document"):
            if asked[name].isascii() and asked[name].isdecimal():
                found = found.filter(**{"department" if name == "department" else "pk": int(asked[name][:12])})
        return found.select_related("department", "ended_by")

    @cached_property
    def warned(self) -> int:
        return max(expiry_notice(self.today))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            return as_sheet(f"{self.agency.name}文件有效性{self.today}", *self._shown(self.chosen()))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def _shown(self, rows: Any) -> tuple[Any, Any]:
        duties = duties_on(self.agency, self.today)
        return documents_columns(self.warned), [listed(each, self.today, duties) for each in rows]

    def get_header_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        asked.pop("p", None)
        asked["export"] = "xlsx"
        return [
            HeaderButton(label="文件清理", url=self.address("cleanups"), icon_name="clipboard-list", priority=10),
            HeaderButton(label="下载 Excel", url=f"?{asked.urlencode()}", icon_name="download", priority=20),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.chosen(), _PAGE).get_page(self.request.GET.get("p"))
        columns, rows = self._shown(page.object_list)
        asked = self.request.GET.copy()
        asked.pop("p", None)
        return super().get_context_data(**kwargs) | {
            "table": Table(columns, rows) if rows else None,
            "page": page,
            "paging": asked.urlencode(),
            "counts": self.counts(),
            "departments": Department.objects.filter(agency=self.agency),
            "asked_department": self.request.GET.get("department", ""),
            "asked_state": self.request.GET.get("state", ""),
            "is_narrowed": bool({"state", "department", "document"} & set(self.request.GET)),
            "all_url": self.address("documents"),
        }

    def counts(self) -> list[tuple[str, int, str, str]]:
        """How many documents have each validity, and how many lapse soon; two queries."""
        asked = {name: Count("pk", filter=of_validity(state, self.today)) for name, state in STATES.items()}
        found = documents(self.agency).order_by().aggregate(**asked)
        soon = lapsing(self.agency, self.today).count()
        numbers = [(state.value, found[name], self._narrowed(name), "") for name, state in STATES.items()]
        label = f"{self.warned} 天内到期"
        return [*numbers, (label, soon, self._narrowed(_LAPSING), "due_soon" if soon else "")]

    def _narrowed(self, state: str) -> str:
        return f"{self.address('documents')}{'&' if self.query else '?'}state={state}"
