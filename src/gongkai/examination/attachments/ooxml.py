"""What Word, Excel and PowerPoint files have in common: parts, properties, pictures, embedded files, macros."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from gongkai.annual.read.limits import read_member

from ..finding import Severity
from .content import Content, Embedded, ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

DAMAGED = "文件已损坏，不能打开；请在 Office 或 WPS 中修复后另存。"
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp")
_PROPERTIES = {
    "docProps/core.xml": {"creator": "作者", "lastModifiedBy": "最后修改人"},
    "docProps/app.xml": {"Company": "单位", "Manager": "主管"},
}
_REMARKS = {"docProps/core.xml": ("title", "subject", "description", "keywords"), "docProps/custom.xml": ("lpwstr",)}
_DRAWING_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


def parse(data: bytes) -> _Element:
    """The root of a part. Entities stay what they are and depth is bounded by libxml2 (256)."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.LxmlError as error:
        raise ReadError(DAMAGED) from error
    return root


def part(archive: ZipFile, name: str) -> _Element:
    """A part of the package, parsed."""
    return parse(read_member(archive, name))


def names_like(archive: ZipFile, folder: str, ending: str = ".xml") -> list[str]:
    """The parts below a folder, in the order of their numbers."""
    names = [name for name in archive.namelist() if name.startswith(folder) and name.endswith(ending)]
    return sorted(names, key=lambda name: (len(name), name))


def local(element: _Element) -> str:
    """The element's name without its namespace; empty for comments and entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def texts(root: _Element, within: str, names: tuple[str, ...] = ("t",)) -> Iterator[str]:
    """The text of every element called ``within``: what its descendants of these names say."""
    for element in root.iter():
        if local(element) == within:
            yield "".join(each.text or "" for each in element.iter() if local(each) in names)


def drawn(root: _Element) -> Iterator[str]:
    """The paragraphs of shapes, charts and slides."""
    for paragraph in root.iter(_DRAWING_PARAGRAPH):
        yield "".join(text.text or "" for text in paragraph.iter(_DRAWING_TEXT))


def take_common(archive: ZipFile, content: Content) -> None:
    """Properties, pictures, embedded files and macros of any of the three."""
    names = set(archive.namelist())
    people: dict[str, str] = {}
    for name in sorted(names & {*_PROPERTIES, *_REMARKS}):
        for element in part(archive, name).iter():
            tag, text = local(element), element.text or ""
            if kind := _PROPERTIES.get(name, {}).get(tag):
                people[kind] = text
            elif tag in _REMARKS.get(name, ()):
                content.say(text, "文档属性")
    content.authors(people)
    for name in sorted(names):
        lowered = name.lower()
        if "/media/" in lowered and lowered.endswith(_PICTURES):
            content.pictures.append(Embedded(name, read_member(archive, name)))
        elif "/embeddings/" in lowered:
            content.files.append(Embedded(name, read_member(archive, name)))
        elif lowered.endswith("vbaproject.bin"):
            message = "文件里有宏（程序），公众下载后会被安全软件拦截。请另存为不带宏的 docx 或者 xlsx。"
            content.find("ATTACHMENT-MACRO", Severity.BLOCK, message)
