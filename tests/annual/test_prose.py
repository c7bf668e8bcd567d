"""Numbers in prose stay those of the tables, whatever a clerk does to the words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.forms import FORM_2019, FORM_2021, Cell
from gongkai.annual.prose import Bound, ProseError, escape, fill, names_in, render
from gongkai.annual.report import Number, Paragraph, Report, Section, TableData, zeros

FIGURES: dict[str, Number | None] = {
    "3.received.total": 14,
    "3.carried_in.total": 0,
    "3.denied.state_secret.total": 2,
    "3.denied.internal_affairs.total": 3,
    "3.total.business": None,
    "4.suit_direct.total": 4,
    "4.suit_after_review.total": 5,
    "2.fees.amount_wan": Decimal("7730.2800"),
}


def report(figures: dict[str, Number | None] | None = None) -> Report:
    tables = {number: zeros(FORM_2021, number) for number in FORM_2021.tables}
    for code, value in (FIGURES if figures is None else figures).items():
        cell = Cell.parse(code)
        tables[cell.table][cell.row][cell.column] = value
    return Report(
        "沭阳县统计局", 2023, FORM_2021, tables={number: TableData(cells) for number, cells in tables.items()}
    )


OTHERS: dict[str, Number | None] = {"publications.total": 1110, "inquiries.mean_days": Decimal("1.50")}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("全年新收政府信息公开申请{3.received.total}件。", "全年新收政府信息公开申请14件。"),
        ("诉讼{4.suit_direct.total+4.suit_after_review.total}件", "诉讼9件"),
        ("诉讼{ 4.suit_direct.total + 4.suit_after_review.total }件", "诉讼9件"),
        ("公开信息{publications.total}条，平均{inquiries.mean_days}天", "公开信息1110条，平均1.5天"),
        ("不予公开{3.denied.*.total}件", "不予公开5件"),
        ("收费{2.fees.amount_wan}万元", "收费7730.28万元"),
        ("{3.carried_in.total=0|没有上年结转的申请}。", "没有上年结转的申请。"),
        ("{3.received.total=14|十四件}", "十四件"),
        ("花括号{{3.received.total}}照写", "花括号{3.received.total}照写"),
        ("没有占位符。", "没有占位符。"),
        ("", ""),
    ],
)
def test_placeholders_are_filled_from_cells_and_other_figures(text: str, filled: str) -> None:
    assert render(text, report(), OTHERS.get).text == filled


def test_every_number_says_where_it_stands_and_what_it_is_made_of() -> None:
    filled = render(
        "新收{3.received.total}件，{{诉讼}}{4.suit_direct.total+4.suit_after_review.total}件，公开{publications.total}条。",
        report(),
        OTHERS.get,
    )
    assert filled.bound == (
        Bound(2, 4, "3.received.total", 14, ("3.received.total",)),
        Bound(
            10,
            11,
            "4.suit_direct.total+4.suit_after_review.total",
            9,
            ("4.suit_direct.total", "4.suit_after_review.total"),
        ),
        Bound(15, 19, "publications.total", 1110, ("publications.total",)),
    )
    assert [filled.text[bound.start : bound.end] for bound in filled.bound] == ["14", "9", "1110"]
    assert filled.bound[0].cells == (Cell("3", "received", "total"),)
    assert filled.bound[2].cells == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("新收{3.recieved.total}件", "3.recieved.total"),
        ("新收{3.received.everyone}件", "3.received.everyone"),
        ("新收{9.received.total}件", "9.received.total"),
        ("新收{3.received}件", "3.received"),
        ("不予{3.nothing.*.total}件", "3.nothing.*.total"),
        ("不予{3.denied.*}件", "3.denied.*"),
        ("公开{publications.totl}条", "publications.totl"),
        ("诉讼{4.review.total-4.suit_direct.total}件", "4.review.total-4.suit_direct.total"),
        ("新收{}件", "看不懂"),
        ("新收{total}件", "total"),
        ("{__import__('os').system('true')}", "看不懂"),
        ("{3.received.total=14}", "看不懂"),
    ],
)
def test_an_unknown_placeholder_is_named_and_nothing_is_printed(text: str, named: str) -> None:
    with pytest.raises(ProseError) as caught:
        render(text, report(), OTHERS.get)
    assert named in str(caught.value)
    assert caught.value.position == text.index("{")
    assert caught.value.expression == text[text.index("{") + 1 : text.rindex("}")]


@pytest.mark.parametrize("text", ["新收{3.received.total件", "新收3.received.total}件", "{3.received.total}}"])
def test_a_lone_brace_is_an_error(text: str) -> None:
    with pytest.raises(ProseError, match="没有配对"):
        render(text.replace("}}", "}x}"), report())


def test_a_figure_that_nobody_gave_is_never_printed() -> None:
    with pytest.raises(ProseError, match="没有填数"):
        render("商业企业{3.total.business}件", report())
    with pytest.raises(ProseError, match=r"4\.review\.total"):
        render("复议{4.review.total}件", replace(report(), tables={}))


def test_words_that_stand_for_a_number_fail_when_it_changes() -> None:
    bound = "{3.carried_in.total=0|没有上年结转的申请}"
    filled = render(f"全年{bound}。", report())
    assert [filled.text[b.start : b.end] for b in filled.bound] == ["没有上年结转的申请"]
    with pytest.raises(ProseError, match=r"没有上年结转的申请.*现为 3"):
        render(bound, report({"3.carried_in.total": 3}))


def test_a_group_is_spelled_out_on_either_form() -> None:
    assert names_in("3.other.*.total", report()) == (
        "3.other.not_corrected_in_time.total",
        "3.other.fee_unpaid.total",
        "3.other.other.total",
    )
    with pytest.raises(KeyError):
        names_in("3.other.*.total", replace(report(), form=FORM_2019))


def test_a_whole_report_is_filled() -> None:
    bound = replace(
        report(),
        preamble=(Paragraph("新收{3.received.total}件", 3),),
        sections=(Section(1, "总体情况", (Paragraph("诉讼{4.suit_direct.total}件"),)),),
    )
    filled = fill(bound)
    assert filled.preamble[0] == Paragraph("新收14件")
    assert filled.preamble[0].line == 3
    assert filled.sections[0].paragraphs[0].text == "诉讼4件"
    assert filled.tables == bound.tables


@given(st.text())
def test_escaped_text_fills_to_itself(text: str) -> None:
    filled = render(escape(text), report({}))
    assert (filled.text, filled.bound) == (text, ())


@given(st.lists(st.one_of(st.text(alphabet="年件{}占", max_size=4).map(escape), st.just("{3.received.total}"))))
@settings(deadline=None)
def test_spans_always_point_at_the_number(pieces: list[str]) -> None:
    filled = render("".join(pieces), report())
    assert len(filled.bound) == pieces.count("{3.received.total}")
    assert all(filled.text[bound.start : bound.end] == "14" for bound in filled.bound)
