"""What people type is understood; what cannot be is refused in words that help."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.sheets import values
from gongkai.sheets.book import Col, plain

MARCH_2 = date(2020, 3, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "2020.3.2",
        "2020年3月2日",
        "2020 年 3 月 2 日",
        "2020年3月2",
        "2020/3/2",
        "2020-03-02",
        "20200302",
        "２０２０．３．２",
        "２０２０年３月２日",
        " 2020-3-2 ",
        "2020-03-02 10:20:30",
        "2020-03-02T00:00:00",
        20200302,
        20200302.0,
        43892,
        43892.0,
        "43892",
        MARCH_2,
        datetime(2020, 3, 2, 9, 30),
    ],
)
def test_a_date_is_understood_however_it_was_typed(typed: object) -> None:
    assert values.day(typed) == MARCH_2


@pytest.mark.parametrize(
    "typed", ["2020.2.30", "2020.13.1", "三月二日", "20.3.2", "2020", "昨天", 3, "1820-01-01", True]
)
def test_what_is_no_date_is_refused_with_the_text_that_was_typed(typed: object) -> None:
    with pytest.raises(ValueError, match=r"日期|日历|年份"):
        values.day(typed)


@given(
    st.dates(date(1928, 1, 1), date(2100, 12, 31)), st.sampled_from(["{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}", "{0}"])
)
def test_every_date_survives_being_typed(day: date, form: str) -> None:
    assert values.day(form.format(day)) == day
    assert values.day((day - date(1899, 12, 30)) // timedelta(days=1)) == day


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234.5", "1234.5"),
        ("１２", "12"),
        (12.0, "12"),
        (0.1, "0.1"),
        ("+10", "10"),
        ("-417", "-417"),
        ("24.5元", "24.5"),
    ],
)
def test_numbers_are_exact(typed: object, number: str) -> None:
    assert values.number(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["十二", "NaN", "1.2.3", True, "inf"])
def test_what_is_no_number_is_refused(typed: object) -> None:
    with pytest.raises(ValueError, match="数字"):
        values.number(typed)


def test_a_number_that_excel_has_cut_off_is_refused() -> None:
    with pytest.raises(ValueError, match="15 位"):
        values.text(330302198001011234.0)
    assert values.text(13800001234.0) == "13800001234"


@pytest.mark.parametrize(
    ("typed", "flag"), [("是", True), ("√", True), (True, True), (1.0, True), ("否", False), ("无", False)]
)
def test_yes_and_no(typed: object, flag: bool) -> None:
    assert values.flag(typed) is flag


@pytest.mark.parametrize("kind", ["text", "date", "integer", "choice"])
@pytest.mark.parametrize("typed", ["", None, "  ", "—", "/"])
def test_signs_for_nothing_are_nothing_and_refused_where_something_is_required(kind: Any, typed: object) -> None:
    column = Col("c", "列", kind, choices={"甲": "a"})
    assert column.parse(typed) == column.nothing
    with pytest.raises(ValueError, match="不能空着"):
        Col("c", "列", kind, required=True, choices={"甲": "a"}).parse(typed)


def test_a_choice_is_taken_in_words_or_code_and_otherwise_told_what_there_is() -> None:
    column = Col("c", "列", "choice", choices={"邮寄（需签收）": "signed_post", "传真": "fax"})
    assert column.parse("邮寄(需签收)") == "signed_post"
    assert column.parse(" 传 真 ") == "fax"
    assert column.parse("fax") == "fax"
    with pytest.raises(ValueError, match=r"“信鸽”.*邮寄（需签收）、传真"):
        column.parse("信鸽")


def test_headings_are_compared_without_what_does_not_tell_them_apart() -> None:
    assert plain("* 收到 日期（必填）") == plain("收到日期 (必填)")
    assert plain("ＡＢ") == "ab"
