"""Attachments: what a reader of the file could come by is found, and a file nobody can look into is a finding."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from PIL import Image

from gongkai.examination import Attachment, Finding, Metadata, Settings, Severity, Subject, examine
from gongkai.examination.attachments.content import Content
from gongkai.examination.attachments.pdf import read_xls
from gongkai.examination.personal.identity import check_digit

OfFile = Callable[[str, bytes], list[Finding]]
ID = "33030219900101123" + check_digit("33030219900101123")


def rules(findings: list[Finding]) -> set[str]:
    return {each.rule for each in findings}


# --- Files with something hidden in them, as Word and Excel make them ---

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(*paragraphs: str) -> Any:
    """A Word document without a maker's name."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.comments = ""
    for text in paragraphs:
        made.add_paragraph(text)
    return made


def saved(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def hide(run: Any) -> None:
    run.font.hidden = True


def element(tag: str, text: str = "", **attributes: str) -> Any:
    made = OxmlElement(tag)
    made.text = text
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def revise(paragraph: Any, tag: str, text: str) -> None:
    """A tracked change: w:del or w:ins with its text."""
    change = element(tag, author="张三", id="1", date="2020-01-01T00:00:00Z")
    run = element("w:r")
    run.append(element("w:delText" if tag == "w:del" else "w:t", text))
    change.append(run)
    paragraph._p.append(change)


def workbook(rows: Mapping[str, list[list[Any]]]) -> Any:
    made = openpyxl.Workbook()
    made.properties.creator = ""
    made.remove(made.active)
    for title, cells in rows.items():
        sheet = made.create_sheet(title)
        for row in cells:
            sheet.append(row)
    return made


def commented(made: Any, cell: str, text: str) -> Any:
    made.worksheets[0][cell].comment = Comment(text, "x")
    return made


def packed(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_parts(data: bytes, changes: Mapping[str, bytes | str]) -> bytes:
    """The package with parts added or put in the place of its own."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return packed({**members, **changes})


# --- Word ------------------------------------------------------------------------------------------


def test_a_clean_document_has_no_findings(of_file: OfFile) -> None:
    made = document("关于开展调查的通知", "联系电话：0577-88960000。")
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "姓名", "张三"
    assert of_file("通知.docx", saved(made)) == []


def _in_table(made: Any) -> None:
    table = made.add_table(2, 2)
    table.cell(0, 1).text, table.cell(1, 1).text = "身份证号", "330302900101123"


def _nested(made: Any) -> None:
    outer = made.add_table(1, 1)
    outer.cell(0, 0).add_table(1, 1).cell(0, 0).text = ID


def _split(made: Any) -> None:
    paragraph = made.add_paragraph("号码")
    for start in range(0, 18, 3):
        paragraph.add_run(ID[start : start + 3])


def _hidden(made: Any) -> None:
    hide(made.add_paragraph("公开的").add_run(ID))


def _hidden_by_style(made: Any) -> None:
    style = made.styles.add_style("看不见", 1)
    style.font.hidden = True
    made.add_paragraph(ID, style)


def _deleted(made: Any) -> None:
    revise(made.add_paragraph("公开的"), "w:del", ID)


def _inserted(made: Any) -> None:
    revise(made.add_paragraph("公开的"), "w:ins", ID)


def _comment(made: Any) -> None:
    made.add_comment(made.add_paragraph("公开的").runs, ID, author="x")


@pytest.mark.parametrize(
    ("put", "expected"),
    [
        (lambda made: made.add_paragraph(ID), {"PERSONAL-ID"}),
        (_split, {"PERSONAL-ID"}),
        (_in_table, {"PERSONAL-ID"}),
        (_nested, {"PERSONAL-ID"}),
        (lambda made: made.sections[0].header.add_paragraph(ID), {"PERSONAL-ID"}),
        (lambda made: made.sections[0].footer.add_paragraph(ID), {"PERSONAL-ID"}),
        (_hidden, {"PERSONAL-ID", "HIDDEN-TEXT"}),
        (_hidden_by_style, {"PERSONAL-ID", "HIDDEN-TEXT"}),
        (_deleted, {"PERSONAL-ID", "HIDDEN-REVISION"}),
        (_inserted, {"PERSONAL-ID", "HIDDEN-REVISION"}),
        (_comment, {"PERSONAL-ID", "HIDDEN-COMMENT"}),
    ],
)
def test_an_identity_number_anywhere_in_a_document(
    put: Callable[[Any], object], expected: set[str], of_file: OfFile
) -> None:
    made = document("通知")
    put(made)
    found = of_file("通知.docx", saved(made))
    assert rules(found) == expected
    assert all(ID not in each.excerpt + each.message + each.place for each in found)


def test_who_wrote_a_document_is_a_note(of_file: OfFile) -> None:
    made = document("通知")
    made.core_properties.author = "张三丰"
    (note,) = of_file("通知.docx", saved(made))
    assert (note.rule, note.severity) == ("DOCUMENT-AUTHOR", Severity.NOTE)
    assert "张三丰" not in note.excerpt + note.message


def test_pictures_and_workbooks_inside_a_document_are_looked_at(of_file: OfFile) -> None:
    made, exif, photograph = document("通知"), Image.Exif(), BytesIO()
    exif.get_ifd(0x8825).update({1: "N", 2: (28.0, 0.0, 41.5)})
    Image.new("RGB", (8, 8)).save(photograph, "JPEG", exif=exif)
    made.add_picture(photograph)
    inside = saved(workbook({"一": [["身份证", ID]]}))
    found = of_file("通知.docx", with_parts(saved(made), {"word/embeddings/oleObject1.xlsx": inside}))
    assert rules(found) == {"IMAGE-GPS", "PERSONAL-ID"}


def test_macros_are_refused(of_file: OfFile) -> None:
    data = with_parts(saved(document("通知")), {"word/vbaProject.bin": b"\xd0"})
    assert rules(of_file("通知.docm", data)) == {"ATTACHMENT-MACRO"}


# --- Excel -----------------------------------------------------------------------------------------


def _sheet_hidden(made: Any) -> None:
    made.create_sheet("底稿")["B3"] = ID
    made["底稿"].sheet_state = "hidden"


def _sheet_very_hidden(made: Any) -> None:
    _sheet_hidden(made)
    made["底稿"].sheet_state = "veryHidden"


def _row_hidden(made: Any) -> None:
    made["名单"]["A9"] = ID
    made["名单"].row_dimensions[9].hidden = True


def _column_hidden(made: Any) -> None:
    made["名单"]["E2"] = ID
    made["名单"].column_dimensions["E"].hidden = True


def _commented(made: Any) -> None:
    commented(made, "A1", ID)


def _in_header(made: Any) -> None:
    made["名单"].oddHeader.center.text = ID


@pytest.mark.parametrize(
    ("put", "expected", "place"),
    [
        (lambda made: made["名单"].append(["x", ID]), {"PERSONAL-ID"}, "工作表“名单”B3"),
        (_sheet_hidden, {"PERSONAL-ID", "HIDDEN-SHEET"}, "工作表“底稿”（隐藏）B3"),
        (_sheet_very_hidden, {"PERSONAL-ID", "HIDDEN-SHEET"}, "工作表“底稿”（隐藏）B3"),
        (_row_hidden, {"PERSONAL-ID", "HIDDEN-ROWS"}, "工作表“名单”A9（隐藏）"),
        (_column_hidden, {"PERSONAL-ID", "HIDDEN-COLUMNS"}, "工作表“名单”E2（隐藏）"),
        (_commented, {"PERSONAL-ID", "HIDDEN-COMMENT"}, "A1的批注"),
        (_in_header, {"PERSONAL-ID"}, "工作表“名单”页眉页脚"),
    ],
)
def test_an_identity_number_anywhere_in_a_workbook(
    put: Callable[[Any], object], expected: set[str], place: str, of_file: OfFile
) -> None:
    made = workbook({"名单": [["姓名", "单位"], ["张三", "统计局"]]})
    assert of_file("名单.xlsx", saved(made)) == []
    put(made)
    found = of_file("名单.xlsx", saved(made))
    assert rules(found) == expected
    (number,) = [each for each in found if each.rule == "PERSONAL-ID"]
    assert number.place == f"附件《名单.xlsx》{place}"
    assert number.anchor == "file"


def test_hidden_rows_are_let_pass_only_as_they_are(of_file: OfFile) -> None:
    def key(text: str) -> str:
        made = workbook({"表": [["项目", "数"], [text, 1]]})
        made["表"].row_dimensions[2].hidden = True
        (one,) = of_file("表.xlsx", saved(made))
        return one.key

    assert key("甲") == key("甲")
    assert key("甲") != key("乙")


def test_an_empty_hidden_sheet_is_no_fault(of_file: OfFile) -> None:
    made = workbook({"表": [["项目"]]})
    made.create_sheet("空").sheet_state = "hidden"
    assert of_file("表.xlsx", saved(made)) == []


def test_numbers_of_cells_are_mobiles_under_the_right_heading_only(of_file: OfFile) -> None:
    made = workbook({"表": [["姓名", "手机", "产值（元）"], ["张三", 13812345678, 13912345678]]})
    found = of_file("表.xlsx", saved(made))
    assert [each.place for each in found] == ["附件《表.xlsx》工作表“表”B2"]


def test_cells_as_another_program_writes_them(of_file: OfFile) -> None:
    """XlsxWriter shares no strings in this mode, and leaves nothing else out."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write(4, 2, ID)
        sheet.write_rich_string(5, 0, "号码", book.add_format({"bold": True}), ID[:9], ID[9:])
    assert [each.place[-2:] for each in of_file("名单.xlsx", out.getvalue())] == ["C5", "A6"]


def test_single_units_in_an_attached_table_are_found(of_file: OfFile) -> None:
    made = workbook({"表": [["行业", "企业数", "产值"], ["纺织", 10, 40], ["烟草", 2, 60]]})
    (one,) = of_file("表.xlsx", saved(made))
    assert one.rule == "SURVEY-UNITS"


def test_what_a_pivot_table_keeps_is_found(of_file: OfFile) -> None:
    records = f'<pivotCacheDefinition><sharedItems><s v="{ID}"/></sharedItems></pivotCacheDefinition>'
    data = saved(workbook({"表": [["项目"]]}))
    data = with_parts(data, {"xl/pivotCache/pivotCacheDefinition1.xml": records})
    assert rules(of_file("表.xlsx", data)) == {"HIDDEN-CACHE", "PERSONAL-ID"}


def test_old_workbooks_are_read_as_far_as_they_can_be() -> None:
    """The library that reads .xls knows the new format by itself, so that a new file shows the way of an old one."""
    made = workbook({"名单": [["姓名", "身份证", "手机"], ["张三", ID, 13812345678]], "底稿": [["x", ID]]})
    made["底稿"].sheet_state = "hidden"
    content = Content("附件《名单.xls》")
    read_xls(saved(made), content)
    assert [(each.rule, each.severity) for each in content.findings] == [
        ("HIDDEN-SHEET", Severity.BLOCK),
        ("ATTACHMENT-OLD", Severity.WARN),
    ]
    numbers = {each.place.removeprefix(content.place): each.text for each in content.passages}
    assert numbers["工作表“名单”B2"] == numbers["工作表“底稿”（隐藏）B1"] == ID
    assert numbers["工作表“名单”C2"] == "13812345678"


# --- Slides, OFD, text ---------------------------------------------------------------------------

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def test_slides_notes_and_hidden_slides(of_file: OfFile) -> None:
    def slide(text: str, show: str = "1") -> str:
        return (
            f'<sld {_A} show="{show}"><a:p><a:r><a:t>{text[:5]}</a:t></a:r><a:r><a:t>{text[5:]}</a:t></a:r></a:p></sld>'
        )

    parts = {"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": slide("统计数据发布")}
    assert of_file("讲稿.pptx", packed(parts)) == []
    parts["ppt/slides/slide2.xml"] = slide(ID, "0")
    parts["ppt/notesSlides/notesSlide1.xml"] = slide("手机13812345678")
    found = of_file("讲稿.pptx", packed(parts))
    assert rules(found) == {"PERSONAL-ID", "HIDDEN-SLIDE", "HIDDEN-COMMENT", "PERSONAL-MOBILE"}


def test_the_text_of_an_ofd_is_read(of_file: OfFile) -> None:
    page = f"<Page><TextObject><TextCode>身份证</TextCode><TextCode>{ID}</TextCode></TextObject></Page>"
    parts = {"OFD.xml": "<OFD/>", "Doc_0/Pages/Page_0/Content.xml": page}
    (one,) = of_file("通知.ofd", packed(parts))
    assert (one.rule, one.place) == ("PERSONAL-ID", "附件《通知.ofd》第1页")
    assert rules(of_file("通知.ofd", packed({"OFD.xml": "<OFD/>"}))) == {"ATTACHMENT-UNREADABLE"}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_files_in_the_encodings_of_chinese_windows(encoding: str, of_file: OfFile) -> None:
    found = of_file("名单.csv", f"姓名,手机\n张三,13812345678\n李四,{ID}\n".encode(encoding))
    assert [(each.rule, each.place[-3:]) for each in found] == [("PERSONAL-MOBILE", "第2行"), ("PERSONAL-ID", "第3行")]


def test_a_number_across_the_cut_of_a_long_line_is_found(of_file: OfFile) -> None:
    assert rules(of_file("长.txt", ("字" * 4990 + ID + "字" * 9000).encode())) == {"PERSONAL-ID"}


# --- What nobody can look into ---------------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _bomb() -> bytes:
    return packed({"word/document.xml": b"<a>" + b" " * 130_000_000 + b"</a>"})


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE w [<!ENTITY l0 "ha">{entities}]><w:document {W}><w:body><w:p><w:r><w:t>&l9;'
    text += "</w:t></w:r></w:p></w:body></w:document>"
    return packed({"word/document.xml": text})


def _deep() -> bytes:
    return packed({"word/document.xml": "<a>" * 100_000 + "</a>" * 100_000})


def _nest() -> bytes:
    data = packed({"a.txt": "x"})
    for _ in range(6):
        data = packed({"a.zip": data})
    return bytes(data)


def _far() -> bytes:
    made = workbook({"表": [["项目"]]})
    made["表"]["XFD1048576"] = "x"
    return bytes(saved(made))


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a.doc", _OLE + "WordDocument".encode("utf-16-le"), "ATTACHMENT-UNREADABLE"),
        ("a.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "ATTACHMENT-UNREADABLE"),
        ("a.xls", _OLE + "Workbook".encode("utf-16-le"), "ATTACHMENT-UNREADABLE"),
        ("a.docx", b"PK\x03\x04 broken", "ATTACHMENT-UNREADABLE"),
        ("a.docx", b"", "ATTACHMENT-UNREADABLE"),
        ("a.exe", b"MZ\x90", "ATTACHMENT-UNREADABLE"),
        ("a.rtf", b"{\\rtf1}", "ATTACHMENT-UNREADABLE"),
        ("a.rar", b"Rar!\x1a\x07\x00", "ATTACHMENT-ARCHIVE"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "ATTACHMENT-ARCHIVE"),
        ("bomb.docx", _bomb(), "ATTACHMENT-UNREADABLE"),
        ("deep.docx", _deep(), "ATTACHMENT-UNREADABLE"),
        ("nest.zip", _nest(), "ATTACHMENT-UNREADABLE"),
        ("many.zip", packed({f"{n}.txt": "x" for n in range(101)}), "ATTACHMENT-ARCHIVE"),
    ],
)
def test_what_nobody_could_look_into_blocks(name: str, data: bytes, rule: str, of_file: OfFile) -> None:
    blocking = [each.rule for each in of_file(name, data) if each.severity is Severity.BLOCK]
    assert blocking == [rule]


def test_entities_unfold_into_nothing(of_file: OfFile) -> None:
    assert rules(of_file("a.docx", _laughs())) <= {"ATTACHMENT-UNREADABLE"}


def test_a_cell_at_the_far_end_costs_nothing(of_file: OfFile) -> None:
    assert of_file("表.xlsx", _far()) == []


def test_recordings_are_for_people_to_watch(of_file: OfFile) -> None:
    (one,) = of_file("会议.mp4", b"\x00\x00\x00\x18ftypmp42")
    assert (one.rule, one.severity) == ("ATTACHMENT-RECORDING", Severity.WARN)


def test_what_is_inside_a_zip_is_examined_by_its_own_name(of_file: OfFile) -> None:
    inside = saved(workbook({"名单": [["身份证", ID]]}))
    found = of_file("材料.zip", packed({"附件/名单.xlsx": inside}))
    assert rules(found) == {"ATTACHMENT-ARCHIVE", "PERSONAL-ID"}
    assert found[0].place == "附件《材料.zip》中的《名单.xlsx》工作表“名单”B1"


def test_a_file_that_is_gone_is_a_finding(settings: Settings) -> None:
    def gone() -> BytesIO:
        raise FileNotFoundError

    subject = Subject(Metadata("通知", openness="主动公开"), attachments=(Attachment("a.docx", gone),))
    (one,) = examine(subject, settings)
    assert (one.rule, one.severity) == ("ATTACHMENT-UNREADABLE", Severity.BLOCK)


def test_places_fit_where_they_are_kept(of_file: OfFile) -> None:
    inside = saved(workbook({"很" * 31: [["身份证", ID]]}))
    data = packed({f"{'长' * 80}.xlsx": inside})
    for _ in range(2):
        data = packed({f"{'长' * 80}.zip": data})
    found = of_file(f"{'长' * 200}.zip", data)
    assert "PERSONAL-ID" in rules(found)
    assert max(len(each.place) for each in found) <= 200
    assert max(len(each.excerpt) for each in found) <= 300


# --- A real document ---------------------------------------------------------------------------------


def test_a_number_on_the_last_of_twenty_pages_is_found(of_file: OfFile) -> None:
    made = document(*(f"第{n}段，全市地区生产总值稳步增长，各项工作有序推进。" * 12 for n in range(60)))
    for _ in range(10):
        table = made.add_table(12, 5)
        for row in table.rows:
            for number, cell in enumerate(row.cells):
                cell.text = f"{number}.5"
    made.add_paragraph(f"联系人身份证{ID}")
    (one,) = of_file("公报.docx", saved(made))
    assert (one.rule, one.place) == ("PERSONAL-ID", "附件《公报.docx》正文第61段")
