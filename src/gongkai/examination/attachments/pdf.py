"""PDF and the old .xls: read in a process of its own, so that a hostile file costs neither our memory nor our time."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from typing import Any

from ..finding import Severity
from .content import Content, Embedded, ReadError
from .sheet import Sheet, take_sheet

TIME_LIMIT = 60  # seconds
_PEOPLE = {"Author": "作者"}


def _ask(kind: str, data: bytes, called: str) -> dict[str, Any]:
    """What the worker says of the file. Raises ``ReadError`` when it says no, or nothing."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", f"{__package__}.worker", kind],
            input=data,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"{called}在{TIME_LIMIT}秒内没有读完，可能过于复杂或者有意构造；请换一种格式。") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise ReadError(f"{called}过大、已损坏或者过于复杂，不能读取；请重新导出，或者换一种格式。") from error
    if not isinstance(answer, dict):
        raise ReadError(f"{called}不能读取；请重新导出，或者换一种格式。")
    if "error" in answer:
        raise ReadError(answer["error"])
    return answer


def read(data: bytes, content: Content) -> None:
    """Pages, annotations, files inside, properties, and text under black boxes."""
    answer = _ask("pdf", data, "PDF")
    for number, text in enumerate(answer["pages"], 1):
        content.say(text, f"第{number}页")
    if scans := answer["scans"]:
        shown = "、".join(map(str, scans[:10])) + ("等" if len(scans) > 10 else "")
        message = f"第{shown}页没有文字（可能是扫描件），机器看不了内容。请人工逐字核对，或者换成可复制文字的 PDF。"
        content.find("ATTACHMENT-SCAN", Severity.WARN, message, value=str(scans))
    for number, text in answer["covered"]:
        message = "深色块下面仍有文字，选中复制就能看到，遮盖无效。请在原文件里删去文字后重新导出 PDF。"
        content.find("HIDDEN-COVERED", Severity.BLOCK, message, where=f"第{number}页", value=text, excerpt="*" * 6)
    notes = answer["notes"]
    for number, text in notes:
        content.say(text, f"第{number}页的批注")
    if notes:
        message = f"PDF 里有{len(notes)}条批注，公众下载后能看到。请删去或者合并后再上传。"
        texts = [text for _, text in notes]
        content.find("PDF-ANNOTATION", Severity.WARN, message, value="\x1e".join(texts), excerpt=" ".join(texts[:3]))
    for text in answer["fields"]:
        content.say(text, "的表单")
    for file in answer["files"]:
        content.files.append(Embedded(file["name"], base64.b64decode(file["data"])))
    if answer["files"]:
        names = "、".join(file["name"] for file in answer["files"][:5])
        message = f"PDF 里夹带着{len(answer['files'])}个文件。请去掉；要公开的单独作为附件上传。"
        content.find("PDF-ATTACHMENT", Severity.BLOCK, message, value=names, excerpt=names)
    if answer["skipped"]:
        message = f"PDF 里夹带的文件有{answer['skipped']}个太大，没有查看。请去掉后再上传。"
        content.find("ATTACHMENT-UNREADABLE", Severity.BLOCK, message, value=str(answer["skipped"]))
    properties = answer["properties"]
    content.authors({kind: properties.get(name, "") for name, kind in _PEOPLE.items()})
    for name in ("Title", "Subject", "Keywords"):
        content.say(properties.get(name, ""), "文档属性")


def read_xls(data: bytes, content: Content) -> None:
    """The cells of an .xls or .xlsb; hidden rows, columns and comments of the old format cannot be seen."""
    answer = _ask("xls", data, "Excel 文件")
    for told in answer["sheets"]:
        sheet = Sheet(told["title"], told["hidden"])
        for row, cells in told["rows"]:
            sheet.rows[row] = dict(cells)
        take_sheet(sheet, content)
    message = "旧格式的 Excel 文件（.xls、.xlsb）查不出隐藏的行、列和批注。请另存为 .xlsx 后重新上传。"
    content.find("ATTACHMENT-OLD", Severity.WARN, message)
