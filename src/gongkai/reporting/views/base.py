"""What the staff pages share: whose report, of which year, in which form; headers and breadcrumbs."""

from __future__ import annotations

from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.annual.forms import FORMS, Cell, Form, form_of_year
from gongkai.annual.report import Report
from gongkai.annual.write import MEDIA_TYPES, UnknownEndingError, render
from gongkai.annual.write.html import style
from gongkai.annual.write.outline import clean
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.bureau.requests import agency_for, as_file

if TYPE_CHECKING:
    from gongkai.bureau.models import User

FIRST_YEAR = min(form.first_year for form in FORMS.values())
ENDINGS = {"docx": "Word（DOCX）", "pdf": "PDF", "xlsx": "Excel（XLSX）", "html": "网页（HTML）", "json": "JSON"}


class ReportMixin(WagtailAdminTemplateMixin):
    """A page about the report of ``kwargs['year']``.

    ``?agency=`` names the body, by default the reader's own; ``?form=`` the form, by default the one in force.
    What the reader may not see does not exist (404).
    """

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "doc-full"
    of_bodies_below = False

    @property
    def user(self) -> User:
        """The member of staff: nobody else passes the door of the back office."""
        return cast("User", self.request.user)

    @cached_property
    def agency(self) -> Agency:
        return agency_for(self.request)

    @cached_property
    def year(self) -> int:
        return year_for(self.kwargs["year"])

    @cached_property
    def asked_form(self) -> Form | None:
        code = self.request.GET.get("form")
        if code is None:
            return None
        if code not in FORMS:
            raise Http404
        return FORMS[code]

    @cached_property
    def form(self) -> Form:
        return self.asked_form or form_of_year(self.year)

    @cached_property
    def scope(self) -> Scope:
        return Scope.of(self.agency, self.year, with_descendants=self.of_bodies_below)

    @cached_property
    def query(self) -> str:
        """What the addresses of a report carry along: the body and the form, where they are not the default."""
        return query_for(self.request)

    def address(self, name: str, *args: Any) -> str:
        """The address of another page about this report."""
        return reverse(f"annual_reports:{name}", args=[self.year, *args]) + self.query

    def cell_address(self, cell: Cell) -> str:
        return self.address("rollup_cell" if self.of_bodies_below else "cell", str(cell))

    def get_page_title(self) -> str:
        return f"{self.year}年政府信息公开工作年度报告"

    def get_page_subtitle(self) -> str:
        return self.agency.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        years = {"url": reverse("annual_reports:index") + self.query, "label": "年度报告"}
        return [*self.breadcrumbs_items, years, *self.crumbs()]

    def crumbs(self) -> list[dict[str, Any]]:
        """What follows 年度报告 in the breadcrumbs; the last one is this page."""
        return [{"url": "", "label": f"{self.year}年", "sublabel": self.agency.name}]

    def below(self, label: str) -> list[dict[str, Any]]:
        """The breadcrumbs of a page below the report."""
        year = f"{self.year}年汇总" if self.of_bodies_below else f"{self.year}年"
        address = self.address("rollup" if self.of_bodies_below else "report")
        return [{"url": address, "label": year}, {"url": "", "label": label, "sublabel": self.agency.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "agency": self.agency,
            "year": self.year,
            "report_form": self.form,
            "style_url": style_address(),
        }


def year_for(year: int) -> int:
    """A year that has an official form and has begun; 404 otherwise."""
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return year


def query_for(request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in ("agency", "form") if name in request.GET}
    return f"?{urlencode(kept)}" if kept else ""


def download(report: Report, ending: str) -> HttpResponse:
    """The report as a file to keep, under its Chinese title (RFC 5987). 404 for a format that nobody writes."""
    try:
        content = render(report, ending)
    except UnknownEndingError:
        raise Http404 from None
    return as_file(content, f"{clean(report.title)}.{ending}", MEDIA_TYPES[ending])


# --- The style sheet of the staff pages -----------------------------------------------------------


@cache
def _style() -> str:
    return resources.files("gongkai.reporting").joinpath("static/reporting/staff.css").read_text("utf-8") + style()


def style_address() -> str:
    """Where the style sheet is; the address changes with what it says, so that it can be kept for ever."""
    return reverse("annual_reports:style") + "?v=" + sha256(_style().encode()).hexdigest()[:12]


@cache_control(private=True, max_age=31536000, immutable=True)
def style_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_style(), content_type="text/css; charset=utf-8")
