"""Every layout that published reports have come in gives the same report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal

import opencc
import pytest

from gongkai.annual.forms import FORM_2021, FORM_2021_WITH_23_ROWS, Form
from gongkai.annual.read import ReadError, read_bytes
from gongkai.annual.report import Report

from . import layouts
from .layouts import LAYOUTS, Figures, document, figures


def read(text: str) -> Report:
    return read_bytes(text.encode(), "年报.txt")


def rows(report: Report, table: str) -> dict[str, list[object]]:
    return {row: list(columns.values()) for row, columns in report.tables[table].cells.items()}


def assert_is_the_report(report: Report, form: Form, seed: int) -> None:
    assert rows(report, "3") == figures(form, seed)
    assert rows(report, "2") == {
        "rules": [0, 0, 0],
        "normative_documents": [5, 1, 25],
        "permits": [20],
        "penalties": [3],
        "coercion": [0],
        "fees": [Decimal("24.5")],
    }
    assert rows(report, "4") == {
        "review": [1, 0, 2, 0, 3],
        "suit_direct": [0, 0, 0, 1, 1],
        "suit_after_review": [0, 0, 0, 0, 0],
    }
    assert (report.agency, report.year, report.form.code) == ("某市水务局", 2022, "2021")
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("form", [FORM_2021, FORM_2021_WITH_23_ROWS], ids=["25行", "23行"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_the_figures_are_read_in_every_layout(layout: Callable[[Form, Figures], str], form: Form, seed: int) -> None:
    report = read(document(layout, form, seed))
    assert_is_the_report(report, form, seed)
    assert report.doubts == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_of_the_trade_is_read(encoding: str) -> None:
    report = read_bytes(document(layouts.bars).encode(encoding), "年报.txt")
    assert_is_the_report(report, FORM_2021, 1)


def test_traditional_characters_are_read_and_said_so() -> None:
    report = read(opencc.OpenCC("s2twp").convert(document(layouts.cell_a_line_spaced)))
    assert_is_the_report(report, FORM_2021, 1)
    assert "繁体" in report.doubts[0].message


def test_readings_in_brackets_behind_traditional_characters_are_left_out() -> None:
    text = opencc.OpenCC("s2t").convert(document(layouts.bars))
    for character, reading in {"開": "kāi", "報": "bào", "請": "qǐng", "處": "chǔ", "數": "shù", "訟": "sòng"}.items():
        text = text.replace(character, f"{character}({reading})")
    assert_is_the_report(read(text), FORM_2021, 1)


def test_a_no_break_space_that_became_a_question_mark_is_no_figure() -> None:
    assert_is_the_report(read(document(layouts.bars).replace("| 0 |", "| ? 0 |")), FORM_2021, 1)


@pytest.mark.parametrize("layout", [layouts.e_book, layouts.cell_a_line_spaced], ids=lambda layout: layout.__name__)
def test_a_report_on_a_single_line_is_read(layout: Callable[[Form, Figures], str]) -> None:
    assert_is_the_report(read(" ".join(document(layout).split())), FORM_2021, 1)


def as_html(rows: list[list[str]]) -> str:
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"


def test_tables_that_a_converter_left_as_html_in_markdown_are_read() -> None:
    chosen = figures(FORM_2021, 1)
    table_3 = [*layouts.HEAD_3, *([*labels, *values] for labels, values in layouts.rows_3(FORM_2021, chosen))]
    parts = [as_html(layouts.TABLE_2), "", f"## {layouts.HEADING_3}", "", as_html(table_3), ""]
    parts += [f"## {layouts.HEADING_4}", "", as_html(layouts.TABLE_4)]
    text = layouts.document(lambda form, cells: "\n".join(parts))
    assert_is_the_report(read_bytes(text.encode(), "年报.md"), FORM_2021, 1)


def test_a_page_saved_under_the_name_of_a_text_is_read_as_a_page() -> None:
    text = "<div>" + "".join(f"<p>{line}</p>" for line in document(layouts.e_book).split("\n")) + "</div>"
    assert_is_the_report(read_bytes(text.encode(), "年报.txt"), FORM_2021, 1)


def test_the_lines_of_a_text_in_json_are_one_text() -> None:
    lines = json.dumps({"lines": document(layouts.bars).split("\n")}, ensure_ascii=False)
    assert_is_the_report(read_bytes(lines.encode(), "年报.json"), FORM_2021, 1)


def test_a_merged_cell_repeated_in_each_place_it_covers_is_one_figure() -> None:
    text = document(layouts.bars_at_both_ends)
    for label, value in (("行政许可", "20"), ("行政处罚", "3"), ("行政强制", "0"), ("行政事业性收费", "24.5万元")):
        text = re.sub(rf"\| {label} \| {value} \|.*", f"| {label} | {value} | {value} | {value} |", text)
    assert_is_the_report(read(text), FORM_2021, 1)


def misprint(text: str) -> str:
    """Misprints seen in published reports."""
    for right, wrong in {
        "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
        "5.属于三类内部事务信息": "5.属于三类内容事务信息",
        "上年结转政府信息公开申请数量": "上年结转政府信息公开数量",
        "本年处理决定数量": "本年处理绝对数量",
        "现行有效件数": "现行有效件数(历史累计)",
        "3.补正后申请内容仍不明确": "3.补正后申请內容仍不明确",
        "存在的主要问题及改进情况": "存在问题及整改措施",
    }.items():
        assert right in text
        text = text.replace(right, wrong)
    return text


def test_misprinted_labels_are_still_known() -> None:
    for layout in (layouts.bars, layouts.cell_a_line_spaced, layouts.tabs):
        assert_is_the_report(read(misprint(document(layout))), FORM_2021, 1)


def test_a_misnumbered_heading_is_known_by_its_words() -> None:
    text = document(layouts.bars).replace("二、主动公开政府信息情况", "一、主动公开政府信息情况")
    assert_is_the_report(read(text), FORM_2021, 1)


def test_a_table_of_contents_does_not_hide_the_parts() -> None:
    contents = "\n".join(f"{'一二三四五六'[head.number - 1]}、{head.title}" for head in FORM_2021.sections)
    report = read(document(layouts.bars).replace("本报告根据", f"目录\n\n{contents}\n\n本报告根据", 1))
    assert_is_the_report(report, FORM_2021, 1)
    assert "主动公开信息600条" in report.sections[0].paragraphs[0].text


def without(columns: list[int], layout: Callable[[Form, Figures], str] = layouts.bars_at_both_ends) -> str:
    """The report with some columns of table 三 printed empty."""
    lines = []
    for line in document(layout).split("\n"):
        cells = line.strip("|").split("|")
        if re.fullmatch(r"(?:\|[^|]+)*(?:\| \d+ ){7}\|+", line):
            last = max(index for index, cell in enumerate(cells) if cell.strip())
            for column in columns:
                cells[last - 6 + column] = "  "
            line = "|" + "|".join(cells) + "|"
        lines.append(line)
    return "\n".join(lines)


def test_a_blank_total_column_is_blank_and_moves_nothing() -> None:
    report = read(without([6]))
    for row, values in figures(FORM_2021, 1).items():
        assert rows(report, "3")[row] == [*values[:6], 0]
    blank = {cell for cell in report.tables["3"].blank if cell.column == "total"}
    assert len(blank) == len(FORM_2021.tables["3"].rows)


def test_only_natural_persons_and_totals_filled_in() -> None:
    report = read(without([1, 2, 3, 4, 5]))
    for row, values in figures(FORM_2021, 1).items():
        assert rows(report, "3")[row] == [values[0], 0, 0, 0, 0, 0, values[6]]


def test_figures_lost_in_conversion_are_not_noughts() -> None:
    """L: an extraction that kept each line once lost every repeated 0."""
    seen: set[str] = set()
    kept = []
    zeros = {row: [0] * 7 for row in FORM_2021.tables["3"].rows}
    text = document(lambda form, _: layouts.cell_a_line_spaced(form, zeros))
    for line in text.split("\n"):
        if line not in seen or not line.strip():
            kept.append(line)
            seen.add(line)
    report = read("\n".join(kept))
    assert "3" not in report.tables
    assert "不当作 0" in report.missing["3"]


def test_a_table_that_is_a_picture_is_missing_and_not_nought() -> None:
    text = document(
        lambda *_: f"![](表二.png)\n\n{layouts.HEADING_3}\n\n![](表三.png)\n\n{layouts.HEADING_4}\n\n![](表四.png)"
    )
    report = read(text)
    assert report.tables == {}
    assert all("图片" in reason for reason in report.missing.values())


def test_a_report_cut_off_in_table_three_keeps_what_it_has() -> None:
    text = document(layouts.bars)
    report = read(text[: text.index("6.属于四类过程性信息")])
    cells = rows(report, "3")
    assert cells["denied.internal_affairs"] == figures(FORM_2021, 1)["denied.internal_affairs"]
    assert cells["total"] == [None] * 7
    assert len(cells) == len(FORM_2021.tables["3"].rows)  # the rows that are lost are those of its year's form
    assert any("未能读出" in doubt.message for doubt in report.doubts)


def test_a_figure_cut_in_two_at_the_end_is_not_a_smaller_figure() -> None:
    text = document(layouts.bars)
    end = re.search(r"（一）予以公开[ |\d]*\d{2,3}(?= \|)", text)
    assert end is not None
    assert rows(read(text[: end.end() - 1]), "3")["granted"] == [None] * 7


def test_notes_beside_figures_are_not_part_of_them() -> None:
    text = document(layouts.bars).replace("行政规范性文件 | 5 |", "行政规范性文件 | 5（其中修订 3 件） |")
    assert rows(read(text), "2")["normative_documents"] == [5, 1, 25]


def test_what_is_no_report_is_refused() -> None:
    with pytest.raises(ReadError, match="不像政府信息公开工作年度报告"):
        read("关于召开全市统计工作会议的通知\n\n各县（市、区）统计局：\n\n定于3月2日召开会议。\n")
