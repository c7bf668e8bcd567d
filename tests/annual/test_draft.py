"""The drafted prose says what the figures say, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.annual.checks import check
from gongkai.annual.draft import draft, unfinished
from gongkai.annual.forms import FORM_2019, Cell, form_of_year
from gongkai.annual.prose import ProseError, fill, render
from gongkai.annual.report import Number, Report, TableData, zeros

from .strategies import reports


def report(year: int, figures: Mapping[str, Number | None]) -> Report:
    form = form_of_year(year)
    tables = {number: zeros(form, number) for number in form.tables}
    for code, value in figures.items():
        cell = Cell.parse(code)
        tables[cell.table][cell.row][cell.column] = value
    return Report("温州市统计局", year, form, tables={number: TableData(cells) for number, cells in tables.items()})


SEED = {
    "3.received.natural_person": 14,
    "3.received.total": 14,
    "3.granted.total": 10,
    "3.denied.internal_affairs.total": 1,
    "3.unavailable.not_held.total": 3,
    "3.total.total": 14,
    "2.penalties.decisions": 39,
}
OTHERS: dict[str, Number | None] = {
    "published.total": 1110,
    "published.website": 904,
    "published.wechat": 111,
    "published.gazette": 12,
    "published.media": 83,
    "inquiries.received": 51,
    "inquiries.closed": 51,
    "inquiries.public_replies": 43,
    "inquiries.mean_days": Decimal("1.5"),
    "applications.overdue": 0,
    "fees.information_processing": 400,
}


def paragraphs(filled: Report, number: int) -> list[str]:
    section = next(section for section in filled.sections if section.number == number)
    return [paragraph.text for paragraph in section.paragraphs]


def test_a_year_with_figures_is_told_in_full() -> None:
    source = report(2023, SEED)
    overview = paragraphs(fill(draft(source, OTHERS.get), OTHERS.get), 1)
    assert overview == [
        "（一）主动公开情况。全年主动公开政府信息1110条，其中门户网站发布904条、政务新媒体发布111条、"
        "政府公报刊登12条、新闻媒体发布83条。作出处理决定：行政处罚39件。",
        "（二）依申请公开情况。全年新收政府信息公开申请14件。新收申请中，自然人提出14件。"
        "办结14件，均在法定期限内答复，没有结转下年度继续办理的申请。"
        "办理结果为：予以公开10件，不予公开1件，无法提供3件。"
        "全年没有因政府信息公开工作被申请行政复议、提起行政诉讼。",
        "（三）政府信息管理情况。【请填写：政府信息的审核、发布、更新、归档和规范性文件管理情况】",
        "（四）政府信息公开平台建设情况。接收群众留言51件，办结51件，公开答复43件，平均办理时间1.5天。",
        "（五）监督保障情况。【请填写：组织领导、业务培训、考核评议和责任追究情况】",
    ]
    assert paragraphs(fill(draft(source, OTHERS.get), OTHERS.get), 6) == ["本年度收取政府信息公开信息处理费400元。"]


def test_a_year_without_applications_reads_as_such() -> None:
    overview = paragraphs(fill(draft(report(2023, {}))), 1)
    assert overview[1] == (
        "（二）依申请公开情况。全年未新收政府信息公开申请。全年没有因政府信息公开工作被申请行政复议、提起行政诉讼。"
    )
    assert not re.search(r"\d", "".join(overview))


def test_suits_are_the_sum_of_both_kinds() -> None:
    figures = {"3.received.total": 1, "4.suit_direct.total": 2, "4.suit_direct.upheld": 2}
    figures |= {"4.suit_after_review.total": 3, "4.suit_after_review.upheld": 1, "4.suit_after_review.pending": 2}
    text = paragraphs(fill(draft(report(2023, figures))), 1)[1]
    assert "因政府信息公开工作未被申请行政复议。" in text
    assert "被提起行政诉讼5件，其中结果维持3件，尚未审结2件。" in text


def test_each_form_speaks_of_its_own_columns() -> None:
    old = paragraphs(fill(draft(report(2020, {"2.normative_documents.made": 3, "2.procurement.projects": 2}))), 1)
    new = paragraphs(
        fill(draft(report(2023, {"2.normative_documents.repealed": 4, "2.fees.amount_wan": Decimal("24.5")}))), 1
    )
    assert "规范性文件：新制作3件。" in old[2]
    assert "实施政府集中采购项目2个。" in old[0]
    assert "行政规范性文件：废止4件。" in new[2]
    assert "收取行政事业性收费24.5万元。" in new[0]


def test_what_nobody_keeps_is_asked_for_and_not_made_up() -> None:
    source = report(2023, {"3.received.total": None})
    filled = fill(draft(source))
    assert [section.number if section else 0 for section, _ in unfinished(filled)] == [1, 1, 1, 1, 5, 5, 6]
    assert "申请" not in paragraphs(filled, 1)[1].split("【")[0].replace("依申请公开情况", "")


def test_the_fee_is_told_where_it_is_kept() -> None:
    source = report(2023, {})
    for fee, words in ((0, "本年度未收取政府信息公开信息处理费。"), (400, "本年度收取政府信息公开信息处理费400元。")):
        lookup = {"fees.information_processing": fee}.get
        assert paragraphs(fill(draft(source, lookup), lookup), 6) == [words]


def test_a_draft_fails_loudly_when_the_figures_have_changed_since() -> None:
    drafted = draft(report(2023, {}))
    later = report(2023, {"3.received.total": 1})
    with pytest.raises(ProseError, match="未新收政府信息公开申请"):
        fill(replace(drafted, tables=later.tables))


def test_the_period_is_the_calendar_year_and_the_form_is_named() -> None:
    preamble = [paragraph.text for paragraph in fill(draft(report(2020, {}))).preamble]
    assert preamble[1] == "报告中所列数据的统计期限自2020年1月1日起至2020年12月31日止。"
    assert FORM_2019.document in preamble[0]


@given(reports())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_report_can_be_drafted_and_every_number_in_it_is_bound(source: Report) -> None:
    drafted = draft(source, OTHERS.get)
    assert [section.title for section in drafted.sections] == [head.title for head in source.form.sections]
    for section, paragraph in drafted.prose():
        filled = render(paragraph.text, source, OTHERS.get)
        if section is None:
            continue
        numbers = {match.span() for match in re.finditer(r"\d+(?:\.\d+)?", filled.text)}
        assert numbers <= {(bound.start, bound.end) for bound in filled.bound}


@given(reports())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_check_of_the_prose_finds_fault_with_a_draft(source: Report) -> None:
    findings = check(fill(draft(source, OTHERS.get), OTHERS.get))
    assert [(found.rule, found.message) for found in findings if found.rule.startswith(("TEXT-TABLE", "PERIOD"))] == []
