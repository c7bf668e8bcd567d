"""The report page of the back office: the official form with every figure a link, findings beside it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from gongkai.annual.prose import Bound, is_cell
from gongkai.bureau.queries import visible_agencies

from .. import difference, services
from ..models import AnnualReport, PublishedReport, State
from ..presenting import Shown, show
from ..queries import published_versions
from ..roles import may_edit, may_publish
from .base import ENDINGS, FIRST_YEAR, ReportMixin, download


class IndexView(ReportMixin, TemplateView):
    """The years of a body, each with where its report stands."""

    template_name = "reporting/staff/index.html"

    @cached_property
    def year(self) -> int:
        return timezone.localdate().year - 1

    def get_page_title(self) -> str:
        return "年度报告"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": "年度报告", "sublabel": self.agency.name}
        return [*self.breadcrumbs_items, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = list(visible_agencies(self.request.user).order_by("path"))
        has_below = any(body.path.startswith(self.agency.path) and body != self.agency for body in bodies)
        return super().get_context_data(**kwargs) | {
            "table": Table(self.columns(has_below), self.years()),
            "bodies": bodies if len(bodies) > 1 else [],
        }

    def columns(self, has_below: bool) -> list[Column]:
        found = [
            TitleColumn("year", label="年度", get_url=lambda row: row["url"]),
            Column("state", label="状态"),
            Column("version", label="版次"),
            Column("published", label="发布日期"),
            Column("earlier", label="已公布的文件"),
        ]
        if has_below:
            found.append(TitleColumn("rollup", label="汇总", get_url=lambda row: row["rollup_url"]))
        return found

    def years(self) -> list[dict[str, Any]]:
        reports: dict[int, list[AnnualReport]] = {}
        for report in AnnualReport.objects.filter(agency=self.agency).defer("frozen", "prose").order_by("-version"):
            reports.setdefault(report.year, []).append(report)
        files = dict(PublishedReport.objects.filter(agency=self.agency).values_list("year", "file_name"))
        last = max([self.year + 1, *reports])
        return [self.row(year, reports.get(year, []), files.get(year, "")) for year in range(last, FIRST_YEAR - 1, -1)]

    def row(self, year: int, reports: list[AnnualReport], file_name: str) -> dict[str, Any]:
        published = next((report for report in reports if report.is_published), None)
        is_drafted = any(report.state == State.DRAFT for report in reports)
        states = ["已发布"] * (published is not None) + ["有草稿"] * is_drafted
        states += ["已公布，文件已导入"] * bool(file_name)
        when = published.published_at if published else None
        return {
            "year": f"{year}年",
            "url": reverse("annual_reports:report", args=[year]) + self.query,
            "state": "，".join(states) or ("统计期未满" if year > self.year else "未编制"),
            "version": f"第{published.version}版" if published else "",
            "published": timezone.localdate(when).strftime("%Y年%-m月%-d日") if when else "",
            "earlier": file_name,
            "rollup": f"{year}年汇总",
            "rollup_url": reverse("annual_reports:rollup", args=[year]) + self.query,
        }


class ReportView(ReportMixin, TemplateView):
    """The report of a body as the records give it now, against what was published."""

    template_name = "reporting/staff/report.html"

    @cached_property
    def now(self) -> services.Current:
        return services.current(self.agency, self.year, self.asked_form)

    @cached_property
    def published(self) -> AnnualReport | None:
        return published_versions(self.agency, self.year).first()

    def shown(self) -> Shown:
        return show(
            self.now.report,
            self.now.assembled.findings,
            bound=self.now.assembled.bound,
            link=self.cell_address,
            link_of=self.address_of,
        )

    def address_of(self, bound: Bound) -> str:
        """Where a number in the prose leads: its cell or figure, or a list of them where it is a sum."""
        if len(bound.names) == 1:
            return self.name_address(bound.names[0])
        return self.address("sum", "+".join(bound.names))

    def name_address(self, name: str) -> str:
        return self.address("cell" if is_cell(name) else "figure", name)

    def get_header_buttons(self) -> list[Button]:
        buttons = []
        if may_edit(self.user, self.agency):
            address = self.address("prose")
            buttons.append(HeaderButton(label="编写文字", url=address, icon_name="edit", priority=10))
        if may_publish(self.user, self.agency):
            address = self.address("publish")
            buttons.append(HeaderButton(label="发布", url=address, icon_name="check", priority=20))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.changes()
        return super().get_context_data(**kwargs) | {
            "report_form": self.now.report.form,
            "report": self.now.report,
            "shown": self.shown(),
            "saved": self.now.saved,
            "published": self.published,
            "changes": found,
            "unfinished": self.now.assembled.unfinished,
            "previous": self.now.previous,
            "downloads": [(label, self.address("download", ending)) for ending, label in ENDINGS.items()],
            "published_url": self.address("version", self.published.version) if self.published else "",
            "prose_url": self.address("prose") if may_edit(self.user, self.agency) else "",
            "publish_url": self.address("publish") if may_publish(self.user, self.agency) else "",
        }

    def changes(self) -> list[dict[str, Any]]:
        """Where the records no longer give what was published."""
        if self.published is None or self.published.form_code != self.now.report.form.code:
            return []
        changed = difference.changes(self.published.as_published(), self.now.report)
        return [
            {
                "label": self.published.form.label(change.cell),
                "published": change.published,
                "now": change.now,
                "by": f"{change.by:+}",
                "explained": explained,
                "url": self.cell_address(change.cell),
                "since_url": _and(self.cell_address(change.cell), "since=published"),
            }
            for change, explained in difference.explain(self.published, changed, self.scope)
        ]


class VersionView(ReportMixin, TemplateView):
    """A published version as it was frozen."""

    template_name = "reporting/staff/version.html"

    @cached_property
    def published(self) -> AnnualReport:
        report = published_versions(self.agency, self.year).filter(version=self.kwargs["version"]).first()
        if report is None:
            raise Http404
        return report

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(f"已发布的第{self.published.version}版")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.published.as_published()
        version = self.published.version
        return super().get_context_data(**kwargs) | {
            "report_form": report.form,
            "report": report,
            "published": self.published,
            "versions": published_versions(self.agency, self.year).defer("frozen", "prose"),
            "shown": show(report),
            "downloads": [
                (label, self.address("version_download", version, ending)) for ending, label in ENDINGS.items()
            ],
        }


class DownloadView(ReportMixin, View):
    """The report as it stands now, or a published version, as a file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        version = kwargs.get("version")
        if version is None:
            report = services.current(self.agency, self.year, self.asked_form).report
        else:
            found = published_versions(self.agency, self.year).filter(version=version).first()
            if found is None:
                raise Http404
            report = found.as_published()
        return download(report, kwargs["ending"])


class PublishView(ReportMixin, TemplateView):
    """The last look before publishing: what the checks say, and the digest that will be published."""

    template_name = "reporting/staff/publish.html"

    @cached_property
    def now(self) -> services.Current:
        return services.current(self.agency, self.year)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_publish(self.user, self.agency):
            messages.error(request, "只有本机关负责人可以发布年度报告。")
            return redirect(self.address("report"))
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("发布")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        failures = self.now.assembled.failures
        unfinished = self.now.assembled.unfinished
        return super().get_context_data(**kwargs) | {
            "shown": show(self.now.report, self.now.assembled.findings),
            "digest": self.now.digest,
            "failures": failures,
            "unfinished": unfinished,
            "can_publish": not failures and not unfinished,
            "action": self.address("publish"),
            "report_url": self.address("report"),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            report = services.publish(self.agency, self.year, actor=self.user, seen=request.POST.get("digest", ""))
        except ValueError as refused:
            messages.error(request, str(refused))
            return self.render_to_response(self.get_context_data(), status=409)
        messages.success(request, f"已发布{self.year}年年度报告第{report.version}版。")
        return redirect(self.address("report"))


def _and(address: str, more: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{more}"
