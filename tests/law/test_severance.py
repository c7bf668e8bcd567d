"""区分处理: every ground on which part of a document may be withheld, and what it rests on."""

from __future__ import annotations

import pytest

from gongkai.law.errors import LawError
from gongkai.law.exemptions import exemptions
from gongkai.law.severance import ground, grounds


def test_every_exemption_may_be_the_reason_for_a_box_and_so_may_what_is_not_government_information() -> None:
    assert set(grounds()) == {*exemptions(), "not_government_information"}


@pytest.mark.parametrize(
    ("code", "words", "rule"),
    [
        ("denied.third_party_rights", "第三方权益", "条例第十五条"),
        ("denied.internal_affairs", "内部事务", "条例第十六条第一款"),
        ("denied.enforcement_file", "执法案卷", "条例第十六条第二款"),
        ("not_government_information", "非政府信息", "条例第三十七条"),
    ],
)
def test_a_ground_names_its_article(code: str, words: str, rule: str) -> None:
    assert (ground(code).words, ground(code).rule) == (words, rule)
    assert ground(code).label


def test_words_fit_into_a_box() -> None:
    assert max(len(each.words) for each in grounds().values()) <= 7


def test_an_unknown_ground_is_named() -> None:
    with pytest.raises(LawError, match="没有编号为“granted”"):
        ground("granted")
