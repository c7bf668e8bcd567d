"""The figures behind a chart open in Excel and WPS as what they are, and never as a formula."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from gongkai.portal.charts import Form, csv_of, parse_table


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))


def test_a_chart_is_plain_numbers_with_the_unit_in_the_head() -> None:
    text = "年份\t总值\t第三产业\n2019\t6,606.10\t…\n2020\t6,870.9\t-3"
    data = csv_of(parse_table(text).chart(Form.COLUMN, title="总值", unit="亿元"))
    assert data.startswith("\ufeff".encode())
    assert rows(data) == [
        ["年份", "总值（亿元）", "第三产业（亿元）"],
        ["2019", "6606.10", ""],
        ["2020", "6870.9", "-3"],
    ]


def test_a_table_is_repeated_as_it_was_typed() -> None:
    assert rows(csv_of(parse_table("指标\t数\n=A1\t6,606\n乙\t…"))) == [["指标", "数"], ["'=A1", "6,606"], ["乙", "…"]]


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A0", "+SUM(A1)", "-2+3", "@x"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert rows(csv_of(parse_table(f"甲\t乙\n{cell}\t1")))[1] == [f"'{cell}", "1"]


@pytest.mark.parametrize("cell", ["-3.2", "+10", "-", "－3"])
def test_a_figure_with_a_sign_stays_a_figure(cell: str) -> None:
    assert rows(csv_of(parse_table(f"甲\t乙\n丙\t{cell}")))[1] == ["丙", cell]
