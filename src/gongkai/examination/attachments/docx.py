"""Word documents: all that is printed, and all that is not (hidden text, revisions, comments)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.read.limits import open_zip

from ..finding import Severity
from ..grid import cells
from ..subject import Table
from .content import Content
from .ooxml import names_like, part, take_common, texts

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _R, _T, _DELETED = f"{_W}p", f"{_W}r", f"{_W}t", f"{_W}delText"
_TBL, _TR, _TC = f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_VAL, _AUTHOR = f"{_W}val", f"{_W}author"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_REVISIONS = {f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"}
_SKIPPED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # says again what Choice says
    f"{_W}pPr",
    f"{_W}rPr",
    f"{_W}tblPr",
    f"{_W}tblGrid",
    f"{_W}tcPr",
    f"{_W}sectPr",
    f"{_W}instrText",
}
_PARTS = (
    ("word/document", "正文"),
    ("word/header", "页眉"),
    ("word/footer", "页脚"),
    ("word/footnotes", "脚注"),
    ("word/endnotes", "尾注"),
)


def read(data: bytes, content: Content) -> None:
    """Fill ``content``. Raises ``ReadError`` for a damaged, encrypted or oversized file."""
    with open_zip(data) as archive:
        styles = _hidden_styles(archive)
        hidden: list[str] = []
        deleted: list[str] = []
        revisions = 0
        for folder, title in _PARTS:
            for name in names_like(archive, folder):
                walker = _Walker(content, title, styles)
                walker.walk(part(archive, name))
                hidden += walker.hidden
                deleted += walker.deleted
                revisions += walker.revisions
        comments = [
            text for name in names_like(archive, "word/comments") for text in texts(part(archive, name), "comment")
        ]
        take_common(archive, content)
    _report(content, hidden, deleted, revisions, comments)


def _report(content: Content, hidden: list[str], deleted: list[str], revisions: int, comments: list[str]) -> None:
    for where, kept in (("的隐藏文字", hidden), ("的已删除文字", deleted), ("的批注", comments)):
        for text in kept:
            content.say(text, where)
    if any(text.strip() for text in hidden):
        message = f"有{len(hidden)}处隐藏文字，公众下载后可以显示出来。请删去（字体→隐藏）。"
        content.find("HIDDEN-TEXT", Severity.BLOCK, message, value="\x1e".join(hidden), excerpt=" ".join(hidden[:3]))
    if revisions:
        message = f"有{revisions}处修订痕迹，公众能看到删改的内容和修改人。请先“接受所有修订”再上传。"
        value = "\x1e".join([str(revisions), *deleted])
        content.find("HIDDEN-REVISION", Severity.BLOCK, message, value=value, excerpt=" ".join(deleted[:3]))
    if any(text.strip() for text in comments):
        message = f"有{len(comments)}条批注，公众下载后能看到。请删去后再上传。"
        value = "\x1e".join(comments)
        content.find("HIDDEN-COMMENT", Severity.BLOCK, message, value=value, excerpt=" ".join(comments[:3]))


def _on(element: _Element | None) -> bool:
    return element is not None and element.get(_VAL, "1") not in {"0", "false", "off"}


def _hidden_styles(archive: ZipFile) -> frozenset[str]:
    """Styles whose text is hidden."""
    if "word/styles.xml" not in archive.namelist():
        return frozenset()
    root = part(archive, "word/styles.xml")
    return frozenset(
        style.get(f"{_W}styleId", "") for style in root.iter(f"{_W}style") if _on(style.find(f"{_W}rPr/{_W}vanish"))
    )


class _Walker:
    """One part in the order of its text. Depth is bounded by the parser."""

    def __init__(self, content: Content, title: str, styles: frozenset[str]) -> None:
        self.content, self.title, self.styles = content, title, styles
        self.hidden: list[str] = []
        self.deleted: list[str] = []
        self.revisions = 0
        self._number = 0
        self._tables = 0
        self._line: list[str] = []
        self._cell: list[str] | None = None
        self._row_hidden = False

    def walk(self, parent: _Element) -> None:
        for child in parent.iterchildren():
            tag = child.tag
            if tag == _P:
                self._paragraph(child)
            elif tag == _R:
                self._run(child)
            elif tag == _TBL:
                self._table(child)
            elif tag not in _SKIPPED:
                self.revisions += tag in _REVISIONS
                self.walk(child)

    def _paragraph(self, paragraph: _Element) -> None:
        before, self._line = self._line, []
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        concealed = style is not None and style.get(_VAL, "") in self.styles
        marked = paragraph.find(f"{_W}pPr/{_W}rPr")
        if marked is not None:
            self.revisions += sum(marked.find(tag) is not None for tag in _REVISIONS)
        self.walk(paragraph)
        text, self._line = "".join(self._line), before
        if not text.strip():
            return
        if concealed or self._row_hidden:
            self.hidden.append(text)
        elif self._cell is not None:
            self._cell.append(text)
        else:
            self._number += 1
            self.content.say(text, f"{self.title}第{self._number}段")

    def _run(self, run: _Element) -> None:
        properties = run.find(f"{_W}rPr")
        style = properties.find(f"{_W}rStyle") if properties is not None else None
        vanish = properties.find(f"{_W}vanish") if properties is not None else None
        concealed = _on(vanish) or (vanish is None and style is not None and style.get(_VAL, "") in self.styles)
        for child in run.iterchildren():
            tag = child.tag
            if tag == _T:
                if concealed and child.text:
                    self.hidden.append(child.text)
                else:
                    self._line.append(child.text or "")
            elif tag == _DELETED:
                self.deleted.append(child.text or "")
            elif tag in _BREAKS:
                self._line.append(_BREAKS[tag])
            elif tag not in _SKIPPED:
                self.walk(child)

    def _table(self, table: _Element) -> None:
        self._tables += 1
        place = f"{self.content.place}{self.title}第{self._tables}个表"
        outer, outer_hidden = self._cell, self._row_hidden
        caption = self.content.passages[-1].text if self.content.passages else ""
        rows: list[tuple[str, ...]] = []
        for row in table.iter(_TR):
            if _nearest(row, _TBL) is not table:
                continue
            self.revisions += sum(row.find(f"{_W}trPr/{tag}") is not None for tag in _REVISIONS)
            self._row_hidden = outer_hidden or _on(row.find(f"{_W}trPr/{_W}hidden"))
            texts_of_row: list[str] = []
            for cell in row.iter(_TC):
                if _nearest(cell, _TR) is not row:
                    continue
                self._cell = []
                self.walk(cell)
                texts_of_row.append("\n".join(self._cell))
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                width = span.get(_VAL, "1") if span is not None else "1"
                texts_of_row += [""] * (min(int(width), 64) - 1 if width.isdecimal() else 0)
            rows.append(tuple(texts_of_row))
        self._cell, self._row_hidden = outer, outer_hidden
        made = Table(place, caption if len(caption) < 80 else "", tuple(rows))
        self.content.tables.append(made)
        self.content.passages.extend(cells(made))


def _nearest(element: _Element, tag: str) -> _Element | None:
    return next(element.iterancestors(tag), None)
