"""Personal data are found however they are written, and nothing else is taken for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.examination import Metadata, Passage, Settings, Severity, Subject, Table, examine
from gongkai.examination.finding import mask_id, safe
from gongkai.examination.personal.addresses import mask_address
from gongkai.examination.personal.identity import check_digit, is_identity
from gongkai.examination.personal.numbers import luhn

Rules = Callable[..., set[str]]
TODAY = date(2020, 12, 1)
METADATA = Metadata("统计局开展业务培训", openness="主动公开")
ADULT = "33030219900101123" + check_digit("33030219900101123")
CHILD = "33030220100101123" + check_digit("33030220100101123")
CARD = "6222021203001234567"
CARD = next(CARD[:-1] + digit for digit in "0123456789" if luhn(CARD[:-1] + digit))


def spread(number: str, *groups: int) -> str:
    parts, start = [], 0
    for length in groups:
        parts.append(number[start : start + length])
        start += length
    return " ".join(parts)


def full_width(number: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in number)


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{ADULT}。",
        ADULT,
        f"张某（{ADULT}）",
        f"ID{ADULT}号",
        full_width(ADULT),
        spread(ADULT, 6, 8, 4),
        spread(ADULT, 4, 4, 4, 4, 2),
        spread(ADULT, 6, 8, 4).replace(" ", "-"),
        spread(ADULT, 6, 8, 4).replace(" ", "－"),
        spread(ADULT, 9, 9).replace(" ", "\u3000"),
        ADULT[:7] + "\u200b" + ADULT[7:],
        ADULT[:10] + "\n" + ADULT[10:],  # broken at the end of a line of a PDF
        f"1 {ADULT} 3",
        f"2020 {ADULT} 577 88960000",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(rules_of: Rules, text: str) -> None:
    assert rules_of(text) == {"PERSONAL-ID"}


@pytest.mark.parametrize(
    "text",
    [
        ADULT[:-1] + ("0" if ADULT[-1] != "0" else "1"),  # the check digit is wrong, and nothing says what it is
        "1" + ADULT,
        ADULT + "7",
        "330302199013011234",  # there is no thirteenth month
        "统一社会信用代码113303000025068473",
        "统一社会信用代码12330300470520456K",
        "330302900101123",  # fifteen digits that nothing calls an identity number
        f"35*************123 和 {mask_id(ADULT)}",
        "3303 0219 9001",
        "2016 2017 2018 2019 2020",
        "索引号002489786/2021-00009",
    ],
)
def test_other_numbers_are_no_identity_numbers(rules_of: Rules, text: str) -> None:
    assert rules_of(text) == set()


@pytest.mark.parametrize(
    ("text", "label", "severity"),
    [
        ("身份证号：330302900101123", "", Severity.BLOCK),
        ("330302900101123", "身份证号码", Severity.BLOCK),
        ("身份证号：33030219900101123" + ("0" if ADULT[-1] != "0" else "1"), "", Severity.WARN),
        (f"身份证：{ADULT[:14]}****", "", Severity.WARN),  # the birthday is there to be read
        ("护照号码E12345678", "", Severity.BLOCK),
    ],
)
def test_what_is_called_an_identity_number_is_one(
    text: str, label: str, severity: Severity, settings: Settings
) -> None:
    (found,) = [
        each
        for each in examine(Subject(METADATA, (Passage("正文", text, label=label),)), settings)
        if each.rule == "PERSONAL-ID"
    ]
    assert found.severity is severity


def test_the_number_of_a_child_is_found_as_such(rules_of: Rules) -> None:
    assert rules_of(CHILD) == {"PERSONAL-ID", "PERSONAL-MINOR"}
    assert rules_of(CHILD, today=date(2028, 1, 1)) == {"PERSONAL-ID"}


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：13812345678",
        "联系人王某，１３８１２３４５６７８。",
        "138-1234-5678",
        "138 1234 5678",
        "138 12345678",
        "+86 13812345678",
        "+8613812345678",
        "86-138-1234-5678",
        "手机13812345678/13912345679",
        "电话：0577-88960000、13812345678",
        "Tel13812345678",
        "013812345678",
        "微信（同手机）19912345678",
    ],
)
def test_a_personal_mobile_is_found_even_as_an_office_contact(rules_of: Rules, text: str) -> None:
    assert rules_of(text) == {"PERSONAL-MOBILE"}


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话：0577-88960000",
        "咨询电话：057788960000",
        "政务服务便民热线12345",
        "举报电话：400-812-3456",
        "电话：010-13812345",
        "138****1234",
        "地区生产总值13812345678元",
        "地区生产总值13812345678.50元",
        "用电13512345678千瓦时",
        "编号：202013812345678",
        "流水号13812345678",
        "http://tjj.wenzhou.gov.cn/art/2020/13812345678.html",
        "art_13812345678_x",
        "12812345678",
        "135 1234 5678 9012",
        "0.13812345678",
    ],
)
def test_office_telephones_amounts_and_codes_are_no_mobiles(rules_of: Rules, text: str) -> None:
    assert rules_of(text) == set()


def test_a_mobile_that_the_office_registered_is_its_own(rules_of: Rules) -> None:
    assert rules_of("值班手机13812345678", office_numbers=frozenset({"13812345678"})) == set()


def test_an_amount_in_a_table_is_no_mobile_and_a_telephone_is_one(
    settings: Settings, item: Callable[..., Subject]
) -> None:
    def rules(heading: str) -> set[str]:
        table = Table("表1", "", (("姓名", heading), ("甲", "13812345678"), ("乙", "13912345678")))
        return {each.rule for each in examine(item(tables=(table,)), settings)}

    assert rules("联系电话") == {"PERSONAL-MOBILE"}
    assert rules("总产值（元）") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"开户行工商银行，卡号{CARD}", True),
        (CARD, True),
        (f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", True),
        (full_width(CARD), True),
        (CARD[:-1] + str((int(CARD[-1]) + 1) % 10), False),
        (CARD + "1", False),
        (f"订单编号{CARD}", False),
        ("4111111111111111", False),  # unnamed: most such numbers are no cards
        ("银行卡号：4111111111111111", True),
        ("账号：4111111111111112", False),
    ],
)
def test_bank_cards_are_known_by_issuer_and_check_digit(rules_of: Rules, text: str, found: bool) -> None:
    assert rules_of(text) == ({"PERSONAL-BANKCARD"} if found else set())


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("家庭住址：温州市鹿城区五马街道公园路12号301室", "", True),
        ("其住址为永嘉县桥头镇桥西村三组15号", "", True),
        ("鹿城区五马街道公园路12号301室", "家庭住址", True),
        ("家住温州市鹿城区五马街道", "", False),
        ("温州市鹿城区五马街道", "户籍地址", False),
        ("张某住鹿城区南汇街道锦绣嘉园3幢2单元501室", "", True),
        ("办公地址：温州市行政中心1号楼514室", "", False),
        ("企业地址：温州市鹿城区车站大道12号301室", "", False),
        ("锦绣公寓3幢301室物业用房改造项目", "", False),
        ("受理地点：市民中心二楼大厅12号窗口", "", False),
    ],
)
def test_home_addresses_are_found_down_to_the_door_only(rules_of: Rules, text: str, label: str, found: bool) -> None:
    assert rules_of(text, label) == ({"PERSONAL-ADDRESS"} if found else set())


@pytest.mark.parametrize(
    "text",
    [
        "受助人王小明（男，12岁），家境困难。",
        "王小明，12岁，就读于实验小学。",
        "儿童李思琪 女 9周岁",
        "实验小学王小明同学获得一等奖。",
    ],
)
def test_children_called_by_name_are_found(rules_of: Rules, text: str) -> None:
    assert rules_of(text) == {"PERSONAL-MINOR"}


@pytest.mark.parametrize(
    "text",
    [
        "王某某（男，12岁），家境困难。",
        "本次调查对象为16岁及以上人口。",
        "王建国，45岁，统计局副局长。",
        "0至14岁人口占15.2%。",
        "年满16周岁的，可以参加。",
        "小学王同学说。",
        "全市小学同学们参加了活动。",
        "60岁及以上人口中，80岁",
        "温州市，12岁以下儿童",
    ],
)
def test_ages_without_a_name_and_grown_ups_are_not(rules_of: Rules, text: str) -> None:
    assert rules_of(text) == set()


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        ((("姓名", "年龄"), ("王小明", "12"), ("张三丰", "40")), Severity.BLOCK),
        ((("序号", "姓名", "出生年月"), ("1", "王小明", "2010.05"), ("2", "张三丰", "1980.01")), Severity.BLOCK),
        ((("姓名", "就读学校", "班级"), ("王小明", "实验小学", "三（2）班")), Severity.WARN),
        ((("姓名", "年龄"), ("王建国", "45")), None),
        ((("姓名", "班级"), ("王某某", "三（2）班")), None),
        ((("地区", "年龄"), ("鹿城区", "12")), None),
    ],
)
def test_lists_of_children_are_found(
    rows: tuple[tuple[str, ...], ...], severity: Severity | None, settings: Settings, item: Callable[..., Subject]
) -> None:
    found = [each.severity for each in examine(item(tables=(Table("表1", "名单", rows),)), settings)]
    assert found == ([] if severity is None else [severity])


# --- What is general -------------------------------------------------------------------------------

_BODIES = st.builds(
    lambda region, born, serial: f"{region}0302{born:%Y%m%d}{serial:03d}",
    st.sampled_from(["11", "33", "44", "54", "65", "81"]),
    st.dates(date(1900, 1, 1), TODAY - timedelta(days=1)),
    st.integers(0, 999),
)


@given(_BODIES, st.integers(0, 17), st.integers(1, 9))
def test_a_mistyped_digit_is_no_identity_number(body: str, place: int, by: int) -> None:
    number = body + check_digit(body)
    assert is_identity(number, TODAY)
    if number[place].isdigit():
        wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
        assert not is_identity(wrong, TODAY), "MOD 11-2 finds every single error"


@given(_BODIES, st.sampled_from(["", "身份证", "1、", "，", "\t"]), st.sampled_from(["", "。", "\t13", "）"]))
def test_no_finding_shows_or_places_what_it_found(body: str, before: str, behind: str) -> None:
    number = body + check_digit(body)
    passage = Passage("正文第1段", before + number + behind)
    found = examine(Subject(METADATA, (passage,)), Settings(today=TODAY))
    assert any(each.rule == "PERSONAL-ID" for each in found)
    for each in found:
        assert number in each.key, "the key tells numbers apart"
        shown = each.excerpt + each.message + each.place
        assert number not in shown
        assert number[6:14] not in shown, "nor the birthday"
        assert sum(character.isdigit() for character in each.excerpt) <= 5


@given(st.text(alphabet="0123456789Xx -１２３王小明，住号室岁\u200b*", max_size=60))
def test_the_examination_of_any_text_ends(text: str) -> None:
    for each in examine(Subject(METADATA, (Passage("正文", text),)), Settings(today=TODAY)):
        assert each.rule
        assert each.message
        assert each.key


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("温州市鹿城区五马街道公园路12号", "温州市鹿城区五马街道****"),
        ("永嘉县桥头镇桥西村三组15号", "永嘉县桥头镇****"),
        ("鹿城区公园路12号301室", "鹿城区****"),
        ("公园路12号", "公园****"),
    ],
)
def test_addresses_are_shown_down_to_town_or_street_office(address: str, masked: str) -> None:
    assert mask_address(address) == masked


def test_words_around_a_fault_show_no_long_number() -> None:
    assert (
        safe("电话13812345678，卡号6222 0212 3456 7890，共12345人")
        == "电话13*******78，卡号62***************90，共12345人"
    )
