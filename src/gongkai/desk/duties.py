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


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who looks, what they may do with the report, and how the address names the body."""

    may_edit: bool
    may_publish: bool
    asked: str

    def to(self, page: str, year: int) -> str:
        own = f"?{urlencode({'agency': self.asked})}" if self.asked else ""
        return reverse(f"annual_reports:{page}", args=[year]) + own


def duties(agency: Agency, user: User, today: date, earlier: int | None, *, asked: str = "") -> list[Duty]:
    """The report that is due next, and the one last worked on.

    Last year's report is due while it is neither published here nor known from its published file, provided the
    body has records of that year or has begun it: an installation taken into use later does not owe it.
    """
    known = _known(agency)
    last = today.year - 1
    done = last in known.published or last in known.files
    owed = not done and last >= FIRST_YEAR and (earlier == last or last in known.drafts)
    reader = _Reader(may_edit(user, agency), may_publish(user, agency), asked)
    next_due = last if owed else today.year
    found = [_report(agency, today, next_due, known, reader)]
    if known.last is not None and known.last != next_due:
        found.append(_report(agency, today, known.last, known, reader))
    return found


def _known(agency: Agency) -> _Known:
    published: dict[int, AnnualReport] = {}
    drafts: dict[int, AnnualReport] = {}
    for report in AnnualReport.objects.filter(agency=agency).defer("prose").order_by("version"):
        (published if report.state == State.PUBLISHED else drafts)[report.year] = report
    files = PublishedReport.objects.filter(agency=agency).values_list("year", flat=True)
    return _Known(published, drafts, frozenset(files))


def _report(agency: Agency, today: date, year: int, known: _Known, reader: _Reader) -> Duty:
    due = report_due(year, government=agency.kind == Agency.Kind.GOVERNMENT)
    title, url = f"{year}年政府信息公开工作年度报告", reader.to("report", year)
    published, is_drafted = known.published.get(year), year in known.drafts
    if year == today.year and published is None and not is_drafted:
        return Duty(title, url, "统计期未满，可以预览", due, *_left(due, today))
    now = services.current(agency, year)
    if published is not None and not is_drafted:
        return Duty(title, url, f"已发布第{published.version}版", None, "", "", _since(published, now, url))
    state = f"草稿（已发布第{published.version}版）" if published else "草稿" if is_drafted else "未编制"
    left = ("", "") if published else _left(due, today)
    return Duty(title, url, state, due, *left, _to_do(now, year, reader))


def _to_do(now: services.Current, year: int, reader: _Reader) -> tuple[Step, ...]:
    """What is left before the report can be published."""
    failures, unfinished = len(now.assembled.failures), len(now.assembled.unfinished)
    if not failures and not unfinished:
        return (Step("核查通过，去发布", reader.to("publish", year)),) if reader.may_publish else ()
    steps = []
    if failures:
        steps.append(Step(f"有自相矛盾 {failures} 处，去核对", reader.to("report", year)))
    if unfinished and reader.may_edit:
        steps.append(Step(f"有 {unfinished} 处文字没有填写，去编写", reader.to("prose", year)))
    elif unfinished:
        steps.append(Step(f"有 {unfinished} 处文字没有填写", reader.to("report", year)))
    return tuple(steps)


def _since(published: AnnualReport, now: services.Current, url: str) -> tuple[Step, ...]:
    """Whether the records still give what was published."""
    if published.form_code != now.report.form.code:
        return ()
    changed = len(difference.changes(published.as_published(), now.report))
    return (Step(f"发布之后记录有变动，{changed} 个数字与发布的不同，去核对", url),) if changed else ()


def _left(due: date, today: date) -> tuple[str, str]:
    """How long there is until a day, in calendar days, and its tone."""
    days = (due - today).days
    if days < 0:
        return f"已超期 {-days} 天", "overdue"
    return ("今天到期" if days == 0 else f"还剩 {days} 天"), "due_soon" if days <= WARNED else ""
