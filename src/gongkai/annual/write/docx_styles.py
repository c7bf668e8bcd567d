"""The styles of the DOCX: built-in names, so that Word and WPS show them as 标题, 标题 1, 标题 2, 正文."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LEAD = "段首标题"
TABLE_TEXT = "表格文字"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Sizes and distances in points, ``indent`` in characters of the first line."""

    name: str
    font: str
    size: float
    line: float | None = None
    align: Literal["both", "center", "left"] = "both"
    indent: int = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    level: int | None = None


# 小标宋 for the title, 黑体 for 一、, 楷体 for （一）, 仿宋 for the text: the habit of GB/T 9704.
PARAGRAPHS = (
    Style("Normal", "仿宋", 16, line=28, indent=2),
    Style("Title", "方正小标宋简体", 22, line=34, align="center", after=28, keep_next=True),
    Style("Heading 1", "黑体", 16, line=28, indent=2, before=6, after=4, keep_next=True, level=0),
    Style("Heading 2", "楷体", 16, line=28, indent=2, keep_next=True, level=1),
    Style("Footer", "宋体", 14, align="center"),
    Style(TABLE_TEXT, "宋体", 10.5, align="center"),
)
LATIN = "Times New Roman"


def define_styles(document: Any) -> None:
    """Make the styles of the document those of an official document, whatever the template said."""
    styles = document.styles
    _set_defaults(styles)
    for style in PARAGRAPHS:
        known = style.name in styles
        target = styles[style.name] if known else styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
        if not known:
            target.base_style = None
            target.quick_style = True
        _replace(target.element, "w:pPr", _paragraph_properties(style))
        _replace(target.element, "w:rPr", _run_properties(style.font, style.size))
    lead = styles.add_style(LEAD, WD_STYLE_TYPE.CHARACTER)
    lead.quick_style = True
    _replace(lead.element, "w:rPr", _run_properties("楷体", None))


def element(tag: str, *children: Any, **attributes: str) -> Any:
    """An element in the w: namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def _set_defaults(styles: Any) -> None:
    """No theme fonts, no space after: what the template's defaults would add under every style."""
    defaults = styles.element.find(qn("w:docDefaults"))
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(element("rPrDefault", _run_properties("仿宋", 16)))
    defaults.append(element("pPrDefault"))


def _run_properties(font: str, size: float | None) -> Any:
    fonts = element("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=font, cs=LATIN)
    language = element("lang", val="en-US", eastAsia="zh-CN")
    if size is None:
        return element("rPr", fonts, language)
    half_points = f"{size * 2:g}"
    return element(
        "rPr",
        fonts,
        element("color", val="000000"),
        element("sz", val=half_points),
        element("szCs", val=half_points),
        language,
    )


def _paragraph_properties(style: Style) -> Any:
    properties = element("pPr")
    if style.keep_next:
        properties.append(element("keepNext"))
    if style.name != "Normal":
        properties.append(element("widowControl", val="0"))
    spacing = {"before": _twips(style.before), "after": _twips(style.after)}
    if style.line is not None:
        spacing |= {"line": _twips(style.line), "lineRule": "exact"}
    else:
        spacing |= {"line": "240", "lineRule": "auto"}
    properties.append(element("spacing", **spacing))
    properties.append(
        element("ind", firstLineChars=str(style.indent * 100), firstLine=_twips(style.indent * style.size))
    )
    properties.append(element("jc", val=style.align))
    if style.level is not None:
        properties.append(element("outlineLvl", val=str(style.level)))
    return properties


def _replace(style: Any, tag: str, properties: Any) -> None:
    """Put ``properties`` in the place where the schema wants it: pPr, then rPr, at the end of a style."""
    old = style.find(qn(tag))
    if old is not None:
        style.remove(old)
    following = style.find(qn("w:rPr")) if tag == "w:pPr" else None
    if following is not None:
        following.addprevious(properties)
    else:
        style.append(properties)


def _twips(points: float) -> str:
    return str(round(points * 20))
