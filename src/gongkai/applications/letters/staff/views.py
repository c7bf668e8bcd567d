"""Pages for whoever keeps the templates and the numbers of letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.staff import names_of
from gongkai.law.letters import Letter as Kind
from gongkai.law.letters import letters

from ...models import LetterTemplate
from ...staff.base import StaffMixin
from ..checking import MAX_BYTES, TemplateRefusedError
from ..filling import fill
from ..numbers import FAMILIES, set_pattern
from ..points import names, required, required_words
from ..printing import pdf_from
from ..sample import sample
from ..store import Template, built_in, current, may_keep, put, revert
from .forms import NumbersForm, UploadForm

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STAGES = {"intake": "登记", "process": "办理", "decision": "答复", "service": "送达"}


class LettersMixin(StaffMixin):
    """A page about the letters of an agency."""

    header_icon = "doc-full"
    page_title = "文书模板"

    @cached_property
    def may_keep(self) -> bool:
        return may_keep(self.user, self.agency)

    def require_keeper(self) -> None:
        if not self.may_keep:
            raise PermissionDenied

    def address(self, name: str, *args: Any) -> str:
        query = f"?agency={self.agency.code}" if "agency" in self.request.GET else ""
        return reverse(f"letters:{name}", args=args) + query

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)
        return told | {"agency": self.agency, "may_keep": self.may_keep}


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of letter in the list. ``version`` of 0 is the built-in template."""

    kind: Kind
    stage: str
    url: str
    version: int
    is_own: bool
    at: datetime | None


class TemplatesView(LettersMixin, TemplateView):
    """Every kind of letter with the template in use."""

    template_name = "applications/letters/templates.html"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("applications:list"), "label": "依申请公开"}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest: dict[str, LetterTemplate] = {}
        known = LetterTemplate.objects.filter(agency=self.agency).defer("content").order_by("version")
        for each in known:
            latest[each.code] = each
        return super().get_context_data(**kwargs) | {"rows": [self.row(kind, latest) for kind in letters().values()]}

    def row(self, kind: Kind, latest: dict[str, LetterTemplate]) -> Row:
        found = latest.get(kind.code)
        own = found is not None and found.digest != built_in(kind.code).digest
        url = self.address("template", kind.code)
        version = found.version if found else 0
        return Row(kind, _STAGES[kind.stage], url, version, own, found.added_at if found else None)


class KindMixin(LettersMixin):
    """A page about one kind of letter: 404 for what is none."""

    @cached_property
    def code(self) -> str:
        code: str = self.kwargs["code"]
        if code not in letters():
            raise Http404
        return code

    @cached_property
    def template(self) -> Template:
        """The version that the address names, else the one in use; version 0 is the built-in one."""
        version = self.kwargs.get("version")
        if version is None:
            return current(self.agency, self.code)
        if version == 0:
            return built_in(self.code)
        row = LetterTemplate.objects.filter(agency=self.agency, code=self.code, version=version).first()
        if row is None:
            raise Http404
        content = bytes(row.content) or built_in(self.code).content
        return Template(self.code, row.version, content, row.digest)

    def get_page_title(self) -> str:
        return f"文书模板：{letters()[self.code].title}"


class KindView(KindMixin, TemplateView):
    """One kind of letter: its places, an upload that is checked, the versions."""

    template_name = "applications/letters/template.html"
    form: UploadForm | None = None
    faults: Sequence[str] = ()

    def crumbs(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("applications:list"), "label": "依申请公开"},
            {"url": self.address("templates"), "label": "文书模板"},
            {"url": "", "label": letters()[self.code].title},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.require_keeper()
        self.form = UploadForm(request.POST, request.FILES)
        if not self.form.is_valid():
            return self.again()
        file = self.form.cleaned_data["file"]
        try:
            content = file.read(MAX_BYTES + 1)
            made = put(self.agency, self.code, content, self.form.cleaned_data["note"], actor=self.user)
        except TemplateRefusedError as error:
            self.faults = error.faults
            return self.again()
        messages.success(request, f"第 {made.version} 版已经启用，以后拟制的文书用它。请看一看预览。")
        return redirect(self.address("template", self.code))

    def again(self) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted, words = required(self.code), required_words(self.code)
        versions = list(
            LetterTemplate.objects.filter(agency=self.agency, code=self.code).defer("content").order_by("-version")
        )
        people = names_of(each.added_by_id for each in versions)
        return super().get_context_data(**kwargs) | {
            "kind": letters()[self.code],
            "template": current(self.agency, self.code),
            "places": [(name, label, wanted.get(name, "")) for name, label in names(self.code).items()],
            "words": words.items(),
            "form": self.form or UploadForm(),
            "faults": self.faults,
            "versions": [(each, people[each.added_by_id]) for each in versions],
            "addresses": {name: self.address(name, self.code) for name in ("download", "preview", "revert")},
            "list_url": self.address("templates"),
        }


class DownloadView(KindMixin, View):
    """A template as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"{letters()[self.code].title}（模板）.docx"
        return as_file(self.template.content, name, DOCX)


class PreviewView(KindMixin, View):
    """A template filled with an invented case, as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = fill(self.template.content, sample(self.agency, self.code))
        content = pdf_from([document], letters()[self.code].title, self.agency.name)
        return HttpResponse(content, content_type="application/pdf", headers={"Cache-Control": "private, no-store"})


class RevertView(KindMixin, View):
    """Take an earlier version, or the built-in one, into use again."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.require_keeper()
        asked = request.POST.get("version", "")
        try:
            if not asked.isdecimal() or len(asked) > 6:
                raise NotPermittedError("请选择要恢复的版本。")
            revert(self.agency, self.code, int(asked), actor=self.user)
        except TemplateRefusedError as error:
            messages.error(request, f"这一版不能再用：{error}")
        except NotPermittedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "已经恢复，以后拟制的文书用它。")
        return redirect(self.address("template", self.code))


class NumbersView(LettersMixin, TemplateView):
    """How the letters of each family are numbered."""

    template_name = "applications/letters/numbers.html"
    page_title = "文号"
    form: NumbersForm | None = None

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("applications:list"), "label": "依申请公开"}, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.require_keeper()
        year = timezone.localdate().year
        self.form = form = NumbersForm(self.agency, year, request.POST)
        if form.is_valid() and self.save(form, year, self.user):
            messages.success(request, "已经保存，以后的文书按此编号。")
            return redirect(self.address("numbers"))
        return self.render_to_response(self.get_context_data(), status=422)

    def save(self, form: forms.Form, year: int, actor: User) -> bool:
        told = form.cleaned_data
        try:
            with transaction.atomic():
                for family in FAMILIES:
                    last = told[f"{family}_last"]
                    set_pattern(self.agency, family, told[family], year=year, last=last, actor=actor)
        except NotPermittedError as error:
            form.add_error(None, str(error))
            return False
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form or NumbersForm(self.agency, timezone.localdate().year)
        return super().get_context_data(**kwargs) | {"form": form}
