"""What letters say by the law of their day, and how they cite it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.errors import LawError
from gongkai.law.letters import letters, says
from gongkai.law.wording import chinese_number, cited

DAY = date(2025, 6, 9)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("条例第三十七条", "《中华人民共和国政府信息公开条例》第三十七条"),
        (
            "条例第十四条、条例第三十六条第三项",
            "《中华人民共和国政府信息公开条例》第十四条、第三十六条第三项",
        ),
        ("条例第四十二条、国办函〔2020〕109号", "《中华人民共和国政府信息公开条例》第四十二条、国办函〔2020〕109号"),
        ("国办函〔2020〕109号", "国办函〔2020〕109号"),
        ("", ""),
    ],
)
def test_the_regulation_is_cited_once_by_its_full_name(rule: str, expected: str) -> None:
    assert cited(rule) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "零"), (7, "七"), (10, "十"), (15, "十五"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_numbers_as_the_law_writes_them(number: int, expected: str) -> None:
    assert chinese_number(number) == expected


@pytest.mark.parametrize(
    ("code", "days", "said", "reference"),
    [
        ("third_party_consultation", 15, "自收到本意见征求书之日起十五个工作日内提出意见", "条例第三十二条"),
        ("third_party_consultation.silence", 0, "由本机关依照条例的规定决定是否公开", "条例第三十二条"),
        ("co_maker_consultation.silence", 0, "视为同意公开", "条例第三十四条"),
        ("fee_notice", 20, "自收到本通知书次日起二十个工作日内缴纳", "条例第四十二条"),
        ("correction", 0, "视为放弃申请", "条例第三十条"),
        ("reasons_asked", 0, "不予处理", "条例第三十五条"),
        ("extension", 0, "政府信息公开工作机构负责人同意", "条例第三十三条"),
        ("consultation_notice", 0, "不计算在答复期限内", "条例第三十三条"),
    ],
)
def test_a_letter_says_what_the_law_wants(code: str, days: int, said: str, reference: str) -> None:
    text, rule = says(code, DAY, days)
    assert said in text
    assert rule.reference.startswith(reference)


def test_before_the_rule_there_is_no_sentence() -> None:
    with pytest.raises(LawError, match="没有施行中的规定"):
        says("fee_notice", date(2020, 12, 31), 20)


def test_letters_call_themselves_what_they_are() -> None:
    names = {code: letter.name for code, letter in letters().items()}
    assert names["denial"] == names["already_published"] == names["third_party_disclosure"] == "告知书"
    assert names["fee_notice"] == "通知书"
    assert names["receipt"] == "回执"
