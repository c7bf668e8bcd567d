"""不属于本机关: which body is the right one for an application; and the agency's own list of bodies."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from gongkai.bureau.roles import NotPermittedError, Role, actor_in

from ..coordination import directory
from ..coordination.models import OtherBody, PassedOn
from . import coordination_forms as forms
from .base import CaseMixin, StaffMixin
from .matters import ListMixin

_KEEPERS = frozenset({Role.CLERK, Role.HANDLER})


class RightBodyView(CaseMixin, TemplateView):
    """Proposals from the text of the request, a search in the directory, then 告知并提示 or 代为转送."""

    template_name = "applications/staff/coordination/right_body.html"
    page_title = "不属于本机关：由谁负责"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("由谁负责")

    @cached_property
    def proposals(self) -> list[directory.Proposal]:
        words = self.request.GET.get("q", "").strip()
        if words:
            return directory.search(self.agency, words)
        text = " ".join((self.application.title, self.application.requested))
        return directory.propose(self.agency, text)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._require()
        return self.page(forms.TellForm(matter=self.application, user=self.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._require()
        form = forms.TellForm(request.POST, matter=self.application, user=self.user)
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.page(form, 422)
        given, today = form.cleaned_data, timezone.localdate()
        try:
            if given["way"] == "pass":
                passed = directory.pass_on(self.application, today, given["found"], given["consent"], actor=self.user)
                received = passed.received
                done = f"已转送{received.agency.name}，登记编号 {received.number}；答复文书中仍须告知申请人。"
            else:
                directory.tell(self.application, today, given["found"], actor=self.user)
                done = "名称和联系方式已存入办理材料，拟答复时自动填入。"
        except NotPermittedError as refused:
            messages.error(request, str(refused))
            return self.page(form, 409)
        messages.success(request, done)
        return redirect(self.case_url)

    def _require(self) -> None:
        if self.application.agency_id != self.user.agency_id or not actor_in(self.user).roles & _KEEPERS:
            raise PermissionDenied

    def page(self, form: forms.TellForm, status: int = 200) -> HttpResponse:
        passed = PassedOn.objects.filter(application=self.application).select_related("received__agency").first()
        context = self.get_context_data(
            form=form,
            proposals=self.proposals,
            words=self.request.GET.get("q", ""),
            passed=passed,
            chosen=form.data.get("body", ""),
        )
        return self.render_to_response(context, status=status)


class BodiesView(ListMixin, TemplateView):
    """The bodies of the agency's own list."""

    template_name = "applications/staff/coordination/bodies.html"
    page_title = "其他机关名录"
    header_icon = "list-ul"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("coordination:list"), "label": "会商"}, {"url": "", "label": "其他机关名录"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "leaf": self.leaf(OtherBody.objects.filter(agency=self.agency)),
            "may_keep": _may_keep(self),
        }


def _may_keep(view: StaffMixin) -> bool:
    return view.user.agency_id == view.agency.pk and bool(actor_in(view.user).roles & _KEEPERS)


class BodyView(StaffMixin, FormView):
    """Add or change one body of the list; with ``delete`` take it off."""

    template_name = "applications/staff/coordination/body.html"
    form_class = forms.BodyForm
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not _may_keep(self):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def body(self) -> OtherBody:
        if "pk" not in self.kwargs:
            return OtherBody(agency=self.agency)
        found = OtherBody.objects.filter(agency=self.agency, pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        return self.body.name or "增加机关"

    def crumbs(self) -> list[dict[str, Any]]:
        trail = [{"url": reverse("coordination:bodies"), "label": "其他机关名录"}]
        return [*trail, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.body}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "delete" in request.POST and self.body.pk:
            self.body.delete()
            messages.success(request, f"已从名录中删去“{self.body.name}”。")
            return redirect("coordination:bodies")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.BodyForm) -> HttpResponse:
        form.save()
        messages.success(self.request, "已保存。")
        return redirect("coordination:bodies")

    def form_invalid(self, form: forms.BodyForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
