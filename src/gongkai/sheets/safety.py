"""Refuse a workbook that would exhaust memory before the reader opens it.

calamine allocates a dense grid up to the last cell and aborts the process when memory runs out, so that the
extent of each worksheet and the unpacked size have to be known first. One pass over the unpacked bytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

MAX_FILE = 64 * 2**20  # bytes on disk
MAX_UNPACKED = 768 * 2**20  # bytes of XML
MAX_CELLS = 30_000_000  # of the dense grid of a worksheet: about 1 GB

_CHUNK = 2**20
_OVERLAP = 64
# References beyond column Z or beyond row 99,999; an ordinary ledger has few of them.
_FAR = re.compile(rb"""\br\s*=\s*["'](?:([A-Za-z]{2,3})(\d{1,7})|[A-Za-z]?(\d{6,7}))["']""")
_OLE = b"\xd0\xcf\x11\xe0"


class UnreadableFileError(ValueError):
    """The file cannot be read; the message says in Chinese why and what to do."""


def inspect(path: Path) -> None:
    """Raise :class:`UnreadableFileError` unless the file is an xlsx workbook of bearable size."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise UnreadableFileError(f"打不开文件 {path.name}：{error.strerror}。") from error
    if start == _OLE:
        raise UnreadableFileError(f"{path.name} 是旧版 .xls 文件或者设了密码；请去掉密码，另存为 .xlsx 后再导入。")
    if size > MAX_FILE:
        raise UnreadableFileError(
            f"{path.name} 有 {size / 2**20:.0f} MB，超过 {MAX_FILE // 2**20} MB；请分成几个文件。"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _inspect_parts(path.name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableFileError(
            f"{path.name} 不是完好的 Excel 文件（.xlsx）；请用 Excel 或者 WPS 重新保存。"
        ) from error


def _inspect_parts(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise UnreadableFileError(f"{name} 不是 Excel 工作簿（.xlsx）。")
    xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in xml) > MAX_UNPACKED:
        raise UnreadableFileError(f"{name} 解开后超过 {MAX_UNPACKED // 2**20} MB，不予读取；请分成几个文件。")
    for part in xml:
        if part.filename.startswith("xl/worksheets/"):
            _inspect_extent(name, archive, part)


def _inspect_extent(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    last_column, last_row = 26, 99_999
    before = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = before + chunk
            for column, row_of_column, row in _FAR.findall(text):
                last_column = max(last_column, _column_number(column)) if column else last_column
                last_row = max(last_row, int(row_of_column or row))
            if last_column * last_row > MAX_CELLS:
                raise UnreadableFileError(
                    f"{name} 的表格一直延伸到第 {last_column} 列、第 {last_row} 行；请删去多余的空行空列后再导入。"
                )
            before = text[-_OVERLAP:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
