"""The page of a dispute: where it stands and by when, what may be done, its documents, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.requests import as_file
from gongkai.bureau.staff import names_of
from gongkai.law.disputes import ending

from ..files import LostFileError, read
from ..models import Dispute, DisputeFile
from ..queries import days_left, urgency_of
from ..related import buttons_of
from .base import CaseMixin
from .told import lines, words_of_errors
from .verbs import BY_EVENT

ACCESSES = 20


@dataclass(frozen=True, slots=True)
class Deed:
    """A button."""

    label: str
    url: str
    icon: str


@method_decorator(never_cache, name="dispatch")
class CaseView(CaseMixin, TemplateView):
    """The page. Its number of queries does not depend on how much happened."""

    template_name = "disputes/staff/case.html"

    def get_page_title(self) -> str:
        return self.dispute.number

    def get_page_subtitle(self) -> str:
        return str(self.dispute.get_kind_display())

    def deeds(self) -> list[Deed]:
        pk = self.dispute.pk
        found = [
            Deed(verb.label, reverse("disputes:verb", args=[pk, verb.slug]), verb.icon)
            for kind in self.acts
            if (verb := BY_EVENT.get(kind))
        ]
        return found + [Deed(each.label, each.url, "download") for each in buttons_of(self.dispute, self.user)]

    @property
    def application_url(self) -> str:
        """The page of the application that it is over."""
        pk = self.dispute.application_id
        return reverse("applications:case", args=[pk]) if pk is not None else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, case = timezone.localdate(), self.case
        urgency = urgency_of(self.dispute, today)
        period = case.period(working_calendar())
        files = list(self.dispute.files.all()) if self.may_open else []
        accesses = list(self.dispute.accesses.select_related("user")[:ACCESSES]) if self.is_own else []
        people = names_of((each.added_by_id for each in files), with_posts=False)
        return super().get_context_data(**kwargs) | {
            "application_url": self.application_url,
            "left": days_left(self.dispute, today),
            "tone": urgency.value if urgency else "",
            "period": period,
            "ending": ending(case.ending) if case.ending else None,
            "errors": words_of_errors(case.errors),
            "alleged": words_of_errors(case.alleged),
            "deeds": self.deeds(),
            "files": [(each, people.get(each.added_by_id, "系统")) for each in files],
            "file_count": len(case.documents),
            "may_open": self.may_open,
            "lines": lines(self.told),
            "accesses": accesses,
            "later": list(Dispute.objects.filter(earlier=self.dispute).only("number", "kind")),
        }


@method_decorator(never_cache, name="dispatch")
class DocumentView(CaseMixin, View):
    """Open a document. By POST, because it is recorded; the file comes as a download."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = DisputeFile.objects.filter(dispute=self.dispute, pk=kwargs["file"]).first()
        if file is None:
            raise Http404
        if not self.may_open:
            return HttpResponse("复议诉讼材料由本机关的经办、承办、审核人员和负责人查看。", status=403)
        try:
            content = read(file, self.user)
        except LostFileError as error:
            messages.error(request, str(error))
            return redirect(self.case_url)
        return as_file(content, file.name or f"{file.label}-{file.pk}", file.media_type)
