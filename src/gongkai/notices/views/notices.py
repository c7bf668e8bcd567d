"""A person's own notices: the list, opening one, marking as read, and how they want to be told."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.forms import RadioSelect
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import FormView
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from gongkai.bureau.models import User
from gongkai.bureau.staff import ChinesePaginator

from .. import queries, services
from ..forms import PreferenceForm
from ..models import Notice, Preference

_STATES = {
    "unread": ("未读", queries.UNREAD),
    "read": ("已读", Q(read_at__isnull=False)),
    "settled": ("已办结", Q(settled_at__isnull=False)),
}


class NoticeFilters(WagtailFilterSet):
    state = ChoiceFilter(
        label="状态",
        choices=[(name, label) for name, (label, _) in _STATES.items()],
        method="of_state",
        widget=RadioSelect,
        empty_label="全部",
    )

    class Meta:
        model = Notice
        fields: tuple[str, ...] = ()

    def of_state(self, notices: QuerySet[Notice], name: str, value: str) -> QuerySet[Notice]:
        return notices.filter(_STATES[value][1])


class NoticesView(BaseListingView):
    """The reader's own notices; nobody sees another's."""

    model = Notice
    template_name = "notices/list.html"
    results_template_name = "notices/list_results.html"
    page_title = "提醒"
    header_icon = "bell"
    paginate_by = 30
    paginator_class = ChinesePaginator
    filterset_class = NoticeFilters
    default_ordering = ("-not_before", "-pk")
    verbose_name_plural = "提醒"
    columns: tuple[Any, ...] = ()
    request: HttpRequest

    def get_base_queryset(self) -> QuerySet[Notice]:
        return queries.recent(_reader(self.request))

    def get_index_url(self) -> str:
        return reverse("notices:list")

    def get_index_results_url(self) -> str:
        return reverse("notices:list_results")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.urlencode()
        return super().get_context_data(*args, **kwargs) | {
            "unread": queries.unread_count(_reader(self.request)),
            "here": self.get_index_url() + (f"?{query}" if query else ""),
        }


@require_GET
def open_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read a notice and go where it leads."""
    reader = _reader(request)
    notice = get_object_or_404(queries.recent(reader), pk=pk)
    services.mark_read(reader, [notice.pk])
    return redirect(notice.url or "notices:list")


@require_POST
def read_view(request: HttpRequest) -> HttpResponse:
    """Mark the chosen notices as read, or all."""
    try:
        chosen = None if "all" in request.POST else [UUID(each) for each in request.POST.getlist("id")]
    except ValueError:
        return HttpResponseBadRequest("没有这样的提醒，请返回重新选择。")
    if chosen == []:
        messages.warning(request, "没有选择提醒；请先勾选，再标为已读。")
    else:
        messages.success(request, f"已把 {services.mark_read(_reader(request), chosen)} 条标为已读。")
    return redirect(get_valid_next_url_from_request(request) or "notices:list")


class SettingsView(WagtailAdminTemplateMixin, FormView):
    """By which ways, and when, the reader is told."""

    template_name = "notices/settings.html"
    form_class = PreferenceForm
    page_title = "提醒的方式和时间"
    request: HttpRequest

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        notices = {"url": reverse("notices:list"), "label": "提醒"}
        return [*self.breadcrumbs_items, notices, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        reader = _reader(self.request)
        own = Preference.objects.filter(user=reader).first() or Preference()
        own.user = reader
        return super().get_form_kwargs() | {"instance": own}

    def form_valid(self, form: PreferenceForm) -> HttpResponse:
        services.choose(form.instance)
        messages.success(self.request, "已保存。")
        return redirect("notices:settings")

    def form_invalid(self, form: PreferenceForm) -> HttpResponse:
        messages.error(self.request, "没有保存，请按各处提示改正。")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"action_url": reverse("notices:settings")}


def _reader(request: HttpRequest) -> User:
    """The member of staff: nobody else passes the door of the back office."""
    return cast("User", request.user)
