"""Dated parameters: found by date, validated as a whole, corrected by an office; dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import LawError
from gongkai.law.parameters import Parameters, parse_parameters, standard_parameters
from gongkai.law.wording import chinese_day, parse_date

ENTRY = '[[parameter]]\ncode = "reply"\nvalue = 20\nsince = 2019-05-15\nreference = "条例"\nsureness = "V"\n'


@pytest.mark.parametrize(("day", "value"), [("2008-05-01", 15), ("2019-05-14", 15), ("2019-05-15", 20)])
def test_the_number_is_that_of_the_day(day: str, value: int) -> None:
    assert standard_parameters().on("reply", date.fromisoformat(day)).number == value


@pytest.mark.parametrize(
    "code", ["fee_paid", "extension_after_restart", "correction_answer", "default_years", "interim_years", "no_reply"]
)
def test_what_we_could_not_verify_is_marked_and_can_be_corrected(code: str) -> None:
    law = standard_parameters()
    today = law.on(code, date(2026, 1, 5))
    assert today.sureness in ("UNVERIFIED", "I")
    text = f'[[parameter]]\ncode = "{code}"\nvalue = 9\nsince = 2008-05-01\nreference = "本机关"\nsureness = "V"\n'
    corrected = law.corrected(text).on(code, date(2026, 1, 5))
    assert (corrected.value, corrected.sureness) == (9, "V")
    assert law.on(code, date(2026, 1, 5)) == today


def test_every_parameter_names_its_source() -> None:
    for parameter in standard_parameters():
        assert parameter.reference, parameter.code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ENTRY.replace('sureness = "V"', 'sureness = "sure"'), "sureness 只能是"),
        (ENTRY.replace("since = 2019-05-15", 'since = "2019"'), "不带引号的日期"),
        (ENTRY + "until = 2018-01-01\n", "until 早于 since"),
        (ENTRY.replace("value = 20\n", ""), "缺少：value"),
        (ENTRY.replace("value = 20", "value = 2.5"), "应当是整数"),
        (ENTRY + 'colour = "red"\n', "不认识的项：colour"),
        (ENTRY + ENTRY, "有两个值"),
        ("[parameter]\n", "应写作"),
        ("code = ", "有效的 TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(LawError, match=says):
        Parameters.of(parse_parameters(text))


def test_an_office_cannot_correct_a_parameter_that_nothing_reads() -> None:
    with pytest.raises(LawError, match="没有名为 replies 的法律参数"):
        standard_parameters().corrected(ENTRY.replace("reply", "replies"))


@pytest.mark.parametrize(
    "text",
    ["2022-09-30", "2022.9.30", "2022年9月30日", "2022/9/30", "20220930", "２０２２．９．３０", " 2022 年 9 月 30 日 "],
)
def test_dates_are_taken_as_people_type_them(text: str) -> None:
    assert parse_date(text) == date(2022, 9, 30)


@pytest.mark.parametrize("text", ["2022-09-31", "昨天", "2022-09", "22.9.30", "2022-9-30.", "", "0000-01-01"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(LawError, match=r"没有“|不能识别日期"):
        parse_date(text)


def test_days_are_written_with_their_weekday() -> None:
    assert chinese_day(date(2022, 11, 2)) == "2022年11月2日（周三）"


def test_what_no_law_set_on_a_day_is_not_found_and_what_no_law_knows_is_an_error() -> None:
    law = standard_parameters()
    assert law.find("third_party_answer", date(2019, 5, 14)) is None
    assert law.find("third_party_answer", date(2019, 5, 15)) == law.on("third_party_answer", date(2019, 5, 15))
    with pytest.raises(LawError, match="没有名为"):
        law.find("nothing", date(2020, 1, 1))
