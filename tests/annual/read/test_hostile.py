"""Files that are broken or meant to do harm end in a clear error, soon and without much memory."""

from __future__ import annotations

import io
import json
import resource
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
import xlsxwriter

from gongkai.annual.read import ReadError, read, read_bytes
from gongkai.annual.read.limits import MAX_BYTES
from gongkai.annual.write import render

from . import layouts

HTML = f"<html><body>{'<p>' + layouts.document(layouts.bars).replace(chr(10), '</p><p>') + '</p>'}</body></html>"


def archive(**members: bytes) -> bytes:
    """A zip whose members are named word__document.xml for word/document.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """A zip with one member replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return buffer.getvalue()


def an_empty_docx() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def a_workbook(row: int, column: int) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "一、总体情况")
        sheet.write(row, column, 1)
    return buffer.getvalue()


def refused(data: bytes, name: str) -> str:
    """The message with which a file is refused; reading it may not take more than a gigabyte."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000
    return str(caught.value)


def test_a_zip_bomb_is_not_unfolded() -> None:
    bomb = replaced(an_empty_docx(), "word/document.xml", b" " * 300_000_000)
    assert len(bomb) < 1_000_000
    assert "过大" in refused(bomb, "年报.docx")


def test_many_members_are_not_counted_out() -> None:
    assert "过大" in refused(archive(**{f"m{number}": b"" for number in range(6_000)}), "年报.docx")


def test_entities_do_not_multiply() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "年">{levels}]>
    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
    <w:t>&e11;</w:t></w:r></w:p></w:body></w:document>"""
    refused(replaced(an_empty_docx(), "word/document.xml", bomb.encode()), "年报.docx")


def test_tables_in_tables_without_end() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    nested = "<w:tbl><w:tr><w:tc>" * 200 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 200
    document = f'<w:document xmlns:w="{space}"><w:body>{nested}</w:body></w:document>'
    refused(replaced(an_empty_docx(), "word/document.xml", document.encode()), "年报.docx")


def test_a_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    assert "工作表过大" in refused(a_workbook(1_048_000, 16_000), "年报.xlsx")


def test_elements_nested_without_end() -> None:
    assert "嵌套过深" in refused(b"<html><body>" + b"<div>" * 200_000 + "总体情况".encode(), "年报.html")
    refused(b"<html><body>" + b"<table><tr><td>" * 5_000 + "总体情况".encode(), "年报.html")


def test_json_nested_without_end() -> None:
    assert "JSON" in refused(b"[" * 100_000, "年报.json")
    deep: object = "总体情况"
    for _ in range(200):
        deep = {"content": deep}
    assert "嵌套过深" in refused(json.dumps(deep).encode(), "年报.json")


def test_a_file_of_200_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "年报.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(200_000_000)
    with pytest.raises(ReadError, match="超过 50 MB 的上限"):
        read(path)
    assert MAX_BYTES == 50_000_000


def test_encrypted_files_ask_for_the_password_to_be_removed() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    buffer = io.BytesIO()
    document.save(buffer)
    assert "扫描件" in refused(buffer.getvalue(), "年报.pdf")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096
    assert "密码" in refused(ole, "年报.docx")
    assert ".doc" in refused(ole, "年报.doc")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "json"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_truncated_file_says_so(ending: str, share: float) -> None:
    data = render(read_bytes(layouts.document(layouts.bars).encode(), "年报.txt"), ending)
    message = refused(data[: int(len(data) * share)], f"年报.{ending}")
    assert any(word in message for word in ("损坏", "不完整", "扫描件"))


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_damage_inside_a_packed_part_says_so(ending: str) -> None:
    data = bytearray(render(read_bytes(layouts.document(layouts.bars).encode(), "年报.txt"), ending))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        largest = max(file.infolist(), key=lambda member: member.compress_size)
        name = "word/document.xml" if ending == "docx" else largest.filename
        start = file.getinfo(name).header_offset + 30 + len(name)
    data[start : start + 40] = b"\xff" * 40
    assert "损坏" in refused(bytes(data), f"年报.{ending}")


def test_a_truncated_page_gives_what_it_has_or_says_so() -> None:
    data = HTML.encode()
    report = read_bytes(data[: len(data) // 2], "年报.html")
    assert report.year == 2022


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "年报.docx", "空的"),
        (b"   \n", "年报.txt", "空的"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "年报.png", "图片"),
        (b"Rar!\x1a\x07" + b"\x00" * 100, "年报.rar", "压缩包"),
        (archive(a__b=b"x"), "年报.zip", "压缩包"),
        (archive(content__xml=b"x").replace(b"content/xml", b"content.xml"), "年报.odt", "OpenDocument"),
        (b"not a document", "年报.docx", "重新下载"),
        (b'{"gongkai": 99}', "年报.json", "版本"),
        (b'{"gongkai": 1}', "年报.json", "缺少"),
        (b"{broken", "年报.json", "语法错误"),
    ],
)
def test_what_is_no_report_file_is_named(data: bytes, name: str, words: str) -> None:
    assert words in refused(data, name)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="找不到文件"):
        read(tmp_path / "没有.docx")
    with pytest.raises(ReadError, match="文件夹"):
        read(tmp_path)
