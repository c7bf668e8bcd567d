"""The body of an old page as blocks of the editor: cleaned of everything but text, links, tables and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import lxml.html
import nh3
from lxml.etree import LxmlError

from gongkai.portal.charts import ChartError, parse_table

_TEXT = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "b",
    "strong",
    "a",
    "br",
    "blockquote",
    "sup",
    "sub",
}
_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
_BOXES = {"div", "section", "article", "center", "font", "span", "pre", "figure", "figcaption"}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_BLOCK = _TABLE | _BOXES - {"font", "span"} | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"}
_HEADS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|dps|zip|rar|7z|txt|csv|rtf)\Z", re.IGNORECASE)
_CAPTION = re.compile(r"^[附表]*表\s*[0-9一二三四五六七八九十]*|表\Z")
_DEEPEST = 100
_MOST_SPAN = 60

Block = tuple[str, Any]


@dataclass(slots=True)
class Files:
    """How a page's addresses are understood: ``find`` gives the saved file of one, ``address`` its path on the site."""

    find: Callable[[str], Path | None]
    address: Callable[[str], str]


@dataclass(slots=True)
class Body:
    """What came of it."""

    blocks: list[Block] = field(default_factory=list)
    attachments: list[tuple[str, Path]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def clean(html: str) -> str:
    """The HTML without scripts, styles, frames, forms, event handlers and addresses that are scripts."""
    return nh3.clean(
        html,
        tags=_TEXT | _TABLE | _BOXES | {"img"},
        clean_content_tags={"script", "style", "noscript", "template", "iframe", "object", "select", "textarea"},
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def read_body(html: str, files: Files) -> Body:
    """The blocks of a body. Raises ``ValueError`` when it cannot be read as HTML at all."""
    try:
        root = lxml.html.fragment_fromstring(clean(html), create_parent="div")
    except (LxmlError, ValueError) as error:
        raise ValueError("正文不是能读取的网页") from error
    reader = _Reader(files)
    reader.walk(root, 0)
    reader.flush()
    return reader.body


class _Reader:
    """Walks a cleaned body once, gathering running text until something that is a block of its own."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.body = Body()
        self.done: list[str] = []  # finished paragraphs
        self.line: list[str] = []  # the paragraph that is being written
        self.last = ""  # the last paragraph as text: perhaps the caption of a table

    def walk(self, node: Any, depth: int) -> None:
        if depth > _DEEPEST:
            self.line.append(escape(node.text_content()))
            return
        self.text(node.text)
        for child in node:
            if isinstance(child.tag, str):
                self.element(child, depth)
            self.text(child.tail)

    def text(self, words: str | None) -> None:
        if words:
            self.line.append(escape(re.sub(r"\s+", " ", words)))

    def element(self, node: Any, depth: int) -> None:
        match node.tag:
            case "table":
                self.end()
                self.table(node, depth)
            case "img":
                self.picture(node)
            case "br":
                self.end()
            case "ul" | "ol":
                self.end()
                self.listed(node)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self.end()
                words = " ".join(node.text_content().split())
                if words:
                    tag = _HEADS[node.tag]
                    self.done.append(f"<{tag}>{escape(words)}</{tag}>")
                for image in node.iter("img"):
                    self.picture(image)
            case "a":
                self.link(node, depth)
            case "b" | "strong" | "sup" | "sub":
                tag = {"strong": "b"}.get(node.tag, node.tag)
                if any(child.tag in _BLOCK or child.tag in ("img", "br") for child in node.iter() if child is not node):
                    self.walk(node, depth + 1)
                elif words := node.text_content():
                    self.line.append(f"<{tag}>{escape(words)}</{tag}>")
            case tag if tag in _BLOCK:
                self.end()
                self.walk(node, depth + 1)
                self.end()
            case _:
                self.walk(node, depth + 1)

    def end(self) -> None:
        """End the paragraph."""
        html = "".join(self.line).strip().strip("\u3000\xa0 ")
        self.line.clear()
        if html:
            self.last = " ".join(lxml.html.fragment_fromstring(html, create_parent="p").text_content().split())
            if self.last:
                self.done.append(f"<p>{html}</p>")

    def flush(self) -> None:
        """End the block of running text."""
        self.end()
        if self.done:
            self.body.blocks.append(("paragraph", "".join(self.done)))
            self.done = []

    def listed(self, node: Any) -> None:
        items = [" ".join(item.text_content().split()) for item in node.iter("li")]
        told = "".join(f"<li>{escape(item)}</li>" for item in items if item)
        for anchor in node.iter("a"):
            self.attachment(anchor)
        if told:
            self.done.append(f"<{node.tag}>{told}</{node.tag}>")
        for image in node.iter("img"):
            self.picture(image)

    def link(self, node: Any, depth: int) -> None:
        words = " ".join(node.text_content().split())
        for image in node.iter("img"):
            self.picture(image)
        if self.attachment(node) or not words:
            if words:
                self.line.append(escape(words))
            return
        href = (node.get("href") or "").strip()
        if not href or href.startswith("#"):
            self.line.append(escape(words))
        else:
            self.line.append(f'<a href="{escape(self.files.address(href), quote=True)}">{escape(words)}</a>')

    def attachment(self, node: Any) -> bool:
        """Take the file that a link leads to; whether it leads to one."""
        href = (node.get("href") or "").strip()
        if not is_file(href):
            return False
        path = self.files.find(href)
        words = " ".join(node.text_content().split())
        name = words or (path.name if path else href.rsplit("/", 1)[-1])
        if path is None:
            self.body.missing.append(f"附件“{name[:60]}”")
        elif all(path != other for _, other in self.body.attachments):
            self.body.attachments.append((name[:200], path))
        return True

    def picture(self, node: Any) -> None:
        src = (node.get("src") or "").strip()
        if not src:
            return
        path = self.files.find(src)
        if path is None:
            self.body.missing.append(f"图片“{src.rsplit('/', 1)[-1][:60]}”")
            return
        if is_icon(path):
            return
        self.flush()
        alt = " ".join((node.get("alt") or node.get("title") or "").split())[:200]
        self.body.blocks.append(
            ("figure", {"image": path, "alt": alt, "decorative": False, "caption": "", "source": ""})
        )

    def table(self, node: Any, depth: int) -> None:
        """A table of figures becomes one; a table that only lays out the page is unwrapped."""
        rows = list(grid_of(node))
        lays_out = (
            len(rows) < 2 or max(map(len, rows)) < 2 or next(node.iterdescendants("table", "img"), None) is not None
        )
        if lays_out:
            for cell in node.iter("td", "th", "caption"):
                if next(cell.iterancestors("table")) is node:
                    self.end()
                    self.walk(cell, depth + 1)
                    self.end()
            return
        for anchor in node.iter("a"):
            self.attachment(anchor)
        text = "\n".join("\t".join(row) for row in rows)
        try:
            parse_table(text)
        except ChartError:
            self.done += [f"<p>{escape('　'.join(cell for cell in row if cell))}</p>" for row in rows if any(row)]
            return
        caption = next((" ".join(each.text_content().split()) for each in node.iter("caption")), "")
        if not caption and len(self.last) <= 60 and _CAPTION.search(self.last) and self.done:
            caption = self.last
            self.done.pop()
        self.flush()
        number = sum(kind == "table" for kind, _ in self.body.blocks) + 1
        value = {"caption": caption[:200] or f"表{number}", "text": text, "header_column": True}
        self.body.blocks.append(("table", value | {"unit": "", "source": "", "note": ""}))


def grid_of(table: Any) -> Iterator[list[str]]:
    """The cells of a table row by row; a merged cell stands in each place that it covers."""
    down: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill(cells, down)
            words = " ".join(cell.text_content().split())
            across, deep = _span(cell.get("colspan")), _span(cell.get("rowspan"))
            for _ in range(across):
                if deep > 1:
                    down[len(cells)] = (deep - 1, words)
                cells.append(words)
        _fill(cells, down)
        if any(cells):
            yield cells


def _fill(cells: list[str], down: dict[int, tuple[int, str]]) -> None:
    while len(cells) in down:
        left, words = down.pop(len(cells))
        if left > 1:
            down[len(cells)] = (left - 1, words)
        cells.append(words)


def _span(value: str | None) -> int:
    return min(_MOST_SPAN, int(value)) if value and value.isdigit() and value != "0" else 1


def is_file(href: str) -> bool:
    """Whether an address is that of a file to download, as old sites write them."""
    if "downfile.jsp" in href or "/attach/" in href or "download.jsp" in href:
        return True
    return bool(_FILE.search(href.partition("?")[0].partition("#")[0]))


def is_icon(path: Path) -> bool:
    """Pictures that stand before attachments (icon_doc.gif) are part of the editor, not of the text."""
    return path.name.lower().startswith(("icon_", "icon-")) or "/icons/" in path.as_posix()
