"""Bounds on what a file may cost: a published report is small, so anything large or deep is hostile or a mistake."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from .errors import ReadError

MAX_BYTES = 50_000_000
MAX_UNZIPPED = 120_000_000
MAX_XML = 25_000_000
MAX_TEXT = 20_000_000
MAX_MEMBERS = 5_000
MAX_CELLS = 200_000
MAX_PAGES = 200


_BROKEN = "文件已损坏或不完整，请重新下载后再试。"
_TOO_LARGE = "文件解压后过大，已停止读取。"


@contextmanager
def _unpacking() -> Iterator[None]:
    """Whatever a damaged archive makes the library raise ends in words for the person who chose the file."""
    try:
        yield
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(_BROKEN) from error


def open_zip(data: bytes) -> ZipFile:
    """The archive, after making sure that it does not unfold into far more than it is."""
    with _unpacking():
        archive = ZipFile(BytesIO(data))
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNZIPPED:
        raise ReadError(_TOO_LARGE)
    if any(member.flag_bits & 1 for member in members):
        raise ReadError("文件有密码，请去除密码后再试。")
    return archive


def read_member(archive: ZipFile, name: str) -> bytes:
    """One member's bytes, never more than declared nor than `MAX_XML`."""
    with _unpacking(), archive.open(name) as stream:
        data = stream.read(MAX_XML + 1)
    if len(data) > MAX_XML:
        raise ReadError(_TOO_LARGE)
    return data


def check_members(archive: ZipFile) -> None:
    """Unpack everything once, bounded: a member may unfold into more than its header declares."""
    total = 0
    for member in archive.infolist():
        with _unpacking(), archive.open(member) as stream:
            while piece := stream.read(1 << 20):
                total += len(piece)
                if total > MAX_UNZIPPED:
                    raise ReadError(_TOO_LARGE)
