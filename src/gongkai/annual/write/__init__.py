"""Writers of the annual report: docx, pdf, html, xlsx and json, one module a format, one interface.

Each format module offers ``render(report) -> bytes`` and is imported, with its library, only when asked for.

What every writer keeps to:

- 0 is printed ``0``, as the instruction to the form asks; a change carries its sign (``+10``, ``-3``, ``0``);
  money has no trailing zeros.
- A figure that is ``None`` (it could not be read, or nobody gave it) is printed ``未填`` and is ``null`` in json:
  a blank would be read as 0 by every reader of published reports, and a figure that nobody gave is not 0.
- The same report gives the same bytes, so that a digest says whether a published file is the approved one.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from gongkai.annual.report import Report

# ending: module of this package that writes it
ENDINGS = {"docx": "docx", "pdf": "pdf", "html": "html", "htm": "html", "xlsx": "xlsx", "json": "json"}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


class UnknownEndingError(ValueError):
    """The report cannot be written in the format that the file's ending names."""

    def __init__(self, ending: str) -> None:
        self.ending = ending
        named = f"“.{ending}”文件" if ending else "没有后缀的文件"
        super().__init__(f"不能把年度报告写成{named}：请把文件名改为以 .docx、.pdf、.html、.xlsx 或 .json 结尾。")


def render(report: Report, ending: str) -> bytes:
    """The report as a file with this ending (``docx`` or ``.docx``); raises `UnknownEndingError`."""
    ending = ending.removeprefix(".").lower()
    if ending not in ENDINGS:
        raise UnknownEndingError(ending)
    content: bytes = import_module(f"{__name__}.{ENDINGS[ending]}").render(report)
    return content


def write(report: Report, path: Path) -> None:
    """Write the report to ``path`` in the format of its ending; raises `UnknownEndingError` and `OSError`.

    Nothing is written when the report cannot be rendered.
    """
    path.write_bytes(render(report, path.suffix))
