"""Which format a file has: by what it begins with, since endings lie; by its ending where that does not tell."""

from __future__ import annotations

import re
from pathlib import PurePath
from zipfile import BadZipFile

from .errors import ReadError
from .limits import open_zip

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta|p|article|section|h[1-6])[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p)[\s>]", re.IGNORECASE)
_ENDINGS = {".docx": "docx", ".xlsx": "xlsx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".shtml": "html"}
_OLD = {
    ".doc": "Word 97–2003（.doc）",
    ".xls": "Excel 97–2003（.xls）",
    ".wps": "WPS（.wps）",
    ".et": "WPS 表格（.et）",
}


def format_of(data: bytes, name: str) -> str:
    """The name of the module in this package that reads the file."""
    ending = PurePath(name).suffix.lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        kind = _OLD.get(ending, "旧版 Office 或加密的 Office")
        raise ReadError(f"这是{kind}文件，不能直接读取；如有密码请先去除，再另存为 .docx 或 .xlsx。")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")):
        raise ReadError("这是一张图片，不能读出文字；请提供可复制文字的版本。")
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise ReadError("这是压缩包，请解压后选择其中的报告。")
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if ending in (".md", ".txt"):
        return "html" if _PAGE.match(start) else "text"
    if ending == ".json" or start[:1] in (b"{", b"["):
        return "json"
    if ending in (".html", ".htm", ".shtml") or _HTML.search(data[:4096]):
        return "html"
    if ending in _ENDINGS:
        raise ReadError(f"文件名以 {ending} 结尾，内容却不是这种格式，可能已损坏；请重新下载。")
    return "text"


def _of_zip(data: bytes) -> str:
    try:
        with open_zip(data) as archive:
            names = set(archive.namelist())
    except BadZipFile as error:
        raise ReadError("文件已损坏或不完整，请重新下载后再试。") from error
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/workbook") for name in names):
        return "xlsx"
    if "EncryptedPackage" in names:
        raise ReadError("文件有密码，请去除密码后再试。")
    if "content.xml" in names:
        raise ReadError("这是 OpenDocument 文件，请另存为 .docx 或 .xlsx。")
    raise ReadError("这是压缩包或不认识的文件，请选择 docx、pdf、html、xlsx、txt、md 或 json 格式的报告。")
