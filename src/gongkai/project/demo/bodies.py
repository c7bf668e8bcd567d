"""The words of the items: how each column's texts are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from gongkai.portal.models import ItemType

from . import bodies_data, bodies_office
from .files import sheet
from .sentences import COUNTY_LEADS, ENDS, LAW_TEXTS, LEADS, MEANINGS, MIDDLES, NOTICE_PARTS, PHOTO
from .targets import SEED
from .writing import Pen, Rows, Text, paragraphs, questions, table

_ACT = re.compile(r"^(?:图片新闻：)?(?:市统计局|我市)?")


def write(pen: Pen) -> Text:
    """The text of an item. Raises ``KeyError`` for a column that nobody wrote for."""
    return STYLES[pen.item.column.style](pen)


def random_of(number: int) -> Random:
    """The random numbers of one item, whatever else is written."""
    return Random(SEED * 10_000 + number)  # noqa: S311  sentences, no secrets


def _news(pen: Pen) -> Text:
    title = pen.item.title
    city = pen.item.column.second != "县区动态"
    did = _ACT.sub("", title) if city else title
    county = title[:3]
    lead = pen.one(LEADS, did=did) if city else pen.one(COUNTY_LEADS, did=did.removeprefix(county), county=county)
    texts = [lead, *pen.some(MIDDLES, pen.random.randint(1, 4)), pen.one(ENDS)]
    blocks = [paragraphs(texts)]
    if pen.item.number % 12 == 0:
        blocks.insert(0, pen.figure(title, f"演示图片：{title}"))
    return Text(blocks)


def _photo(pen: Pen) -> Text:
    title = pen.item.title.removeprefix("图片新闻：")
    caption = pen.one(PHOTO)
    return Text([pen.figure(caption, f"演示图片：{title}"), paragraphs([*pen.some(MIDDLES, 2), pen.one(ENDS)])])


def _notice(pen: Pen) -> Text:
    about = pen.item.title.removeprefix("关于").rsplit("的", 1)[0]
    numbers = "一二三四五"
    parts = [f"{numbers[n]}、{text}" for n, text in enumerate(pen.some(NOTICE_PARTS, pen.random.randint(3, 5)))]
    opening = (
        f"各县（市、区）统计局，市局各处室、直属单位：为{about}，根据统计法律法规和上级部署，现将有关事项通知如下。"
    )
    text = Text([paragraphs([opening, *parts, "特此通知。"])], fields={"type": ItemType.NOTICE})
    if pen.item.number % 5 == 0:
        rows: Rows = [["单位", "应报份数", "上报时限"], *([name, pen.random.randint(2, 9), "月底前"] for name in _SOME)]
        text.blocks.insert(1, table("报送安排", rows, unit="份"))
        text.files.append(("报送汇总表.xlsx", lambda: sheet("报送汇总表", rows)))
    return text


_SOME = ("鹿城区", "龙湾区", "瓯海区", "洞头区", "乐清市", "瑞安市")


def _explained(pen: Pen) -> Text:
    name = pen.item.title.removeprefix("指标解释：")
    return Text(
        [
            paragraphs(
                [
                    f"#什么是{name}",
                    f"{name}，是指{MEANINGS[name]}。",
                    "#怎样使用",
                    "使用这一指标时，应当注意它的口径和范围，与其他地区、其他时期比较时口径须一致。"
                    "初步核算数在最终核实后可能修订，以最后公布的为准。",
                    "#数据从哪里来",
                    "数据来自统计报表制度规定的全面调查、抽样调查和部门行政记录，由市统计局审核后按发布日程公布。",
                ]
            )
        ]
    )


def _asked(pen: Pen) -> Text:
    name = next(name for name in MEANINGS if name in pen.item.title)
    pairs = (
        (f"什么是{name}？", f"{name}，是指{MEANINGS[name]}。"),
        (f"{name}多久公布一次？", "按照数据发布日程，月度数据一般在次月中下旬公布，年度数据在次年公布。"),
        ("数据为什么会修订？", "初步数依据较少的资料推算，资料齐全之后重新核算，因此会有修订；修订后重新公布。"),
    )
    return Text([paragraphs([f"为帮助公众正确理解和使用统计数据，现就{name}的有关问题作答。"]), questions(pairs)])


def _law(pen: Pen) -> Text:
    source = {"text": LAW_TEXTS[1], "source": f"摘自《{pen.item.title}》有关规定（演示文字）"}
    rest = [text for place, text in enumerate(LAW_TEXTS) if place != 1]
    return Text(
        [
            paragraphs([f"《{pen.item.title}》的主要内容如下，全文以公布机关公布的文本为准。"]),
            ("quote", source),
            paragraphs(rest),
        ]
    )


STYLES: dict[str, Callable[[Pen], Text]] = {
    "news": _news,
    "photo": _photo,
    "notice": _notice,
    "explained": _explained,
    "asked": _asked,
    "law": _law,
    **bodies_data.STYLES,
    **bodies_office.STYLES,
}
