"""What is printed, in which order, and how a figure looks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual.forms import Column
from gongkai.annual.report import Number, Paragraph, Section
from gongkai.annual.write.outline import (
    Body,
    Figures,
    Heading,
    Subheading,
    clean,
    numeral,
    outline,
    printed,
    title_lines,
    title_of,
)

from .examples import REPORT_2020, without

COUNT, CHANGE, MONEY = Column("a", "甲"), Column("b", "乙", kind="change"), Column("c", "丙", kind="money")


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (0, COUNT, "0"),
        (1110, COUNT, "1110"),
        (None, COUNT, "未填"),
        (10, CHANGE, "+10"),
        (-417, CHANGE, "-417"),
        (0, CHANGE, "0"),
        (None, CHANGE, "未填"),
        (Decimal("24.50"), MONEY, "24.5"),
        (Decimal("100.00"), MONEY, "100"),
        (Decimal("1E+3"), MONEY, "1000"),
        (Decimal("0.0001"), MONEY, "0.0001"),
        (Decimal("-0.00"), MONEY, "0"),
        (7, MONEY, "7"),
    ],
)
def test_figures_are_printed_as_the_instruction_asks(value: Number | None, column: Column, text: str) -> None:
    assert printed(value, column) == text


def test_a_figure_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        printed(Decimal("NaN"), MONEY)


def test_prose_stands_before_its_table_and_notes_after_it() -> None:
    fourth = Section(4, "政府信息公开行政复议、行政诉讼情况", (Paragraph("情况如下。"), Paragraph("注：含上年结转。")))
    report = replace(REPORT_2020, sections=(*REPORT_2020.sections[:3], fourth, *REPORT_2020.sections[4:]))
    parts = list(outline(report))
    at = parts.index(Heading("四、政府信息公开行政复议、行政诉讼情况"))
    assert parts[at + 1] == Body("情况如下。")
    assert isinstance(parts[at + 2], Figures)
    assert parts[at + 3 : at + 5] == [Body("注：含上年结转。"), Heading("五、存在的主要问题及改进情况")]


def test_heads_inside_a_section_are_told_from_text() -> None:
    parts = list(outline(REPORT_2020))
    assert Subheading("（二）依申请公开方面") in parts
    run_in = next(part for part in parts if isinstance(part, Body) and part.lead)
    assert run_in.text[: run_in.lead] == "（一）主动公开全面落实。"


def test_a_missing_table_is_said_to_be_missing() -> None:
    parts = list(outline(without(REPORT_2020, number="3", reason="表为图片")))
    assert Body("〔表三缺失：表为图片〕") in parts
    assert [part.table.number for part in parts if isinstance(part, Figures)] == ["2", "4"]


def test_a_table_without_its_section_is_still_printed_under_the_head_of_the_form() -> None:
    parts = list(outline(replace(REPORT_2020, sections=REPORT_2020.sections[:1])))
    heads = [part.text for part in parts if isinstance(part, Heading)]
    assert heads[:3] == ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
    assert len([part for part in parts if isinstance(part, Figures)]) == 3


def test_repeated_and_unknown_sections_are_not_lost() -> None:
    extra = (Section(1, "总体情况", (Paragraph("又一段。"),)), Section(7, "附则", (Paragraph("附。"),)))
    parts = list(outline(replace(REPORT_2020, sections=REPORT_2020.sections + extra)))
    assert Body("又一段。") in parts
    assert parts[-2:] == [Heading("七、附则"), Body("附。")]
    assert len([part for part in parts if isinstance(part, Figures)]) == 3


def test_the_title_is_made_where_there_is_none() -> None:
    assert title_of(replace(REPORT_2020, title="")) == "温州市统计局2020年政府信息公开工作年度报告"
    assert title_of(replace(REPORT_2020, title="", year=None)) == "温州市统计局政府信息公开工作年度报告"


def test_a_long_title_breaks_after_the_name_of_the_body() -> None:
    assert title_lines(REPORT_2020) == ["温州市统计局", "2020年政府信息公开工作年度报告"]
    assert title_lines(replace(REPORT_2020, title="2020年年度报告")) == ["2020年年度报告"]


def test_characters_that_no_format_can_carry_are_dropped() -> None:
    assert clean(" 甲\x00\x0b乙\ud800\n丙 ") == "甲乙丙"


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (19, "十九"), (20, "20")])
def test_section_numbers_are_chinese(number: int, text: str) -> None:
    assert numeral(number) == text
