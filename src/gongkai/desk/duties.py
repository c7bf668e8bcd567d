"""What the law asks of a body by a day: so far the annual report (Article 49)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.bureau.models import Agency, User
from gongkai.law.limits import report_due
from gongkai.reporting import difference, services
from gongkai.reporting.models import AnnualReport, PublishedReport, State
from gongkai.reporting.roles import may_edit, may_publish
from gongkai.reporting.views.base import FIRST_YEAR

# Calendar days before the last day from which the duty is marked.
WARNED = 15


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do about it, with where to do it."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty, how it stands and what is left to do. ``tone`` is that of ``left``: overdue, due_soon or nothing."""

    title: str
    url: str
    state: str
    due_on: date | None
    left: str
    tone: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The reports of a body: the latest published version and the draft of each year, and years read from files."""

    published: dict[int, AnnualReport]
    drafts: dict[int, AnnualReport]
    files: frozenset[int]

    @property
    def last(self) -> int | None:
        return max({*self.published, *self.drafts}, default=None)


def duties(agency: Agency, user: User, today: date, earlier: int | None, *, asked: str = "") -> list[Duty]:
    """The report that is due next, and the one last worked on.

    Last year's report is due while it is neither published here nor known from its published file, provided the
    body has records of that year or has begun it: an installation taken into use later does not owe it.
    """
    known = _known(agency)
    last = today.year - 1
    done = last in known.published or last in known.files
    owed = not done and last >= FIRST_YEAR and (earlier == last or last in known.drafts)
    found = [_report(agency, user, today, last if owed else today.year, known, asked)]
    shown = last if owed else today.year
    if known.last is not None and known.last != shown:
        found.append(_report(agency, user, today, known.last, known, asked))
    return found


def _known(agency: Agency) -> _Known:
    published: dict[int, AnnualReport] = {}
    drafts: dict[int, AnnualReport] = {}
    for report in AnnualReport.objects.filter(agency=agency).defer("prose").order_by("version"):
        (published if report.state == State.PUBLISHED else drafts)[report.year] = report
    files = PublishedReport.objects.filter(agency=agency).values_list("year", flat=True)
    return _Known(published, drafts, frozenset(files))


def _report(agency: Agency, user: User, today: date, year: int, known: _Known, asked: str) -> Duty:
    due = report_due(year, government=agency.kind == Agency.Kind.GOVERNMENT)
    title = f"{year}年政府信息公开工作年度报告"

    def to(name: str) -> str:
        return reverse(f"annual_reports:{name}", args=[year]) + (f"?{urlencode({'agency': asked})}" if asked else "")

    published = known.published.get(year)
    if year == today.year and published is None and year not in known.drafts:
        return Duty(title, to("report"), "统计期未满，可以预览", due, *_left(due, today))
    now = services.current(agency, year)
    steps: list[Step] = []
    if failures := len(now.assembled.failures):
        steps.append(Step(f"有自相矛盾 {failures} 处，去核对", to("report")))
    if (unfinished := len(now.assembled.unfinished)) and may_edit(user, agency):
        steps.append(Step(f"有 {unfinished} 处文字没有填写，去编写", to("prose")))
    elif unfinished:
        steps.append(Step(f"有 {unfinished} 处文字没有填写", to("report")))
    if published is not None and year not in known.drafts:
        if published.form_code == now.report.form.code:
            changed = len(difference.changes(published.as_published(), now.report))
            words = f"发布之后记录有变动，{changed} 个数字与发布的不同，去核对"
            steps = [Step(words, to("report"))] if changed else []
        return Duty(title, to("report"), f"已发布第{published.version}版", None, "", "", tuple(steps))
    state = f"草稿（已发布第{published.version}版）" if published else "草稿" if year in known.drafts else "未编制"
    if not failures and not unfinished and may_publish(user, agency):
        steps.append(Step("核查通过，去发布", to("publish")))
    left = ("", "") if published else _left(due, today)
    return Duty(title, to("report"), state, due, *left, tuple(steps))


def _left(due: date, today: date) -> tuple[str, str]:
    """How long there is until a day, in calendar days, and its tone."""
    days = (due - today).days
    if days < 0:
        return f"已超期 {-days} 天", "overdue"
    return ("今天到期" if days == 0 else f"还剩 {days} 天"), "due_soon" if days <= WARNED else ""
