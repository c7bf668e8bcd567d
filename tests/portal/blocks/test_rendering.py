"""Every block is shown with its figures and words, safely, and without a query for each."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from wagtail.documents import get_document_model

from gongkai.portal.blocks import (
    BodyBlock,
    Picture,
    chart_of_block,
    numbered,
    register_indicators,
    resolving,
    settled,
    svg_of_block,
)
from gongkai.portal.blocks import indicators as registry
from gongkai.portal.charts import csv_of, parse_table

from .bodies import BODY, CASE, CHART, GDP, TABLE, block, body, everything, figure, image


def page(*blocks: dict[str, Any], **context: Any) -> LexborHTMLParser:
    return LexborHTMLParser(body(*blocks).render_as_block(context))


def words(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


@pytest.mark.django_db
def test_every_kind_of_block_is_shown_with_what_was_written() -> None:
    shown = page(*everything(image().pk))
    assert len(shown.css(".b-block")) == len(BodyBlock.base_blocks)
    assert words(shown, "h2") == ["总体情况", "答记者问", "普查日程", "一套表少填一半", "相关链接"]
    assert words(shown, "blockquote p") == ["坚持依法统计。"]
    assert words(shown, ".b-figure figcaption") == ["图1 登记现场来源：市统计局摄"]
    assert words(shown, ".b-question h3") == ["问能查吗？"]
    assert words(shown, ".b-timeline li .b-what") == ["标准时点", "公布"]
    assert words(shown, ".b-case dt") == ["对象", "遇到的问题", "怎样办理", "结果"]
    assert words(shown, ".b-key") == ["少报 12 张报表"]
    assert [node.attributes["href"] for node in shown.css(".b-links a")] == ["https://www.wenzhou.gov.cn/"]
    assert not shown.css("[style], script")


def test_a_chart_is_a_picture_a_table_a_source_and_a_file() -> None:
    shown = page(block("chart", CHART, "c1"), csv_url=lambda key: f"/items/7/{key}.csv")
    assert [node.attributes["role"] for node in shown.css("svg")] == ["img", "img"]
    assert words(shown, ".b-unit") == ["单位：亿元"]
    assert words(shown, "details td") == ["6,606.1", "6,870.9"]
    assert words(shown, "details th") == ["年份", "总值", "2019", "2020"]
    assert words(shown, ".b-notes p")[:2] == ["来源：温州市统计局 数据时间：2020年", "说明：2020年为初步核算数"]
    assert [node.attributes["href"] for node in shown.css(".b-download a")] == ["/items/7/c1.csv"]
    assert csv_of(chart_of_block(body(block("chart", CHART))[0].value)).decode("utf-8-sig").splitlines()[1:] == [
        "2019,6606.1",
        "2020,6870.9",
    ]


def test_without_an_address_there_is_no_link_to_a_file() -> None:
    assert not page(block("chart", CHART), block("table", TABLE)).css(".b-download")


def test_a_table_has_heads_and_figures_to_the_right_and_no_markup_of_its_own() -> None:
    shown = page(block("table", TABLE))
    assert words(shown, "thead th[scope=col]") == ["2019", "2020"]
    assert words(shown, "tbody th[scope=row]") == ["总值", "人口", "备注"]
    assert words(shown, "td:not(.b-right)") == ["", "6,606.1", "…", "<b>"], "a column with a word in it is text"
    assert words(shown, "td.b-right") == ["6,870.9", "957.3", "无"]
    plain = page(block("table", TABLE | {"header_column": False}))
    assert not plain.css("tbody th")


@pytest.mark.django_db
def test_pictures_come_from_one_place_that_publishing_can_replace() -> None:
    picture_of = image()
    blocks = [block("figure", figure(picture_of.pk)), block("case", CASE | {"image": picture_of.pk, "alt": "人"})]
    before = page(*blocks).css("img")
    assert [(node.attributes["width"], node.attributes["height"]) for node in before] == [("1280", "640")] * 2
    assert [node.attributes["alt"] for node in before] == ["普查员入户登记", "人"]
    with resolving(lambda image: Picture(f"/files/{image.title}.png", 10, 5)):
        assert {node.attributes["src"] for node in page(*blocks).css("img")} == {"/files/采集现场.png"}
    assert page(*blocks).css("img")[0].attributes["src"] == before[0].attributes["src"]


@pytest.mark.django_db
def test_a_decorative_picture_is_silent_and_a_lost_one_is_named() -> None:
    found = image()
    shown = page(block("figure", figure(found.pk, alt="", decorative=True)))
    assert shown.css("img")[0].attributes["alt"] in ("", None)
    found.file.delete(save=False)
    assert words(page(block("figure", figure(image("另一张").pk, alt="图") | {"image": None})), ".b-missing")


@pytest.mark.django_db
def test_a_longer_body_needs_no_more_queries() -> None:
    images = [image(f"图{number}") for number in range(4)]
    documents = [
        get_document_model().objects.create(title=f"附件{number}", file=f"{number}.pdf") for number in range(4)
    ]

    def blocks(count: int) -> list[dict[str, Any]]:
        made = []
        for number in range(count):
            link = f'<p><a linktype="document" id="{documents[number].pk}">附件</a></p>'
            made += [
                block("paragraph", link, f"p{number}"),
                block("figure", figure(images[number].pk), f"f{number}"),
                block("case", CASE | {"image": images[number].pk, "alt": "人"}, f"s{number}"),
                block("chart", CHART, f"c{number}"),
                block("table", TABLE, f"t{number}"),
                block("questions", {"heading": "", "entries": [{"question": "问", "answer": link}]}, f"q{number}"),
            ]
        return made

    page(*blocks(4))  # the files of the pictures are made once
    counts = []
    for count in (1, 4):
        with CaptureQueriesContext(connection) as queries:
            shown = page(*blocks(count))
        assert len(shown.css("img")) == 2 * count
        assert len(shown.css("a[href^='/documents/']")) == 2 * count
        counts.append(len(queries))
    assert counts[0] == counts[1] == 5, counts


def test_figures_and_tables_are_numbered_unless_the_author_did() -> None:
    charts = [block("chart", CHART, "c1"), block("table", TABLE, "t1"), block("chart", CHART, "c2")]
    assert numbered(body(*charts)) == {"c1": "图1", "c2": "图2"}
    assert words(page(*charts), ".b-number") == ["图1", "图2"]
    own = [block("chart", CHART | {"title": "图1 总值"}, "c1"), block("chart", CHART, "c2")]
    assert numbered(body(*own)) == {}


def test_two_charts_of_a_page_share_no_names_even_before_they_are_saved() -> None:
    unsaved = BODY.normalize([("chart", CHART), ("chart", CHART)])
    shown = LexborHTMLParser(unsaved.render_as_block())
    names = [node.attributes["id"] for node in shown.css("[id]")]
    assert len(names) == len(set(names))
    for node in shown.css("[aria-labelledby]"):
        assert set((node.attributes["aria-labelledby"] or "").split()) <= set(names)


@pytest.mark.django_db
def test_what_cannot_be_drawn_is_said_instead_of_breaking_the_page() -> None:
    shown = page(
        block("chart", CHART | {"text": "一格"}, "c1"),
        block("chart", CHART | {"text": "", "indicator": "9"}, "c2"),
        block("table", TABLE | {"text": ""}, "t1"),
        csv_url=lambda key: f"/{key}.csv",
    )
    said = words(shown, ".b-missing")
    assert ["看不出表格" in said[0], "还没有公布" in said[1], "没有粘贴表格" in said[2]] == [True] * 3
    assert not shown.css("svg, .b-download")


def test_text_of_editors_never_becomes_markup() -> None:
    evil = '"><script>alert(1)</script>'
    shown = page(
        block("chart", CHART | {"title": evil, "source": evil, "note": evil, "text": f"年\t{evil}\n{evil}\t1"}),
        block("table", TABLE | {"caption": evil, "text": f"{evil}\t甲\n{evil}\t{evil}"}),
        block("case", CASE | {"title": evil, "problem": evil}),
        block("quote", {"text": evil, "source": evil}),
        block("timeline", {"heading": evil, "events": [{"when": evil, "title": evil, "text": evil}]}),
        block("links", {"heading": evil, "entries": [{"title": evil, "url": "/", "note": evil}]}),
    )
    assert not shown.css("script")


def test_an_edition_keeps_the_figures_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_registry", dict(registry._registry))
    figures = {"7": parse_table(GDP)}
    register_indicators(lambda: [("7", "总值")], lambda key, count: figures.get(key))
    live = body(block("chart", CHART | {"text": "", "indicator": "7", "direction": "across"}, "c1"))
    kept = body(*settled(live))
    before = svg_of_block(kept[0].value, "k")
    assert before == svg_of_block(live[0].value, "k")
    figures["7"] = parse_table("年份\t总值\n2020\t1\n2021\t2")
    assert svg_of_block(kept[0].value, "k") == before
    assert svg_of_block(live[0].value, "k") != before
    del figures["7"]
    assert settled(live)[0]["value"]["indicator"] == "7", "nothing published: nothing to keep"
