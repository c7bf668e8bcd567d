"""Entering by hand where something appeared: the gazette, newspapers, what an account without interface sent."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import View
from wagtail.admin import messages

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import NotPermittedError

from ..models import Appearance, Level
from ..records import save_appearance, strike
from .base import FormPage, StaffMixin
from .forms import AppearanceForm

_FIELDS = ("title", "published_on", "issue", "item", "url", "reads", "reads_definition")


class AppearanceMixin(StaffMixin):
    """A page about what appeared, of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def appearance(self) -> Appearance:
        found = (
            Appearance.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
            .select_related("agency", "channel", "sending")
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Agency:
        return self.appearance.agency


class AppearanceNewView(FormPage):
    """登记."""

    above = (("channels:appearances", "渠道发布信息"),)
    label = "登记"

    def get_page_title(self) -> str:
        return "登记发布信息"

    def record(self) -> Appearance:
        return Appearance(agency=self.agency)

    def form(self) -> AppearanceForm:
        said = self.request.GET.get("channel", "")
        named = {"channel": said} if said.isascii() and said.isdecimal() else {}
        return AppearanceForm(*self.given(), agency=self.agency, initial=named)

    def act(self, form: AppearanceForm) -> str:
        given, appearance = form.cleaned_data, self.record()
        appearance.channel = given["channel"]
        for name in _FIELDS:
            setattr(appearance, name, given[name])
        save_appearance(appearance, form.adoptions(), user=self.user)
        messages.success(self.request, f"“{appearance.title}”：已保存。")
        return reverse("channels:appearances")


class AppearanceView(AppearanceMixin, AppearanceNewView):
    """Correct it, or add who adopted it later."""

    template_name = "channels/staff/appearance.html"
    label = "保存"

    def get_page_title(self) -> str:
        return "发布信息"

    def record(self) -> Appearance:
        return self.appearance

    def form(self) -> AppearanceForm:
        values: dict[str, Any] = {name: getattr(self.appearance, name) for name in _FIELDS}
        told = list(self.appearance.adoptions.order_by("adopter"))
        values |= {level.value: "、".join(each.adopter for each in told if each.level == level) for level in Level}
        values["channel"] = self.appearance.channel_id
        return AppearanceForm(*self.given(), agency=self.agency, initial=values)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "appearance": self.appearance,
            "sending": getattr(self.appearance, "sending", None),
            "days": list(self.appearance.daily_readers.order_by("-day")[:30]),
            "may_publish": self.may_publish,
        }


class StrikeView(AppearanceMixin, View):
    """Take away what was entered by mistake."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            strike(self.appearance, user=self.user)
        except NotPermittedError as error:
            messages.error(request, str(error))
            return redirect("channels:appearance", kwargs["pk"])
        messages.success(request, f"“{self.appearance.title}”：已删去。")
        return redirect("channels:appearances")
