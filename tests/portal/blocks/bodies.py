"""Bodies of items for the tests: one block of every kind, as the database keeps them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model

from gongkai.portal.blocks import BodyBlock

BODY = BodyBlock()

GDP = "年份\t总值\n2019\t6,606.1\n2020\t6,870.9"
CHART: dict[str, Any] = {
    "form": "column",
    "title": "地区生产总值",
    "unit": "亿元",
    "text": GDP,
    "direction": "down",
    "indicator": "",
    "periods": 10,
    "source": "温州市统计局",
    "as_of": "2020年",
    "note": "2020年为初步核算数",
}
TABLE: dict[str, Any] = {
    "caption": "主要指标",
    "text": "\t2019\t2020\n总值\t6,606.1\t6,870.9\n人口\t…\t957.3\n备注\t<b>\t无",
    "header_column": True,
    "unit": "亿元",
    "source": "温州市统计局",
    "note": "",
}
CASE: dict[str, Any] = {
    "title": "一套表少填一半",
    "who": "某小微企业",
    "problem": "报表太多。\n每月都要重填。",
    "action": "合并报表。",
    "result": "企业省了时间。",
    "figure": "少报 12 张报表",
    "image": None,
    "alt": "",
    "decorative": False,
}


def image(title: str = "采集现场", size: tuple[int, int] = (1600, 800)) -> Any:
    """An image of the library."""
    buffer = BytesIO()
    Pillow.new("RGB", size, "white").save(buffer, "PNG")
    return get_image_model().objects.create(title=title, file=ImageFile(BytesIO(buffer.getvalue()), f"{title}.png"))


def figure(image_id: int, **changes: Any) -> dict[str, Any]:
    return {
        "image": image_id,
        "alt": "普查员入户登记",
        "decorative": False,
        "caption": "登记现场",
        "source": "市统计局摄",
    } | changes


def block(kind: str, value: Any, key: str = "") -> dict[str, Any]:
    return {"type": kind, "value": value, "id": key or f"id-{kind}"}


def item(value: dict[str, Any], key: str = "i1") -> dict[str, Any]:
    """An item of a list in a block."""
    return {"type": "item", "value": value, "id": key}


def body(*blocks: dict[str, Any]) -> StreamValue:
    """The body that the database keeps as these blocks."""
    return BODY.to_python(list(blocks))


def everything(image_id: int) -> list[dict[str, Any]]:
    """A block of every kind."""
    paragraph = (
        '<h2>总体情况</h2><p>全市总值 <b>6870.9</b> 亿元，见<a href="https://www.stats.gov.cn/">国家统计局</a>。</p>'
        "<ul><li>第一</li><li>第二</li></ul>"
    )
    answer = '<p>可以，见<a href="/zfxxgkzn/">指南</a>。</p>'
    link = {"title": "市政府", "url": "https://www.wenzhou.gov.cn/", "note": ""}
    return [
        block("paragraph", paragraph),
        block("quote", {"text": "坚持依法统计。", "source": "《统计法》"}),
        block("figure", figure(image_id)),
        block("table", TABLE),
        block("chart", CHART),
        block("questions", {"heading": "答记者问", "entries": [item({"question": "能查吗？", "answer": answer})]}),
        block(
            "timeline",
            {
                "heading": "普查日程",
                "events": [
                    item({"when": "2020年11月1日零时", "title": "标准时点", "text": "开始登记"}, "e1"),
                    item({"when": "2021年5月", "title": "公布", "text": ""}, "e2"),
                ],
            },
        ),
        block("case", CASE | {"image": image_id, "alt": "企业办事员"}),
        block("links", {"heading": "相关链接", "entries": [item(link)]}),
    ]
