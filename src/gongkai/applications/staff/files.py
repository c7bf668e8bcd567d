"""Files of a case: taken in, opened (which is recorded), and letters as PDF."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError

from .. import letters, vault
from ..letters.posting import try_again
from ..models import CaseFile, Dispatch, FileKind, Letter
from .base import CaseMixin
from .forms import At
from .forms.files import FileForm

_FORBIDDEN = "案卷文件由经办人员、负责人和承办这件申请的处室查看。"


@method_decorator(never_cache, name="dispatch")
class FileView(CaseMixin, View):
    """Open a file. By POST, because it is recorded; the file comes as a download."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = CaseFile.objects.filter(application=self.application, pk=kwargs["file"]).first()
        if file is None:
            raise Http404
        if not self.may_open:
            return HttpResponse(_FORBIDDEN, status=403)
        try:
            content = vault.read(file, self.user)
        except vault.LostFileError as error:
            messages.error(request, str(error))
            return redirect(self.case_url)
        return as_file(content, file.name or f"{file.get_kind_display()}-{file.pk}", file.media_type)


@method_decorator(never_cache, name="dispatch")
class LetterView(CaseMixin, View):
    """A letter as PDF, to look at before it is reviewed, signed, printed and sent."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        letter = (
            Letter.objects.filter(application=self.application, pk=kwargs["letter"])
            .select_related("application__agency", "file")
            .first()
        )
        if letter is None:
            raise Http404
        if not self.may_open:
            return HttpResponse(_FORBIDDEN, status=403)
        try:
            content = letters.pdf_of(letter, self.user)
        except (vault.LostFileError, NotPermittedError) as error:
            messages.error(request, str(error))
            return redirect(self.case_url)
        name = f"{letter.title}{letter.document_number}.pdf"
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
        return response


class MailAgainView(CaseMixin, View):
    """再试一次: queue a letter anew whose mail was given up. For whoever may send letters of the case now."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mailed = Dispatch.objects.filter(letter__application=self.application, letter=kwargs["letter"])
        last = mailed.select_related("letter__application__agency", "letter__application__applicant", "letter__file")
        dispatch = last.order_by("queued_at").last()
        if dispatch is None:
            raise Http404
        if "letter_sent" not in self.acts:
            return HttpResponse("文书由可以发出它的人员再次发送。", status=403)
        try:
            try_again(dispatch, self.user)
        except NotPermittedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "已再次交发；对方服务器接收之后，自动登记发出和送达。")
        return redirect(f"{self.case_url}#papers")


class AddFileView(CaseMixin, TemplateView):
    """存入文件: what the applicant or somebody consulted sent; what the reply rests on goes in as evidence."""

    template_name = "applications/staff/form.html"

    def get_page_title(self) -> str:
        return "存入文件"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("存入文件")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "evidence_filed" not in self.acts:
            messages.error(request, "不能存入文件：由承办这件申请的人员办理，归档之后不能再存入。")
            return redirect(self.case_url)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        content, name = form.cleaned_data["file"]
        vault.keep(self.application, content, name, FileKind(form.cleaned_data["kind"]), self.user)
        messages.success(request, "已加密存入案卷。")
        return redirect(f"{self.case_url}#files")

    def form(self) -> FileForm:
        given = (self.request.POST, self.request.FILES) if self.request.method == "POST" else (None, None)
        return FileForm(*given, at=At(self.application, self.case, self.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(**kwargs) | {"label": "存入"}
