"""How what is typed is understood."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.search.analyse import fold, fold_in_place
from gongkai.portal.search.words import LONGEST, parse


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("人口普查", ["人口普查"]),
        ("人口 普查", ["人口", "普查"]),
        ("人口　普查", ["人口", "普查"]),
        ("“人口 普查”公报", ["人口 普查", "公报"]),
        ('"Gross Domestic" 产品', ["gross domestic", "产品"]),
        ("「三服务」活动", ["三服务", "活动"]),
        ('人口"普查', ["人口", "普查"]),  # a quotation mark without its other half
        ("温统〔2020〕12号", ["温统 2020 12 号"]),
        ("人口 人口 人 口", ["人口", "人", "口"]),
        ("《》，。“”", []),
        ('" OR 1=1 --', ["or", "1 1"]),
        ("NOT 人口* AND (", ["not", "人口", "and"]),
        ("", []),
    ],
)
def test_spaces_separate_words_and_quotation_marks_hold_them_together(typed: str, understood: list[str]) -> None:
    assert [" ".join(word.runs) for word in parse(typed)] == understood


@pytest.mark.parametrize(
    ("typed", "text", "stands_in_it"),
    [
        ("人口普查", "第七次全国人口普查公报", True),
        ("人口普查", "人口，普查", False),
        ("gdp", "ＧＤＰ增长", True),
        ("gdp", "gdpr", False),
        ("gdp增长", "GDP 增长", True),
        ("2020年", "在2020年度", True),
        ("020年", "在2020年度", False),
        ("统计法实施", "《统计法》实施", False),
        ("《统计法》实施", "统计法 实施", True),
        ("统计", "統計", True),
        ("統計", "统计", True),
    ],
)
def test_a_word_stands_in_a_text(typed: str, text: str, stands_in_it: bool) -> None:
    (word,) = parse(typed)
    assert (word.needle in fold(text)) is stands_in_it
    assert (re.search(word.pattern, fold_in_place(text)) is not None) is stands_in_it


@given(st.text())
def test_whatever_is_typed_is_understood(typed: str) -> None:
    for word in parse(typed):
        assert word.tokens
        assert re.compile(word.pattern)
        assert all(part.isalnum() for part in word.runs)


def test_a_pasted_page_is_read_as_far_as_its_beginning() -> None:
    assert sum(len("".join(word.runs)) for word in parse("人口普查 " * 1000)) <= LONGEST
    assert parse("普" * 5000)[0].runs == ("普" * LONGEST,)
