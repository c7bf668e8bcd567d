"""A package for publishing by hand: the text as WeChat takes it, its pictures and cover, and what goes where."""

from __future__ import annotations

from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from .articles import Article
from .models import Sending
from .wechat.cover import cover
from .wechat.limits import Letter, faults
from .wechat.pictures import fitting
from .wechat.rendering import render, sources


def package_of(sending: Sending, article: Article, author: str) -> bytes:
    """A zip. Raises :class:`~.wechat.pictures.PictureError` for a picture that cannot be taken along."""
    places: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    for number, src in enumerate(sources(article.html), 1):
        content = article.picture(src)
        if content is not None:
            fitted, ending = fitting(content)
            places[src] = f"images/{number:02}.{ending}"
            pictures[places[src]] = fitted
    body = render(article.html, places)
    head = (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(sending.title)}</title></head>'
    )
    front = next(iter(pictures.items()), ("cover.png", cover(sending.title, sending.agency.name)))
    letter = Letter(sending.title, body, author, sending.digest, article.address)
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as made:
        made.writestr("正文.html", f"{head}\n<body>\n{body}\n</body></html>\n")
        made.writestr("说明.txt", _instructions(letter, sending, len(pictures)))
        made.writestr(f"封面.{front[0].rpartition('.')[2]}", front[1])
        for name, content in pictures.items():
            made.writestr(name, content)
    return output.getvalue()


def _instructions(letter: Letter, sending: Sending, pictures: int) -> str:
    lines = [
        f"标题：{letter.title}",
        f"作者：{letter.author}",
        f"摘要：{letter.digest}",
        f"原文链接：{letter.address}",
        "",
        "1. 用浏览器打开“正文.html”，全选、复制，粘贴到平台的编辑器里。",
        f"2. 图片共 {pictures} 张，在 images 文件夹里；粘贴后没有带上的，按顺序插入。",
        "3. 封面用“封面”文件。",
        f"4. 发布后，把文章链接回填到“渠道发布”{sending.number}，并登记期、条。",
        *(f"注意：{fault}" for fault in faults(letter)),
    ]
    return "\n".join(lines) + "\n"
