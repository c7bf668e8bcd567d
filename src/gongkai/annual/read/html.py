"""Web pages: blocks of text and tables in order; tables that only lay out the page are walked through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .encoding import decode
from .errors import ReadError
from .limits import MAX_CELLS, MAX_TEXT
from .source import Grid, GridCell, Item, Line, Source

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SKIPPED = frozenset({"script", "style", "noscript", "head", "svg", "template", "select", "iframe", "object"})
_INLINE = frozenset(
    """a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark o:p q s samp small span strike strong
    sub sup time tt u var wbr ucaptitle publishtime""".split()  # noqa: SIM905 - a list of tags reads better as words
)
_CELLS = frozenset({"td", "th"})
MAX_DEPTH = 400  # elements inside each other; pages of agencies have some thirty
MAX_OPEN = 10_000  # elements open at once, by a rough count: the parser's time grows with their square
_TOO_DEEP = "网页的元素嵌套过深，不像一份年度报告。"
_CONTAINER = re.compile(
    r"<(/?)(?:div|table|section|article|span|font|b|i|u|em|strong|a|ul|ol|blockquote|center)\b", re.I
)
_LAYOUT_TEXT = 120
_TITLE_META = ("ArticleTitle", "articletitle", "og:title", "title")


def read(data: bytes, name: str = "") -> Source:
    """The items of an HTML page."""
    if len(data) > MAX_TEXT:
        raise ReadError("网页过大，不像一份年度报告。")
    text, warnings = decode(data)
    source = read_text(text)
    source.warnings.extend(warnings)
    return source


def read_text(text: str) -> Source:
    """The items of HTML that has been decoded."""
    from selectolax.lexbor import LexborHTMLParser

    if _open_at_once(text) > MAX_OPEN:
        raise ReadError(_TOO_DEEP)
    tree = LexborHTMLParser(text)
    source = Source([])
    source.title = _title(tree)
    if tree.body is not None:
        _Walker(source).walk(tree.body)
    return source


def _open_at_once(text: str) -> int:
    """At most how many containers are open at once, counted without parsing."""
    if text.count("<") <= MAX_OPEN:
        return 0
    deepest = depth = 0
    for match in _CONTAINER.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _title(tree: LexborHTMLParser) -> str:
    for name in _TITLE_META:
        node = tree.css_first(f'meta[name="{name}"]') or tree.css_first(f'meta[property="{name}"]')
        if node is not None and (content := node.attributes.get("content")):
            return content
    for tag in ("h1", "title"):
        node = tree.css_first(tag)
        if node is not None and (text := node.text(deep=True).strip()):
            return text
    return ""


class _Walker:
    """Walks the tree without recursion, since a hostile page may nest without end."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.items: list[Item] = source.items
        self.parts: list[str] = []
        self.line = 1
        self.cells = 0

    def walk(self, root: LexborNode) -> None:
        node = root.child
        depth = 1
        while node is not None:
            descend = self._enter(node)
            if descend and node.child is not None:
                node = node.child
                depth += 1
                if depth > MAX_DEPTH:
                    raise ReadError(_TOO_DEEP)
                continue
            while node is not None:
                if descend or node.child is None:
                    self._leave(node)
                descend = True
                if node.next is not None:
                    node = node.next
                    break
                node = node.parent
                depth -= 1
                if depth == 0 or node is None:
                    node = None
        self._flush()

    def _enter(self, node: LexborNode) -> bool:
        """Take in one node; whether its children are to be walked."""
        tag = node.tag
        if tag == "-text":
            self.parts.append(node.text(deep=False) or "")
            return False
        if tag is None or tag.startswith("-") or tag in _SKIPPED:
            return False
        if tag == "br":
            self._flush()
        elif tag == "img":
            self.source.images.append(len(self.items))
        elif tag == "table":
            self._flush()
            grid = self._grid(node)
            if grid is not None:
                self.items.append(grid)
                return False
        elif tag not in _INLINE:
            self._flush()
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag
        if tag and not tag.startswith("-") and tag not in _INLINE:
            self._flush()

    def _flush(self) -> None:
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if text:
            self.items.append(Line(text, self.line, whole=True))
            self.line += 1

    def _grid(self, table: LexborNode) -> Grid | None:
        """The table as a grid; ``None`` for one that lays out the page."""
        if len(table.css("table")) > 1:
            return None
        rows: list[list[GridCell]] = []
        hanging: dict[int, int] = {}  # column → rows for which a merged cell still reaches down
        long = short = 0
        for row in table.css("tr"):
            cells: list[GridCell] = []

            def fill(cells: list[GridCell] = cells) -> None:
                while hanging.get(len(cells), 0) > 0:
                    hanging[len(cells)] -= 1
                    cells.append(GridCell("", origin=False))

            for cell in row.iter():
                if cell.tag not in _CELLS:
                    continue
                if hanging:
                    fill()
                text = _cell_text(cell)
                long, short = (long + 1, short) if len(text) > _LAYOUT_TEXT else (long, short + 1)
                attributes = cell.attributes
                if "colspan" not in attributes and "rowspan" not in attributes:
                    cells.append(GridCell(text))
                    continue
                across, down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
                for offset in range(across):
                    if down > 1:
                        hanging[len(cells)] = down - 1
                    cells.append(GridCell("" if offset else text, origin=not offset))
            fill()
            self.cells += len(cells)
            if self.cells > MAX_CELLS:
                raise ReadError("网页中的表格过大，不像一份年度报告。")
            rows.append(cells)
        width = max((len(cells) for cells in rows), default=0)
        if width <= 1 or long > short:
            return None
        numbers = list(range(self.line, self.line + len(rows)))
        self.line += len(rows)
        return Grid(rows, numbers)


def _cell_text(cell: LexborNode) -> str:
    """The words of a cell; the breaks inside it are kept, since one cell may hold several figures."""
    child = cell.child
    if child is None:
        return ""
    if child.next is None and child.tag == "-text":  # nearly every cell: one figure, or one label
        return " ".join(child.text(deep=False).split())
    blocks = [node for node in cell.iter() if node.tag in ("p", "div", "li")]
    if len(blocks) > 1 and not any(block.css("p,div,li") for block in blocks if len(block.css("p,div,li")) > 1):
        return "\n".join(text for block in blocks if (text := " ".join(block.text(deep=True).split())))
    return " ".join(cell.text(deep=True).split())


def _span(value: str | None) -> int:
    """How many columns or rows an attribute says, within reason."""
    value = (value or "1").strip()
    return max(1, min(int(value), 64)) if value.isdigit() else 1
