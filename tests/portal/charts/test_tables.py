"""What people paste from Excel, WPS and web pages is read as they see it; nothing missing becomes 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.charts import ChartError, Form, Grid, parse_table
from gongkai.portal.charts.grid import MOST_CHARACTERS
from gongkai.portal.charts.numbers import number, written

HEAD, ROWS = ("年份", "总值"), (("2019", "6,606.1"), ("2020", "6,870.9"))


@pytest.mark.parametrize(
    "text",
    [
        "年份\t总值\n2019\t6,606.1\n2020\t6,870.9",
        "年份\t总值\r\n2019\t6,606.1\r\n2020\t6,870.9\r\n",
        "年份\t总值\t\t\n2019\t6,606.1\t\t\n2020\t6,870.9\t\t\n\t\t\t\n",  # the selection was too large
        '年份,总值\n2019,"6,606.1"\n2020,"6,870.9"',
        "年份，总值\n2019，6,606.1\n2020，6,870.9",
        "年份;总值\n2019;6,606.1\n2020;6,870.9",
        "年份    总值\n2019    6,606.1\n2020    6,870.9",
        "年份\u3000总值\n2019\u30006,606.1\n2020\u30006,870.9",
        "年份 总值\n2019 6,606.1\n2020 6,870.9",
        "\ufeff年份\t总值\n\n2019\t6,606.1\n\n2020\t6,870.9",
        "年份\t总值\n2019\t\xa06,606.1 \n2020\t6,870.9",
    ],
)
def test_a_table_is_read_however_its_cells_are_separated(text: str) -> None:
    assert parse_table(text) == Grid(HEAD, ROWS)


@pytest.mark.parametrize(
    "text", ["\t2019\t2020\n总值\t1\t2", " 2019 2020\n总值 1 2", "2019\t2020\n总值\t1\t2", ",2019,2020\n总值,1,2"]
)
def test_the_empty_cell_above_the_categories_is_not_lost(text: str) -> None:
    assert parse_table(text) == Grid(("", "2019", "2020"), (("总值", "1", "2"),))


def test_a_cell_with_a_line_break_or_a_quotation_mark_stays_one_cell() -> None:
    assert parse_table('地区\t"总值\n（亿元）"\n鹿城区\t1').head == ("地区", "总值 （亿元）")
    assert parse_table('规格\t台数\n6" 管\t1\n8" 管\t2').rows == (('6" 管', "1"), ('8" 管', "2"))
    assert parse_table('规格\t台数\n"甲"级\t1').rows == (('"甲"级', "1"),)


def test_a_row_that_ends_early_has_missing_figures_at_its_end() -> None:
    chart = parse_table("年份\t甲\t乙\n2019\t1\n2020\t2\t3").chart(Form.LINE, title="", unit="")
    assert chart.series[1].values == (None, Decimal(3))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("6,870.9", "6870.9"),
        ("1,234,567", "1234567"),
        ("６８７０．９", "6870.9"),
        ("－3.2", "-3.2"),
        ("−3.2", "-3.2"),
        ("+10", "10"),
        (" 12 ", "12"),
        ("0", "0"),
        ("0.00", "0.00"),
        ("3.40", "3.40"),
        ("12345678901234567890.123", "12345678901234567890.123"),
        ("", None),
        ("—", None),
        ("——", None),
        ("-", None),
        ("－", None),
        ("…", None),
        ("……", None),
        ("...", None),
        ("N/A", None),
        ("#N/A", None),
        ("无数据", None),
    ],
)
def test_a_figure_is_read_as_typed_and_nothing_is_not_zero(cell: str, value: str | None) -> None:
    found = number(cell)
    assert found == (None if value is None else Decimal(value))
    assert value is None or f"{found:f}" == value, "digits as they were typed"


@pytest.mark.parametrize(
    ("cell", "unit", "told"),
    [
        ("6870①", "", "注释符号"),  # NFKC would make it 68701
        ("100²", "", "注释符号"),
        ("12.5*", "", "注释符号"),
        ("12(初步)", "", "注释符号"),
        ("3.5万", "元", "写在单位里"),
        ("1.2E+08", "元", "缩写"),
        ("#DIV/0!", "", "公式错误"),
        ("########", "", "列宽"),
        ("1,23", "", "不是数字"),
        ("12,3456", "", "不是数字"),
        ("一百", "", "不是数字"),
        ("3.2%", "亿元", "改单位"),
        ("NaN", "", "不是数字"),
        ("1/2", "", "不是数字"),
        ("١٢", "", "不是数字"),
    ],
)
def test_what_is_no_figure_is_refused_with_advice(cell: str, unit: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        number(cell, unit)


@pytest.mark.parametrize(("cell", "unit"), [("3.2%", "%"), ("3.2％", "％"), ("3.2 %", "%（比上年）"), ("3.2‰", "‰")])
def test_a_percent_sign_agrees_with_its_unit(cell: str, unit: str) -> None:
    assert number(cell, unit) == Decimal("3.2")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有粘贴表格"),
        (" \n\t\n ", "没有粘贴表格"),
        ('""\t""', "没有粘贴表格"),
        ("只有一句话", "看不出表格"),
        ("年份\t总值", "看不出表格"),
        ("年份\n2019\n2020", "看不出表格"),
        ("年份,总值\n2019,6,606.1\n2020,6870.9", "第 2 行有 3 格，表头只有 2 格.*千分位逗号"),
        ("年份\t总值\n2019\t1\t2\n2020\t3", "第 2 行有 3 格"),
        ("甲\t乙\n" + "1\t2\n" * 501, "502 行 2 列，最多 500 行"),
        ("字" * (MOST_CHARACTERS + 1), "超过 20 万字"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(text: str, told: str) -> None:
    with pytest.raises(ChartError, match=told):
        parse_table(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2020年主要指标\t\n年份\t总值\n2019\t1", "表头第 2 格是空的.*大标题"),
        ("年份\t总值\n2019\t很多", "第 2 行“2019”的“总值”一列：“很多”不是数字"),
        ("年份\t总值\n2019\t1\n\t2", "第 3 行没有类别名称"),
        ("年份\t总值\n2019\t1\n注：初步核算数\t", "第 3 行“注：初步核算数”不是数据.*“说明”"),
        ("年份\t总值\n2019\t…\n2020\t", "没有一个数字"),
    ],
)
def test_a_table_that_makes_no_chart_is_refused_with_the_place(text: str, told: str) -> None:
    with pytest.raises(ChartError, match=told):
        parse_table(text).chart(Form.COLUMN, title="", unit="亿元")


def test_years_across_are_turned() -> None:
    grid = parse_table("指标\t2019\t2020\n总值\t1\t2\n人口\t3\t4")
    chart = grid.transposed().chart(Form.COLUMN, title="", unit="")
    assert chart.categories == ("2019", "2020")
    assert [(series.name, series.shown) for series in chart.series] == [("总值", ("1", "2")), ("人口", ("3", "4"))]
    assert grid.transposed().transposed() == grid


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+9", "1,000,000,000"), ("8000", "8000"), ("-12500.50", "-12,500.5"), ("0.00010", "0.0001"), ("-0", "0")],
)
def test_an_axis_never_shows_an_exponent(value: str, text: str) -> None:
    assert written(Decimal(value)) == text
    assert written(Decimal(-8000), 4) == "-8,000"


@given(st.text(alphabet=st.sampled_from('年1,2.\t\n "，;- \u3000…%甲\r\0'), max_size=80))
def test_whatever_is_pasted_is_a_table_or_a_clear_error(text: str) -> None:
    try:
        grid = parse_table(text)
    except ChartError:
        return
    assert {len(row) for row in grid.rows} == {len(grid.head)}
    assert any(any(row) for row in grid.all_rows)


CELLS = st.text(alphabet="甲乙丙0123456789,.% -", min_size=1, max_size=8).map(lambda text: " ".join(text.split()))


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS.filter(bool), min_size=width, max_size=width), min_size=2, max_size=6)
    )
)
def test_a_table_copied_from_a_sheet_comes_back_cell_by_cell(rows: list[list[str]]) -> None:
    grid = parse_table("\n".join("\t".join(row) for row in rows))
    assert [list(row) for row in grid.all_rows] == rows
