"""The examination and the search see everything that is written in a body, and say where."""

from __future__ import annotations

import pytest

from gongkai.portal.blocks import links, passages, pictures, plain_text, tables

from .bodies import CHART, TABLE, block, body, everything, figure, image


@pytest.mark.django_db
def test_every_text_is_read_with_its_place() -> None:
    found = {passage.place: passage.text for passage in passages(body(*everything(image().pk)))}
    assert found == {
        "正文第1段": "总体情况",
        "正文第2段": "全市总值 6870.9 亿元，见国家统计局。",
        "正文第3段": "第一",
        "正文第4段": "第二",
        "正文引文内容": "坚持依法统计。",
        "正文引文出处": "《统计法》",
        "正文图片图题": "登记现场",
        "正文图片来源": "市统计局摄",
        "正文表格表题": "主要指标",
        "正文表格来源": "温州市统计局",
        "正文图表标题": "地区生产总值",
        "正文图表来源": "温州市统计局",
        "正文图表说明": "2020年为初步核算数",
        "正文图表数据时间": "2020年",
        "正文问答小标题": "答记者问",
        "正文问答第1问": "能查吗？",
        "正文问答第1答": "可以，见指南。",
        "正文时间轴小标题": "普查日程",
        "正文时间轴第1项": "2020年11月1日零时，标准时点，开始登记",
        "正文时间轴第2项": "2021年5月，公布",
        "正文案例标题": "一套表少填一半",
        "正文案例对象": "某小微企业",
        "正文案例遇到的问题": "报表太多。\n每月都要重填。",
        "正文案例怎样办理": "合并报表。",
        "正文案例结果": "企业省了时间。",
        "正文案例关键数字": "少报 12 张报表",
        "正文链接列表小标题": "相关链接",
        "正文链接列表第1条": "市政府",
    }


def test_paragraphs_are_counted_through_the_body_and_charts_of_several_numbered() -> None:
    value = body(
        block("paragraph", "<p>甲</p><p></p><p>乙<br/>丙</p>", "p1"),
        block("chart", CHART, "c1"),
        block("paragraph", "<ol><li>丁</li></ol>没有标签", "p2"),
        block("chart", CHART, "c2"),
    )
    found = [(each.place, each.text, each.anchor) for each in passages(value) if each.anchor[0] == "p"]
    assert found == [
        ("正文第1段", "甲", "p1"),
        ("正文第2段", "乙 丙", "p1"),
        ("正文第3段", "丁", "p2"),
        ("正文第4段", "没有标签", "p2"),
    ]
    assert [table.place for table in tables(value)] == ["正文图表1", "正文图表2"]


@pytest.mark.django_db
def test_tables_pictures_and_links_are_listed() -> None:
    found = image()
    value = body(*everything(found.pk))
    assert [(table.caption, table.rows[0]) for table in tables(value)] == [
        ("主要指标", ("", "2019", "2020")),
        ("地区生产总值", ("年份", "总值")),
    ]
    assert [(each.place, each.alt, each.image) for each in pictures(value)] == [
        ("正文图片", "普查员入户登记", found.pk),
        ("正文案例", "企业办事员", found.pk),
    ]
    assert [(each.text, each.url) for each in links(value)] == [
        ("国家统计局", "https://www.stats.gov.cn/"),
        ("指南", "/zfxxgkzn/"),
        ("市政府", "https://www.wenzhou.gov.cn/"),
    ]


def test_a_link_to_a_document_names_it() -> None:
    (link,) = links(body(block("paragraph", '<p>见<a linktype="document" id="3">附件</a></p>')))
    assert (link.text, link.url, link.target) == ("附件", "", ("document", 3))


@pytest.mark.django_db
def test_a_picture_without_a_text_is_listed_as_such() -> None:
    (shown,) = pictures(body(block("figure", figure(image().pk, alt="", decorative=True))))
    assert (shown.alt, shown.decorative) == ("", True)


@pytest.mark.django_db
def test_the_search_finds_words_of_tables_and_alternative_texts() -> None:
    text = plain_text(body(*everything(image().pk)))
    for word in ("6870.9", "957.3", "普查员入户登记", "标准时点", "省了时间", "国家统计局"):
        assert word in text


def test_an_unreadable_table_does_not_stop_the_reading() -> None:
    value = body(block("table", TABLE | {"text": "一格"}))
    assert tables(value) == []
    assert "主要指标" in plain_text(value)
