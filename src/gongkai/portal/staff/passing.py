"""放行: two named people let a blocking finding pass, each with a reason."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView
from wagtail.admin import messages

from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.staff import names_of

from .. import services
from ..models import Finding, Override
from .base import ItemMixin
from .forms import PassForm


class _PassingView(ItemMixin, FormView):
    template_name = "portal/staff/passing.html"
    form_class = PassForm
    label = ""
    done = ""

    @cached_property
    @abstractmethod
    def finding(self) -> Finding | None:
        """What is to pass; ``None`` when the text has changed meanwhile."""

    @abstractmethod
    def act(self, reason: str) -> None:
        """Do it. Raises ``NotPermittedError``."""

    def get_page_title(self) -> str:
        return self.label

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(self.label)

    def form_valid(self, form: PassForm) -> HttpResponse:
        try:
            self.act(form.cleaned_data["reason"])
        except NotPermittedError as error:
            messages.error(self.request, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, self.done)
        return redirect(f"{self.item_url}#findings")

    def form_invalid(self, form: PassForm) -> HttpResponse:
        messages.error(self.request, "请写明理由。")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"label": self.label, "finding": self.finding}


class RequestView(_PassingView):
    """申请放行: the first of the two."""

    label = "申请放行"
    done = "已申请放行，须由另一名审核人员、负责人或者安全员同意。"

    @cached_property
    def finding(self) -> Finding:
        return get_object_or_404(Finding, pk=self.kwargs["finding"], item=self.item)

    def act(self, reason: str) -> None:
        services.request_override(self.item, self.user, self.finding, reason)


class ConfirmView(_PassingView):
    """同意放行: the second, who sees what the first wrote."""

    label = "同意放行"
    done = "已同意放行；这一处不再阻止送审。"

    @cached_property
    def override(self) -> Override:
        return get_object_or_404(Override, pk=self.kwargs["override"], item=self.item)

    @cached_property
    def finding(self) -> Finding | None:
        return Finding.objects.filter(item=self.item, fingerprint=self.override.fingerprint).first()

    def act(self, reason: str) -> None:
        if self.finding is None:
            raise NotPermittedError("内容已经改动，审查不再发现这一处，不用放行。")
        services.confirm_override(self.item, self.user, self.override, reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = names_of([self.override.requested_by_id])
        return super().get_context_data(**kwargs) | {
            "override": self.override,
            "requested_by": names[self.override.requested_by_id],
        }
