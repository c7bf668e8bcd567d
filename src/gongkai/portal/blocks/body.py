"""The body of an item: its blocks in the order in which they are read."""

from __future__ import annotations

import re
from typing import Any

from wagtail.blocks import StreamBlock, StreamValue
from wagtail.rich_text import RichText

from gongkai.portal.charts import ChartError

from .figures import ChartBlock, TableBlock, grid_of_block
from .pictures import FigureBlock
from .stories import (
    BODY_FEATURES,
    CaseBlock,
    LinksBlock,
    QuestionsBlock,
    QuoteBlock,
    TextParagraphs,
    TimelineBlock,
    expand_together,
)

# Which blocks are counted as 图 and 表, and where their caption is.
_NUMBERED = {"figure": ("图", "caption"), "chart": ("图", "title"), "table": ("表", "caption")}
_OWN_NUMBER = re.compile(r"[附图表]?[图表]\s*[0-9０-９一二三四五六七八九十]")


class BodyBlock(StreamBlock):
    """The body of an item."""

    paragraph = TextParagraphs(
        label="段落",
        group="文字",
        icon="pilcrow",
        features=BODY_FEATURES,
        template="portal/blocks/paragraph.html",
    )
    quote = QuoteBlock()
    figure = FigureBlock()
    table = TableBlock()
    chart = ChartBlock()
    questions = QuestionsBlock()
    timeline = TimelineBlock()
    case = CaseBlock()
    links = LinksBlock()

    class Meta:
        required = False
        template = "portal/blocks/body.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        expand_together(_rich_texts(value))
        context["numbers"] = numbered(value)
        return context


def _rich_texts(value: StreamValue) -> list[RichText]:
    texts = []
    for child in value:
        if child.block_type == "paragraph":
            texts.append(child.value)
        elif child.block_type == "questions":
            texts.extend(item["answer"] for item in child.value["entries"])
    return texts


def numbered(value: StreamValue) -> dict[str, str]:
    """The number of each figure and table (``图1``, ``表2``) by block id.

    Numbers are given where there are several of a kind, and none where an author has written them into the captions.
    """
    counted: dict[str, list[str]] = {"图": [], "表": []}
    own: set[str] = set()
    for child in value:
        if child.block_type not in _NUMBERED:
            continue
        kind, name = _NUMBERED[child.block_type]
        caption = child.value.get(name) or ""
        if _OWN_NUMBER.match(caption):
            own.add(kind)
        elif caption and child.id:
            counted[kind].append(child.id)
    return {
        key: f"{kind}{place}"
        for kind, keys in counted.items()
        if len(keys) > 1 and kind not in own
        for place, key in enumerate(keys, 1)
    }


def settled(value: StreamValue) -> list[dict[str, Any]]:
    """The stored form of a body whose charts no longer follow an indicator: their figures of now, as pasted tables.

    What an edition keeps: a chart that was examined and published does not change with the next data release.
    """
    blocks = []
    for child, stored in zip(value, value.get_prep_value(), strict=True):
        if child.block_type == "chart" and child.value.get("indicator"):
            try:
                grid = grid_of_block(child.value)
            except ChartError:
                blocks.append(stored)  # nothing published yet: the page says so
                continue
            text = "\n".join("\t".join(row) for row in grid.all_rows)
            stored = {**stored, "value": {**stored["value"], "indicator": "", "direction": "down", "text": text}}
        blocks.append(stored)
    return blocks
