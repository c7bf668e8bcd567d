"""台账导入: a clerk without a terminal uploads a ledger, sees what it would do, and confirms it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.bureau.models import Agency, User
from gongkai.bureau.requests import agency_for, as_file
from gongkai.sheets.book import Book, kinds
from gongkai.sheets.importing import Imported, import_book
from gongkai.sheets.safety import UnreadableFileError
from gongkai.sheets.template import write_template

from ..kinds import KINDS
from ..roles import may_import
from ..uploads import ExpiredError, Upload, keep, take

MAX_BYTES = 5_000_000
# How many wrong places are listed; who has more mends these first.
SHOWN = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def books() -> dict[str, Book]:
    """The ledgers that can be imported as workbooks, by kind: those of the desk's lists first."""
    known = {kind: book for kind, book in kinds().items() if isinstance(book, Book)}
    order = list(dict.fromkeys(kind.book for kind in KINDS.values()))
    return {
        kind: known[kind] for kind in sorted(known, key=lambda k: (k not in order, order.index(k) if k in order else 0))
    }


class UploadForm(forms.Form):
    """Which ledger, and the workbook."""

    kind = forms.ChoiceField(label="台账类别", choices=lambda: [(kind, book.title) for kind, book in books().items()])
    file = forms.FileField(
        label="填好的台账（.xlsx）",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择填好的台账。", "empty": "这个文件是空的，请重新选择。"},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(".xlsx"):
            raise forms.ValidationError("请选择 .xlsx 文件；旧版 .xls 请用 Excel 或者 WPS 另存为 .xlsx。")
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                f"文件超过 {MAX_BYTES // 1_000_000} MB，请分成几个文件，或者请系统管理员用 gongkai import 导入。"
            )
        return file


class ImportMixin(WagtailAdminTemplateMixin):
    """For those who may import into the records of the body; nobody else gets further than the home."""

    request: HttpRequest
    header_icon = "upload"
    page_title = "台账导入"

    @property
    def user(self) -> User:
        return cast("User", self.request.user)

    @cached_property
    def agency(self) -> Agency:
        return agency_for(self.request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(self.user, self.agency):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        return self.agency.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title, "sublabel": self.agency.name}]


class ImportView(ImportMixin, TemplateView):
    """The form; then, for a file, what importing it would do; then, confirmed, the import itself."""

    template_name = "desk/import.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": UploadForm(), "books": books(), **super().get_context_data(**kwargs), "agency": self.agency}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "token" in request.POST:
            return self.confirmed(request.POST["token"])
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        file = form.cleaned_data["file"]
        return self.previewed(Upload(form.cleaned_data["kind"], file.name, file.read()), form)

    def previewed(self, upload: Upload, form: UploadForm) -> HttpResponse:
        """Do everything, take it back, and say what would happen."""
        try:
            result = self.import_(upload, dry_run=True)
        except UnreadableFileError as error:
            form.add_error("file", str(error))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        token = "" if result.refused else keep(upload, self.user, self.agency)
        bad_rows = len({(error.sheet, error.number) for error in result.errors})
        context = self.get_context_data(
            result=result,
            book=books()[upload.kind],
            file_name=upload.name,
            token=token,
            errors=result.errors[:SHOWN],
            bad_rows=bad_rows,
            more=max(0, len(result.errors) - SHOWN),
            nothing=not (result.tally.created or result.tally.updated),
        )
        return self.render_to_response(context, status=422 if result.refused else 200)

    def confirmed(self, token: str) -> HttpResponse:
        try:
            upload = take(token, self.user, self.agency)
        except ExpiredError as error:
            messages.error(self.request, str(error))
            return redirect("desk:import")
        result = self.import_(upload)
        if result.refused:
            messages.error(self.request, "台账与核对之后有变动的记录不符，什么也没有登记，请重新上传核对。")
            return redirect("desk:import")
        tally, book = result.tally, books()[upload.kind]
        messages.success(
            self.request,
            f"{book.title}：新登记 {tally.created} 件，更新 {tally.updated} 件，未变 {tally.unchanged} 件。",
        )
        listed = next((kind.code for kind in KINDS.values() if kind.book == upload.kind), None)
        return redirect(reverse("desk:records", args=[listed]) if listed else "desk:import")

    def import_(self, upload: Upload, *, dry_run: bool = False) -> Imported:
        with upload.as_file() as path:
            return import_book(books()[upload.kind], path, self.agency, actor=self.user, dry_run=dry_run)


class TemplateDownloadView(ImportMixin, TemplateView):
    """The empty ledger of a kind, with instructions, drop-down lists and an example."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        book = books().get(kwargs["kind"])
        if book is None:
            raise Http404
        with TemporaryDirectory(prefix="gongkai-") as folder:
            path = Path(folder) / "template.xlsx"
            write_template(book, path)
            return as_file(path.read_bytes(), f"空白{book.title}.xlsx", _XLSX)
