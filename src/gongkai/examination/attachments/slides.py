"""Presentations: every slide, shown or hidden, and the notes and comments that go out with the file."""

from __future__ import annotations

from gongkai.annual.read.limits import open_zip

from ..finding import Severity
from .content import Content
from .ooxml import drawn, names_like, part, take_common, texts


def read(data: bytes, content: Content) -> None:
    """Fill ``content``. Raises ``ReadError`` for a damaged, encrypted or oversized file."""
    with open_zip(data) as archive:
        for number, name in enumerate(names_like(archive, "ppt/slides/slide"), 1):
            root = part(archive, name)
            hidden = root.get("show") in {"0", "false"}
            where = f"第{number}张幻灯片" + ("（隐藏）" if hidden else "")
            lines = [line for line in drawn(root) if line.strip()]
            for line in lines:
                content.say(line, where)
            if hidden and lines:
                message = "这张幻灯片是隐藏的，公众下载后能看到。请删去或者取消隐藏。"
                content.find("HIDDEN-SLIDE", Severity.BLOCK, message, where=where, value="\x1e".join(lines))
        notes = [
            line
            for name in names_like(archive, "ppt/notesSlides/notesSlide")
            for line in drawn(part(archive, name))
            if line.strip() and not line.strip().isdecimal()  # the number of the slide
        ]
        comments = [
            text
            for name in names_like(archive, "ppt/comments/")
            for text in texts(part(archive, name), "cm", ("text", "t"))
        ]
        for kind, found in (("备注", notes), ("批注", comments)):
            for text in found:
                content.say(text, f"的{kind}")
            if found:
                message = f"有{kind}，公众下载后能看到。不是给公众看的，请删去后再上传。"
                content.find(
                    "HIDDEN-COMMENT",
                    Severity.WARN,
                    message,
                    where=f"的{kind}",
                    value="\x1e".join(found),
                    excerpt=" ".join(found[:3]),
                )
        take_common(archive, content)
