"""文件清理 in the back office: begin one, conclude one document or many at once, end in the draft of its lists."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Table
from wagtail.admin.widgets.button import Button, HeaderButton

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.staff import as_sheet

from ..models import Cleanup, CleanupEntry, Conclusion
from ..staff.base import item_address
from . import services
from .forms import ConcludeForm, FinishForm, StartForm
from .queries import cleanup_due, open_cleanup
from .tables import TickColumn, entries_columns
from .views import ValidityMixin

_OPEN = "open"


class CleanupsView(ValidityMixin, FormView):
    """The clean-ups of an agency, when the next is due, and the form that begins one."""

    template_name = "portal/validity/cleanups.html"
    form_class = StartForm
    page_title = "文件清理"

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {"title": f"{today.year}年行政规范性文件清理", "as_of": today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = Count("entries", filter=~Q(entries__conclusion=""))
        found = Cleanup.objects.filter(agency=self.agency).select_related("item", "started_by")
        due, today = cleanup_due(self.agency), timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "cleanups": found.annotate(total=Count("entries"), done=done).order_by("-as_of", "-pk"),
            "due": due,
            "late": (today - due).days if due is not None and due < today else 0,
            "may_start": self.may_keep and open_cleanup(self.agency) is None,
        }

    def form_valid(self, form: StartForm) -> HttpResponse:
        try:
            cleanup = services.start(self.agency, form.cleaned_data["title"], form.cleaned_data["as_of"], self.user)
        except NotPermittedError as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, f"已发起“{cleanup}”，共 {cleanup.entries.count()} 件文件。")
        return redirect("portal_validity:cleanup", cleanup.pk)

    def form_invalid(self, form: StartForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CleanupMixin(ValidityMixin):
    """A page about the clean-up of ``kwargs['pk']``; 404 when the reader may not see whose it is."""

    @cached_property
    def cleanup(self) -> Cleanup:
        found = Cleanup.objects.select_related("item", "agency")
        one = found.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user)).first()
        if one is None:
            raise Http404
        return one

    @cached_property
    def agency(self) -> Agency:
        return self.cleanup.agency

    def get_page_title(self) -> str:
        return self.cleanup.title

    def crumbs(self) -> list[dict[str, Any]]:
        first = {"url": self.address("cleanups"), "label": "文件清理"}
        return [first, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.cleanup.entries.aggregate(total=Count("pk"), done=Count("pk", filter=~Q(conclusion="")))
        return (
            super().get_context_data(**kwargs)
            | found
            | {
                "cleanup": self.cleanup,
                "is_finished": services.is_finished(self.cleanup),
                "item_url": item_address(self.cleanup.item_id) if self.cleanup.item_id else "",
            }
        )


class CleanupView(CleanupMixin, FormView):
    """The documents of a clean-up with what was concluded; those ticked are concluded alike, after a preview."""

    template_name = "portal/validity/cleanup.html"
    form_class = ConcludeForm

    def entries(self) -> Any:
        """Those that ``?state=`` asks for: an opinion, or ``open``."""
        found = self.cleanup.entries.select_related("publication__department", "concluded_by")
        state = self.request.GET.get("state", "")
        if state == _OPEN:
            return found.filter(conclusion="")
        return found.filter(conclusion=state) if state in Conclusion.values else found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            return as_sheet(f"{self.agency.name}{self.cleanup.title}", entries_columns(), self.entries())
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_header_buttons(self) -> list[Button]:
        buttons = [HeaderButton(label="下载 Excel", url="?export=xlsx", icon_name="download", priority=20)]
        if services.drafts_result(self.user, self.agency) and not services.is_finished(self.cleanup):
            address = self.address("finish", self.cleanup.pk)
            buttons.insert(0, HeaderButton(label="形成清理结果", url=address, icon_name="check", priority=10))
        return buttons

    @property
    def ticked(self) -> list[int]:
        return [int(each) for each in self.request.POST.getlist("entry") if each.isascii() and each.isdecimal()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finished = services.is_finished(self.cleanup)
        columns = entries_columns()
        if not finished:
            columns.insert(0, TickColumn(set(self.request.POST.getlist("entry"))))
        rows = list(self.entries())
        by = self.cleanup.entries.order_by().values_list("conclusion").annotate(number=Count("pk"))
        counts = dict(by)
        return super().get_context_data(**kwargs) | {
            "table": Table(columns, rows) if rows else None,
            "counts": [
                ("没有意见", counts.get("", 0), f"?state={_OPEN}"),
                *((each.label, counts.get(each.value, 0), f"?state={each.value}") for each in Conclusion),
            ],
            "is_narrowed": "state" in self.request.GET,
        }

    def form_valid(self, form: ConcludeForm) -> HttpResponse:
        """One document is concluded at once; several are shown first."""
        given, ticked = form.cleaned_data, self.ticked
        if len(ticked) > 1 and "confirmed" not in self.request.POST:
            chosen = CleanupEntry.objects.filter(cleanup=self.cleanup, pk__in=ticked).select_related("publication")
            preview = {"chosen": chosen, "given": given, "conclusion": Conclusion(given["conclusion"]).label}
            return self.render_to_response(self.get_context_data(form=form, **preview))
        try:
            number = services.conclude(
                self.cleanup,
                ticked,
                self.user,
                Conclusion(given["conclusion"]),
                reason=given["reason"],
                until=given["until"],
            )
        except NotPermittedError as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, f"已登记 {number} 件文件的清理意见。")
        return redirect(self.request.get_full_path())

    def form_invalid(self, form: ConcludeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class FinishView(CleanupMixin, FormView):
    """The draft of the four lists."""

    template_name = "portal/validity/finish.html"
    form_class = FinishForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not services.drafts_result(self.user, self.agency):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return f"形成清理结果：{self.cleanup.title}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"agency": self.agency}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"back_url": self.address("cleanup", self.cleanup.pk)}

    def form_valid(self, form: FinishForm) -> HttpResponse:
        try:
            item = services.finish(self.cleanup, self.user, form.cleaned_data["column"], form.cleaned_data["on"])
        except NotPermittedError as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, "已形成清理结果的草稿。请核对后送审；签发公开之后，废止、失效才发生效力。")
        return redirect(item_address(item.pk))

    def form_invalid(self, form: FinishForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
