"""The printed grids are those of the official forms."""

from __future__ import annotations

from collections import Counter

import pytest

from gongkai.annual.forms import FORM_2019, FORM_2021, FORM_2021_WITH_23_ROWS, Cell, Form, Table
from gongkai.annual.write.geometry import MEASURE_PT, Box, breakable, fitting_size, grid

FORMS = {"2019": FORM_2019, "2021": FORM_2021, "2021 with 23 rows": FORM_2021_WITH_23_ROWS}
TABLES = [pytest.param(form, number, id=f"{name}-{number}") for name, form in FORMS.items() for number in form.tables]


def boxes(table: Table) -> dict[str, Box]:
    """The boxes by text; tables 三 and 四 repeat some, so the first one."""
    found: dict[str, Box] = {}
    for box in grid(table).boxes:
        found.setdefault(box.text, box)
    return found


@pytest.mark.parametrize(("form", "number"), TABLES)
def test_every_square_of_the_grid_is_covered_once(form: Form, number: str) -> None:
    shape = grid(form.tables[number])
    covered = Counter(
        (row, column)
        for box in shape.boxes
        for row in range(box.row, box.bottom)
        for column in range(box.column, box.right)
    )
    assert set(covered.values()) == {1}
    assert set(covered) == {(row, column) for row in range(shape.height) for column in range(shape.width)}


@pytest.mark.parametrize(("form", "number"), TABLES)
def test_every_cell_of_the_form_is_printed_once(form: Form, number: str) -> None:
    table = form.tables[number]
    printed = [box.cell for box in grid(table).boxes if box.cell is not None]
    assert Counter(printed) == Counter(table.cells())


@pytest.mark.parametrize(("form", "number"), TABLES)
def test_the_widths_fill_the_measure(form: Form, number: str) -> None:
    shape = grid(form.tables[number])
    assert len(shape.widths) == shape.width
    assert sum(shape.widths) == pytest.approx(1)


def test_table_2_has_a_part_for_each_item_of_article_20() -> None:
    shape = grid(FORM_2021.tables["2"])
    rows = shape.rows()
    assert [[box.text for box in rows[part.start]] for part in shape.parts] == [
        ["第二十条第（一）项"],
        ["第二十条第（五）项"],
        ["第二十条第（六）项"],
        ["第二十条第（八）项"],
    ]
    assert [box.text for box in rows[1]] == ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    assert [(box.text, box.colspan) for box in rows[5]] == [("信息内容", 1), ("本年处理决定数量", 3)]


def test_table_2_of_2019_gives_the_last_column_what_is_left() -> None:
    found = boxes(FORM_2019.tables["2"])
    assert (found["采购项目数量"].colspan, found["采购总金额"].colspan) == (1, 2)


def test_table_3_has_the_merged_heads_and_groups_of_the_form() -> None:
    found = boxes(FORM_2021.tables["3"])
    spans = {
        text: (box.row, box.column, box.rowspan, box.colspan, box.kind)
        for text, box in found.items()
        if box.kind != "figure"
    }
    assert spans["申请人情况"] == (0, 3, 1, 7, "head")
    assert spans["法人或其他组织"] == (1, 4, 1, 5, "head")
    assert spans["自然人"] == (1, 3, 2, 1, "head")
    assert spans["总计"] == (1, 9, 2, 1, "head")
    assert spans["商业企业"] == (2, 4, 1, 1, "head")
    assert spans["一、本年新收政府信息公开申请数量"] == (3, 0, 1, 3, "label")
    assert spans["三、本年度办理结果"] == (5, 0, 22, 1, "group")
    assert spans["（一）予以公开"] == (5, 1, 1, 2, "label")
    assert spans["（三）不予公开"] == (7, 1, 8, 1, "group")
    assert spans["（六）其他处理"] == (23, 1, 3, 1, "group")
    assert found["三、本年度办理结果"].vertical
    assert not found["（三）不予公开"].vertical
    corner = next(box for box in grid(FORM_2021.tables["3"]).boxes if box.kind == "corner")
    assert (corner.rowspan, corner.colspan) == (3, 3)


def test_table_4_is_one_row_of_fifteen_figures() -> None:
    shape = grid(FORM_2021.tables["4"])
    found = boxes(FORM_2021.tables["4"])
    assert (shape.height, shape.width, shape.heads) == (4, 15, (3,))
    assert (found["行政复议"].row, found["行政复议"].colspan) == (0, 5)
    assert (found["行政诉讼"].row, found["行政诉讼"].colspan) == (0, 10)
    assert (found["复议后起诉"].row, found["复议后起诉"].column, found["复议后起诉"].colspan) == (1, 10, 5)
    # 结果维持 of 行政复议 stands directly under it and is as tall as the two rows beside it.
    assert (found["结果维持"].row, found["结果维持"].rowspan) == (1, 2)
    assert [str(box.cell) for box in shape.rows()[3]][4:6] == ["4.review.total", "4.suit_direct.upheld"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("2.penalties.decisions", ["第二十条第（六）项", "本年处理决定数量", "行政处罚"]),
        (
            "3.denied.state_secret.research",
            ["申请人情况", "法人或其他组织", "科研机构", "三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"],
        ),
        ("4.suit_after_review.pending", ["行政诉讼", "复议后起诉", "尚未审结"]),
    ],
)
def test_a_figure_is_named_by_its_heads_and_labels(cell: str, names: list[str]) -> None:
    address = Cell.parse(cell)
    shape = grid(FORM_2021.tables[address.table])
    figure = next(box for box in shape.boxes if box.cell == address)
    assert sorted(box.text for box in shape.names_of(figure)) == sorted(names)


@pytest.mark.parametrize("number", ["3", "4"])
def test_ten_million_fits_the_narrowest_column(number: str) -> None:
    shape = grid(FORM_2021.tables[number])
    width = min(shape.widths) * MEASURE_PT if number == "4" else shape.widths[-1] * MEASURE_PT
    assert fitting_size("10000000", width, 10.5) * 8 * 0.56 <= width
    assert fitting_size("123", width, 10.5) == 10.5


def test_heads_break_between_words() -> None:
    assert breakable("社会公益组织") == ["社会", "公益", "组织"]
    assert breakable("自然人") == ["自然人"]
    assert breakable("本年制发件数") == ["本年", "制发", "件数"]
    assert breakable("上一年项目数量") == ["上一年项目数量"]
