"""The JSON holds everything, and no number loses a digit."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.forms import Cell
from gongkai.annual.report import Doubt, Paragraph, TableData
from gongkai.annual.write import render
from gongkai.annual.write.json import encode

from .examples import REPORT_2020, example, without


def test_it_has_the_version_and_the_tables_of_the_contract() -> None:
    content = json.loads(render(REPORT_2020, "json"), parse_float=Decimal)
    assert content["gongkai"] == 1
    assert (content["agency"], content["year"], content["form"]) == ("温州市统计局", 2020, "2019")
    assert content["tables"]["2"]["other_services"] == {"last_year": 7, "change": 10, "decisions": 0}
    assert content["tables"]["2"]["procurement"]["amount"] == Decimal("251000.5")
    assert list(content["tables"]["3"]) == list(REPORT_2020.form.tables["3"].rows)
    assert content["sections"][0]["paragraphs"][0] == {"text": "总的来说情况良好。", "line": 0}


def test_a_figure_that_nobody_gave_is_null() -> None:
    content = json.loads(render(REPORT_2020, "json"))
    assert content["tables"]["3"]["carried_in"]["total"] is None


def test_a_cell_that_is_not_there_is_null_and_not_left_out() -> None:
    report = replace(REPORT_2020, tables={"4": TableData({"review": {"total": 1}})})
    table = json.loads(render(report, "json"))["tables"]["4"]
    assert table["review"] == {"upheld": None, "corrected": None, "other": None, "pending": None, "total": 1}
    assert set(table) == {"review", "suit_direct", "suit_after_review"}


def test_missing_tables_doubts_and_lines_are_kept() -> None:
    report = replace(
        without(REPORT_2020, number="3", reason="表为图片"),
        preamble=(Paragraph("引言", 12),),
        doubts=(Doubt("读得不准", (Cell("2", "rules", "made"),), "规章 0", 8),),
    )
    content = json.loads(render(report, "json"))
    assert content["missing"] == {"3": "表为图片"}
    assert content["preamble"] == [{"text": "引言", "line": 12}]
    assert content["doubts"] == [{"message": "读得不准", "cells": ["2.rules.made"], "quote": "规章 0", "line": 8}]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**30, places=8))
def test_money_is_written_as_a_number_without_loss(amount: Decimal) -> None:
    content = json.loads(render(example(2023, {"2.fees.amount_wan": amount}), "json"), parse_float=Decimal)
    assert content["tables"]["2"]["fees"]["amount_wan"] == amount


def test_any_text_is_valid_json() -> None:
    text = '引"号\\ \n\t\x00 \u2028 \ud800 🀄'
    report = replace(REPORT_2020, preamble=(Paragraph(text),))
    assert json.loads(render(report, "json"))["preamble"][0]["text"] == text


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_the_layout_is_json_for_any_value(value: Any) -> None:
    assert json.loads(encode(value)) == value
