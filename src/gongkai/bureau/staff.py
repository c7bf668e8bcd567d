"""What the staff pages of every room share: whose page it is, names of people, how a list counts and is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from io import BytesIO
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .models import Agency, User
from .requests import XLSX, agency_for, as_file


class AgencyPageMixin(WagtailAdminTemplateMixin):
    """A page about the records of an agency: ``?agency=``, by default the reader's own; 404 for others."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @property
    def user(self) -> User:
        """The member of staff: nobody else passes the door of the back office."""
        return cast("User", self.request.user)

    @cached_property
    def agency(self) -> Agency:
        return agency_for(self.request)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.crumbs()]

    def crumbs(self) -> list[dict[str, Any]]:
        """What follows 工作台 in the breadcrumbs; the last one is this page."""
        return [{"url": "", "label": self.get_page_title(), "sublabel": self.agency.name}]


class UnfinishedMixin:
    """A page with a form that is not done: refused (409) or not filled in well (422), the form as it was filled in."""

    request: HttpRequest
    render_to_response: Callable[..., HttpResponse]
    get_context_data: Callable[..., dict[str, Any]]

    def unfinished(self, form: Any, reason: str, status: int) -> HttpResponse:
        messages.error(self.request, reason)
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def given(self) -> tuple[Any, Any]:
        """What a form is bound to: what was sent, and nothing while the page is only looked at."""
        return (self.request.POST, self.request.FILES) if self.request.method == "POST" else (None, None)


class ChinesePaginator(WagtailPaginator):
    """Says how many there are as one says it in Chinese; ``unit`` is the measure word."""

    unit = "条"

    @cached_property
    def items_count_label(self) -> str:
        return f"共 {self.count} {self.unit}"


class CasePaginator(ChinesePaginator):
    """Of cases, which are counted by another word."""

    unit = "件"


def names_of(numbers: Iterable[int | None], *, with_posts: bool = True) -> dict[int | None, str]:
    """The names of people by their number, with their posts; one query. Nobody is 系统."""
    wanted = {number for number in numbers if number is not None}
    found: dict[int | None, str] = {None: "系统"}
    for user in User.objects.filter(pk__in=wanted).only("username", "first_name", "last_name", "post"):
        name = user.get_full_name() or user.username
        found[user.pk] = f"{name}（{user.post}）" if with_posts and user.post and user.post not in name else name
    return found


def as_sheet(name: str, columns: Iterable[Column], records: Iterable[Any]) -> HttpResponse:
    """Records as a workbook, in the columns of the list that shows them."""
    from xlsxwriter import Workbook  # a command that prints no list need not wait for it

    shown = [column for column in columns if getattr(column, "is_on_paper", True)]
    output = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(output, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [str(column.label) for column in shown], book.add_format({"bold": True}))
        sheet.set_column(0, len(shown) - 1, 18)
        sheet.freeze_panes(1, 0)
        for at, record in enumerate(records, 1):
            values = (getattr(column, "plain", column.get_value)(record) for column in shown)
            sheet.write_row(at, 0, ["" if value is None else str(value) for value in values])
    return as_file(output.getvalue(), f"{name}.xlsx", XLSX)
