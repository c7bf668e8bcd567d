"""年报核查: anyone drops a published report and sees on its own text what does not agree."""

from __future__ import annotations

import base64
import json
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from gongkai.annual.forms import Cell
from gongkai.annual.read import ReadError
from gongkai.bureau.throttle import allowed

from ..inspection import ENDINGS, BusyError, Inspected, UnreadablePreviousError, Upload
from ..inspection import inspect as inspect_upload
from ..presenting import show
from .base import as_file

MAX_BYTES = 20_000_000
TIMES, SECONDS = 20, 600


class InspectionForm(forms.Form):
    """One report, and last year's of the same body for the comparisons between years."""

    report = forms.FileField(
        label="年度报告",
        error_messages={"required": "请选择要核查的年度报告。", "empty": "这个文件是空的，请重新选择。"},
    )
    previous = forms.FileField(
        label="上一年的年度报告（可以不选）",
        required=False,
        error_messages={"empty": "上一年的文件是空的，请重新选择或者不选。"},
    )

    def clean_report(self) -> UploadedFile:
        return _bounded(self.cleaned_data["report"])

    def clean_previous(self) -> UploadedFile | None:
        file = self.cleaned_data["previous"]
        return _bounded(file) if file else None


@csrf_exempt  # until the body may be read: see below
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inspect(request: HttpRequest) -> HttpResponse:
    """The form, and what was found. Nothing that is sent is kept.

    What is too large or too often is refused before its body is read; then the token of the form is asked for.
    """
    if request.method != "POST":
        return _form(request, InspectionForm())
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * MAX_BYTES + 100_000:
        return _refused(request, f"文件超过 {MAX_BYTES // 1_000_000} MB，不像年度报告；请选择报告本身的文件。", 413)
    if not allowed(request, "inspect", TIMES, SECONDS):
        return _refused(request, f"核查次数过多，请 {SECONDS // 60} 分钟后再试。", 429)
    return _inspected(request)


@csrf_protect
def _inspected(request: HttpRequest) -> HttpResponse:
    form = InspectionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, 400)
    try:
        found = inspect_upload(
            _upload(form, "report"), _upload(form, "previous") if form.cleaned_data["previous"] else None
        )
    except ReadError as error:
        form.add_error("previous" if isinstance(error, UnreadablePreviousError) else "report", str(error))
        return _form(request, form, 422)
    except BusyError:
        return _refused(request, "正在核查的文件较多，请稍后再试。", 503)
    name = _name(form.cleaned_data["report"])
    if request.POST.get("as") == "json":
        return as_file(_json(found), f"{PurePath(name).stem}-核查结果.json", "application/json")
    return render(request, "reporting/public/inspected.html", _context(found, name))


def _context(found: Inspected, name: str) -> dict[str, Any]:
    first: dict[Cell, int] = {}
    for number, finding in enumerate(found.findings, 1):
        for cell in finding.cells:
            first.setdefault(cell, number)
    shown = show(
        found.report,
        found.findings,
        link=lambda cell: f"#f-{first[cell]}" if cell in first else None,
    )
    return {
        "file_name": name,
        "report": found.report,
        "shown": shown,
        "failures": sum(each.kind == "fail" for each in shown.findings),
        # The result travels inside the page, so that it can be saved without being kept here.
        "json_address": "data:application/json;base64," + base64.b64encode(_json(found)).decode(),
        "json_name": f"{PurePath(name).stem}-核查结果.json",
        "here": "inspect",
    }


def _json(found: Inspected) -> bytes:
    return json.dumps([found.result], ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(repr(value))


def _form(request: HttpRequest, form: InspectionForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "here": "inspect", "endings": ENDINGS, "megabytes": MAX_BYTES // 1_000_000}
    return render(request, "reporting/public/inspect.html", context, status=status)


def _refused(request: HttpRequest, message: str, status: int) -> HttpResponse:
    context = {"form": InspectionForm(), "refused": message, "here": "inspect", "endings": ENDINGS}
    response = render(
        request, "reporting/public/inspect.html", context | {"megabytes": MAX_BYTES // 1_000_000}, status=status
    )
    if status != 413:
        response.headers["Retry-After"] = str(SECONDS if status == 429 else 30)
    return response


def _upload(form: InspectionForm, name: str) -> Upload:
    file: UploadedFile = form.cleaned_data[name]
    return Upload(_name(file), file.read())


def _name(file: UploadedFile) -> str:
    return file.name or "未命名"


def _bounded(file: UploadedFile) -> UploadedFile:
    if (file.size or 0) > MAX_BYTES:
        raise forms.ValidationError(f"文件超过 {MAX_BYTES // 1_000_000} MB，不像一份年度报告；请选择报告本身的文件。")
    ending = PurePath(_name(file)).suffix.lower()
    if ending not in ENDINGS:
        known = "、".join(each.removeprefix(".") for each in ENDINGS if each != ".htm")
        raise forms.ValidationError(f"不能读取“{ending or '没有后缀的'}”文件；请选择 {known} 文件。")
    return file
