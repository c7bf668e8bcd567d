"""Whether a template may be used: every point of the law has its place, and the template adds no law of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx.opc.exceptions import OpcError
from jinja2 import TemplateError, nodes
from lxml.etree import LxmlError

from gongkai.annual.read.errors import ReadError
from gongkai.annual.read.limits import check_members, open_zip

from .filling import Filling, environment, fill, lines_of, text_of
from .points import ROWS, names, required, required_words

MAX_BYTES = 2_000_000
_MAX_UNZIPPED = 20_000_000
_MAX_FAULTS = 20
_ARTICLE = re.compile(
    r"第\s*[〇零一二三四五六七八九十百千两\d０-９]+\s*条(?:\s*第\s*[一二三四五六七八九十\d]+\s*[款项])*"
)
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_ACTIVE = re.compile(r"vbaProject|activeX|embeddings/|oleObject|attachedToolbars|customUI", re.IGNORECASE)
_FIELD = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b", re.IGNORECASE)
# The only things a template does: print a value, leave out what is empty, repeat the rows of a table.
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.For,
    nodes.Getattr,
    nodes.Not,
    nodes.And,
    nodes.Or,
)


class TemplateRefusedError(ValueError):
    """A template that cannot be used; ``faults`` say in Chinese what is wrong and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = faults


def check(code: str, content: bytes) -> None:
    """Raise :class:`TemplateRefusedError` unless this is a template for letters of that kind."""
    _check_package(content)
    try:
        sources = list(Filling(BytesIO(content)).sources())
        faults = [*_literal_articles(content), *_jinja_faults(code, sources)]
        if not faults:
            faults = list(_missing(code, content))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise TemplateRefusedError(
            ["文件不是完好的 Word 文档，请在 Word 或 WPS 中打开后另存为 docx，再上传。"]
        ) from error
    if faults:
        raise TemplateRefusedError(faults[:_MAX_FAULTS])


