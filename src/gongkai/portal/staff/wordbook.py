"""词表 as a workbook: up and down, and the list that comes with the program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from gongkai.bureau.models import Agency
from gongkai.examination.finding import Severity
from gongkai.examination.words import Word, starter_words
from gongkai.sheets.book import Batch, Book, Col, Sheet, Tally
from gongkai.sheets.importing import import_book
from gongkai.sheets.safety import UnreadableFileError

from ..models import WatchWord
from .access import keeps_for
from .base import StaffMixin

_LARGEST = 5_000_000  # bytes of an uploaded word list
_SEVERITIES = {severity.value: severity.name.lower() for severity in Severity}


def put(agency: Agency, words: Iterable[Word]) -> Tally:
    """Put words into the list of an agency: new ones are added, those that differ are brought up to date."""
    wanted = {word.pattern: word for word in words}
    known = {each.pattern: each for each in WatchWord.objects.filter(agency=agency, pattern__in=list(wanted))}
    tally = Tally()
    new, changed = [], []
    for pattern, word in wanted.items():
        values = {"replacement": word.replacement, "advice": word.advice, "severity": word.severity.name.lower()}
        found = known.get(pattern)
        if found is None:
            new.append(WatchWord(agency=agency, pattern=pattern, **values))
        elif any(getattr(found, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(found, name, value)
            changed.append(found)
        else:
            tally.unchanged += 1
    WatchWord.objects.bulk_create(new)
    WatchWord.objects.bulk_update(changed, ["replacement", "advice", "severity"])
    tally.created, tally.updated = len(new), len(changed)
    return tally


def _load(batch: Batch) -> Tally:
    by_code = {severity.name.lower(): severity for severity in Severity}
    return put(
        batch.agency,
        (
            Word(
                row.values["pattern"],
                row.values["advice"],
                by_code[row.values["severity"] or "warn"],
                row.values["replacement"],
            )
            for row in batch.rows
        ),
    )


WORDS = Book(
    "words",
    "错敏词词表",
    (
        Sheet(
            "词表",
            (
                Col("pattern", "词语", required=True, max_length=60, example="截止目前", width=24),
                Col("replacement", "应为", max_length=60, example="截至目前", width=24),
                Col("severity", "程度", "choice", choices=_SEVERITIES, example=Severity.WARN.value),
                Col("advice", "说明", max_length=200, example="“截止”后面不能接时间。", width=50),
            ),
            _load,
            key=("pattern",),
        ),
    ),
)


class _WordsMixin(StaffMixin):
    """A page for those who keep the list of the agency."""

    header_icon = "tag"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not keeps_for(self.user, self.agency):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[dict[str, Any]]:
        words = {"url": reverse("portal_words:index"), "label": "错敏词"}
        return [words, {"url": "", "label": self.get_page_title(), "sublabel": self.agency.name}]

    def say(self, tally: Tally) -> HttpResponse:
        messages.success(
            self.request, f"新添 {tally.created} 个词，更新 {tally.updated} 个，未变 {tally.unchanged} 个。"
        )
        return redirect("portal_words:index")


class UploadForm(forms.Form):
    """A workbook of words."""

    file = forms.FileField(
        label="词表（XLSX）",
        help_text="各列：词语、应为、程度、说明。下载现有词表可以作样子。已有的词按表更新，不删除别的词。",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".xlsx", ".xls", ".ods")):
            raise forms.ValidationError("请上传 Excel 文件（XLSX）。")
        if file.size > _LARGEST:
            raise forms.ValidationError("文件超过 5 兆字节。词表不会这么大，请核对。")
        return file


class UploadView(_WordsMixin, FormView):
    """上传词表: everything or nothing; every bad row is named."""

    template_name = "portal/staff/words_upload.html"
    form_class = UploadForm

    def get_page_title(self) -> str:
        return "上传词表"

    def form_valid(self, form: UploadForm) -> HttpResponse:
        with TemporaryDirectory(prefix="gongkai-") as folder:
            path = Path(folder) / f"词表{Path(form.cleaned_data['file'].name).suffix.lower()}"
            path.write_bytes(form.cleaned_data["file"].read())
            try:
                result = import_book(WORDS, path, self.agency, actor=self.user)
            except UnreadableFileError as error:
                form.add_error("file", str(error))
                return self.form_invalid(form)
        if result.refused:
            form.add_error("file", "有的行需要更正，什么也没有导入。请更正后重新上传。")
            return self.render_to_response(self.get_context_data(form=form, errors=result.errors), status=422)
        return self.say(result.tally)

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class StarterView(_WordsMixin, TemplateView):
    """从基础词表导入: the list that comes with the program, shown before it is taken over."""

    template_name = "portal/staff/words_starter.html"

    def get_page_title(self) -> str:
        return "从基础词表导入"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = set(WatchWord.objects.filter(agency=self.agency).values_list("pattern", flat=True))
        new = [word for word in starter_words() if word.pattern not in known]
        return super().get_context_data(**kwargs) | {"new": new, "number": len(starter_words())}

    @transaction.atomic
    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only what is missing: words that the office has changed stay as they are."""
        known = set(WatchWord.objects.filter(agency=self.agency).values_list("pattern", flat=True))
        return self.say(put(self.agency, (word for word in starter_words() if word.pattern not in known)))
