"""拆分 (一事一申请): what each part asks for, then several applications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from gongkai.bureau.roles import NotPermittedError

from ..intake.parts import split
from .base import CaseMixin
from .registering import remember

_BLANK = 3
_MOST = 20


class PartForm(forms.Form):
    """One part."""

    text = forms.CharField(
        required=False, max_length=20_000, widget=AdminAutoHeightTextInput(attrs={"rows": 3}), label="申请内容"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.prefix is not None:
            number = int(self.prefix.rpartition("-")[2]) + 1
            self.fields["text"].label = f"第 {number} 件" + ("（本件）" if number == 1 else "（新编号）")


Parts = forms.formset_factory(PartForm, extra=_BLANK, max_num=_MOST, absolute_max=_MOST)


@method_decorator(never_cache, name="dispatch")
class SplitView(CaseMixin, TemplateView):
    """The parts, then what becomes of each; with ``confirmed`` it is done."""

    template_name = "applications/staff/split.html"

    def get_page_title(self) -> str:
        return "拆分（一事一申请）"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("拆分")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not {"linked", "merged"} <= self.acts:
            messages.error(request, "拆分由经办人员在申请办结之前办理。")
            return redirect(self.case_url)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(Parts(initial=[{"text": self.application.requested}]))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        parts = Parts(request.POST)
        if not parts.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.page(parts, status=422)
        texts = [form.cleaned_data["text"].strip() for form in parts if form.cleaned_data.get("text", "").strip()]
        if "more" in request.POST:
            return self.page(Parts(initial=[{"text": text} for text in texts]))
        if len(texts) < 2:
            messages.error(request, "请至少写出两项申请内容；只有一项的不用拆分。")
            return self.page(parts, status=422)
        if "confirmed" not in request.POST:
            return self.page(parts, preview=texts)
        try:
            made = split(self.application, timezone.localdate(), texts, actor=self.user)
        except NotPermittedError as error:
            messages.error(request, str(error))
            return self.page(parts, status=409)
        numbers = "、".join(part.number for part, _ in made)
        told = f"已拆分：{self.application.number}、{numbers}，收到日期相同，互相关联。"
        coded = [(part, code) for part, code in made if code]
        if coded:
            remember(request, *coded)
            told += (
                "新的各件有自己的查询码：申请人凭原来的编号和查询码可以看到，也可以在各件页面打印接收回执交给申请人。"
            )
        messages.success(request, told)
        return redirect(self.case_url)

    def page(self, parts: Any, *, preview: list[str] | None = None, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(parts=parts, preview=preview), status=status)
