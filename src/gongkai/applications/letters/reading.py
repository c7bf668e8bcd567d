"""A filled letter as data for print: its paragraphs, runs and tables with the look that its styles give them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

Data = dict[str, Any]

_ALIGN = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
    WD_ALIGN_PARAGRAPH.LEFT: "left",
}
# By what a font's name contains: 小标宋 for titles, 黑体 for headings, 楷体 for leads, all others are 仿宋.
_FACES = (
    ("标宋", "title"),
    ("XiaoBiao", "title"),
    ("黑", "heading"),
    ("Hei", "heading"),
    ("楷", "lead"),
    ("Kai", "lead"),
)
_SIZE, _LINE = 16.0, 28.0


def read(content: bytes) -> Data:
    """The letter as :file:`letter.typ` takes it."""
    document = Document(BytesIO(content))
    section = document.sections[0]
    return {
        "header": [_paragraph(each) for each in section.header.paragraphs if each.text.strip()],
        "footer": [_paragraph(each) for each in section.footer.paragraphs if each._p.xpath(".//w:t")],
        "body": list(_body(document)),
    }


def _body(document: Any) -> Iterator[Data]:
    for item in document.iter_inner_content():
        yield _table(item) if isinstance(item, Table) else _paragraph(item)


def _table(table: Table) -> Data:
    widths = [int(each.get(qn("w:w")) or 0) for each in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    rows = []
    for row in table.rows:
        cells, seen = [], None
        for cell in row.cells:
            if cell._tc is seen:
                continue
            seen = cell._tc
            cells.append({"span": cell.grid_span, "paragraphs": [_paragraph(each) for each in cell.paragraphs]})
        rows.append(cells)
    return {"kind": "table", "widths": [max(width, 1) for width in widths], "rows": rows}


def _paragraph(paragraph: Paragraph) -> Data:
    size = _size_of(paragraph)
    spacing = _points(_inherited(paragraph, "line_spacing"))
    runs = list(_runs(paragraph, size))
    return {
        "kind": "paragraph",
        "align": _ALIGN.get(_inherited(paragraph, "alignment"), "both"),
        "heading": _style_name(paragraph) == "Title" and bool(paragraph.text.strip()),
        "first": _first_indent(paragraph, size),
        "left": _points(_inherited(paragraph, "left_indent")) or 0,
        "right": _points(_inherited(paragraph, "right_indent")) or 0,
        "before": _points(_inherited(paragraph, "space_before")) or 0,
        "after": _points(_inherited(paragraph, "space_after")) or 0,
        "line": spacing or max(size * 1.5, _LINE if size >= _SIZE else 0),
        "size": max([size, *(run["size"] for run in runs if run["kind"] == "text")]) if runs else size,
        "keep": bool(_inherited(paragraph, "keep_with_next")),
        "new-page": bool(_inherited(paragraph, "page_break_before")) or _breaks_page(paragraph),
        "rule": _rule(paragraph),
        "runs": runs,
    }


def _runs(paragraph: Paragraph, size: float) -> Iterator[Data]:
    """Runs in order, those of links and fields with the others."""
    for element in paragraph._p.iter(qn("w:r"), qn("w:fldSimple")):
        if element.tag == qn("w:fldSimple"):
            if "PAGE" in (element.get(qn("w:instr")) or ""):
                yield {"kind": "page"}
            continue
        parent = element.getparent()
        if parent is not None and parent.tag == qn("w:fldSimple"):
            continue
        yield from _pieces(element, paragraph, size)


def _pieces(run: Any, paragraph: Paragraph, size: float) -> Iterator[Data]:
    look = _look(run, paragraph, size)
    for child in run:
        if child.tag == qn("w:t") and child.text:
            yield look | {"kind": "text", "text": child.text}
        elif child.tag == qn("w:tab"):
            yield look | {"kind": "text", "text": "　"}
        elif child.tag == qn("w:br") and child.get(qn("w:type")) != "page":
            yield {"kind": "break"}
        elif child.tag == qn("w:instrText") and "PAGE" in (child.text or ""):
            yield {"kind": "page"}


def _look(run: Any, paragraph: Paragraph, size: float) -> Data:
    own = run.rPr
    sources = [own, *(style.element.rPr for style in _styles(paragraph))]
    font = _first(sources, "w:rFonts", "w:eastAsia") or "仿宋"
    color = _first(sources, "w:color", "w:val") or "000000"
    half_points = _first([own], "w:sz", "w:val")
    return {
        "face": next((face for part, face in _FACES if part in font), "body"),
        "bold": _is_on(sources, "w:b"),
        "underline": own is not None and own.find(qn("w:u")) is not None,
        "size": int(half_points) / 2 if half_points else size,
        "color": f"#{color}" if len(color) == 6 and not set(color) - set("0123456789abcdefABCDEF") else "#000000",
    }


def _first(sources: list[Any], tag: str, attribute: str) -> str | None:
    for source in sources:
        found = source.find(qn(tag)) if source is not None else None
        if found is not None and found.get(qn(attribute)):
            return str(found.get(qn(attribute)))
    return None


def _is_on(sources: list[Any], tag: str) -> bool:
    for source in sources:
        found = source.find(qn(tag)) if source is not None else None
        if found is not None:
            return found.get(qn("w:val")) not in ("0", "false", "off")
    return False


def _styles(paragraph: Paragraph) -> Iterator[Any]:
    """The style of a paragraph and those that it is based on."""
    style, seen = paragraph.style, 0
    while style is not None and seen < 20:
        yield style
        style, seen = style.base_style, seen + 1


def _style_name(paragraph: Paragraph) -> str:
    return paragraph.style.name if paragraph.style is not None else ""


def _inherited(paragraph: Paragraph, name: str) -> Any:
    for form in (paragraph.paragraph_format, *(style.paragraph_format for style in _styles(paragraph))):
        if (found := getattr(form, name)) is not None:
            return found
    return None


def _first_indent(paragraph: Paragraph, size: float) -> float:
    """Word takes the indent in characters, where there is one, before that in points."""
    for source in (paragraph._p.pPr, *(style.element.pPr for style in _styles(paragraph))):
        found = source.find(qn("w:ind")) if source is not None else None
        if found is None:
            continue
        characters, twips = found.get(qn("w:firstLineChars")), found.get(qn("w:firstLine"))
        if characters and characters.isdecimal() and int(characters):
            return int(characters) / 100 * size
        if twips is not None:
            return max(0.0, int(twips) / 20)
        if characters is not None:
            return 0.0
    return 0.0


def _size_of(paragraph: Paragraph) -> float:
    for style in _styles(paragraph):
        if style.font.size is not None:
            return float(style.font.size.pt)
    return _SIZE


def _points(value: Any) -> float | None:
    """A length in points; a multiple of lines is not one."""
    return float(value.pt) if hasattr(value, "pt") else None


def _rule(paragraph: Paragraph) -> str | None:
    properties = paragraph._p.pPr
    found = properties.find(qn("w:pBdr")) if properties is not None else None
    bottom = found.find(qn("w:bottom")) if found is not None else None
    color = bottom.get(qn("w:color")) if bottom is not None else None
    if bottom is None:
        return None
    return f"#{color}" if color and len(color) == 6 else "#000000"


def _breaks_page(paragraph: Paragraph) -> bool:
    return any(each.get(qn("w:type")) == "page" for each in paragraph._p.iter(qn("w:br")))
