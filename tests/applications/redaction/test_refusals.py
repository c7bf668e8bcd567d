"""Files and boxes that cannot be used: each says in Chinese what to do."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from gongkai.applications.redaction import Box, RedactionError, page_image, pages_of, redact, service
from gongkai.applications.redaction import limits as bounds

from .files import document, pdf, text

BOX = Box(0, 0.1, 0.1, 0.2, 0.2, "denied.internal_affairs")
ONE = pdf(text("A", 10, 10))


def archive() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("a.txt", "a")
    return out.getvalue()


def moving() -> bytes:
    out = BytesIO()
    Image.new("L", (9, 9)).save(out, "GIF", save_all=True, append_images=[Image.new("L", (9, 9), 255)])
    return out.getvalue()


def bomb() -> bytes:
    """A PNG that claims 40,000 × 40,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def locked() -> bytes:
    """A PDF that asks for a password."""
    encryption = f"/Filter /Standard /V 1 /R 2 /P -4 /O <{'28' * 32}> /U <{'29' * 32}>"
    trailer = b"trailer << /Encrypt << " + encryption.encode() + b" >> /ID [<00> <00>] "
    return ONE.replace(b"trailer << ", trailer)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("通知.docx", document, "Word 文件不能直接遮盖。请另存为 PDF 后再遮盖"),
        ("a.txt", lambda: b"words", "文本文件不能直接遮盖。请另存为 PDF 后再遮盖"),
        ("a.zip", archive, "请解开"),
        ("a.gif", moving, "动图不能遮盖"),
        ("a.pdf", lambda: b"", "文件是空的"),
        ("a.bin", lambda: b"\0\1\2", "请换成 PDF 或者图片"),
        ("a.pdf", lambda: b"%PDF-1.7 nothing", "PDF 已损坏"),
        ("a.pdf", locked, "PDF 有密码。请去除密码后再上传"),
        ("a.png", lambda: b"\x89PNG\r\n\x1a\n broken", "图片打不开"),
        ("a.png", bomb, "像素太多"),
        ("a.pdf", lambda: pdf("", page="/MediaBox [0 0 14000 14000] /UserUnit 1"), "太大（494×494厘米）"),
    ],
    ids=["docx", "txt", "zip", "moving", "empty", "unknown", "damaged", "locked", "broken", "bomb", "giant"],
)
def test_a_file_that_cannot_be_covered_says_what_to_do(name: str, data: Callable[[], bytes], message: str) -> None:
    with pytest.raises(RedactionError, match=message):
        redact(data(), name, [BOX])


def test_a_picture_cut_short_is_not_released_half() -> None:
    out = BytesIO()
    Image.effect_noise((300, 300), 50).save(out, "JPEG")
    with pytest.raises(RedactionError, match="图片打不开"):
        redact(out.getvalue()[:2000], "a.jpg", [BOX])


def test_a_file_of_too_many_pages_is_to_be_split() -> None:
    with pytest.raises(RedactionError, match="文件有301页，超过300页。请拆成几个文件"):
        pages_of(pdf(*[""] * (bounds.MAX_PAGES + 1)), "a.pdf")


def test_a_file_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MAX_BYTES", 100)
    with pytest.raises(RedactionError, match="请拆成几个文件"):
        pages_of(ONE, "a.pdf")


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "SHOW_TIME", 0.001)
    with pytest.raises(RedactionError, match="没有处理完"):
        pages_of(ONE, "a.pdf")


def test_when_the_process_dies_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.sys, "executable", "/bin/false")
    with pytest.raises(RedactionError, match="不能打开。请重新导出 PDF"):
        pages_of(ONE, "a.pdf")


@pytest.mark.parametrize(
    ("box", "message"),
    [
        (Box(1, 0, 0, 1, 1, BOX.reason), "没有第2页；文件共1页"),
        (Box(-1, 0, 0, 1, 1, BOX.reason), "没有第0页"),
        (Box(0, 0.5, 0, 0.6, 1, BOX.reason), "超出了页面"),
        (Box(0, -0.1, 0, 0.6, 1, BOX.reason), "超出了页面"),
        (Box(0, 0, 0, 0, 1, BOX.reason), "要大于 0.1%"),
        (Box(0, float("nan"), 0, 1, 1, BOX.reason), "不是数字"),
        (Box(0, 0, 0, 1, 1, "granted"), "请选择不予公开的理由"),
        (Box(0, 0, 0, 1, 1, BOX.reason, "长" * 201), "说明最多200字"),
    ],
)
def test_a_box_that_cannot_be_drawn_says_why(box: Box, message: str) -> None:
    with pytest.raises(RedactionError, match=message):
        redact(ONE, "a.pdf", [box])


def test_a_page_that_is_not_there_is_not_shown() -> None:
    with pytest.raises(RedactionError, match="没有第3页；文件共1页"):
        page_image(ONE, "a.pdf", 2)


def test_too_coarse_or_too_fine_is_refused() -> None:
    for dpi in (10, 2400):
        with pytest.raises(RedactionError, match="72到300"):
            redact(ONE, "a.pdf", [BOX], dpi=dpi)
