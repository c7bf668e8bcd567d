"""The verbs of annual reports: keep the prose, publish, read an earlier year's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.annual.checks import Finding
from gongkai.annual.forms import Form, form_of_year
from gongkai.annual.report import Report
from gongkai.annual.write import json as report_json
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.services import append, lock

from .assembling import Assembled, Prose, assemble, errors_of, first_prose
from .cells import compute
from .models import AnnualReport, PublishedReport, State
from .named import NamedFigures
from .queries import draft_of, last_years, published_versions
from .roles import may_edit, may_publish
from .terms import Readings

if TYPE_CHECKING:
    from gongkai.bureau.models import User

STREAM = "reporting.annualreport"
PUBLISHED = "published"


class UnfillableProseError(ValueError):
    """Placeholders that cannot be filled: ``errors`` by part, in Chinese."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__("有的占位符填不了数，请按提示改正。")
        self.errors = errors


class FailingReportError(ValueError):
    """The report contradicts itself and is not published; ``findings`` say where."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"年度报告有 {len(findings)} 处自相矛盾，不能发布；请先更正记录或者文字。")
        self.findings = findings


class UnfinishedReportError(ValueError):
    """The prose still asks the clerk for words."""


class ChangedReportError(ValueError):
    """The report is no longer the one that was looked at before publishing."""


@dataclass(frozen=True, slots=True)
class Current:
    """A report as it stands now, with what it was made of."""

    agency: Agency
    scope: Scope
    assembled: Assembled
    prose: Prose
    named: NamedFigures
    previous: Report | None
    saved: AnnualReport | None

    @property
    def report(self) -> Report:
        return self.assembled.report

    @property
    def digest(self) -> str:
        """What the digest would be if the report were published as it stands."""
        return digest_of(frozen_text(self.report))


def current(agency: Agency, year: int, form: Form | None = None) -> Current:
    """The report of an agency as its records and its saved prose give it now."""
    saved = draft_of(agency, year)
    form = form or (saved.form if saved else form_of_year(year))
    scope = Scope.of(agency, year)
    readings = Readings(scope)
    named = NamedFigures(readings)
    tables = compute(agency, scope, form, readings)
    # Prose is written for one form: its placeholders name cells that the other may not have.
    base = saved or published_versions(agency, year).first()
    prose = base.prose if base is not None and base.form_code == form.code else first_prose(tables, named)
    previous = last_years(agency, year)
    return Current(agency, scope, assemble(tables, prose, named, previous), prose, named, previous, saved)


@transaction.atomic
def save_prose(agency: Agency, year: int, prose: Prose, *, actor: User | None = None) -> AnnualReport:
    """Keep a clerk's words; a year without a draft gets one.

    Raises :class:`UnfillableProseError` when a placeholder cannot be filled: nothing is kept then.
    """
    if actor is not None and not may_edit(actor, agency):
        raise NotPermittedError("只有本机关的经办、审核人员和负责人可以编写年度报告。")
    now = current(agency, year)
    if errors := errors_of(now.report, prose, now.named):
        raise UnfillableProseError(errors)
    report = _draft(agency, year, now.report.form)
    report.prose = {part: list(paragraphs) for part, paragraphs in prose.items()}
    report.edited_at, report.edited_by = timezone.now(), actor
    report.save()
    return report


@transaction.atomic
def publish(agency: Agency, year: int, *, actor: User | None = None, seen: str | None = None) -> AnnualReport:
    """Publish the report as it stands: freeze it with its digest and write that into the agency's ledger.

    ``seen`` is the digest that the publisher was shown: a report that has changed since is not published.
    Raises :class:`FailingReportError`, :class:`UnfinishedReportError`, :class:`ChangedReportError` or
    :class:`NotPermittedError`; there is no way round the checks.
    """
    if actor is not None and not may_publish(actor, agency):
        raise NotPermittedError("只有本机关负责人可以发布年度报告。")
    # Whoever publishes at the same time waits here, and then finds the report published; so does whoever registers.
    lock(agency.pk)
    now = current(agency, year)
    if now.assembled.failures:
        raise FailingReportError(now.assembled.failures)
    if now.assembled.unfinished:
        raise UnfinishedReportError("文字中还有【请填写：…】没有填写，不能发布；请先编写文字。")
    text = frozen_text(now.report)
    digest = digest_of(text)
    if seen is not None and seen != digest:
        raise ChangedReportError("记录或者文字在您核对之后有变动，请重新核对后再发布。")
    before = published_versions(agency, year).first()
    if before is not None and before.digest == digest:
        raise ChangedReportError("与已发布的一版完全相同，不必重新发布。")
    report = _draft(agency, year, now.report.form)
    report.prose = {part: list(paragraphs) for part, paragraphs in now.prose.items()}
    report.state, report.frozen, report.digest = State.PUBLISHED, text, digest
    report.published_at, report.published_by = timezone.now(), actor
    report.save()
    append(
        agency,
        STREAM,
        report.pk,
        PUBLISHED,
        timezone.localdate(),
        {"year": year, "version": report.version, "form": report.form_code, "digest": digest},
        actor_id=actor.pk if actor else None,
    )
    return report


def keep_earlier(agency: Agency, report: Report, file_name: str, file_digest: str) -> tuple[PublishedReport, str]:
    """Keep an earlier year's report as it was read; says whether it was ``created``, ``updated`` or ``unchanged``.

    Raises ``ValueError`` for a report that does not say its year.
    """
    if report.year is None:
        raise ValueError("读不出这份报告是哪一年的；请检查标题或者统计期限。")
    found = PublishedReport.objects.filter(agency=agency, year=report.year).first()
    content = frozen_text(report)
    if found is not None and (found.file_digest, found.content) == (file_digest, content):
        return found, "unchanged"
    said = "updated" if found else "created"
    found = found or PublishedReport(agency=agency, year=report.year)
    found.file_name, found.file_digest, found.content = file_name[:255], file_digest, content
    found.imported_at = timezone.now()
    found.save()
    return found, said


def frozen_text(report: Report) -> str:
    """The report as the text that is frozen: the bytes of the JSON download."""
    return report_json.render(report).decode()


def digest_of(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _draft(agency: Agency, year: int, form: Form) -> AnnualReport:
    """The draft of a year, or a new one with the next version number; not saved."""
    found = draft_of(agency, year)
    if found is None:
        last = AnnualReport.objects.filter(agency=agency, year=year).aggregate(last=Max("version"))["last"] or 0
        found = AnnualReport(agency=agency, year=year, version=last + 1)
    found.form_code = form.code
    return found
