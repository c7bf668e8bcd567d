"""What is the same word to search, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.search.analyse import (
    IN_TITLE,
    TITLE_PREFIX,
    analyse,
    exactly,
    facet,
    fold,
    fold_in_place,
    grams,
    tokens,
)

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("统计公报", "统计 计公 公报"),
        ("统", "统"),
        ("2020年GDP增长", "2020 年 gdp 增长"),
        ("ＧＤＰ　２０２０", "gdp 2020"),  # full width
        ("統計資訊", "统计 计资 资讯"),  # traditional
        ("《统计法》，第三十八条", "统计 计法 第三 三十 十八 八条"),
        ("二〇二〇年", "二〇 〇二 二〇 〇年"),
        ("Ｃａｆé", "cafe"),
        ("5.3%", "5 3"),
        ("㎡", "m2"),
        ("\U00020000\U00020001字", "\U00020000\U00020001 \U00020001字"),  # outside the basic plane
        ("，。！？ \n", ""),
        ("", ""),
    ],
)
def test_a_text_is_cut_into_pairs_of_characters(text: str, found: str) -> None:
    assert analyse(text) == found


@pytest.mark.parametrize(
    "written",
    [
        "温统〔2020〕12号",
        "温统[2020]12号",
        "温统(2020)12号",
        "温统（２０２０）１２号",
        "温统【2020】 12 号",
        "溫統﹝2020﹞12號",
    ],
)
def test_a_document_number_is_the_same_in_any_brackets(written: str) -> None:
    assert fold(written) == " 温统 2020 12 号 "
    assert exactly(written) == exactly("温统〔2020〕12号")


def test_numbers_that_differ_are_not_the_same_number() -> None:
    assert len({exactly(f"温统〔2020〕{number}号") for number in (1, 12, 2, 21)}) == 4
    assert exactly("温统〔2020〕12号") != exactly("温统〔20201〕2号")


def test_nothing_but_punctuation_is_the_number_of_nothing() -> None:
    assert exactly("〔〕，") == ""


def test_tokens_tell_the_title_from_the_text() -> None:
    found = tokens(fold("GDP公报"), "\n".join([fold("GDP公报"), fold("常住人口")]), "").split()
    assert {"常住", "住人", "人口", "常", "公报", "gdp", f"{IN_TITLE}公报", f"{TITLE_PREFIX}gd"} <= set(found)
    assert f"{IN_TITLE}人口" not in found
    assert len(found) == len(set(found))


@given(before=HAN, word=HAN, after=HAN)
def test_a_word_inside_running_text_shares_all_its_pairs_with_it(before: str, word: str, after: str) -> None:
    text = fold(before + word + after)
    indexed = set(tokens("", text, "").split())
    assert set(grams(fold(word).strip())) <= indexed


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_in_place_keeps_every_place(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


@given(st.text(), st.text())
def test_tokens_hold_nothing_that_a_database_could_take_for_syntax(title: str, value: str) -> None:
    for token in tokens(fold(title), fold(title), f"{facet('t', value)} {exactly(title)}").split():
        assert all(character.isalnum() or 0xE000 <= ord(character) <= 0xE003 for character in token)
