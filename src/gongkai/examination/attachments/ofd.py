"""版式文件 OFD (GB/T 33190-2016): the text of pages and of annotations."""

from __future__ import annotations

import re

from gongkai.annual.read.limits import open_zip

from ..finding import Severity
from .content import Content
from .ooxml import local, part

_PAGE = re.compile(r"(?:.*/)?Pages/Page_(\d+)/Content\.xml$|(?:.*/)?Pages/[^/]*?(\d+)\.xml$")
_NOTE = re.compile(r"(?:.*/)?Annots/.*\.xml$")


def read(data: bytes, content: Content) -> None:
    """Fill ``content``. Raises ``ReadError`` for a damaged or oversized file."""
    with open_zip(data) as archive:
        pages = 0
        for name in sorted(archive.namelist(), key=lambda name: (len(name), name)):
            if match := _PAGE.match(name):
                pages += 1
                lines = [element.text or "" for element in part(archive, name).iter() if local(element) == "TextCode"]
                # A line of the page is often several pieces of text: numbers are sought across them too.
                where = f"第{int(match[1] or match[2]) + 1}页"
                content.say("\n".join(lines), where)
                if not "".join(lines).strip():
                    message = "这一页没有文字（可能是扫描件），机器看不了内容。请人工逐字核对。"
                    content.find("ATTACHMENT-SCAN", Severity.WARN, message, where=where)
            elif _NOTE.match(name):
                words = [element.text or "" for element in part(archive, name).iter() if local(element) == "TextCode"]
                content.say("\n".join(words), "的批注")
        for element in part(archive, "OFD.xml").iter():
            if local(element) == "Author" and element.text:
                content.authors({"作者": element.text})
    if not pages:
        content.find("ATTACHMENT-UNREADABLE", Severity.BLOCK, "版式文件里没有找到页面，没有查看。请换成 PDF 后上传。")