def _check_package(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise TemplateRefusedError([f"模板超过 {MAX_BYTES // 1_000_000} MB，请去掉其中的图片后再上传。"])
    try:
        with open_zip(content) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_UNZIPPED:
                raise TemplateRefusedError(["模板解压后过大，请去掉其中的图片后再上传。"])
            check_members(archive)
            _check_members(archive)
    except ReadError as error:
        raise TemplateRefusedError([f"不能作为模板：{error}请用 Word 或 WPS 另存为 docx 再上传。"]) from error


def _check_members(archive: ZipFile) -> None:
    found = archive.namelist()
    if "word/document.xml" not in found or "[Content_Types].xml" not in found:
        raise TemplateRefusedError(["这不是 Word 文档（docx），请用 Word 或 WPS 另存为 docx 再上传。"])
    if any(_ACTIVE.search(name) for name in found) or b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise TemplateRefusedError(["模板里有宏、控件或者嵌入的对象，不能使用；请去掉后另存为不带宏的 docx。"])
    for name in found:
        if not name.endswith((".xml", ".rels")):
            continue
        data = archive.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise TemplateRefusedError(["模板里有外部实体声明，不能使用；请用 Word 或 WPS 另存后再上传。"])
        if name.endswith(".rels") and _has_outside_target(data):
            raise TemplateRefusedError(["模板引用了外部的模板、图片或者文件，不能使用；请改为嵌入，或者去掉。"])
        if _FIELD.search(" ".join(re.findall(r"<w:instrText[^>]*>([^<]*)<", data.decode("utf-8", "replace")))):
            raise TemplateRefusedError(["模板里有会取用外部内容的域（DDE、INCLUDETEXT 等），不能使用；请去掉这些域。"])


def _has_outside_target(data: bytes) -> bool:
    relations = re.findall(rb"<Relationship\b[^>]*>", data)
    return any(b'TargetMode="External"' in each and b"/hyperlink" not in each for each in relations)


def _literal_articles(content: bytes) -> Iterator[str]:
    filling = Filling(BytesIO(content))
    filling.init_docx()
    seen = set()
    for part in filling.docx.part.package.parts:
        element = getattr(part, "element", None)
        if element is None:
            continue
        for line in lines_of(element):
            seen.update(_ARTICLE.findall(_TAG.sub("", line)))
    for article in sorted(seen):
        yield f"模板里写有条文“{article}”。条款由系统按答复的日期填入，请改为 {{{{ grounds }}}}。"


def _jinja_faults(code: str, sources: list[str]) -> Iterator[str]:
    offered, wanted, used = names(code), required(code), set[str]()
    for source in sources:
        try:
            tree = environment().parse(source)
        except TemplateError as error:
            yield f"占位符写错了（{_plain(error)}），请检查 {{{{ }}}}、{{% %}} 是否成对。"
            return
        yield from _forbidden(tree)
        local = {name for each in tree.find_all(nodes.For) for name in _targets(each)}
        used |= {each.name for each in tree.find_all(nodes.Name) if each.name not in local}
        yield from _columns(tree)
    for name in sorted(used - set(offered)):
        yield f"这种文书没有占位符 {{{{ {name} }}}}，请改正或者删去。"
    for name, point in wanted.items():
        if name not in used:
            yield f"缺少“{point}”的位置，请加上 {{{{ {name} }}}}。"


def _forbidden(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            yield "模板里只能用 {{ 名称 }}、{% if 名称 %} 和表格行的 {%tr for row in severance %}，请去掉其他写法。"
            return


def _columns(tree: nodes.Template) -> Iterator[str]:
    for loop in tree.find_all(nodes.For):
        source = loop.iter.name if isinstance(loop.iter, nodes.Name) else ""
        if source not in ROWS or len(_targets(loop)) != 1:
            yield "表格行只能重复 severance（不予公开的部分），请写作 {%tr for row in severance %}。"
    known = {(target, column) for loop in tree.find_all(nodes.For) for target in _targets(loop) for column in _all()}
    for node in tree.find_all(nodes.Getattr):
        target = node.node.name if isinstance(node.node, nodes.Name) else ""
        if (target, node.attr) not in known:
            yield f"没有“{target}.{node.attr}”，表格行里只能用 part、reason、rule。"


def _targets(loop: nodes.For) -> list[str]:
    return [each.name for each in loop.target.find_all(nodes.Name)] or (
        [loop.target.name] if isinstance(loop.target, nodes.Name) else []
    )


def _all() -> set[str]:
    return {column for columns in ROWS.values() for column in columns}


def _missing(code: str, content: bytes) -> Iterator[str]:
    """Fill it with marks and see that each is printed: what stands in a place that is left out counts for nothing."""
    marks: dict[str, Any] = {name: f"◆{number}◆" for number, name in enumerate(names(code))}
    for name, columns in ROWS.items():
        if name in marks:
            marks[name] = [{column: f"◆{name}.{column}◆" for column in columns}]
    try:
        text = text_of(fill(content, marks))
        text_of(fill(content, {name: [] if name in ROWS else "" for name in marks}))
    except TemplateError as error:
        yield f"模板不能填写（{_plain(error)}），请检查占位符。"
        return
    for name, point in required(code).items():
        shown = [f"◆{name}.{column}◆" for column in ROWS[name]] if name in ROWS else [marks[name]]
        if not all(mark in text for mark in shown):
            yield f"“{point}”（{{{{ {name} }}}}）印不出来：它在不会显示的位置，或者放在了条件里，请移到正文中。"
    for word, point in required_words(code).items():
        if word not in re.sub(r"\s", "", text):
            yield f"缺少“{point}”部分，请在模板里写上“{word}”。"


def _plain(error: TemplateError) -> str:
    return re.sub(r"<[^>]*>", "", str(error.message or ""))[:60] or type(error).__name__
