"""Files that go out whole: Office's properties are gone, and what is hidden stops them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from gongkai.applications.redaction import clean, refuse_hidden

from .files import SECRET, document, noted, pdf, photograph, text


def book(*, sheet: bool = False, row: bool = False, column: bool = False, comment: bool = False) -> bytes:
    made = Workbook()
    made.properties.creator = SECRET
    page = made.active
    assert page is not None
    page.append(["地区", "单位数"])
    page.append(["鹿城区", 120])
    if sheet:
        other = made.create_sheet("底稿")
        other.append(["姓名", "王小明"])
        other.sheet_state = "veryHidden"
    if row:
        page.row_dimensions[2].hidden = True
    if column:
        page.column_dimensions["B"].hidden = True
    if comment:
        page["A1"].comment = Comment("请张三核对", "李四")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [("a.docx", document(author=SECRET), "docProps/core.xml"), ("a.xlsx", book(), "docProps/core.xml")],
)
def test_who_wrote_an_office_file_is_taken_away(name: str, data: bytes, part: str) -> None:
    whole = clean(data, name)
    assert (len(whole.removed), whole.stops) == (1, [])
    with ZipFile(BytesIO(data)) as before, ZipFile(BytesIO(whole.data)) as after:
        assert SECRET.encode() in before.read(part)
        assert all(SECRET.encode() not in after.read(each) for each in after.namelist())
        assert {each.date_time for each in after.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_cleaned_document_still_opens_and_says_the_same() -> None:
    opened = Document(BytesIO(clean(document(author=SECRET), "a.docx").data))
    assert ([each.text for each in opened.paragraphs], opened.core_properties.author) == (["公开的内容。"], "")
    page = load_workbook(BytesIO(clean(book(), "a.xlsx").data)).active
    assert page is not None
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [["地区", "单位数"], ["鹿城区", 120]]


def test_the_small_picture_of_the_first_page_is_taken_away() -> None:
    whole = clean(document(thumbnail=b"\xff\xd8\xff" + SECRET.encode()), "a.docx")
    with ZipFile(BytesIO(whole.data)) as after:
        assert "docProps/thumbnail.jpeg" not in after.namelist()
        assert b"thumbnail" not in after.read("_rels/.rels")
    Document(BytesIO(whole.data))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", document(comment="请张三核对"), "批注"),
        ("a.xlsx", book(sheet=True), "工作表是隐藏的"),
        ("a.xlsx", book(row=True), "有1行被隐藏"),
        ("a.xlsx", book(column=True), "有1列被隐藏"),
        ("a.xlsx", book(comment=True), "批注"),
        ("a.pdf", noted(f"<< /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents ({SECRET}) >>"), "批注"),
        ("a.pdf", pdf(text("A", 9, 9), info="/Author (Wang Xiaoming)"), "文档属性里记着姓名"),
        ("a.pdf", pdf(text(SECRET, 50, 200) + "0 g 40 190 300 40 re f"), "深色块下面仍有文字"),
        ("a.jpg", photograph("JPEG"), "经纬度"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "没有办法自动查看"),
        ("a.docx", document()[:400], "已损坏"),
    ],
)
def test_what_is_kept_unseen_stops_the_release(name: str, data: bytes, message: str) -> None:
    stops = refuse_hidden(data, name)
    assert any(message in each for each in stops), stops
    assert not any(SECRET in each or "王小明" in each for each in stops), "never the hidden words themselves"


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", document()), ("a.pdf", pdf(text("A", 9, 9))), ("a.txt", "公开。".encode())]
)
def test_a_file_without_anything_hidden_goes_out(name: str, data: bytes) -> None:
    assert refuse_hidden(data, name) == []


def test_what_is_not_an_office_file_is_not_touched() -> None:
    data = pdf(text("A", 9, 9))
    assert clean(data, "a.pdf").data == data


def test_a_file_packed_in_a_zip_is_looked_into() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("名单.xlsx", book(sheet=True))
    stops = refuse_hidden(out.getvalue(), "a.zip")
    assert any("名单.xlsx" in each and "隐藏" in each for each in stops)
    assert not any("压缩包，公众在手机上打不开" in each for each in stops), "that is advice, nothing hidden"
