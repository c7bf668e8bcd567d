"""The roll-up of a supervising body: its own report and those of the bodies below it, added up (Article 47)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column, Table, TitleColumn

from gongkai.annual.checks import Finding, Verdict, check
from gongkai.annual.report import Report
from gongkai.bureau.models import Agency
from gongkai.bureau.queries import visible_agencies

from .. import cells
from ..models import AnnualReport
from ..presenting import show
from ..queries import public_reports
from .base import ENDINGS, ReportMixin, download


class RollupMixin(ReportMixin):
    """The bodies that are added up: those below the agency that the reader may see, and itself."""

    of_bodies_below = True

    @cached_property
    def bodies(self) -> dict[int, Agency]:
        visible = visible_agencies(self.request.user).filter(path__startswith=self.agency.path).order_by("path")
        found = {body.pk: body for body in visible}
        if len(found) < 2:
            raise Http404
        return found

    @cached_property
    def reports(self) -> dict[int, Report]:
        return cells.compute_each(self.bodies, self.year, self.form)

    @cached_property
    def report(self) -> Report:
        return cells.add_up(self.agency, self.year, self.reports, self.form)

    def get_page_title(self) -> str:
        return f"{self.year}年政府信息公开工作年度报告汇总"


class RollupView(RollupMixin, TemplateView):
    """The sum on the official form, through the same checks, and a table of the bodies."""

    template_name = "reporting/staff/rollup.html"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": f"{self.year}年汇总", "sublabel": self.agency.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "report": self.report,
            "shown": show(self.report, _of_tables(self.report), link=self.cell_address),
            "table": Table(_COLUMNS, self.rows()),
            "count": len(self.bodies),
            "downloads": [(label, self.address("rollup_download", ending)) for ending, label in ENDINGS.items()],
        }

    def rows(self) -> list[dict[str, Any]]:
        published: dict[int, AnnualReport] = {
            report.agency_id: report
            for report in public_reports().filter(year=self.year, agency__in=self.bodies).defer("frozen", "prose")
        }
        return [self.row(body, published.get(key)) for key, body in self.bodies.items()]

    def row(self, body: Agency, published: AnnualReport | None) -> dict[str, Any]:
        report = self.reports[body.pk]
        wrong = sum(finding.verdict is Verdict.FAIL for finding in _of_tables(report))
        return {
            "name": body.name,
            "url": reverse("annual_reports:report", args=[self.year]) + f"?agency={body.code}",
            "published": f"已发布第{published.version}版" if published else "未发布",
            "received": report.value("3.received.total"),
            "carried_in": report.value("3.carried_in.total"),
            "closed": report.value("3.total.total"),
            "carried_out": report.value("3.carried_out.total"),
            "review": report.value("4.review.total"),
            "findings": f"{wrong} 处自相矛盾" if wrong else "相符",
        }


class RollupDownloadView(RollupMixin, View):
    """The roll-up as a file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return download(self.report, kwargs["ending"])


_COLUMNS = [
    TitleColumn("name", label="机关", get_url=lambda row: row["url"]),
    Column("published", label="状态"),
    Column("received", label="新收申请", classname="gk-number"),
    Column("carried_in", label="上年结转", classname="gk-number"),
    Column("closed", label="办结", classname="gk-number"),
    Column("carried_out", label="结转下年度", classname="gk-number"),
    Column("review", label="行政复议", classname="gk-number"),
    Column("findings", label="核查"),
]


def _of_tables(report: Report) -> list[Finding]:
    """What the checks say of a report that is tables only: it has no prose to be judged by."""
    return [finding for finding in check(report) if finding.cells or finding.rule.startswith("T")]
