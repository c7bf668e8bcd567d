"""Lists that an agency keeps for its portal: wrong and sensitive words, indicators, the calendar of releases.

One set of views for all; each list is a viewset that says its columns and its form.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, QuerySet
from django.forms.models import ModelForm
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput
from wagtail.admin.widgets.button import Button

from gongkai.bureau.models import User
from gongkai.bureau.staff import ChinesePaginator, as_sheet

from ..models import Indicator, ReleasePlan, WatchWord
from .access import keeps_for
from .items import DayColumn


class KeptForm(ModelForm):
    """A record of an agency. The constraints of the table are asked in full: the form does not show the agency."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "indicator" in self.fields:
            own = Indicator.objects.filter(agency=self.instance.agency_id)
            self.fields["indicator"].queryset = own  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error)


class _Own:
    """Records that are the reader's to handle; others do not exist."""

    request: Any
    model: Any
    permission_policy: Any
    action_asked = "change"

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.permission_policy.instances_user_has_permission_for(
            self.request.user, self.action_asked
        )
        return found

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class KeptIndex(generic.IndexView):
    """The list, and the same as a workbook."""

    template_name = "portal/staff/kept.html"
    results_template_name = "portal/staff/kept_results.html"
    paginator_class = ChinesePaginator
    any_permission_required = ["view"]
    search_backend_name = None
    viewset: Any = None

    def get_base_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.viewset.records(self.request.user)
        return found

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            return as_sheet(self.verbose_name_plural, self.columns, self.get_queryset())
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        found = [Button("下载 Excel（XLSX）", url=f"{self.index_url}?export=xlsx", icon_name="download")]
        return [*self.viewset.more_buttons(), *found]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {"empty": self.viewset.empty}


class KeptCreate(_Own, generic.CreateView):
    """Add one."""

    error_message = "没有保存：请按各处提示改正。"

    def get_initial_form_instance(self) -> Any:
        user: User = self.request.user
        return self.model(agency_id=user.agency_id)

    def get_success_message(self, instance: Any) -> str:
        return f"已添加“{instance}”。"

    def get_success_buttons(self) -> list[Any]:
        return []


class KeptEdit(_Own, generic.EditView):
    """Change one."""

    error_message = "没有保存：请按各处提示改正。"

    def get_success_message(self) -> str:
        return f"已保存“{self.object}”。"

    def get_success_buttons(self) -> list[Any]:
        return []


class KeptDelete(_Own, generic.DeleteView):
    """Delete one that nothing refers to."""

    action_asked = "delete"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, f"“{self.object}”已经用在信息中，不能删除。")
            return redirect(self.get_success_url())
        return response

    def get_success_message(self) -> str:
        return f"已删除“{self.object}”。"


class KeptViewSet(ModelViewSet):
    """A list. ``empty`` says what an empty one will hold and how to begin."""

    add_to_admin_menu = False
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = KeptIndex
    add_view_class = KeptCreate
    edit_view_class = KeptEdit
    delete_view_class = KeptDelete
    list_per_page = 50
    search_backend_name = None
    fields: tuple[str, ...] = ()
    widgets: dict[str, Any] = {}
    empty = ""

    def get_form_class(self, for_update: bool = False) -> Any:
        return forms.modelform_factory(self.model, form=KeptForm, fields=self.fields, widgets=self.widgets)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_index_view_kwargs(**kwargs)
        return found | {
            "viewset": self,
            "template_name": KeptIndex.template_name,
            "results_template_name": KeptIndex.results_template_name,
        }

    def get_urlpatterns(self) -> list[Any]:
        left_out = {"usage", "history", "history_results"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in left_out]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {name: value for name, value in found.items() if name not in {"usage_url_name", "history_url_name"}}

    def get_permissions_to_register(self) -> Any:
        """None to tick: roles decide."""
        return super().get_permissions_to_register().none()

    def records(self, user: User) -> QuerySet[Any]:
        """What a user sees in the list."""
        found: QuerySet[Any] = self.permission_policy.instances_user_has_permission_for(user, "view")
        return found

    def more_buttons(self) -> list[Button]:
        """Further things to do with the list."""
        return []


class WordsViewSet(KeptViewSet):
    """词表: the office's own words; the common ones are seen by everybody and kept by the administrator."""

    model = WatchWord
    icon = "tag"
    url_prefix = "portal/words"
    url_namespace = "portal_words"
    fields = ("pattern", "replacement", "advice", "severity")
    search_fields = ["pattern", "replacement", "advice"]
    ordering = ("pattern", "pk")
    empty = "还没有本机关的词。审查时查找这里的词和通用词；可以从基础词表导入，也可以上传 Excel。"

    list_display = [
        "pattern",
        Column("replacement", label="应为"),
        Column("get_severity_display", label="程度"),
        Column("advice", label="说明"),
        Column("agency", label="范围", accessor=lambda word: "本机关" if word.agency_id else "通用"),
    ]

    def records(self, user: User) -> QuerySet[Any]:
        if not self.permission_policy.user_has_permission(user, "view"):
            return WatchWord.objects.none()
        return super().records(user) | WatchWord.objects.filter(agency=None)

    def more_buttons(self) -> list[Button]:
        return [
            Button("上传 Excel", url=reverse("portal_staff:words_upload"), icon_name="upload"),
            Button("从基础词表导入", url=reverse("portal_staff:words_starter"), icon_name="plus"),
        ]


class IndicatorsViewSet(KeptViewSet):
    """统计指标."""

    model = Indicator
    icon = "table"
    url_prefix = "portal/indicators"
    url_namespace = "portal_indicators"
    fields = ("name", "unit", "headline", "method")
    widgets = {"method": AdminAutoHeightTextInput(attrs={"rows": 4})}
    list_display = [
        "name",
        Column("unit", label="计量单位"),
        Column("headline", label="首页位置"),
    ]
    search_fields = ["name"]
    ordering = ("headline", "name", "pk")
    empty = "还没有指标。数据发布类信息填写指标、时期和数值后，首页和指标页自动画出历次数据。"


class PlansViewSet(KeptViewSet):
    """数据发布日程."""

    model = ReleasePlan
    icon = "calendar"
    url_prefix = "portal/plans"
    url_namespace = "portal_plans"
    fields = ("title", "indicator", "period", "release_at", "note")
    widgets = {"release_at": AdminDateTimeInput}
    list_display = [
        "title",
        Column("indicator", label="指标"),
        Column("period", label="数据时期"),
        DayColumn("release_at", label="发布时间", sort_key="release_at", classname="gk-nowrap"),
        Column("note", label="说明"),
    ]
    search_fields = ["title"]
    ordering = ("-release_at", "-pk")
    empty = "还没有日程。写明什么数据在什么时候发布，网站的“发布日程”随即公布。"

    def records(self, user: User) -> QuerySet[Any]:
        return super().records(user).select_related("indicator")


def may_keep(user: User) -> bool:
    """Whether a user keeps lists anywhere: whose menu shows them."""
    agency = user.agency
    return user.is_superuser or (agency is not None and keeps_for(user, agency))


words, indicators, plans = WordsViewSet(), IndicatorsViewSet(), PlansViewSet()
