"""Workbooks: every cell of every sheet, shown or hidden, comments, shapes, and what pivot tables keep of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zipfile import ZipFile

from gongkai.annual.read.limits import check_members, open_zip

from ..finding import Severity
from .content import Content, ReadError
from .ooxml import DAMAGED, drawn, local, names_like, part, take_common, texts
from .sheet import Sheet, take_sheet

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile(r"\{[^}]*relationships\}id$")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAX_CELLS = 3_000_000
_KEPT = (
    ("xl/pivotCache/", "数据透视表里存着源数据，隐藏或者删去源表后仍能还原。请把透视表“选择性粘贴”为数值。"),
    ("xl/externalLinks/", "链接着别的工作簿，并存有其中的数据。请“断开链接”后再上传。"),
)


def read(data: bytes, content: Content) -> None:
    """Fill ``content``. Raises ``ReadError`` for a damaged, encrypted or oversized file."""
    with open_zip(data) as archive:
        check_members(archive)
        strings = _strings(archive)
        left = _MAX_CELLS
        for title, state, name in _sheets(archive):
            sheet = _read_sheet(archive, name, strings, left)
            left -= sum(len(row) for row in sheet.rows.values())
            sheet.title, sheet.hidden = title, state in {"hidden", "veryHidden"}
            take_sheet(sheet, content)
        _take_comments(archive, content)
        for folder in ("xl/drawings/", "xl/charts/"):
            for name in names_like(archive, folder):
                for text in drawn(part(archive, name)):
                    content.say(text, "图形里的文字")
        _take_kept(archive, content)
        take_common(archive, content)


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str, str]]:
    """Title, state and part of each worksheet; a sheet of charts has no cells."""
    targets = {
        each.get("Id", ""): each.get("Target", "")
        for each in part(archive, "xl/_rels/workbook.xml.rels").iterchildren()
    }
    present = set(archive.namelist())
    for sheet in part(archive, "xl/workbook.xml").iter():
        if local(sheet) != "sheet":
            continue
        relation = next((str(value) for key, value in sheet.attrib.items() if _RELATION.search(str(key))), "")
        target = targets.get(relation, "")
        name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if name not in present:
            raise ReadError(DAMAGED)
        if "chartsheets" not in name:
            yield sheet.get("name", ""), sheet.get("state", "visible"), name


def _strings(archive: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    found = []
    for item in _stream(archive, "xl/sharedStrings.xml", ("si",)):
        found.append(_text(item))
        item.clear()
    return found


def _text(item: _Element) -> str:
    """The text of a string with its runs; phonetic guides (rPh) say it again."""
    parts = []
    for child in item.iterchildren():
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts.extend(text.text or "" for text in child.iterchildren() if local(text) == "t")
    return "".join(parts)


def _stream(archive: ZipFile, name: str, tags: tuple[str, ...]) -> Iterator[_Element]:
    """The elements of these names one by one, so that a sheet is never in memory whole."""
    from lxml import etree

    wanted = [space + tag for tag in tags for space in (_S, _STRICT)]
    with archive.open(name) as stream:
        try:
            for _, element in etree.iterparse(stream, tag=wanted, resolve_entities=False, no_network=True):
                yield element
        except etree.LxmlError as error:
            raise ReadError(DAMAGED) from error


def _read_sheet(archive: ZipFile, name: str, strings: list[str], left: int) -> Sheet:
    sheet = Sheet()
    at = _Position()
    for element in _stream(archive, name, ("col", "row", "headerFooter")):
        tag = local(element)
        if tag == "row":
            number = at.row(element.get("r", ""))
            if element.get("hidden") in {"1", "true"} or element.get("ht") in {"0", "0.0"}:
                sheet.hidden_rows.add(number)
            row = {}
            for cell in element.iterchildren():
                if (text := _value(cell, strings)) and not text.isspace():
                    row[at.column(cell.get("r", ""))] = text
                else:
                    at.column(cell.get("r", ""))
            if row:
                sheet.rows[number] = row
                left -= len(row)
                if left < 0:
                    raise ReadError(f"工作簿的单元格超过{_MAX_CELLS // 10_000}万个，没有查看；请拆成几个文件。")
        elif tag == "col":
            if element.get("hidden") in {"1", "true"} or element.get("width") in {"0", "0.0"}:
                low, high = element.get("min", "1"), element.get("max", "1")
                if low.isdecimal() and high.isdecimal():
                    sheet.hidden_columns.append(range(int(low), int(high) + 1))
        else:
            sheet.marginal.extend(child.text for child in element.iterchildren() if child.text)
        element.clear()
        above = element.getparent()
        if tag == "row" and above is not None and element.getprevious() is not None:
            above.remove(above[0])  # the row before, now empty: a million of them would still fill memory
    return sheet


@dataclass(slots=True)
class _Position:
    """Rows and cells may leave out their references: then they follow the one before."""

    _row: int = 0
    _column: int = field(default=0)

    def row(self, reference: str) -> int:
        self._row = int(reference) if reference.isdecimal() else self._row + 1
        self._column = 0
        return self._row

    def column(self, reference: str) -> int:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            self._column += 1
        else:
            self._column = 0
            for letter in match[1]:
                self._column = self._column * 26 + ord(letter) - 64
        return self._column


def _value(cell: _Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    for child in cell.iterchildren():
        name = local(child)
        if name == "is":
            return _text(child)
        if name == "v" and child.text:
            if kind == "s":
                index = int(child.text) if child.text.isdecimal() else -1
                return strings[index] if 0 <= index < len(strings) else ""
            if kind in {"n", "str", "d"}:
                return _plain(child.text) if kind == "n" else child.text
    return ""


def _plain(text: str) -> str:
    """A number as people see it: 1.3812345678E10 is 13812345678."""
    if "E" not in text and "e" not in text:
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    return str(int(value)) if value.is_integer() and abs(value) < 1e18 else text


def _take_comments(archive: ZipFile, content: Content) -> None:
    found: list[str] = []
    for folder, within, names in (
        ("xl/comments", "comment", ("t",)),
        ("xl/threadedComments/", "threadedComment", ("text",)),
    ):
        for name in names_like(archive, folder):
            for comment in part(archive, name).iter():
                if local(comment) == within:
                    text = "".join(each.text or "" for each in comment.iter() if local(each) in names)
                    content.say(text, f"{comment.get('ref', '')}的批注")
                    found.append(text)
    if any(text.strip() for text in found):
        message = f"有{len(found)}条批注，公众下载后能看到。不是给公众看的说明，请删去。"
        content.find("HIDDEN-COMMENT", Severity.WARN, message, value="\x1e".join(found), excerpt=" ".join(found[:3]))


def _take_kept(archive: ZipFile, content: Content) -> None:
    """Copies of data that the sheets no longer show."""
    for folder, message in _KEPT:
        words: list[str] = []
        for name in names_like(archive, folder):
            root = part(archive, name)
            words += [each.get("v", "") for each in root.iter() if local(each) in {"s", "n"} and each.get("v")]
            words += [text for text in texts(root, "cell", ("v",)) if text]
        if words:
            for word in words:
                content.say(word, "存留的数据")
            content.find("HIDDEN-CACHE", Severity.WARN, message, value=f"{folder} {len(words)}")
