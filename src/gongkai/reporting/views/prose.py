"""The clerk's words: one field a part, placeholders stay, errors bring everything back as it was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from gongkai.annual.forms import Form
from gongkai.annual.write.outline import numeral

from .. import services
from ..assembling import PREAMBLE
from ..roles import may_edit
from .base import ReportMixin

_LONGEST = 50_000


class ProseForm(forms.Form):
    """Bound text by part; a line is a paragraph."""

    def __init__(self, form: Form, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = {PREAMBLE: "前言"}
        parts |= {str(head.number): f"{numeral(head.number)}、{head.title}" for head in form.sections}
        tables = {str(head.number) for head in form.sections if head.table}
        for part, label in parts.items():
            self.fields[f"part_{part}"] = forms.CharField(
                label=label,
                required=False,
                max_length=_LONGEST,
                widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
                help_text="表格由记录自动生成，这里只写表前的说明和表后的“注：…”，可以不写。" if part in tables else "",
            )

    @classmethod
    def initial_of(cls, prose: Mapping[str, Sequence[str]]) -> dict[str, str]:
        return {f"part_{part}": "\n".join(paragraphs) for part, paragraphs in prose.items()}

    def prose(self) -> dict[str, list[str]]:
        """The paragraphs of each part; empty lines are no paragraphs."""
        return {
            name.removeprefix("part_"): [line.strip() for line in text.splitlines() if line.strip()]
            for name, text in self.cleaned_data.items()
        }


class ProseView(ReportMixin, FormView):
    """Edit the words of a report."""

    template_name = "reporting/staff/prose.html"

    @cached_property
    def now(self) -> services.Current:
        return services.current(self.agency, self.year)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_edit(self.user, self.agency):
            messages.error(request, "只有本机关的经办、审核人员和负责人可以编写年度报告。")
            return redirect(self.address("report"))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return f"{self.agency.name}{self.year}年度报告的文字"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("编写文字")

    def get_form(self, form_class: Any = None) -> ProseForm:
        return ProseForm(self.now.report.form, **self.get_form_kwargs())

    def get_initial(self) -> dict[str, str]:
        return ProseForm.initial_of(self.now.prose)

    def form_valid(self, form: ProseForm) -> HttpResponse:
        try:
            services.save_prose(self.agency, self.year, form.prose(), actor=self.user)
        except services.UnfillableProseError as error:
            for part, reasons in error.errors.items():
                for reason in reasons:
                    form.add_error(f"part_{part}", reason)
            return self.form_invalid(form)
        messages.success(self.request, "已保存。")
        return redirect(self.address("report"))

    def form_invalid(self, form: ProseForm) -> HttpResponse:
        messages.error(self.request, "没有保存：有的占位符填不了数，请按各处提示改正。")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report_form = self.now.report.form
        return super().get_context_data(**kwargs) | {
            "report_form": report_form,
            "named": list(self.now.named.all()),
            "cells": [
                (cell, report_form.label(cell), self.now.report.value(cell))
                for cell in report_form.cells()
                if cell.table != "3" or cell.column == "total" or cell.row == "received"
            ],
            "action": self.address("prose"),
            "report_url": self.address("report"),
        }
