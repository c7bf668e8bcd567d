"""A table of the form as WordprocessingML: real merged cells, repeated heads, rows that do not break."""

from __future__ import annotations

from typing import Any

from gongkai.annual.forms import Table
from gongkai.annual.report import Report, TableData

from .docx_styles import TABLE_TEXT, element
from .geometry import MEASURE_PT, Box, Grid, fitting_size, grid
from .outline import NUMERALS, figure, printed

# Points: of the labels of the dense table 三 and 四, and of everything else.
SMALL, NORMAL = 9.0, 10.5
_MARGIN = 2.0


def table_xml(report: Report, table: Table, data: TableData) -> Any:
    """The ``w:tbl`` of a table. Built as XML: python-docx merges cells one by one, in quadratic time."""
    shape = grid(table)
    twips = [round(share * MEASURE_PT * 20) for share in shape.widths]
    tbl = element(
        "tbl", _properties(table, sum(twips)), element("tblGrid", *[element("gridCol", w=str(w)) for w in twips])
    )
    owners = {
        (row, column): box
        for box in shape.boxes
        for row in range(box.row, box.bottom)
        for column in range(box.column, box.right)
    }
    for row in range(shape.height):
        tr = element("tr", _row_properties(shape, row))
        column = 0
        while column < shape.width:
            box = owners[row, column]
            tr.append(_cell(report, data, shape, box, row, sum(twips[box.column : box.right])))
            column = box.right
        tbl.append(tr)
    return tbl


def _properties(table: Table, width: int) -> Any:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    margin = str(round(_MARGIN * 20))
    return element(
        "tblPr",
        element("tblW", w=str(width), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *[element(side, val="single", sz="4", space="0", color="000000") for side in sides]),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", w=margin, type="dxa"), element("right", w=margin, type="dxa")),
        element("tblCaption", val=f"表{NUMERALS[int(table.number) - 1]} {table.title}"),
    )


def _row_properties(shape: Grid, row: int) -> Any:
    properties = element("trPr", element("cantSplit"))
    part = next(part for part in shape.parts if row in part)
    properties.append(element("trHeight", val="460" if len(shape.parts) > 1 else "340", hRule="atLeast"))
    # Word repeats heads only from the top of a table: table 二 has a head for each item and repeats none.
    if len(shape.parts) == 1 and row - part.start < shape.heads[0]:
        properties.append(element("tblHeader"))
    return properties


def _cell(report: Report, data: TableData, shape: Grid, box: Box, row: int, twips: int) -> Any:
    properties = element("tcPr", element("tcW", w=str(twips), type="dxa"))
    if box.colspan > 1:
        properties.append(element("gridSpan", val=str(box.colspan)))
    if box.rowspan > 1:
        properties.append(element("vMerge", val="restart") if row == box.row else element("vMerge"))
    if box.kind in ("caption", "head") and len(shape.parts) > 1:
        properties.append(
            element("shd", val="clear", color="auto", fill="EEF2F7" if box.kind == "caption" else "FFFFFF")
        )
    if box.vertical:
        properties.append(element("textDirection", val="tbRlV"))
    properties.append(element("vAlign", val="center"))
    lines, size = _text(report, data, shape, box) if row == box.row else ([], NORMAL)
    return element("tc", properties, _paragraph(shape, box, row, lines, size))


def _text(report: Report, data: TableData, shape: Grid, box: Box) -> tuple[list[str], float]:
    if box.cell is None:
        return shape.lines_of(box), NORMAL if len(shape.parts) > 1 else SMALL
    text = printed(*figure(report, data, box.cell))
    return [text], fitting_size(text, shape.width_of(box), NORMAL, padding=2 * _MARGIN)


def _paragraph(shape: Grid, box: Box, row: int, lines: list[str], size: float) -> Any:
    properties = element("pPr", element("pStyle", val=TABLE_TEXT))
    part = next(part for part in shape.parts if row in part)
    if row < part.stop - 1:
        # A part of a table stays on one page with its heads as long as it fits on one.
        properties.append(element("keepNext"))
    if box.kind in ("label", "corner") or (box.kind == "group" and not box.vertical):
        properties.append(element("jc", val="left"))
    paragraph = element("p", properties)
    if lines:
        run_properties = element("rPr")
        if size != NORMAL:
            half_points = str(round(size * 2))
            run_properties.extend([element("sz", val=half_points), element("szCs", val=half_points)])
        run = element("r", run_properties)
        for number, line in enumerate(lines):
            if number:
                run.append(element("br"))
            text = element("t")
            text.text = line
            run.append(text)
        paragraph.append(run)
    return paragraph
