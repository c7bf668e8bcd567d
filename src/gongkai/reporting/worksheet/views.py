"""The sheet in the back office: every computed number opens its records, every answer says whose it is."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.requests import as_file
from gongkai.bureau.staff import AgencyPageMixin

from ..roles import may_edit
from ..views.base import FIRST_YEAR, style_address, year_for
from . import services
from .computing import NO, YES, WorkSheet, compute
from .forms import Field, form_of
from .writing import WRITERS


class SheetMixin(AgencyPageMixin):
    """A page about the sheet of ``kwargs['year']``, by default last year's."""

    header_icon = "table"

    @cached_property
    def year(self) -> int:
        return year_for(self.kwargs.get("year", timezone.localdate().year - 1))

    @cached_property
    def sheet(self) -> WorkSheet:
        return compute(self.agency, self.year)

    @cached_property
    def query(self) -> str:
        return f"?{urlencode({'agency': self.request.GET['agency']})}" if "agency" in self.request.GET else ""

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"worksheet:{name}", args=[self.year, *args]) + self.query

    def get_page_title(self) -> str:
        return f"{self.year}年政府网站工作年度报表"

    def get_page_subtitle(self) -> str:
        return self.agency.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"agency": self.agency, "year": self.year, "style_url": style_address()}


class SheetView(SheetMixin, TemplateView):
    """The sheet with where each value comes from."""

    template_name = "worksheet/staff/sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        this = timezone.localdate().year
        return super().get_context_data(**kwargs) | {
            "sheet": self.sheet,
            "groups": [
                (group.title, [(filled, self.records_of(filled.figure)) for filled in lines])
                for group, lines in self.sheet.groups
            ],
            "downloads": [(label, self.address("download", ending)) for ending, (label, *_) in WRITERS.items()],
            "answer_url": self.address("answer") if may_edit(self.user, self.agency) else "",
            "years": [
                (year, reverse("worksheet:sheet", args=[year]) + self.query) for year in range(this, FIRST_YEAR - 1, -1)
            ],
        }

    def records_of(self, figure: str) -> str:
        return reverse("annual_reports:figure", args=[self.year, figure]) + self.query if figure else ""


class DownloadView(SheetMixin, View):
    """The sheet as a file."""

    def get(self, request: HttpRequest, year: int, ending: str) -> HttpResponse:
        if ending not in WRITERS:
            raise Http404
        _, media_type, write = WRITERS[ending]
        return as_file(write(self.sheet), f"{self.sheet.title}.{ending}", media_type)


def _form_field(field: Field) -> forms.Field:
    help_text = "有记录的年度由记录计算，填写的不用。" if field.figure else ""
    if field.kind == "number":
        return forms.IntegerField(
            label=field.title,
            required=False,
            min_value=0,
            max_value=10**12,
            help_text=help_text,
            error_messages={
                "invalid": "请填写整数，例如 12。",
                "min_value": "不能小于 0。",
                "max_value": "数字太大了。",
            },
        )
    if field.kind == "several":
        choices = [(choice, choice) for choice in field.choices]
        return forms.MultipleChoiceField(
            label=field.title, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    words = (YES, NO) if field.kind == "yes" else field.choices
    if words:
        return forms.ChoiceField(
            label=field.title, required=False, choices=[("", "没有填写"), *((word, word) for word in words)]
        )
    return forms.CharField(label=field.title, required=False, max_length=200, help_text=help_text)


class AnswerForm(forms.Form):
    """What only a person knows, in the order of the sheet."""

    def __init__(self, fields: list[Field], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = fields
        for field in fields:
            self.fields[field.code] = _form_field(field)

    def answers(self) -> dict[str, str]:
        """The answers that differ from what was shown, as they are kept; an empty one takes an earlier one back.

        What was shown from elsewhere and left alone is no answer: it goes on following its source.
        """
        return {code: _kept(self.cleaned_data[code]) for code in self.changed_data}


def _kept(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(value)
    return "" if value is None else str(value)


class AnswerView(SheetMixin, FormView):
    """Fill in what is asked."""

    template_name = "worksheet/staff/answer.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_edit(self.user, self.agency):
            messages.error(request, "只有本机关的经办、审核人员和负责人可以填写工作报表。")
            return redirect(self.address("sheet"))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def asked(self) -> list[Field]:
        return [field for field in form_of(self.year).fields.values() if field.is_asked]

    def get_form(self, form_class: Any = None) -> AnswerForm:
        return AnswerForm(self.asked, **self.get_form_kwargs())

    def get_initial(self) -> dict[str, Any]:
        """What was answered before, else what the sheet shows from elsewhere."""
        found: dict[str, Any] = {}
        for filled in self.sheet.filled:
            if filled.figure or not filled.printed:
                continue
            several = filled.field.kind == "several"
            found[filled.field.code] = filled.printed.split("、") if several else filled.printed
        return found

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        changed = services.answer(self.agency, self.year, form.answers(), self.user)
        messages.success(self.request, f"已保存，{changed} 项有变动。" if changed else "没有变动。")
        return redirect(self.address("sheet"))

    def form_invalid(self, form: AnswerForm) -> HttpResponse:
        messages.error(self.request, "没有保存，请按各处提示改正。")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        titles = {field.code: group.title for group in form_of(self.year).groups for field in group.fields}
        groups: dict[str, list[Any]] = {}
        for bound in found["form"]:
            groups.setdefault(titles[bound.name], []).append(bound)
        panels = [(f"group-{at}", title, fields) for at, (title, fields) in enumerate(groups.items(), 1)]
        return found | {"groups": panels, "action": self.address("answer"), "sheet_url": self.address("sheet")}
