"""A body with a block of every kind, under the policy of the public pages: read, zoomed, printed, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Page, Route
from wagtail.images import get_image_model

from gongkai.portal.blocks import BodyBlock, Picture, resolving
from gongkai.project.headers import PUBLIC_POLICY

pytestmark = pytest.mark.journey

INDUSTRIES = "年份\t第一产业\t第二产业\t第三产业\n2019\t151.7\t2,812.0\t3,642.4\n2020\t160.0\t2,828.4\t3,882.5"
FORMS = ("column", "bar", "line", "stacked")


def chart(form: str) -> dict[str, Any]:
    value = {
        "form": form,
        "title": f"三次产业增加值（{form}）",
        "unit": "亿元",
        "text": INDUSTRIES,
        "direction": "down",
    }
    value |= {"source": "温州市统计局", "as_of": "2020年", "note": "2020年为初步核算数", "indicator": "", "periods": 10}
    return {"type": "chart", "id": f"c-{form}", "value": value}


def blocks() -> list[dict[str, Any]]:
    """Charts in every form, and one of each other block."""
    image = get_image_model().objects.create(title="现场", file="still.png", width=640, height=320)
    wide = "\t".join(f"{year}年" for year in range(2001, 2021))
    row = "\t".join(f"{year * 1000:,}" for year in range(1, 21))
    share = chart("share")
    share["value"] |= {"text": "产业\t比重\n第一产业\t2.3\n第二产业\t41.1\n第三产业\t56.6", "unit": "%"}
    return [
        {"type": "paragraph", "id": "p", "value": "<h2>总体情况</h2><p>见<a href='/'>首页</a>。</p>"},
        *(chart(form) for form in FORMS),
        share,
        {
            "type": "table",
            "id": "t",
            "value": {"caption": "二十年的总值", "text": f"\t{wide}\n总值\t{row}", "unit": "元", "header_column": True},
        },
        {
            "type": "figure",
            "id": "f",
            "value": {"image": image.pk, "alt": "普查员入户登记", "caption": "登记现场", "source": "市统计局摄"},
        },
        {"type": "quote", "id": "q", "value": {"text": "坚持依法统计。", "source": "《统计法》"}},
        {
            "type": "questions",
            "id": "a",
            "value": {"heading": "答记者问", "entries": [{"question": "能查吗？", "answer": "<p>可以。</p>"}]},
        },
        {
            "type": "timeline",
            "id": "l",
            "value": {
                "heading": "普查日程",
                "events": [{"when": "2020年11月1日零时", "title": "标准时点", "text": "开始登记"}] * 3,
            },
        },
        {
            "type": "case",
            "id": "s",
            "value": {
                "title": "一套表少填一半",
                "who": "某小微企业",
                "problem": "报表太多。",
                "action": "合并报表。",
                "result": "企业省了时间。",
                "figure": "少报 12 张报表",
            },
        },
        {
            "type": "links",
            "id": "k",
            "value": {"heading": "相关链接", "entries": [{"title": "首页", "url": "/", "note": "本站"}]},
        },
    ]


def shown(page: Page) -> None:
    """Serve the body as a public page is served: same policy, same style sheets, nothing else."""
    with resolving(
        lambda image: Picture("data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==", 640, 320)
    ):
        html = BodyBlock().to_python(blocks()).render_as_block({"csv_url": lambda key: f"/blocks/{key}.csv"})
    static = resources.files("gongkai.portal").joinpath("static/portal")
    css = "".join(static.joinpath(name).read_text("utf-8") for name in ("portal.css", "blocks.css"))
    document = (
        '<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>正文</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/blocks.css">'
        '<link rel="icon" href="data:,"></head>'
        f'<body><main class="measure"><h1>一篇解读</h1>{html}</main></body></html>'
    )

    def answer(route: Route, body: str, kind: str) -> None:
        headers = {"Content-Security-Policy": PUBLIC_POLICY, "Content-Type": f"{kind}; charset=utf-8"}
        route.fulfill(body=body, headers=headers)

    page.route("**/blocks.css", lambda route: answer(route, css, "text/css"))
    page.route("**/blocks", lambda route: answer(route, document, "text/html"))
    page.goto("/blocks")


def test_every_block_can_be_read_by_everyone(page: Page, accessible: Callable[[Page], None]) -> None:
    shown(page)
    accessible(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.locator("details td").first.is_visible()
    accessible(page)


def test_one_drawing_of_each_chart_is_shown_with_letters_that_can_be_read(page: Page) -> None:
    shown(page)
    phone = (page.viewport_size or {"width": 0})["width"] < 640
    drawings = page.locator(".b-drawing:visible").all()
    assert len(drawings) == len(FORMS) + 1
    for drawing in drawings:
        assert ("b-narrow" in (drawing.get_attribute("class") or "")) == phone
        # Letters in pixels: the size that was drawn for, times how much the drawing is scaled.
        size = drawing.evaluate(
            "svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * "
            "Number(svg.getAttribute('font-size'))"
        )
        assert size >= 12
        overhang = drawing.evaluate(
            "svg => Math.max(...[...svg.querySelectorAll('text')].map(text => { const box = text.getBBox();"
            " return Math.max(-box.x, box.x + box.width - svg.viewBox.baseVal.width,"
            " box.y + box.height - svg.viewBox.baseVal.height) }))"
        )
        assert overhang <= 1, drawing.get_attribute("aria-labelledby")


def test_names_and_main_message_reach_a_screen_reader(page: Page) -> None:
    shown(page)
    chart = page.get_by_role("img", name="三次产业增加值（column）")
    assert chart.count() == 1, "the hidden drawing is not read"
    tree = chart.aria_snapshot()
    assert "最高 2020 3,882.5" in tree


def test_the_table_behind_a_chart_opens_and_a_wide_table_scrolls_by_keyboard(page: Page) -> None:
    shown(page)
    page.locator("#b-c-column summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#b-c-column details td").first.is_visible()
    table = page.locator("#b-t .b-scroll")
    table.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('#b-t .b-scroll').scrollLeft > 0")


def test_paper_gets_the_wide_drawing(page: Page) -> None:
    shown(page)
    page.emulate_media(media="print")
    assert page.locator(".b-wide:visible").count() == len(FORMS) + 1
    assert page.locator(".b-narrow:visible").count() == 0
