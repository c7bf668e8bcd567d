"""后台任务: what the administrator sees of the work done in the background."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import monitoring
from ..models import ScheduledRun
from ..outgoing import try_again
from ..schedule import Job, jobs

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A job, when it runs, and its last run."""

    job: Job
    when: str
    next_at: datetime
    last: ScheduledRun | None


class JobsView(WagtailAdminTemplateMixin, TemplateView):
    """For the administrator: jobs, their runs, and what waits to go out."""

    template_name = "notices/jobs.html"
    header_icon = "tasks"
    page_title = "后台任务"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest) -> HttpResponse:
        messages.success(request, f"已放回 {try_again()} 条，马上再发。")
        return redirect("notices:jobs")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, known = timezone.now(), jobs()
        last = {run.job: run for run in monitoring.last_runs()}
        ways = monitoring.ways()
        seen_at = monitoring.seen_at()
        return super().get_context_data(**kwargs) | {
            "seen_at": seen_at,
            "is_working": monitoring.is_working(seen_at, now),
            "ways": ways,
            "given_up": sum(way.given_up for way in ways),
            "jobs": [Row(job, _when(job), job.next_due(now), last.get(job.name)) for job in known.values()],
            "runs": [_titled(run, known) for run in ScheduledRun.objects.order_by("-due_at", "-pk")[:_SHOWN]],
        }


def _titled(run: ScheduledRun, known: Any) -> ScheduledRun:
    run.title = known[run.job].title if run.job in known else run.job  # type: ignore[attr-defined]
    return run


def _when(job: Job) -> str:
    if job.every is None:
        return "每天 " + "、".join(f"{at:%H:%M}" for at in sorted(job.at))
    seconds = int(job.every.total_seconds())
    for size, unit in ((86400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds % size == 0:
            return f"每 {seconds // size} {unit}"
    return f"每 {seconds} 秒"
