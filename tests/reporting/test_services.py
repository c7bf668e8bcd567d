"""Prose stays bound, a published report stays as it was, and what changes afterwards is said."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from random import Random

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from gongkai.annual.checks import Verdict
from gongkai.annual.forms import Cell
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.reporting import difference, services
from gongkai.reporting.assembling import assemble
from gongkai.reporting.cells import compute
from gongkai.reporting.models import AnnualReport, FrozenError, PublishedReport, State
from gongkai.reporting.named import NamedFigures
from gongkai.reporting.queries import last_years, public_reports, published_versions
from gongkai.reporting.terms import Readings

from . import world


def finished(agency: Agency, year: int = world.YEAR) -> dict[str, list[str]]:
    """The prose that a report begins with, with every 【请填写】 answered."""
    return {
        part: [text if "【" not in text else text[: text.index("【")] + "按规定做好各项工作。" for text in texts]
        for part, texts in services.current(agency, year).prose.items()
    }


@pytest.fixture
def published(year_2020: Agency, leader: User) -> AnnualReport:
    services.save_prose(year_2020, world.YEAR, finished(year_2020))
    return services.publish(year_2020, world.YEAR, actor=leader)


def test_the_first_draft_says_what_the_tables_say_and_passes_every_check(year_2020: Agency) -> None:
    now = services.current(year_2020, world.YEAR)
    assert now.assembled.failures == ()
    text = "".join(paragraph.text for _, paragraph in now.report.prose())
    assert f"新收政府信息公开申请{now.report.value('3.received.total')}件" in text
    assert now.assembled.unfinished


def test_numbers_follow_the_records_and_words_stay_the_clerks(year_2020: Agency, clerk: User) -> None:
    prose = finished(year_2020) | {"6": ["本年另有申请{3.received.total}件。"]}
    services.save_prose(year_2020, world.YEAR, prose, actor=clerk)
    before = services.current(year_2020, world.YEAR).report
    world.application(year_2020, "new", date(2020, 5, 6))
    after = services.current(year_2020, world.YEAR).report
    received = before.value("3.received.total")
    assert received is not None
    assert before.sections[5].paragraphs[0].text == f"本年另有申请{received}件。"
    assert after.sections[5].paragraphs[0].text == f"本年另有申请{received + 1}件。"


def test_prose_that_cannot_be_filled_is_not_kept(year_2020: Agency, clerk: User) -> None:
    with pytest.raises(services.UnfillableProseError) as refused:
        services.save_prose(year_2020, world.YEAR, {"1": ["好{3.nonsense.total}", "好"]}, actor=clerk)
    assert list(refused.value.errors) == ["1"]
    assert "第 1 段" in refused.value.errors["1"][0]
    assert not AnnualReport.objects.exists()


def test_prose_that_the_records_have_overtaken_shows_as_a_failure_and_not_as_a_crash(year_2020: Agency) -> None:
    Agency.objects.filter(pk=year_2020.pk).update(name="温州市统计局")
    empty = Agency.add_root(code="empty", name="新设局")
    services.save_prose(empty, world.YEAR, {"1": ["全年{3.received.total=0|没有收到申请}。"]})
    assert not services.current(empty, world.YEAR).assembled.unfilled
    world.application(empty, "first", date(2020, 5, 6))
    now = services.current(empty, world.YEAR)
    assert now.assembled.unfilled
    assert any("没有收到申请" in finding.quote for finding in now.assembled.failures)


@pytest.mark.parametrize(
    ("text", "shown", "quotes"),
    [
        ("收到{3.received.total}件，{3.nonsense.total}件。", "收到0件，{3.nonsense.total}件。", ["{3.nonsense.total}"]),
        ("{a.b}和{c.d}共{3.total.total}", "{a.b}和{c.d}共0", ["{a.b}", "{c.d}"]),
        ("{ 3.received.total件。", "{ 3.received.total件。", ["{"]),
        ("多了}一个", "多了}一个", ["}"]),
        ("{{照写}}", "{照写}", []),
        ("{}", "{}", ["{}"]),
    ],
)
def test_a_placeholder_that_cannot_be_filled_stands_as_written_and_the_rest_is_filled(
    agency: Agency, text: str, shown: str, quotes: list[str]
) -> None:
    named = NamedFigures(Readings(Scope.of(agency, world.YEAR)))
    made = assemble(compute(agency, Scope.of(agency, world.YEAR)), {"1": [text]}, named)
    assert made.report.sections[0].paragraphs[0].text == shown
    assert [finding.quote for finding in made.failures[: len(quotes)]] == quotes
    assert bool(made.unfilled) == bool(quotes)


def test_publishing_freezes_the_report_and_writes_its_digest_into_the_ledger(
    published: AnnualReport, leader: User
) -> None:
    assert published.is_published
    assert published.intact
    assert published.digest == sha256(published.frozen.encode()).hexdigest()
    assert published.as_published() == services.current(published.agency, world.YEAR).report
    entry = Entry.objects.get(stream=services.STREAM, stream_id=published.pk)
    assert entry.data == {"year": 2020, "version": 1, "form": "2019", "digest": published.digest}
    assert entry.actor == leader
    assert verify(published.agency) is None


def test_a_published_report_cannot_be_changed_or_deleted(published: AnnualReport) -> None:
    report = AnnualReport.objects.get(pk=published.pk)
    report.frozen = "{}"
    with pytest.raises(FrozenError):
        report.save()
    with pytest.raises(FrozenError):
        report.delete()
    assert AnnualReport.objects.get(pk=published.pk).intact


def test_what_was_changed_behind_our_back_is_noticed(published: AnnualReport) -> None:
    changed = published.frozen.replace("2020年", "2021年", 1)
    AnnualReport.objects.filter(pk=published.pk).update(frozen=changed)
    assert not AnnualReport.objects.get(pk=published.pk).intact


def test_a_published_report_without_its_content_cannot_be_stored(agency: Agency) -> None:
    with pytest.raises(IntegrityError):
        AnnualReport.objects.create(agency=agency, year=2020, form_code="2019", state=State.PUBLISHED)


def test_a_report_that_contradicts_itself_is_not_published(year_2020: Agency, leader: User) -> None:
    services.save_prose(year_2020, world.YEAR, finished(year_2020) | {"1": ["全年新收政府信息公开申请9999件。"]})
    with pytest.raises(services.FailingReportError) as refused:
        services.publish(year_2020, world.YEAR, actor=leader)
    assert {finding.verdict for finding in refused.value.findings} == {Verdict.FAIL}
    assert not Entry.objects.filter(stream=services.STREAM).exists()
    assert not public_reports().exists()


def test_a_report_with_questions_left_open_is_not_published(year_2020: Agency, leader: User) -> None:
    with pytest.raises(services.UnfinishedReportError, match="请填写"):
        services.publish(year_2020, world.YEAR, actor=leader)


def test_a_report_that_changed_after_it_was_looked_at_is_not_published(year_2020: Agency, leader: User) -> None:
    services.save_prose(year_2020, world.YEAR, finished(year_2020))
    seen = services.current(year_2020, world.YEAR).digest
    world.application(year_2020, "new", date(2020, 5, 6))
    with pytest.raises(services.ChangedReportError):
        services.publish(year_2020, world.YEAR, actor=leader, seen=seen)
    assert not public_reports().exists()


def test_the_digest_shown_before_publishing_is_the_one_published(year_2020: Agency, leader: User) -> None:
    services.save_prose(year_2020, world.YEAR, finished(year_2020))
    seen = services.current(year_2020, world.YEAR).digest
    assert services.publish(year_2020, world.YEAR, actor=leader, seen=seen).digest == seen


def test_later_changes_show_cell_by_cell_with_the_records_that_explain_them(published: AnnualReport) -> None:
    agency, scope = published.agency, Scope.of(published.agency, world.YEAR)
    assert difference.changes(published.as_published(), services.current(agency, world.YEAR).report) == []
    world.application(agency, "late entry", date(2020, 5, 6), date(2020, 6, 1))
    changed = difference.changes(published.as_published(), services.current(agency, world.YEAR).report)
    assert {str(change.cell): change.by for change in changed} == {
        f"3.{row}.{column}": 1 for row in ("received", "granted", "total") for column in ("natural_person", "total")
    }
    for change, explained in difference.explain(published, changed, scope):
        assert explained == 1, change.cell


def test_explaining_costs_no_more_for_many_changes(
    published: AnnualReport, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agency, scope = published.agency, Scope.of(published.agency, world.YEAR)
    world.populate(agency.add_child(code="other", name="另一局"), seed=3)
    world.registers(agency, Random(7), 20)
    changed = difference.changes(published.as_published(), services.current(agency, world.YEAR).report)
    assert len(changed) > 10
    with django_assert_max_num_queries(7):
        explained = difference.explain(published, changed, scope)
    assert all(count for change, count in explained)


def test_a_new_version_leaves_the_old_one_as_it_was(published: AnnualReport, leader: User) -> None:
    agency = published.agency
    with pytest.raises(services.ChangedReportError, match="相同"):
        services.publish(agency, world.YEAR, actor=leader)
    world.application(agency, "late entry", date(2020, 5, 6), date(2020, 6, 1))
    second = services.publish(agency, world.YEAR, actor=leader)
    assert [report.version for report in published_versions(agency, world.YEAR)] == [2, 1]
    assert AnnualReport.objects.get(pk=published.pk).frozen == published.frozen
    assert public_reports().get() == second
    received = Cell("3", "received", "total")
    assert second.as_published().value(received) == (published.as_published().value(received) or 0) + 1


@pytest.mark.parametrize(
    ("role", "edits", "publishes"),
    [
        (Role.CLERK, True, False),
        (Role.HANDLER, False, False),
        (Role.REVIEWER, True, False),
        (Role.LEADER, True, True),
        (Role.SECURITY_OFFICER, False, False),
    ],
)
def test_roles(year_2020: Agency, role: Role, edits: bool, publishes: bool) -> None:
    actor = world.user(year_2020, "somebody", [role])
    prose = finished(year_2020)
    if edits:
        services.save_prose(year_2020, world.YEAR, prose, actor=actor)
    else:
        with pytest.raises(NotPermittedError):
            services.save_prose(year_2020, world.YEAR, prose, actor=actor)
        services.save_prose(year_2020, world.YEAR, prose)
    if publishes:
        assert services.publish(year_2020, world.YEAR, actor=actor).published_by == actor
    else:
        with pytest.raises(NotPermittedError):
            services.publish(year_2020, world.YEAR, actor=actor)


def test_a_supervising_leader_does_not_publish_for_the_bodies_below(year_2020: Agency) -> None:
    county = year_2020.add_child(code="county", name="县统计局")
    actor = world.user(year_2020, "above", [Role.LEADER], supervising=True)
    with pytest.raises(NotPermittedError):
        services.publish(county, world.YEAR, actor=actor)


def test_publishing_waits_for_the_ledger_before_it_reads_the_records(year_2020: Agency) -> None:
    """One order of locks for all: otherwise publishing and an import could wait for each other in a circle."""
    services.save_prose(year_2020, world.YEAR, finished(year_2020))
    with CaptureQueriesContext(connection) as queries:
        services.publish(year_2020, world.YEAR)
    first = next(query["sql"] for query in queries if " FROM " in query["sql"])
    assert "ledger_chain" in first


def test_last_years_report_is_the_published_one_before_the_imported_one(published: AnnualReport) -> None:
    agency = published.agency
    assert last_years(agency, 2022) is None
    report = published.as_published()
    services.keep_earlier(agency, report, "file.docx", "0" * 64)
    found = last_years(agency, 2021)
    assert found == report
    AnnualReport.objects.all()._raw_delete("default")
    assert last_years(agency, 2021) == report
    assert PublishedReport.objects.get().file_name == "file.docx"


def test_what_was_carried_out_last_year_must_be_carried_in(published: AnnualReport) -> None:
    """A backdated application appears in the next year's report as a contradiction with the published one."""
    agency = published.agency
    rules = {finding.rule for finding in services.current(agency, 2021).assembled.failures}
    assert "CARRY-OVER" not in rules
    world.application(agency, "backdated", date(2020, 12, 1))
    rules = {finding.rule for finding in services.current(agency, 2021).assembled.failures}
    assert "CARRY-OVER" in rules


def test_the_frozen_text_is_the_json_download(published: AnnualReport) -> None:
    from gongkai.annual.write import render

    assert render(published.as_published(), "json") == published.frozen.encode()
    assert json.loads(published.frozen)["agency"] == "温州市统计局"
