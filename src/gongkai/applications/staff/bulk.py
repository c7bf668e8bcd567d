"""Several applications at once: what will happen to each is shown first, then each is done on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError, Role, actor_in
from gongkai.ledger.events import Event

from .. import events, services
from ..case import Case
from ..models import Application
from ..transitions import hindrance
from .access import may_open
from .base import StaffMixin, case_address, list_crumb
from .forms import AssignForm, At, VerbForm
from .papers import ENVELOPES, RECEIPTS, SERVICE_PROOFS, Papers, Printing
from .told import told_of_many

MOST = 100  # applications at once
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bulk:
    """A verb for several applications: ``act`` does it to each, or ``prints`` makes one file for all."""

    slug: str
    label: str
    done: str
    roles: frozenset[Role]
    event: type[Event] | None = None
    form: type[VerbForm] | None = None
    act: Callable[[Application, User, Given], Any] | None = None
    prints: Printing | None = None


def _assign(application: Application, user: User, given: Given) -> Any:
    today = timezone.localdate()
    return services.assign(
        application, today, given["lead"], given["assisting"], reply_by=given["reply_by"], actor=user
    )


def _sign_for(application: Application, user: User, given: Given) -> Any:
    if user.department is None:
        raise NotPermittedError("您的账号没有指定处室，请联系系统管理员。")
    return services.sign_for(application, timezone.localdate(), user.department, actor=user)


_OFFICE = frozenset({Role.CLERK, Role.HANDLER})
BULK: Mapping[str, Bulk] = {
    each.slug: each
    for each in (
        Bulk("assign", "分办", "分办", frozenset({Role.CLERK}), events.Assigned, AssignForm, _assign),
        Bulk(
            "sign-for",
            "签收",
            "签收",
            frozenset({Role.HANDLER, Role.REVIEWER}),
            events.SignedFor,
            act=_sign_for,
        ),
        Bulk(
            "archive",
            "归档",
            "归档",
            frozenset({Role.CLERK}),
            events.Archived,
            act=lambda application, user, given: services.archive(application, timezone.localdate(), actor=user),
        ),
        Bulk("receipts", "打印接收回执", "打印", _OFFICE, prints=RECEIPTS),
        Bulk("envelopes", "打印信封", "打印", _OFFICE, prints=ENVELOPES),
        Bulk("service-proofs", "打印送达回证", "打印", _OFFICE, prints=SERVICE_PROOFS),
    )
}


@method_decorator(never_cache, name="dispatch")
class BulkView(StaffMixin, TemplateView):
    """``POST`` with the chosen applications shows what would happen to each; with ``confirmed`` it is done."""

    http_method_names = ("post",)

    def get_template_names(self) -> list[str]:
        return [f"applications/staff/bulk{'_print' if self.bulk.prints else ''}.html"]

    @cached_property
    def bulk(self) -> Bulk:
        if self.kwargs["verb"] not in BULK:
            raise Http404
        return BULK[self.kwargs["verb"]]

    def get_page_title(self) -> str:
        return self.bulk.label if self.bulk.prints else f"{self.bulk.label}多件申请"

    def crumbs(self) -> list[dict[str, Any]]:
        return [list_crumb(), {"url": "", "label": self.get_page_title()}]

    @cached_property
    def applications(self) -> list[Application]:
        """Those chosen that are of the user's own agency, the one that is due first at the top."""
        numbers = [int(each) for each in self.request.POST.getlist("application") if each.isdecimal()][:MOST]
        found = Application.objects.filter(agency=self.user.agency_id, pk__in=numbers)
        return list(found.select_related("agency", "applicant").order_by("due_on", "pk"))

    @cached_property
    def cases(self) -> dict[int, Case]:
        return {pk: told.case for pk, told in told_of_many(self.applications).items()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.applications:
            messages.warning(request, "没有选中申请：请在列表中勾选。")
            return redirect("applications:list")
        if not self.bulk.roles & actor_in(self.user).roles:
            holders = "、".join(role.label for role in Role if role in self.bulk.roles)
            return HttpResponse(f"“{self.bulk.label}”须由{holders}办理。", status=403)
        if self.bulk.prints is not None:
            return self.printed(self.bulk.prints)
        form = self.form()
        if "confirmed" not in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if form is not None and not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        self.do(form.cleaned_data if form is not None else {})
        return redirect("applications:list")

    def do(self, given: Given) -> None:
        assert self.bulk.act is not None  # what prints does not come here
        done = 0
        for application in self.applications:
            try:
                self.bulk.act(application, self.user, given)
            except NotPermittedError as error:
                messages.error(self.request, f"{application.number} 没有{self.bulk.done}：{error}")
            else:
                done += 1
        if done:
            messages.success(self.request, f"已{self.bulk.done} {done} 件。")

    def form(self) -> VerbForm | None:
        if self.bulk.form is None:
            return None
        first = self.applications[0]
        at = At(first, Case(), self.user)
        return self.bulk.form(self.request.POST if "confirmed" in self.request.POST else None, at=at)

    # --- What prints ----------------------------------------------------------------------------------

    def printed(self, printing: Printing) -> HttpResponse:
        """Which papers there would be; once confirmed, all of them as one file."""
        papers = self.papers(printing)
        if "confirmed" not in self.request.POST:
            return self.render_to_response(self.get_context_data(papers=papers))
        try:
            content = printing.make([thing for each in papers.values() for thing in each.things], self.user)
        except NotPermittedError as error:
            messages.error(self.request, str(error))
            return self.render_to_response(self.get_context_data(papers=papers), status=409)
        return as_file(content, f"{self.bulk.label.removeprefix('打印')}.pdf", "application/pdf")

    def papers(self, printing: Printing) -> dict[int, Papers]:
        """By application; a name and an address are printed for those only who may open them."""
        mine = [each for each in self.applications if may_open(self.user, each, self.cases[each.pk])]
        found = printing.find(mine)
        closed = Papers(lacking=["由经办人员和承办这件申请的处室打印"])
        return {each.pk: found.get(each.pk, closed) for each in self.applications}

    # --- The page -------------------------------------------------------------------------------------

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if (papers := kwargs.get("papers")) is not None:
            return super().get_context_data(**kwargs) | {
                "bulk": self.bulk,
                "rows": [(each, case_address(each.pk), papers[each.pk]) for each in self.applications],
                "count": sum(len(each.things) for each in papers.values()),
                "list_url": reverse("applications:list"),
            }
        actor, event = actor_in(self.user), self.bulk.event
        rows = [
            {
                "application": each,
                "url": case_address(each.pk),
                "hindrance": hindrance(event, self.cases[each.pk], actor) if event else None,
            }
            for each in self.applications
        ]
        return super().get_context_data(**kwargs) | {
            "bulk": self.bulk,
            "possible": [row for row in rows if row["hindrance"] is None],
            "impossible": [row for row in rows if row["hindrance"] is not None],
            "list_url": reverse("applications:list"),
        }
