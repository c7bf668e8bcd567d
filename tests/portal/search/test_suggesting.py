"""What is offered while somebody types, and documents like what somebody describes."""

from __future__ import annotations

import pytest

from gongkai.bureau.models import Agency
from gongkai.portal.search.finding import similar, suggest

from .conftest import Publish


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("人", ["人口普查公报", "第七次人口普查"]),
        ("人口普", ["人口普查公报", "第七次人口普查"]),
        ("人口普查公", ["人口普查公报"]),
        ("查公报", ["人口普查公报"]),
        ("口人", []),
        ("g", ["GDP核算"]),
        ("GD", ["GDP核算"]),
        ("gdp核", ["GDP核算"]),
        ("dp", []),
        ("人口 公报", ["人口普查公报"]),
        ("公报 gd", []),
        ("温统〔20", ["转发温统〔2020〕12号"]),
        ("温统〔2020〕1", ["转发温统〔2020〕12号"]),
        ("，", []),
        ("", []),
    ],
)
def test_titles_are_offered_by_what_is_typed_so_far(
    agency: Agency, publish: Publish, typed: str, offered: list[str]
) -> None:
    publish("人口普查公报")
    publish("GDP核算", "人口普查公报")
    publish("第七次人口普查")
    publish("转发温统〔2020〕12号")
    assert suggest(typed, agency.pk) == offered


def test_a_title_is_offered_once_and_names_of_columns_come_before_titles(agency: Agency, publish: Publish) -> None:
    for _ in range(12):
        publish("统计公报")
    publish("本市统计数据")
    assert suggest("统计", agency.pk, names=["统计数据", "政策文件"]) == ["统计数据", "统计公报", "本市统计数据"]


def test_no_more_are_offered_than_asked_for(agency: Agency, publish: Publish) -> None:
    for number in range(12):
        publish(f"统计公报{number}")
    assert suggest("统计", agency.pk) == [f"统计公报{number}" for number in range(11, 3, -1)]
    assert len(suggest("统计", agency.pk, limit=3)) == 3


def test_documents_like_a_request_are_those_that_answer_it(agency: Agency, publish: Publish) -> None:
    publish("2020年温州市国民经济和社会发展统计公报", "全市常住人口957万人。")
    publish("温州市第七次全国人口普查主要数据公报", "常住人口、城镇化率。")
    publish("关于举办统计业务培训班的通知", "请各县报名。")
    publish("党组理论学习中心组学习会", "学习。")
    for number in range(30):
        publish(f"温州市统计局第{number}次会议", "会议。")
    found = similar("我想申请公开温州市第七次人口普查的常住人口和城镇化率，谢谢", agency.pk)
    assert found[0].entry.title == "温州市第七次全国人口普查主要数据公报"
    assert "<mark>人口普查</mark>" in found[0].title
    assert len(found) == 5
    assert similar("统计业务培训班什么时候举办", agency.pk, limit=1)[0].entry.title == "关于举办统计业务培训班的通知"


@pytest.mark.parametrize("text", ["", "申请公开政府信息", "的了和", "，。", "榨菜厂"])
def test_a_text_that_says_nothing_in_particular_is_like_nothing(agency: Agency, publish: Publish, text: str) -> None:
    publish("申请公开政府信息的通知", "的了和")
    assert similar(text, agency.pk) == []
