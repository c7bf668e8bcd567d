"""The workbook keeps numbers as numbers."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from gongkai.annual.write import render

from .examples import HOSTILE, REPORT_2020, example


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(BytesIO(render(REPORT_2020, "xlsx")))


def test_there_is_a_sheet_for_the_text_and_one_for_each_table(book: Workbook) -> None:
    assert book.sheetnames == ["正文", "表二", "表三", "表四"]
    text = [row[0] for row in book["正文"].iter_rows(values_only=True)]
    assert text[0] == "温州市统计局2020年政府信息公开工作年度报告"
    assert "一、总体情况" in text
    assert HOSTILE in text


def test_numbers_are_numbers_and_changes_show_their_sign(book: Workbook) -> None:
    sheet = book["表二"]
    assert [sheet.cell(8, column).value for column in range(1, 5)] == ["其他对外管理服务事项", 7, 10, 0]
    assert sheet.cell(8, 3).number_format.startswith("+0")
    assert sheet.cell(sheet.max_row, 3).value == 251000.5
    assert book["表四"].cell(4, 15).value == 10_000_000


def test_what_nobody_gave_is_said_and_is_no_nought(book: Workbook) -> None:
    assert book["表三"].cell(5, 10).value == "未填"


def test_merged_cells_are_those_of_the_form(book: Workbook) -> None:
    merged = {str(area) for area in book["表三"].merged_cells.ranges}
    assert {"A1:C3", "D1:J1", "E2:I2", "A6:A25", "B8:B15"} <= merged
    sheet = CalamineWorkbook.from_filelike(BytesIO(render(REPORT_2020, "xlsx"))).get_sheet_by_name("表三")
    assert sheet.to_python()[3][:4] == ["一、本年新收政府信息公开申请数量", "", "", 7.0]


def test_a_number_that_a_spreadsheet_would_round_stays_whole() -> None:
    amount = Decimal("12345678901234567.89")
    book = openpyxl.load_workbook(BytesIO(render(example(2023, {"2.fees.amount_wan": amount}), "xlsx")))
    assert book["表二"].cell(book["表二"].max_row, 2).value == "12345678901234567.89"


def test_text_that_looks_like_a_formula_is_text() -> None:
    book = openpyxl.load_workbook(BytesIO(render(REPORT_2020, "xlsx")))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
