"""Word documents: paragraphs and tables of the body in order, merged cells as the document merges them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .errors import ReadError
from .limits import open_zip, read_member
from .source import Grid, GridCell, Item, Line, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC, _T = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc", f"{_W}t"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " "}
_PICTURES = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAX_DEPTH = 40


def read(data: bytes, name: str = "") -> Source:
    """The items of a .docx; text struck out by tracked changes is left out, text put in is taken."""
    from lxml import etree  # here, because reading other formats should not pay for it

    with open_zip(data) as archive:
        document = read_member(archive, "word/document.xml")
    # The text is in this one part; python-docx would parse them all, and its import takes longer than the rest.
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)
    try:
        body = etree.fromstring(document, parser).find(f"{_W}body")
    except etree.LxmlError as error:
        raise ReadError("Word 文件已损坏，不能打开；请在 Word 或 WPS 中修复后另存。") from error
    if body is None:
        raise ReadError("Word 文件已损坏，不能打开；请在 Word 或 WPS 中修复后另存。")
    source = Source([], unit="paragraph")
    for item in _items(body, source, _Counter()):
        source.items.append(item)
    return source


class _Counter:
    """Numbers paragraphs and table rows as a person counting down the page would."""

    def __init__(self) -> None:
        self.number = 0

    def next(self) -> int:
        self.number += 1
        return self.number


def _items(parent: _Element, source: Source, counter: _Counter, depth: int = 0) -> Iterator[Item]:
    if depth > _MAX_DEPTH:
        raise ReadError("Word 文件的表格嵌套过深，不像一份年度报告。")
    for element in parent.iterchildren():
        if element.tag == _P:
            text = _text(element)
            if text.strip():
                number = counter.next()
                for part in text.split("\n"):
                    if part.strip():
                        yield Line(part, number, whole=True)
            elif any(next(element.iter(tag), None) is not None for tag in _PICTURES):
                source.images.append(len(source.items))
        elif element.tag == _TBL:
            if any(next(cell.iter(_TBL), None) is not None for cell in element.iter(_TC)):
                # A table around tables is there for the layout only.
                for row in element.iterchildren(_TR):
                    for cell in row.iterchildren(_TC):
                        yield from _items(cell, source, counter, depth + 1)
            else:
                yield _grid(element, counter)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _items(element, source, counter, depth + 1)


def _text(element: _Element) -> str:
    parts: list[str] = []
    for node in element.iter(_T, *_BREAKS):
        if node.tag != _T:
            parent = node.getparent()
            if parent is not None and parent.tag == f"{_W}r":  # and not a tab stop among the properties
                parts.append(_BREAKS[node.tag])
        elif node.text and not any(True for _ in node.iterancestors(_FALLBACK)):
            parts.append(node.text)
    return "".join(parts)


def _grid(table: _Element, counter: _Counter) -> Grid:
    rows: list[list[GridCell]] = []
    numbers: list[int] = []
    for row in table.iter(_TR):
        cells: list[GridCell] = []
        properties = row.find(f"{_W}trPr")
        before = properties.find(f"{_W}gridBefore") if properties is not None else None
        if before is not None:
            cells.extend([GridCell("", origin=False)] * _number(before))
        for cell in row.iter(_TC):
            properties = cell.find(f"{_W}tcPr")
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            continues = merge is not None and merge.get(f"{_W}val", "continue") != "restart"
            text = "\n".join(part for p in cell.iter(_P) if (part := _text(p)).strip())
            cells.append(GridCell("" if continues else text, origin=not continues))
            if span is not None:
                cells.extend([GridCell("", origin=False)] * (_number(span) - 1))
        rows.append(cells)
        numbers.append(counter.next())
    return Grid(rows, numbers)


def _number(element: _Element) -> int:
    value = element.get(f"{_W}val", "1")
    return min(int(value), 64) if value.isdigit() else 1
