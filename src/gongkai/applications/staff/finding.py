"""按申请人查找: by the whole name or number, sent by POST and kept in no address; it is recorded like opening one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.roles import Role, actor_in

from ..models import Access, Applicant, Application
from .base import StaffMixin
from .columns import chosen

_MOST = 100


class FindForm(forms.Form):
    """The whole name or the whole number: parts of encrypted values cannot be found."""

    who = forms.CharField(
        label="姓名、名称或者证件号码",
        max_length=100,
        strip=True,
        help_text="须写全；只找完全相同的。查找有记录。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写姓名、名称或者证件号码。"},
    )


@method_decorator(never_cache, name="dispatch")
class FindView(StaffMixin, TemplateView):
    """For the clerks and the leader of an agency."""

    template_name = "applications/staff/find.html"
    header_icon = "search"

    def get_page_title(self) -> str:
        return "按申请人查找"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = self.user.agency_id == self.agency.pk
        if not own or not actor_in(self.user).roles & {Role.CLERK, Role.LEADER}:
            return HttpResponse("按申请人查找由本机关的经办人员和负责人办理。", status=403)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FindForm(request.POST)
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        found = self.find(form.cleaned_data["who"])
        Access.objects.bulk_create(Access(application=each, user=self.user, what="按申请人查找") for each in found)
        return self.render_to_response(self.get_context_data(form=form, found=found))

    def find(self, who: str) -> list[Application]:
        same = Q()
        for index in ("id_index", "name_index"):
            field: Any = Applicant._meta.get_field(index)
            same |= Q(**{f"{index}__in": field.candidates(who)})
        people = Applicant.objects.filter(same, agency=self.agency)
        rows = Application.objects.filter(agency=self.agency, applicant__in=people).select_related("lead")
        return list(rows.defer("requested", "note").order_by("-received_on", "-pk")[:_MOST])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", FindForm())
        return super().get_context_data(**kwargs) | {"columns": chosen([])}
