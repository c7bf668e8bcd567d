"""Looking at a file page by page, and its released form. Files are opened in a process of their own."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from gongkai.law.severance import ground

from .boxes import MAX_BOXES, Box, check
from .errors import RedactionError
from .limits import HIGHEST_DPI, LOWEST_DPI, MAX_BYTES, REBUILD_TIME, SHOW_TIME
from .severance import Withheld, in_order, withheld

_log = logging.getLogger(__name__)
_FORMATS = {"PDF": ("pdf", "application/pdf"), "JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png")}


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page as displayed: ``number`` from 1; width and height in points (1/72 inch)."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Redacted:
    """The file to release, and what it withholds."""

    data: bytes
    name: str
    media_type: str
    withheld: list[Withheld]


def pages_of(data: bytes, name: str) -> list[PageSize]:
    """The pages of a PDF or picture. Raises :class:`RedactionError` for what cannot be covered."""
    told, _ = _ask({"deed": "sizes", "name": name}, data, SHOW_TIME)
    return [PageSize(number, width, height) for number, (width, height) in enumerate(told["pages"], 1)]


def page_image(data: bytes, name: str, page: int, *, dpi: int = 150) -> bytes:
    """A PNG of one page (from 0) to draw on, at most 4 million pixels."""
    _, picture = _ask({"deed": "show", "name": name, "page": page, "dpi": _checked(dpi)}, data, SHOW_TIME)
    return picture


def redact(data: bytes, name: str, boxes: Sequence[Box], *, dpi: int = 200) -> Redacted:
    """The file built anew from its pixels with the boxes black, and the list of what is withheld.

    A PDF (and a TIFF) becomes a PDF of pictures at ``dpi``, a JPEG stays one, every other picture becomes a PNG. The
    same file and boxes give the same bytes. Raises :class:`RedactionError`.
    """
    if not boxes:
        raise RedactionError("一处也没有遮盖。请先画出要遮盖的地方。")
    if len(boxes) > MAX_BOXES:
        raise RedactionError(f"遮盖多于{MAX_BOXES}处。请把相邻的合并，或者把文件拆成几个。")
    for box in boxes:
        check(box)
    marks = []
    for number, box in enumerate(in_order(boxes), 1):
        words = (f"{number} {ground(box.reason).words}", str(number))
        marks.append((box.page, box.x, box.y, box.width, box.height, words))
    asked = {"deed": "rebuild", "name": name, "dpi": _checked(dpi), "marks": marks}
    told, released = _ask(asked, data, REBUILD_TIME)
    ending, media_type = _FORMATS[told["format"]]
    # A new name: two files of one name, one covered and one not, are how the wrong one is sent.
    return Redacted(released, f"{PurePath(name).stem}（区分处理）.{ending}", media_type, withheld(boxes))


def _checked(dpi: int) -> int:
    if not LOWEST_DPI <= dpi <= HIGHEST_DPI:
        raise RedactionError(f"每英寸点数要在{LOWEST_DPI}到{HIGHEST_DPI}之间。")
    return dpi


def _ask(asked: dict[str, Any], data: bytes, seconds: int) -> tuple[dict[str, Any], bytes]:
    """What the worker answers. Raises :class:`RedactionError` when it says no, or nothing."""
    if len(data) > MAX_BYTES:
        raise RedactionError(f"文件超过{MAX_BYTES // 1_000_000}兆字节。请拆成几个文件。")
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", f"{__package__}.worker"],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RedactionError(f"文件在{seconds}秒内没有处理完，可能过于复杂。请拆成几个文件或者重新导出。") from error
    line, _, rest = done.stdout.partition(b"\n")
    try:
        told = json.loads(line)
    except ValueError as error:
        # The last line without what follows the colon: the kind of error, never anything of the file.
        kind = done.stderr.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0][:80]
        _log.error("redaction worker ended with %s (%s)", done.returncode, kind)
        raise RedactionError("文件过大、已损坏或者过于复杂，不能打开。请重新导出 PDF 后再上传。") from error
    if "error" in told:
        raise RedactionError(told["error"])
    return told, rest
