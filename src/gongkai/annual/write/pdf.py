"""The report as a tagged PDF (PDF/UA-1) with its fonts embedded; needs no font on the machine.

The text is set in Noto Sans CJK, the one Chinese face that can be had from the package index. A bureau
that has 仿宋, 楷体, 黑体 and 小标宋 names the folder of its font files in ``GONGKAI_FONTS``.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import noto_cjk
import typst

from gongkai.annual.forms import Table
from gongkai.annual.report import Report, TableData

from .geometry import Box, Grid, fitting_size, grid
from .outline import Body, Figures, Heading, Subheading, clean, figure, outline, printed, title_lines, title_of

FALLBACK = "Noto Sans CJK SC"
# What each kind of text is set in, best first, under the names that the font files carry.
FACES = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体"),
    "heading": ("SimHei", "黑体", "FZHei-B01S"),
    "lead": ("KaiTi", "KaiTi_GB2312", "楷体", "FZKai-Z03S"),
    "body": ("FangSong", "FangSong_GB2312", "仿宋", "FZFangSong-Z02S"),
}
# Points: the type of the dense tables 三 and 四, and of table 二.
_DENSE, _NORMAL = 9.0, 10.5


def render(report: Report) -> bytes:
    """The report as a PDF file; `ValueError` when ``GONGKAI_FONTS`` names no folder."""
    fonts, faces = fonts_of(os.environ.get("GONGKAI_FONTS", ""))
    content = {
        "title": title_of(report),
        "title-lines": title_lines(report),
        "agency": clean(report.agency),
        "fonts": faces,
        "parts": [_part(report, part) for part in outline(report)],
    }
    return typst.compile(
        _template(),
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"report": json.dumps(content)},
        pdf_standards="ua-1",
        timestamp=0,
    )


@lru_cache(maxsize=4)
def fonts_of(folder: str) -> tuple[typst.Fonts, dict[str, Any]]:
    """The fonts to set with, and the faces among them: ``plain`` is true where one face serves for all."""
    paths = [noto_cjk.otc_path("sans").parent]
    if folder:
        if not Path(folder).is_dir():
            raise ValueError(f"环境变量 GONGKAI_FONTS 指的文件夹“{folder}”不存在，请改正或不设。")
        paths.append(Path(folder))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    known = set(fonts.families())
    faces: dict[str, Any] = {
        kind: [*[name for name in names if name in known], FALLBACK] for kind, names in FACES.items()
    }
    return fonts, faces | {"plain": all(faces[kind] == [FALLBACK] for kind in FACES)}


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files(__package__).joinpath("report.typ").read_bytes()


def _part(report: Report, part: Heading | Subheading | Body | Figures) -> dict[str, Any]:
    match part:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Subheading(text):
            return {"kind": "subheading", "text": text}
        case Body(text, lead):
            return {"kind": "body", "lead": text[:lead], "text": text[lead:]}
        case Figures(table, data):
            return _table(report, table, data)


def _table(report: Report, table: Table, data: TableData) -> dict[str, Any]:
    shape = grid(table)
    stacked = len(shape.parts) > 1
    parts = []
    for rows, heads in zip(shape.parts, shape.heads, strict=True):
        boxes = [(box, _box(report, data, shape, box)) for box in shape.boxes if box.row in rows]
        parts.append(
            {
                "head": [drawn for box, drawn in boxes if box.row < rows.start + heads],
                "body": [drawn for box, drawn in boxes if box.row >= rows.start + heads],
            }
        )
    return {
        "kind": "figures",
        "parts": parts,
        "widths": shape.widths,
        "inset": (5, 6) if stacked else (2, 3.5),
        "breakable": stacked,
    }


def _box(report: Report, data: TableData, shape: Grid, box: Box) -> dict[str, Any]:
    size = _NORMAL if len(shape.parts) > 1 else _DENSE
    if box.cell is not None:
        text = printed(*figure(report, data, box.cell))
        lines, size = [text], fitting_size(text, shape.width_of(box), _NORMAL)
    elif box.vertical:
        # 三、 stays together, then one character a line.
        number, mark, rest = box.text.partition("、")
        lines = [number + mark, *rest]
    else:
        lines = shape.lines_of(box)
    return {
        "x": box.column,
        "y": box.row,
        "rowspan": box.rowspan,
        "colspan": box.colspan,
        "kind": box.kind,
        "left": box.kind in ("label", "corner") or (box.kind == "group" and not box.vertical),
        "size": size,
        "lines": lines,
    }
