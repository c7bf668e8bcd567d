"""栏目: the tree of the site with its order, and the form of a column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput
from wagtail.admin.widgets.button import HeaderButton

from gongkai.bureau.queries import visible_agencies
from gongkai.law.inspection import Period, period_of

from ..columns import save as save_column
from ..models import Column, Publication
from .access import keeps_for
from .base import StaffMixin
from .forms import category_choices
from .keeping import KeptCreate, KeptEdit, KeptForm, KeptViewSet

FIELDS = (
    "name",
    "parent",
    "slug",
    "door",
    "type",
    "kind",
    "presentation",
    "category",
    "update_days",
    "route",
    "description",
    "keywords",
    "retired_on",
)


class ColumnForm(KeptForm):
    """A column of one's own agency, below one of its columns of the first level."""

    class Meta:
        model = Column
        fields = FIELDS
        widgets = {"description": AdminAutoHeightTextInput(attrs={"rows": 2}), "retired_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = Column.objects.filter(agency=self.instance.agency_id, parent=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = first.order_by("order", "pk")  # type: ignore[attr-defined]
        field = self.fields["category"]
        self.fields["category"] = forms.ChoiceField(
            label=field.label, help_text=field.help_text, required=False, choices=category_choices("不列入")
        )
        self.fields["update_days"].help_text = "空着时按栏目类型的规定（栏目列表中写明）；没有规定的不要求定期更新。"

    def save(self, commit: bool = True) -> Column:
        if commit and self.instance.pk is not None:
            save_column(self.instance)
            return self.instance
        saved: Column = super().save(commit)
        return saved


@dataclass(frozen=True, slots=True)
class Branch:
    """A column in the tree. ``period`` is how often it must be fed, by its own rule or that of its type."""

    column: Column
    period: Period | None
    published: int
    is_first: bool
    is_last: bool


class ColumnsView(StaffMixin, TemplateView):
    """The tree; three queries however many columns there are."""

    template_name = "portal/staff/columns.html"
    header_icon = "list-ul"

    def get_page_title(self) -> str:
        return "栏目"

    def get_header_buttons(self) -> list[Any]:
        if not keeps_for(self.user, self.agency) or self.user.agency_id != self.agency.pk:
            return []
        return [HeaderButton("新建栏目", url=reverse("portal_columns:add"), icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = list(Column.objects.filter(agency=self.agency).order_by("order", "pk"))
        shown = Publication.objects.filter(Publication.SHOWN, agency=self.agency)
        published = dict(shown.order_by().values_list("column").annotate(number=Count("pk")))
        return super().get_context_data(**kwargs) | {
            "agency": self.agency,
            "bodies": list(visible_agencies(self.user).order_by("path")),
            "keeps": keeps_for(self.user, self.agency),
            "tree": list(_tree(columns, published)),
        }


def _tree(columns: list[Column], published: dict[int, int]) -> Iterable[Branch]:
    """Each column of the first level, its own below it."""
    below: dict[int | None, list[Column]] = {}
    for column in columns:
        below.setdefault(column.parent_id, []).append(column)
    today = timezone.localdate()

    def branch(column: Column, siblings: list[Column]) -> Branch:
        period = period_of(column.type, column.update_days, today)
        ends = column is siblings[0], column is siblings[-1]
        return Branch(column, period, published.get(column.pk, 0), *ends)

    for first in below.get(None, []):
        yield branch(first, below[None])
        for second in below.get(first.pk, []):
            yield branch(second, below[first.pk])


class MoveView(View):
    """Up or down among its siblings."""

    http_method_names = ("post",)

    @transaction.atomic
    def post(self, request: Any, pk: int, way: str) -> HttpResponse:
        column = get_object_or_404(Column, pk=pk, agency__in=visible_agencies(request.user))
        if not keeps_for(request.user, column.agency):
            raise PermissionDenied
        siblings = list(
            Column.objects.select_for_update(of=("self",))
            .filter(agency=column.agency_id, parent=column.parent_id)
            .order_by("order", "pk")
        )
        at = siblings.index(column)
        to = max(0, min(len(siblings) - 1, at - 1 if way == "up" else at + 1))
        siblings.insert(to, siblings.pop(at))
        for order, each in enumerate(siblings):
            each.order = order
        Column.objects.bulk_update(siblings, ["order"])
        own = f"?agency={column.agency.code}" if column.agency_id != request.user.agency_id else ""
        return redirect(f"{reverse('portal_columns:index')}{own}#column-{column.pk}")


class ColumnCreate(KeptCreate):
    """A new column stands last among its siblings."""

    def get_initial_form_instance(self) -> Column:
        column: Column = super().get_initial_form_instance()
        last = Column.objects.filter(agency=column.agency_id).order_by("-order").values_list("order", flat=True).first()
        column.order = min(32_000, (last or 0) + 1)
        return column


class ColumnsViewSet(KeptViewSet):
    """Columns are changed and retired, never deleted."""

    model = Column
    icon = "list-ul"
    url_prefix = "portal/columns"
    url_namespace = "portal_columns"
    fields = FIELDS
    add_view_class = ColumnCreate
    edit_view_class = KeptEdit

    def get_form_class(self, for_update: bool = False) -> Any:
        return ColumnForm

    def get_urlpatterns(self) -> list[Any]:
        kept = [each for each in ModelViewSet.get_urlpatterns(self) if each.name in {"add", "edit"}]
        return [
            path("", ColumnsView.as_view(), name="index"),
            re_path(r"^(?P<pk>\d+)/(?P<way>up|down)/$", MoveView.as_view(), name="move"),
            *kept,
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_common_view_kwargs(**kwargs)
        return {name: value for name, value in found.items() if name != "delete_url_name"}


columns = ColumnsViewSet()
