"""JSON from elsewhere: another checker's parses, whole or with their Chinese spoilt, and any JSON around the text."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from gongkai.annual.checks import Verdict, check
from gongkai.annual.forms import FORM_2021
from gongkai.annual.read import read_bytes
from gongkai.annual.read.foreign_json import _COLUMNS, _DISCLOSURE, _ROWS
from gongkai.annual.report import Report

from . import layouts
from .layouts import figures

CELLS = figures(FORM_2021, 1)
COLUMNS = [column.code for column in FORM_2021.tables["3"].blocks[0].columns]
DISCLOSED = [0, 0, 0, 5, 1, 25, 20, 3, 0, 24.5]
RESULTS = ("maintain", "correct", "other", "unfinished", "total")


def put(tree: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for name in path[:-1]:
        tree = tree.setdefault(name, {})
    tree[path[-1]] = value


def parse() -> dict[str, Any]:
    """A report as that checker keeps it."""
    disclosure: dict[str, Any] = {}
    for path, value in zip(_DISCLOSURE, DISCLOSED, strict=True):
        put(disclosure, path, value)
    table: dict[str, Any] = {}
    for column_path, column in _COLUMNS.items():
        for row_path, row in _ROWS.items():
            put(table, column_path + row_path, CELLS[row][COLUMNS.index(column)])
    groups = [dict(zip(RESULTS, map(int, layouts.FIGURES_4[at : at + 5]), strict=True)) for at in (0, 5, 10)]
    disputes = dict(zip(("review", "litigationDirect", "litigationPostReview"), groups, strict=True))
    received = CELLS["received"][6]
    prose = (
        f"2022 年，我局认真做好工作。全年新收政府信息公开申请 {received} 件。\n（一）主动公开情况。发布信息 945 条。"
    )
    titles = [f"{'一二三四五六'[head.number - 1]}、{head.title}" for head in FORM_2021.sections]
    return {
        "report_id": 40,
        "unit_name": "某市水务局",
        "year": 2022,
        "active_version": {
            "parsed_json": {
                "sections": [
                    {"title": titles[0], "type": "text", "content": prose},
                    {"title": titles[1], "type": "table_2", "activeDisclosureData": disclosure},
                    {"title": titles[2], "type": "table_3", "tableData": table},
                    {"title": titles[3], "type": "table_4", "reviewLitigationData": disputes},
                    {"title": titles[4], "type": "text", "content": "存在的问题：解读形式单一。"},
                    {"title": titles[5], "type": "text", "content": "没有其他需要报告的事项。"},
                ]
            }
        },
    }


def utf8_read_as_code_page_936(text: str) -> str:
    """What a Windows program makes of it: pairs that are no character become ? and both bytes are gone."""
    data, read, at = text.encode(), [], 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair[0] <= 0x80:
            read.append("€" if pair[0] == 0x80 else chr(pair[0]))
            at += 1
            continue
        try:
            read.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            read.append("?")
        at += 2
    return "".join(read)


def read(text: str) -> Report:
    return read_bytes(text.encode(), "年报.json")


def assert_cells(report: Report) -> None:
    assert {row: list(columns.values()) for row, columns in report.tables["3"].cells.items()} == CELLS
    assert report.value("2.normative_documents.in_force") == 25
    assert report.value("2.fees.amount_wan") == Decimal("24.5")
    assert report.value("4.review.total") == 3
    assert (report.year, report.form.code) == (2022, "2021")
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("indent", [None, 4])
def test_another_checkers_parse_is_read(indent: int | None) -> None:
    report = read(json.dumps(parse(), ensure_ascii=False, indent=indent))
    assert_cells(report)
    assert report.agency == "某市水务局"
    assert report.doubts == ()


def test_chinese_that_became_question_marks_leaves_the_figures() -> None:
    report = read(re.sub(r"[\u3000-\uffef“”]", "?", json.dumps(parse(), ensure_ascii=False)))
    assert_cells(report)
    assert report.agency == ""
    assert any("问号" in doubt.message for doubt in report.doubts)


@pytest.mark.parametrize("indent", [None, 4])
def test_a_wrong_decoding_is_undone_even_where_it_broke_the_json(indent: int | None) -> None:
    spoilt = utf8_read_as_code_page_936(json.dumps(parse(), ensure_ascii=False, indent=indent))
    with pytest.raises(json.JSONDecodeError):
        json.loads(spoilt)
    report = read(spoilt)
    assert_cells(report)
    assert any("编码" in doubt.message for doubt in report.doubts)
    assert not [finding for finding in check(report) if finding.verdict is Verdict.FAIL and finding.rule[:4] == "TEXT"]


def test_a_figure_beside_lost_characters_is_not_held_against_the_table() -> None:
    content = parse()
    section = content["active_version"]["parsed_json"]["sections"][0]
    section["content"] = "2022年，全年新收政府信息公开申请□7件。"
    findings = check(read(json.dumps(content, ensure_ascii=False)))
    assert "TEXT-TABLE" not in {finding.rule for finding in findings}


def test_a_figure_that_the_parse_does_not_have_is_not_nought() -> None:
    content = parse()
    del content["active_version"]["parsed_json"]["sections"][2]["tableData"]["total"]["newReceived"]
    report = read(json.dumps(content, ensure_ascii=False))
    assert report.value("3.received.total") is None
    assert report.value("3.received.natural_person") == CELLS["received"][0]


def test_text_wrapped_in_any_json_is_read() -> None:
    text = layouts.document(layouts.bars)
    report = read(json.dumps({"data": {"title": "年报", "content": text}}, ensure_ascii=False))
    assert {row: list(columns.values()) for row, columns in report.tables["3"].cells.items()} == CELLS
