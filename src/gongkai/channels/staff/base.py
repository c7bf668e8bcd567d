"""What the pages share: whose channels, who may do what, forms that are refused come back filled in."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.bureau.staff import AgencyPageMixin, UnfinishedMixin

from ..records import PUBLISHERS, WRITERS, writes_for


class StaffMixin(AgencyPageMixin):
    """A page about the channels of an agency: ``?agency=``, by default the reader's own; 404 for others."""

    header_icon = "globe"
    above: tuple[tuple[str, str], ...] = ()

    def get_page_subtitle(self) -> str:
        return self.agency.name

    def crumbs(self) -> list[dict[str, Any]]:
        """What follows 工作台 in the breadcrumbs: the pages above, and this one."""
        return [
            *({"url": reverse(name), "label": label} for name, label in self.above),
            {"url": "", "label": self.get_page_title()},
        ]

    @cached_property
    def may_write(self) -> bool:
        return writes_for(self.user, self.agency.pk)

    @cached_property
    def may_publish(self) -> bool:
        return writes_for(self.user, self.agency.pk, PUBLISHERS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"agency": self.agency}


@method_decorator(never_cache, name="dispatch")
class FormPage(UnfinishedMixin, StaffMixin, TemplateView):
    """A form. Not filled in well: 422; refused: 409; both with what was typed."""

    template_name = "channels/staff/form.html"
    label = "保存"
    needs: frozenset[Role] = WRITERS

    def form(self) -> forms.Form:
        raise NotImplementedError

    def act(self, form: Any) -> str:
        """Do it; gives where to go then. Raises :class:`NotPermittedError`."""
        raise NotImplementedError

    @property
    def back(self) -> str:
        return reverse(self.above[-1][0])

    @cached_property
    def is_allowed(self) -> bool:
        return writes_for(self.user, self.agency.pk, self.needs)

    def _refused(self) -> str:
        return f"须由本机关的{'、'.join(role.label for role in Role if role in self.needs)}办理。"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_allowed:
            messages.error(request, self._refused())
            return redirect(self.back)
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if not self.is_allowed:
            return self.unfinished(form, self._refused(), 409)
        if not form.is_valid():
            return self.unfinished(form, "请按各处提示填写。", 422)
        try:
            target = self.act(form)
        except NotPermittedError as error:
            return self.unfinished(form, str(error), 409)
        return redirect(target)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"label": self.label, "back": self.back}
