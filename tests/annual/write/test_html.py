"""The HTML page and its table fragments."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual.forms import Cell
from gongkai.annual.write import render
from gongkai.annual.write.html import style, table_html

from .examples import HOSTILE, REPORT_2020, REPORT_2023, without


@pytest.fixture(scope="module")
def page() -> LexborHTMLParser:
    return LexborHTMLParser(render(REPORT_2020, "html").decode())


def test_the_page_is_in_chinese_and_needs_no_other_file(page: LexborHTMLParser) -> None:
    root = page.css_first("html")
    assert root is not None
    assert root.attributes["lang"] == "zh-Hans"
    assert not page.css("script, link, img, iframe")
    assert "url(" not in page.html
    assert "@media print" in page.html


def test_heads_go_down_by_one(page: LexborHTMLParser) -> None:
    heads = [(node.tag, node.text()) for node in page.css("h1, h2, h3")]
    assert heads[0] == ("h1", "温州市统计局2020年政府信息公开工作年度报告")
    assert next(text for tag, text in heads if tag == "h2") == "一、总体情况"
    assert ("h3", "（二）依申请公开方面") in heads


def test_every_figure_names_heads_that_exist(page: LexborHTMLParser) -> None:
    identities = [node.attributes["id"] for node in page.css("[id]")]
    assert len(identities) == len(set(identities))
    figures = page.css("td[data-cell]")
    assert {node.attributes["data-cell"] for node in figures} == {str(cell) for cell in REPORT_2020.form.cells()}
    for figure in figures:
        names = (figure.attributes["headers"] or "").split()
        assert names
        assert set(names) <= set(identities)


def test_tables_have_captions_and_scopes(page: LexborHTMLParser) -> None:
    assert [node.text() for node in page.css("caption")] == [
        "表二 主动公开政府信息情况",
        "表三 收到和处理政府信息公开申请情况",
        "表四 政府信息公开行政复议、行政诉讼情况",
    ]
    assert all(node.attributes.get("scope") for node in page.css("th"))


def test_figures_are_printed_under_their_cell(page: LexborHTMLParser) -> None:
    shown = {node.attributes["data-cell"]: node.text() for node in page.css("td[data-cell]")}
    assert shown["2.other_services.change"] == "+10"
    assert shown["2.procurement.amount"] == "251000.5"
    assert shown["3.carried_in.total"] == "未填"
    assert shown["3.granted.total"] == "0"


def test_text_is_text(page: LexborHTMLParser) -> None:
    assert HOSTILE in [node.text() for node in page.css("p")]
    assert not page.css("p b")


def test_a_link_is_made_where_there_is_an_address_and_is_escaped() -> None:
    def link(cell: Cell) -> str | None:
        return '/records?cell="><script>&x=1' if cell.column == "total" else None

    fragment = LexborHTMLParser(table_html(REPORT_2023, REPORT_2023.form.tables["3"], link))
    anchors = fragment.css("td a")
    assert len(anchors) == 25
    assert {node.attributes["href"] for node in anchors} == {'/records?cell="><script>&x=1'}
    assert not fragment.css("script")


def test_a_table_that_is_missing_gives_no_fragment() -> None:
    report = without(REPORT_2020, number="3", reason="表为图片")
    assert table_html(report, report.form.tables["3"]) == ""


def test_a_page_with_a_strict_policy_can_carry_the_tables() -> None:
    fragments = "".join(table_html(REPORT_2020, table) for table in REPORT_2020.form.tables.values())
    assert "style=" not in fragments
    classes = {column.attributes["class"] or "" for column in LexborHTMLParser(fragments).css("col")}
    assert classes
    assert all(f".{name} {{ width: " in style() for name in classes)


def test_a_cell_with_a_note_is_marked_in_words() -> None:
    cell = Cell("3", "total", "natural_person")
    noted = LexborHTMLParser(
        table_html(REPORT_2020, REPORT_2020.form.tables["3"], note=lambda at: "疑问1" if at == cell else None)
    )
    assert [node.attributes["id"] for node in noted.css("td.gk-noted")] == [f"cell-{cell}"]
    assert [node.text() for node in noted.css(".gk-note")] == ["疑问1"]
