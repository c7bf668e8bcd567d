"""The DOCX is one that a clerk can go on editing in Word or WPS."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from gongkai.annual.write import render

from .examples import AGENCY, HOSTILE, REPORT_2020, REPORT_2023, without


@pytest.fixture(scope="module")
def document() -> Any:
    return Document(BytesIO(render(REPORT_2020, "docx")))


def rows(table: Any) -> list[list[str]]:
    """The text of every grid square; merged squares repeat the text of their origin."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_heads_have_the_styles_that_word_lists_in_its_navigation(document: Any) -> None:
    styled = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styled["一、总体情况"] == "Heading 1"
    assert styled["（二）依申请公开方面"] == "Heading 2"
    assert styled["全年新收申请7件。"] == "Normal"
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == f"{AGENCY}\n2020年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("Normal", "仿宋", "32"),
        ("Title", "方正小标宋简体", "44"),
        ("Heading 1", "黑体", "32"),
        ("Heading 2", "楷体", "32"),
    ],
)
def test_styles_name_chinese_fonts_and_sizes(document: Any, style: str, font: str, half_points: str) -> None:
    properties = document.styles[style].element.find(qn("w:rPr"))
    fonts = properties.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == font
    # A theme font, where one is named, wins over the font.
    assert not [name for name in fonts.attrib if name.endswith("Theme")]
    assert properties.find(qn("w:sz")).get(qn("w:val")) == half_points


def test_body_lines_are_28_points_and_indented_by_two_characters(document: Any) -> None:
    properties = document.styles["Normal"].element.find(qn("w:pPr"))
    spacing, indent = properties.find(qn("w:spacing")), properties.find(qn("w:ind"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("560", "exact")
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_the_page_is_a4_with_its_number_in_the_footer(document: Any) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = section.footer.paragraphs[0]
    assert footer.text.replace("1", "") in ("—  —", "— —")
    assert footer._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"


def test_tables_are_no_wider_than_the_text(document: Any) -> None:
    section = document.sections[0]
    measure = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= measure + 635 * 20


def test_tables_stand_under_their_heads_in_order(document: Any) -> None:
    texts = []
    for child in document.element.body:
        texts.append("表" if child.tag == qn("w:tbl") else "".join(text.text or "" for text in child.iter(qn("w:t"))))
    for head in (
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ):
        assert texts[texts.index(head) + 1] == "表"
    assert document.element.body[-1].tag == qn("w:sectPr")


def test_merged_cells_are_real(document: Any) -> None:
    table_3 = rows(document.tables[1])
    assert (
        table_3[0] == ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"] * 3 + ["申请人情况"] * 7
    )
    assert table_3[2][4:6] == ["商业\n企业", "科研\n机构"]
    assert table_3[1][3:] == ["自然人", *["法人或其他组织"] * 5, "总计"]
    assert table_3[7][:3] == ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]
    assert table_3[14][:2] == ["三、本年度办理结果", "（三）不予公开"]
    table_4 = rows(document.tables[2])
    assert table_4[0] == ["行政复议"] * 5 + ["行政诉讼"] * 10
    assert len(table_4) == 4


def test_figures_stand_in_their_cells(document: Any) -> None:
    table_2, table_3, table_4 = (rows(table) for table in document.tables)
    assert table_2[6] == ["行政许可", "0", "-3", "0"]
    assert table_2[7] == ["其他对外管理服务事项", "7", "+10", "0"]
    assert table_2[-1] == ["政府集中采购", "0", "251000.5", "251000.5"]
    assert table_3[3][3:] == ["7", "0", "0", "0", "0", "0", "7"]
    assert table_3[4][9] == "未填"
    assert table_4[3] == ["1", *["0"] * 13, "10000000"]


def test_head_rows_are_repeated_and_rows_stay_whole(document: Any) -> None:
    for table, heads in zip(document.tables, (0, 3, 3), strict=True):
        marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [number < heads for number in range(len(table.rows))]
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)


def test_text_is_text(document: Any) -> None:
    assert HOSTILE in [paragraph.text for paragraph in document.paragraphs]


def test_the_document_says_what_it_is(document: Any) -> None:
    properties = document.core_properties
    assert (properties.title, properties.author) == (f"{AGENCY}2020年政府信息公开工作年度报告", AGENCY)


def test_the_form_of_2021_has_its_25_rows() -> None:
    table = rows(Document(BytesIO(render(REPORT_2023, "docx"))).tables[1])
    assert len(table) == 28
    assert table[24][1:5] == [
        "（六）其他处理",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "0",
        "5",
    ]


def test_a_missing_table_is_named_where_it_would_stand() -> None:
    document = Document(BytesIO(render(without(REPORT_2020, number="2", reason="无此表"), "docx")))
    assert len(document.tables) == 2
    assert "〔表二缺失：无此表〕" in [paragraph.text for paragraph in document.paragraphs]
