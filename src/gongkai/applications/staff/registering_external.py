"""导入其他平台收到的申请: the export of the provincial platform, shown with what it would do, then brought in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.generic import FormView
from wagtail.admin import messages

from gongkai.sheets.importing import Imported
from gongkai.sheets.safety import UnreadableFileError

from ..intake.external import COLUMNS, LARGEST, bring_in
from .registering import ClerkMixin


class ExternalForm(forms.Form):
    """An export. ``only_look``: say what it would do and do nothing."""

    file = forms.FileField(
        label="导出文件（XLSX 或者 JSON）",
        help_text=f"不超过 {LARGEST // 1_000_000} MB。编号已经登记过的申请不会重复登记。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.json"}),
        error_messages={"required": "请选择导出文件。", "empty": "文件是空的，请重新选择。"},
    )
    only_look = forms.BooleanField(label="只检查，不登记", required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".xlsx", ".json")):
            raise forms.ValidationError("请上传 XLSX 或者 JSON 文件。")
        return file


class ExternalView(ClerkMixin, FormView):
    """Everything or nothing; every bad row is named."""

    template_name = "applications/staff/register_external.html"
    form_class = ExternalForm

    def get_page_title(self) -> str:
        return "导入其他平台收到的申请"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"columns": COLUMNS}

    def form_valid(self, form: ExternalForm) -> HttpResponse:
        file, only_look = form.cleaned_data["file"], form.cleaned_data["only_look"]
        try:
            result = bring_in(file.read(), file.name, self.agency, actor=self.user, dry_run=only_look)
        except UnreadableFileError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        if result.errors or only_look:
            if result.errors:
                form.add_error("file", "有的行需要更正，什么也没有登记。")
            context = self.get_context_data(form=form, result=result, only_look=only_look)
            return self.render_to_response(context, status=422 if result.errors else 200)
        return self.done(self.request, result)

    def form_invalid(self, form: ExternalForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def done(self, request: HttpRequest, result: Imported) -> HttpResponse:
        tally = result.tally
        messages.success(request, f"登记 {tally.created} 件，已经登记过的 {tally.unchanged} 件。")
        return redirect("applications:list")


urlpatterns = [path("register/external/", ExternalView.as_view(), name="register_external")]
