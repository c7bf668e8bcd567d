"""区分处理 (Article 37): draw over the pages of a file; the released file and its list go on file."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.roles import NotPermittedError
from gongkai.law.outcomes import outcome

from .. import redaction, services, vault
from ..models import CaseFile, FileKind
from ..redaction import PageSize, RedactionError
from .base import CaseMixin


class _OfFile(CaseMixin):
    """A file of the case that may be covered; 404 for any other."""

    @cached_property
    def file(self) -> CaseFile:
        allowed = self.may_open and "evidence_filed" in self.acts
        found = CaseFile.objects.filter(
            application=self.application, pk=self.kwargs["file"], kind=FileKind.EVIDENCE, erased_at=None
        ).first()
        if found is None or not allowed:
            raise Http404
        return found


@method_decorator(never_cache, name="dispatch")
class RedactView(_OfFile, TemplateView):
    """GET opens the file (recorded once); POST makes the released file, or comes back with what was drawn (422)."""

    template_name = "applications/staff/redacting.html"

    def get_page_title(self) -> str:
        return "区分处理"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("区分处理")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = self.content(record=True)
        try:
            pages = redaction.pages_of(content, self.file.name)
        except RedactionError as error:
            messages.error(request, str(error))
            return redirect(f"{self.case_url}#files")
        return self.page(pages, redaction.entered([]))

    def content(self, *, record: bool) -> bytes:
        return vault.read(self.file, self.user if record else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = self.content(record=False)
        try:
            pages = redaction.pages_of(content, self.file.name)
            form = redaction.boxes_from(request.POST, len(pages))
            if form.errors or "more" in request.POST:
                status = 422 if form.errors and "more" not in request.POST else 200
                return self.page(pages, form, blank=8 if "more" in request.POST else 3, status=status)
            self.release(content, form.boxes)
        except (RedactionError, NotPermittedError, vault.LostFileError) as error:
            messages.error(request, str(error))
            return self.page(pages, form, status=409)
        messages.success(request, "已生成遮盖后的文件和区分处理清单，存入案卷。")
        return redirect(f"{self.case_url}#papers")

    @transaction.atomic
    def release(self, content: bytes, boxes: list[redaction.Box]) -> None:
        """Keep the covered file, and the list and reasons as the reply needs them: one line a reason."""
        made = redaction.redact(content, self.file.name, boxes)
        vault.keep(self.application, made.data, made.name, FileKind.RELEASED, self.user)
        rows = redaction.severance_list(made.withheld)
        severed = "\n".join(f"{_part(row)}｜{row.reason}｜{row.rule}" for row in rows)
        reasons = "；".join(f"{_part(row)}：{row.rule}，{row.reason}" for row in rows)
        today = timezone.localdate()
        services.file_evidence(self.application, today, "severance_list", severed, actor=self.user)
        services.file_evidence(self.application, today, "reasons", reasons, actor=self.user)

    def page(
        self, pages: list[PageSize], form: redaction.Entered, *, blank: int = 3, status: int = 200
    ) -> HttpResponse:
        bench = redaction.workbench(
            pages, form, lambda number: self.address("redact_page", self.file.pk, number), blank=blank
        )
        context = self.get_context_data(workbench=bench, severance_rule=outcome("granted_in_part").rule)
        return self.render_to_response(context, status=status)


def _part(row: redaction.SeveranceRow) -> str:
    """What was withheld and where, as a line of the list; bars would part its columns."""
    words = f"{row.places}{row.note or '的内容'}"
    return words.replace("|", "、").replace("｜", "、")


@method_decorator(never_cache, name="dispatch")
class RedactPageView(_OfFile, View):
    """The picture of one page to draw on; opening the file was recorded by the page around it."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            picture = redaction.page_image(vault.read(self.file, None), self.file.name, kwargs["page"] - 1)
        except (RedactionError, vault.LostFileError) as error:
            raise Http404 from error
        return HttpResponse(picture, content_type="image/png")
