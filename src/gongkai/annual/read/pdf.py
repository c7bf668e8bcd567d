"""PDF: read in a process of its own, so that a hostile file costs neither this one's memory nor its time."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from .errors import ReadError
from .source import Grid, GridCell, Item, Line, Source

TIME_LIMIT = 60  # seconds; an annual report takes one or two


def read(data: bytes, name: str = "") -> Source:
    """The items of a PDF with text; one that is only a scan, is encrypted or broken ends in `ReadError`."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", f"{__package__}.pdf_pages"],
            input=data,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"PDF 在 {TIME_LIMIT} 秒内没有读完，可能过于复杂或有意构造；请提供 Word 版。") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise ReadError("PDF 过大、已损坏或过于复杂，不能读取；请提供 Word 版。") from error
    if "error" in answer:
        raise ReadError(answer["error"])
    source = Source([_item(item) for item in answer["items"]], title=answer["title"])
    source.images = answer["images"]
    return source


def _item(item: dict[str, Any]) -> Item:
    if "rows" in item:
        rows = [[GridCell(*cell) for cell in row] for row in item["rows"]]
        return Grid(rows, item["lines"])
    text, number, whole = item["line"]
    return Line(text, number, whole)
