"""存入材料: first the kind, as the law names it, then what it says."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.law.outcomes import evidence_kinds

from .. import services
from ..events import EvidenceFiled
from ..transitions import hindrance
from .base import CaseMixin
from .forms import At, EvidenceForm
from .forms.evidence import form_for_kind


class EvidenceView(CaseMixin, TemplateView):
    """Without ``?kind=`` the kinds to choose from; with it, the form of one. ``?next=`` leads back to the draft."""

    template_name = "applications/staff/evidence.html"

    def get_page_title(self) -> str:
        kind = evidence_kinds().get(self.kind)
        return f"存入材料：{kind.label}" if kind else "存入材料"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("存入材料")

    @property
    def kind(self) -> str:
        return self.request.GET.get("kind", "")

    @property
    def back(self) -> str:
        """Where to go afterwards: the draft that asked for it, or the page of the case."""
        asked = self.request.GET.get("next", "")
        own = asked.startswith(self.case_url) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
        return asked if own else f"{self.case_url}#papers"

    def form(self) -> EvidenceForm:
        if self.kind not in evidence_kinds():
            raise Http404
        given = (self.request.POST, self.request.FILES) if self.request.method == "POST" else (None, None)
        return form_for_kind(self.kind)(*given, at=At(self.application, self.case, self.user))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := self.hindrance:
            messages.error(request, f"不能存入材料：{reason}。")
            return redirect(self.case_url)
        form = self.form() if self.kind else None
        return self.render_to_response(self.get_context_data(form=form))

    @property
    def hindrance(self) -> str | None:
        if self.application.agency_id != self.user.agency_id:
            return "这件申请属于另一机关"
        return hindrance(EvidenceFiled, self.case, actor_in(self.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        content, name = form.cleaned_data["file"]
        try:
            services.file_evidence(
                self.application, form.day, self.kind, form.words(), content=content, name=name, actor=self.user
            )
        except NotPermittedError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(request, f"已存入：{evidence_kinds()[self.kind].label}。")
        return redirect(self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on_file = self.case.work.evidence
        kinds = [
            {"code": kind.code, "label": kind.label, "number": len(on_file.get(kind.code, ()))}
            for kind in evidence_kinds().values()
        ]
        return super().get_context_data(**kwargs) | {"kinds": kinds, "kind": self.kind}
