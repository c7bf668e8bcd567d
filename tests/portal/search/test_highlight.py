"""What is shown of a hit: the text as published, its words marked, nothing of it taken for HTML."""

from __future__ import annotations

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.search.highlight import LENGTH, excerpt, marked, opening, pattern
from gongkai.portal.search.words import parse


def title(text: str, typed: str) -> str:
    return marked(text, pattern(parse(typed)))


def passage(text: str, typed: str) -> str | None:
    return excerpt(text, pattern(parse(typed)))


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("第七次人口普查公报", "人口普查", "第七次<mark>人口普查</mark>公报"),
        ("ＧＤＰ核算", "gdp", "<mark>ＧＤＰ</mark>核算"),
        ("統計年鑑", "统计", "<mark>統計</mark>年鑑"),
        ("温统〔2020〕12号", "温统[2020]12号", "<mark>温统〔2020〕12号</mark>"),
        ("<b>人口</b>&", "人口 b", "&lt;<mark>b</mark>&gt;<mark>人口</mark>&lt;/<mark>b</mark>&gt;&amp;"),
        ("人口普查", "人口 普查", "<mark>人口普查</mark>"),
        ("gdpr", "gdp", "gdpr"),
    ],
)
def test_words_are_marked_in_the_title_as_it_was_written(text: str, typed: str, shown: str) -> None:
    assert title(text, typed) == shown


def test_the_excerpt_is_where_the_most_words_stand_together() -> None:
    text = "人口很多。" + "其他内容。" * 60 + "普查登记人口信息。" + "再说。" * 60
    found = passage(text, "人口 普查")
    assert found is not None
    assert found.startswith("…")
    assert found.endswith("…")
    assert "<mark>普查</mark>登记<mark>人口</mark>信息" in found


def test_the_excerpt_begins_with_a_sentence_where_one_is_near() -> None:
    found = passage("前言部分说了很多话。" * 9 + "现就人口普查通知如下。", "人口普查")
    assert found is not None
    assert re.sub("<[^>]+>", "", found)[1:].startswith(("前言", "现就"))


def test_a_word_far_into_a_long_text_is_found() -> None:
    found = passage("开头。" * 20_000 + "这里有榨菜厂。", "榨菜厂")
    assert found is not None
    assert "<mark>榨菜厂</mark>" in found
    assert len(found) < LENGTH + 20


def test_a_word_across_the_seam_of_two_pieces_is_found() -> None:
    text = "前" * 19_999 + "榨菜厂" + "后" * 50
    assert "<mark>榨菜厂</mark>" in (passage(text, "榨菜厂") or "")


def test_a_text_without_the_word_has_no_excerpt() -> None:
    assert passage("人口", "普查") is None
    assert passage("", "普查") is None


def test_the_opening_stands_in_for_an_excerpt() -> None:
    assert opening("短") == "短"
    assert opening("<" * 500) == "&lt;" * LENGTH + "…"


@given(st.text(), st.text())
def test_marks_are_all_that_is_added(text: str, typed: str) -> None:
    words = parse(typed)
    if not words:
        return
    assert title(text, typed).replace("<mark>", "").replace("</mark>", "") == escape(text)
    found = passage(text, typed)
    if found is not None:
        plain = found.replace("<mark>", "").replace("</mark>", "")
        assert plain.strip("…") in escape(text)
        assert len(plain) - plain.count("&") * 5 <= LENGTH + 2
