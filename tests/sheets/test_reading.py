"""A ledger is read whatever its order of columns; every bad row is named; a hostile file ends in a clear error."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from gongkai.bureau.models import Agency
from gongkai.sheets import safety
from gongkai.sheets.book import Batch, Book, Col, Sheet, Tally
from gongkai.sheets.reading import Reading, read
from gongkai.sheets.safety import UnreadableFileError
from gongkai.sheets.template import write_corrections, write_template

from .workbooks import ledger, write

KINDS = {"规章": "rules", "规范性文件": "normative_documents"}
COLUMNS = (
    Col("number", "编号", required=True, example="示例-1"),
    Col("day", "日期", "date", required=True, example="2020.1.2", aliases=("成文日期",)),
    Col("kind", "类别", "choice", choices=KINDS, example="规章"),
    Col("count", "件数（件）", "integer", low=0, high=99),
    Col("owner", "姓名", personal=True, max_length=4),
    Col("amount", "金额", "amount"),
    Col("public", "公开", "flag"),
)


def sheet_of(*, key: tuple[str, ...] = ("number",), title: str = "台账") -> Sheet:
    return Sheet(title, COLUMNS, lambda batch: Tally(created=len(batch.rows)), key=key)


SHEET = sheet_of()
BOOK = Book("things", "事项台账", (SHEET,))
GOOD = {
    "number": "1",
    "day": "2020.3.2",
    "kind": "规章",
    "count": 3,
    "owner": "张三",
    "amount": "1,000.5",
    "public": "是",
}


def read_one(path: Path, book: Book = BOOK) -> Reading:
    readings = read(book, path)
    assert len(readings) == 1
    return readings[0]


def test_a_row_is_read_as_typed_values(tmp_path: Path) -> None:
    reading = read_one(ledger(tmp_path / "a.xlsx", SHEET, [GOOD]))
    assert reading.errors == []
    (row,) = reading.rows
    assert row.number == 2
    assert {name: str(value) for name, value in row.values.items()} == {
        "number": "1",
        "day": "2020-03-02",
        "kind": "rules",
        "count": "3",
        "owner": "张三",
        "amount": "1000.5",
        "public": "True",
    }


def test_headings_may_stand_lower_in_another_order_with_other_columns_between(tmp_path: Path) -> None:
    rows = [
        ["某局台账"],
        [],
        ["成文 日期", "自用列", "* 编号", "件数(件)"],
        ["2020/3/2", "不读", "甲", 5],
        [],
        ["2020/3/3", "不读", "乙", ""],
    ]
    reading = read_one(write(tmp_path / "a.xlsx", {"随便": rows}))
    assert [(row.number, row.values["number"], row.values["count"]) for row in reading.rows] == [
        (4, "甲", 5),
        (6, "乙", None),
    ]
    assert reading.extra == ["自用列"]


@pytest.mark.parametrize(
    ("change", "heading", "reason"),
    [
        ({"number": ""}, "编号", "不能空着"),
        ({"day": "2020.2.30"}, "日期", "日历"),
        ({"kind": "法律"}, "类别", "规章、规范性文件"),
        ({"count": 100}, "件数（件）", "不能大于 99"),
        ({"count": "1.5"}, "件数（件）", "不是整数"),
        ({"owner": "欧阳夏丹丹"}, "姓名", "超过 4 字"),
        ({"amount": "很多"}, "金额", "不是数字"),
        ({"public": "也许"}, "公开", "应填“是”或者“否”"),
    ],
)
def test_a_bad_cell_is_named_by_row_column_and_reason(
    tmp_path: Path, change: dict[str, object], heading: str, reason: str
) -> None:
    reading = read_one(ledger(tmp_path / "a.xlsx", SHEET, [GOOD, GOOD | {"number": "2"} | change]))
    (error,) = reading.errors
    assert (error.number, error.heading) == (3, heading)
    assert reason in error.reason
    assert str(error).startswith(f"〔台账〕第 3 行“{heading}”：")


def test_every_bad_cell_of_a_row_is_named(tmp_path: Path) -> None:
    reading = read_one(ledger(tmp_path / "a.xlsx", SHEET, [GOOD | {"day": "x", "count": -1}]))
    assert [error.heading for error in reading.errors] == ["日期", "件数（件）"]
    assert reading.rows == []


def test_the_reason_never_repeats_what_stands_in_a_personal_column(tmp_path: Path) -> None:
    columns = (Col("number", "编号", required=True), Col("born", "出生日期", "date", personal=True))
    sheet = Sheet("台账", columns, lambda batch: Tally())
    reading = read_one(
        ledger(tmp_path / "a.xlsx", sheet, [{"number": "1", "born": "六零年生人"}]), Book("b", "b", (sheet,))
    )
    (error,) = reading.errors
    assert "六零" not in str(error)
    assert "日期" in error.reason


def test_a_number_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    reading = read_one(ledger(tmp_path / "a.xlsx", SHEET, [GOOD, GOOD]))
    (error,) = reading.errors
    assert (error.number, error.reason) == (3, "与第 2 行重复")


def test_rows_without_numbers_are_told_apart_and_keep_their_keys(tmp_path: Path) -> None:
    book = Book("b", "b", (sheet_of(key=()),))
    path = ledger(tmp_path / "a.xlsx", SHEET, [GOOD, GOOD, GOOD | {"count": 4}, GOOD | {"owner": "李四"}])
    keys = [row.key for row in read_one(path, book).rows]
    assert len(set(keys)) == 4
    assert keys == [row.key for row in read_one(path, book).rows]
    assert all(len(key) <= 64 for key in keys)


def test_the_template_reads_back_as_an_empty_ledger(tmp_path: Path) -> None:
    write_template(BOOK, tmp_path / "t.xlsx")
    reading = read_one(tmp_path / "t.xlsx")
    assert (reading.rows, reading.errors, reading.extra) == ([], [], [])


def test_the_template_has_instructions_drop_downs_and_frozen_headings(tmp_path: Path) -> None:
    long = Col("long", "长列表", "choice", choices={f"第{n}项很长的选项文字": str(n) for n in range(40)})
    sheet = Sheet("台账", (*COLUMNS, long), lambda batch: Tally(), notes=("此表须知。",))
    write_template(Book("things", "事项台账", (sheet,)), tmp_path / "t.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert workbook.sheetnames == ["填写说明", "台账", "选项"]
    notes = "\n".join(str(cell.value) for row in workbook["填写说明"].iter_rows() for cell in row if cell.value)
    assert "此表须知。" in notes
    assert "规章；规范性文件" in notes
    worksheet = workbook["台账"]
    assert worksheet.freeze_panes == "B2"
    formulas = {str(v.sqref).split(":")[0]: v.formula1 for v in worksheet.data_validations.dataValidation}
    assert formulas["C2"] == '"规章,规范性文件"'
    assert formulas["G2"] == '"是,否"'
    assert formulas["H2"] == "选项!$A$2:$A$41"
    assert workbook["选项"].sheet_state == "hidden"


def test_the_file_of_corrections_reads_back_when_the_faults_are_mended(tmp_path: Path) -> None:
    reading = read_one(ledger(tmp_path / "a.xlsx", SHEET, [GOOD, GOOD | {"number": "2", "day": "x"}]))
    write_corrections([reading], tmp_path / "c.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "c.xlsx")
    worksheet = workbook["台账"]
    assert [cell.value for cell in worksheet[1]][-2:] == ["原行号", "需更正之处"]
    assert worksheet["H2"].value == 3
    assert "日期" in str(worksheet["I2"].value)
    worksheet["B2"] = "2020-03-02"
    workbook.save(tmp_path / "c.xlsx")
    again = read_one(tmp_path / "c.xlsx")
    assert [row.values["number"] for row in again.rows] == ["2"]
    assert again.extra == [], "its last two columns are ours"


def test_cells_that_look_like_formulas_stay_text_in_the_file_of_corrections(tmp_path: Path) -> None:
    reading = read_one(ledger(tmp_path / "a.xlsx", SHEET, [GOOD]))
    reading.raw[2] = ["=cmd()", "http://x", "", "", "", "", ""]
    write_corrections([reading], tmp_path / "c.xlsx")
    worksheet = openpyxl.load_workbook(tmp_path / "c.xlsx")["台账"]
    assert worksheet["A2"].data_type == "s"


def test_a_workbook_of_several_ledgers_is_read_by_the_titles_of_its_sheets(tmp_path: Path) -> None:
    book = Book("b", "b", (sheet_of(title="许可"), sheet_of(title="处罚")))
    heads = [column.heading for column in COLUMNS]
    path = write(tmp_path / "a.xlsx", {"处罚": [heads, ["1", "2020.1.1"]], "其他": [["无关"]]})
    assert [(reading.sheet.title, len(reading.rows)) for reading in read(book, path)] == [("处罚", 1)]
    with pytest.raises(UnreadableFileError, match="“许可”、“处罚”"):
        read(book, write(tmp_path / "b.xlsx", {"其他": [["无关"]]}))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "空的"),
        ([["编号", "件数"], ["1", 2]], "缺少列“日期”"),
        ([["编号", "日期", "成文日期"], ["1", "2020.1.1", "2020.1.1"]], "不止一次"),
    ],
)
def test_a_sheet_without_the_columns_it_needs_says_which(
    tmp_path: Path, rows: list[list[object]], message: str
) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read(BOOK, write(tmp_path / "a.xlsx", {"台账": rows}))


# --- Hostile files --------------------------------------------------------------------------------------


def test_a_cell_at_the_far_corner_does_not_exhaust_memory(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = "编号"
    workbook.worksheets[0]["XFD1048576"] = "远"
    workbook.save(tmp_path / "far.xlsx")
    with pytest.raises(UnreadableFileError, match="16384 列、第 1048576 行"):
        read(BOOK, tmp_path / "far.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            block = b" " * 2**24
            for _ in range(safety.MAX_UNPACKED // len(block) + 1):
                part.write(block)
    with pytest.raises(UnreadableFileError, match="解开后超过"):
        read(BOOK, tmp_path / "bomb.xlsx")


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "huge.xlsx").open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200 * 2**20)
    with pytest.raises(UnreadableFileError, match="200 MB"):
        read(BOOK, tmp_path / "huge.xlsx")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "不是完好的 Excel 文件"),
        (b"just text", "不是完好的 Excel 文件"),
        (b"PK\x03\x04 truncated", "不是完好的 Excel 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 .xls"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=message):
        read(BOOK, tmp_path / "x.xlsx")


def test_other_zip_files_and_broken_workbooks_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(UnreadableFileError, match="不是 Excel 工作簿"):
        read(BOOK, tmp_path / "z.xlsx")
    with zipfile.ZipFile(tmp_path / "w.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(UnreadableFileError, match="不是完好"):
        read(BOOK, tmp_path / "w.xlsx")
    with pytest.raises(UnreadableFileError, match="打不开"):
        read(BOOK, tmp_path / "missing.xlsx")


def test_a_batch_names_its_rows_in_the_words_of_the_ledger(tmp_path: Path) -> None:
    row = read_one(ledger(tmp_path / "a.xlsx", SHEET, [GOOD])).rows[0]
    batch = Batch(SHEET, Agency(name="某局"), [row])
    assert str(batch.error(row, "不对", "day")) == "〔台账〕第 2 行“日期”：不对"
