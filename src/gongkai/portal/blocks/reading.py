"""A body read for what is in it: for the examination before publishing, the search and the lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser
from wagtail.blocks import StreamValue

from gongkai.portal.charts import ChartError

from .figures import grid_of_block
from .stories import CASE_PARTS

_BLOCK_TAG = re.compile(r"</?(?:h[1-6]|p|ul|ol|li|hr|div|blockquote|table|tr|td|th)\b[^>]*>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_SEAM = "\u2029"  # the paragraph separator


@dataclass(frozen=True)
class Passage:
    """A piece of running text. ``place`` says in Chinese where it is; ``anchor`` is the id of its block."""

    place: str
    text: str
    anchor: str


@dataclass(frozen=True)
class TableText:
    """The cells of a table or of a chart's figures, head first."""

    place: str
    caption: str
    rows: tuple[tuple[str, ...], ...]
    anchor: str


@dataclass(frozen=True)
class PictureText:
    """An image of the library and what is said of it; ``decorative`` pictures need no ``alt``."""

    place: str
    alt: str
    decorative: bool
    image: int
    anchor: str


@dataclass(frozen=True)
class LinkText:
    """A link. One to something in Wagtail has no ``url`` but a ``target``: its kind (document, page) and id."""

    place: str
    text: str
    url: str
    anchor: str
    target: tuple[str, int] | None = None


def passages(value: StreamValue) -> list[Passage]:
    """Every text that is not in a table: paragraphs one by one, captions, questions, stories, notes."""
    found, paragraph = [], 0
    for child, place in _placed(value):
        for what, text in _PIECES[child.block_type](child.value):
            if not text.strip():
                continue
            if child.block_type == "paragraph":  # counted through the body, as a reader counts
                paragraph += 1
                what = f"第{paragraph}段"
            found.append(Passage(f"{place}{what}", text, child.id))
    return found


def tables(value: StreamValue) -> list[TableText]:
    """Tables, and the figures behind charts. What cannot be read is left out: it can neither be saved as finished."""
    found = []
    for child, place in _placed(value):
        if child.block_type not in {"table", "chart"}:
            continue
        try:
            grid = grid_of_block(child.value)
        except ChartError:
            continue
        caption = child.value.get("caption" if child.block_type == "table" else "title") or ""
        found.append(TableText(place, caption, grid.all_rows, child.id))
    return found


def pictures(value: StreamValue) -> list[PictureText]:
    """Images, with their alternative texts."""
    return [
        PictureText(
            place, child.value.get("alt") or "", bool(child.value.get("decorative")), child.value["image"].pk, child.id
        )
        for child, place in _placed(value)
        if child.block_type in {"figure", "case"} and child.value.get("image")
    ]


def links(value: StreamValue) -> list[LinkText]:
    """Links in texts, answers and lists of links."""
    found: list[LinkText] = []
    for child, place in _placed(value):
        if child.block_type == "links":
            found += [LinkText(place, item["title"], item["url"], child.id) for item in child.value["entries"]]
        elif child.block_type == "paragraph":
            found += _links_in(child.value.source, place, child.id)
        elif child.block_type == "questions":
            for item in child.value["entries"]:
                found += _links_in(item["answer"].source, place, child.id)
    return found


def plain_text(value: StreamValue) -> str:
    """All that is written in the body, tables and alternative texts included, for the search."""
    lines = [passage.text for passage in passages(value)]
    for table in tables(value):
        lines += [" ".join(cell for cell in row if cell) for row in table.rows]
    lines += [image.alt for image in pictures(value) if image.alt]
    return "\n".join(lines)


def _placed(value: StreamValue) -> Iterator[tuple[Any, str]]:
    """Blocks with their place: the only one of its kind is 正文图表, of several each is numbered: 正文图表2."""
    kinds = [child.block_type for child in value]
    seen: dict[str, int] = {}
    for child in value:
        kind = child.block_type
        seen[kind] = seen.get(kind, 0) + 1
        label = "" if kind == "paragraph" else str(child.block.label)
        number = seen[kind] if label and kinds.count(kind) > 1 else ""
        yield child, f"正文{label}{number}"


def _paragraphs(source: str) -> list[str]:
    """Texts of headings, paragraphs and list items in order, and whatever else stands between them."""
    parted = _BLOCK_TAG.sub(_SEAM, _LINE_BREAK.sub(" ", source))
    body = LexborHTMLParser(f"<body>{parted}</body>").body
    text = body.text(deep=True) if body else ""
    return [" ".join(part.split()) for part in text.split(_SEAM)]


def _links_in(source: str, place: str, anchor: str) -> list[LinkText]:
    found = []
    for node in LexborHTMLParser(source).css("a"):
        kind, key = node.attributes.get("linktype"), node.attributes.get("id") or ""
        target = (kind, int(key)) if kind and key.isdigit() else None
        found.append(LinkText(place, node.text(deep=True).strip(), node.attributes.get("href") or "", anchor, target))
    return found


Pieces = list[tuple[str, str]]


def _fields(**names: str) -> Any:
    """Reads these fields of a block, each under its Chinese name."""
    return lambda value: [(label, value.get(name) or "") for name, label in names.items()]


def _questions(value: Any) -> Pieces:
    pieces = [("小标题", value.get("heading") or "")]
    for number, item in enumerate(value["entries"], 1):
        pieces.append((f"第{number}问", item["question"]))
        pieces += [(f"第{number}答", text) for text in _paragraphs(item["answer"].source)]
    return pieces


def _timeline(value: Any) -> Pieces:
    pieces = [("小标题", value.get("heading") or "")]
    for number, event in enumerate(value["events"], 1):
        text = "，".join(part for part in (event["when"], event["title"], event.get("text") or "") if part)
        pieces.append((f"第{number}项", text))
    return pieces


def _links(value: Any) -> Pieces:
    pieces = [("小标题", value.get("heading") or "")]
    for number, item in enumerate(value["entries"], 1):
        pieces.append((f"第{number}条", "，".join(part for part in (item["title"], item.get("note") or "") if part)))
    return pieces


_PIECES: dict[str, Any] = {
    "paragraph": lambda value: [("", text) for text in _paragraphs(value.source)],
    "quote": _fields(text="内容", source="出处"),
    "figure": _fields(caption="图题", source="来源"),
    "table": _fields(caption="表题", source="来源", note="说明"),
    "chart": _fields(title="标题", source="来源", as_of="数据时间", note="说明"),
    "questions": _questions,
    "timeline": _timeline,
    "case": _fields(title="标题", **CASE_PARTS, figure="关键数字"),
    "links": _links,
}
