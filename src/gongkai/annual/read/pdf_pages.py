"""The process that reads a PDF: bytes on standard input, lines and grids as JSON on standard output.

Ruled tables become grids; the rest becomes paragraphs, known by the indent of their first line.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from .errors import ReadError
from .limits import MAX_PAGES
from .radicals import characters_of

MEMORY_LIMIT = 2 * 2**30  # bytes of address space
CPU_LIMIT = 60  # seconds
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)]")
_ROW = re.compile(r"(?:(?:^|\s)(?:\d[\d,.]*|[-—]+)){3,}$")  # of a table without rules: figures to the end of the line
_DESCENT = 0.12  # of the size of the type
_FOOT = 0.07  # share of the page's height at top and bottom where page numbers stand


class _Page:
    """The tables and lines of one page, top to bottom."""

    def __init__(self, page: Any) -> None:
        _stand_on_lines(page)
        tables = [table for table in page.find_tables() if _is_table(table)]
        self.boxes = [row.bbox for table in tables for row in table.rows if _cells_of(row) > 1]
        self.characters = len(page.chars)
        self.has_images = bool(page.images)
        found: list[tuple[float, Any]] = []
        for number, table in enumerate(tables):
            for row, cells in zip(table.rows, table.extract(), strict=True):
                if _cells_of(row) > 1:
                    name = (page.page_number, number)
                    found.append(
                        (row.bbox[1], (name, [(characters_of(text or ""), text is not None) for text in cells]))
                    )
        outside = page.filter(self._outside) if self.boxes else page
        self.lines = [
            line
            for line in outside.extract_text_lines(return_chars=False, x_tolerance=2)
            if not _is_page_number(line, page.height)
        ]
        found.extend((line["top"], line) for line in self.lines)
        self.blocks = [block for _, block in sorted(found, key=lambda block: block[0])]
        page.close()

    def _outside(self, thing: dict[str, Any]) -> bool:
        middle_x, middle_y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(x0 <= middle_x <= x1 and top <= middle_y <= bottom for x0, top, x1, bottom in self.boxes)


def _stand_on_lines(page: Any) -> None:
    """Put characters where their base line says.

    Their boxes follow each font's own ascent, so that figures would fall out of a line of Chinese text.
    """
    for character in page.chars:
        size = character["size"]
        bottom = page.bbox[3] - character["matrix"][5] + _DESCENT * size
        shift = bottom - character["bottom"]
        if character["upright"] and 0 < abs(shift) < size / 2:
            for edge in ("top", "bottom", "doctop"):
                character[edge] += shift
            for edge in ("y0", "y1"):
                character[edge] -= shift


def _cells_of(row: Any) -> int:
    return sum(cell is not None for cell in row.cells)


def _is_table(table: Any) -> bool:
    """Underlines and boxes around text look like tables of one column."""
    return any(_cells_of(row) > 1 for row in table.rows)


def read(data: bytes) -> dict[str, Any]:
    """Everything on the pages, as plain values."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(BytesIO(data), unicode_norm="NFC") as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise ReadError(f"PDF 有 {len(pdf.pages)} 页，超过 {MAX_PAGES} 页，不像一份年度报告。")
            items: list[dict[str, Any]] = []
            images: list[int] = []
            pages = [_Page(page) for page in pdf.pages]
            characters = sum(page.characters for page in pages)
            reader = _Reader(items, _Margins.of(pages))
            for page in pages:
                if page.has_images:
                    images.append(len(items))
                reader.take(page)
            reader.end()
            title = characters_of(str((pdf.metadata or {}).get("Title") or ""))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (*error.args, error.__cause__)):
            raise ReadError("PDF 有密码，请去除密码后再试。") from error
        raise ReadError("PDF 已损坏或不完整，不能打开；请重新下载或提供 Word 版。") from error
    if characters < 20:
        raise ReadError("PDF 里没有文字（可能是扫描件）；请提供可复制文字的版本。")
    words = "".join(item["line"][0] for item in items if "line" in item)
    if 10 * words.count("(cid:") > characters:
        raise ReadError("PDF 的字体没有带文字编码，读不出文字；请提供 Word 版或重新导出。")
    return {"items": items, "images": images, "title": title}


@dataclass(frozen=True, slots=True)
class _Margins:
    """Left and right edge of the body text and the size of its type, in points."""

    left: float
    right: float
    size: float

    @classmethod
    def of(cls, pages: Sequence[_Page]) -> _Margins:
        lines = [line for page in pages for line in page.lines]
        if not lines:
            return cls(0.0, 0.0, 0.0)
        heights = Counter(round(line["bottom"] - line["top"]) for line in lines)
        size = float(max(heights, key=lambda height: (heights[height], height)))
        left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
        # Where every paragraph is one indented line, only the tables show where the margins are.
        for x0, _, x1, _ in (box for page in pages for box in page.boxes):
            left = x0 if 0 < left - x0 < 3 * size else left
            right = x1 if 0 < x1 - right < 3 * size else right
        return cls(left, right, size)


class _Reader:
    """Joins lines into paragraphs and rows into grids, across pages."""

    def __init__(self, items: list[dict[str, Any]], margins: _Margins) -> None:
        self.items = items
        self.margins = margins
        self.number = 0
        self.paragraph: list[str] = []
        self.started = 0
        self.grid: tuple[int, int] | None = None

    def take(self, page: _Page) -> None:
        for block in page.blocks:
            if isinstance(block, tuple):
                self._row(*block)
            else:
                self._line(block)

    def _row(self, table: tuple[int, int], cells: list[tuple[str, bool]]) -> None:
        self.end()
        self.number += 1
        if self.grid != table or not self.items or "rows" not in self.items[-1]:
            self.items.append({"rows": [], "lines": []})
            self.grid = table
        self.items[-1]["rows"].append(cells)
        self.items[-1]["lines"].append(self.number)

    def _line(self, line: dict[str, Any]) -> None:
        self.number += 1
        text = characters_of(line["text"])
        indented = line["x0"] > self.margins.left + 1.2 * self.margins.size
        heading = _NUMBERED.match(text) and self.paragraph and self.paragraph[-1].endswith(("。", "；", "："))
        row = _ROW.search(text) is not None
        if indented or heading or row or not self.paragraph:
            self.end()
            self.started = self.number
        self.paragraph.append(text)
        if row or line["x1"] < self.margins.right - 1.6 * self.margins.size:
            # A line that stops short of the margin is the last of its paragraph.
            self.end()

    def end(self) -> None:
        if self.paragraph:
            self.items.append({"line": [" ".join(self.paragraph), self.started, True]})
            self.paragraph = []


def _is_page_number(line: dict[str, Any], height: float) -> bool:
    text = str(line["text"]).strip("-—–－― ·第页")
    edge = bool(line["top"] > height * (1 - _FOOT - 0.03) or line["bottom"] < height * _FOOT)
    return edge and text.replace("/", "").replace(" ", "").isdigit()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    data = sys.stdin.buffer.read()
    try:
        answer = read(data)
    except ReadError as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": "PDF 过大或过于复杂，已停止读取；请提供 Word 版。"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    main()
