"""Articles in a worksheet: what each row says, and where its body and files are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import timezone

from gongkai.annual.read.encoding import decode_raw
from gongkai.sheets import values as cells
from gongkai.sheets.book import Col, Row, Values, words_of

from ...models import DocumentClass
from .article import MAX_FILE, MAX_PAGE, Article, UnreadableArticleError
from .body import Files, read_body

_CLOCK = re.compile(r"(?:[\sT]+)(\d{1,2})[:：时](\d{1,2})")
_SEPARATOR = re.compile(r"[;；\n]+")

COLUMNS = (
    Col(
        "title",
        "标题",
        required=True,
        max_length=300,
        width=50,
        example="示例：一季度统计工作会议召开",
        aliases=("信息标题", "名称"),
    ),
    Col("first_level", "一级栏目", required=True, max_length=60, example="工作动态", aliases=("栏目",)),
    Col("second_level", "二级栏目", max_length=60, example="市局动态", aliases=("子栏目",)),
    Col(
        "published",
        "发布日期",
        required=True,
        max_length=40,
        example="2020-03-02 09:30",
        width=18,
        help="可以带时间；写到分钟的按这一分钟。",
        aliases=("发布时间", "日期"),
    ),
    Col("source", "来源", max_length=100, aliases=("信息来源",)),
    Col("document_number", "文号", max_length=60, width=18, aliases=("发文字号",)),
    Col("formed_on", "成文日期", "date", aliases=("生成日期",)),
    Col("index_number", "索引号", max_length=60, width=22),
    Col("document_class", "文件类别", "choice", choices=words_of(DocumentClass), help="政策文件才填。"),
    Col("effective_on", "施行日期", "date"),
    Col("expires_on", "有效期至", "date", help="有效期的最后一天；没有规定的空着。"),
    Col("summary", "内容概述", max_length=1500, width=30),
    Col(
        "body",
        "正文",
        max_length=32_000,
        width=60,
        help="一段一行；有图片、表格的用“正文文件”。",
        example="示例：会议总结了一季度的工作。",
    ),
    Col("body_file", "正文文件", max_length=300, width=30, help="网页文件（.html）的路径，从本表所在的文件夹算起。"),
    Col(
        "attachments", "附件", max_length=2000, width=30, help="文件的路径，从本表所在的文件夹算起；几个的用分号隔开。"
    ),
    Col(
        "url",
        "原网址",
        max_length=500,
        width=40,
        help="原网站上的网址，以后访问它会转到这里。",
        aliases=("网址", "链接地址"),
    ),
)


def check(values: Values) -> Iterable[tuple[str, str]]:
    """What no single column can see."""
    if values["second_level"] == values["first_level"]:
        yield "second_level", "与一级栏目相同；没有二级栏目的空着"
    if values["body"] and values["body_file"]:
        yield "body_file", "正文和正文文件只填一样"
    if not (values["body"] or values["body_file"] or values["attachments"]):
        yield "body", "正文、正文文件、附件至少填一样"
    try:
        moment_of(values["published"])
    except ValueError as error:
        yield "published", str(error)
    if values["effective_on"] and values["expires_on"] and values["expires_on"] < values["effective_on"]:
        yield "expires_on", f"早于施行日期（{values['effective_on']}）"


def moment_of(text: str) -> datetime:
    """A day with or without a time of day. Raises ``ValueError`` in Chinese."""
    day = cells.day(text)
    clock = _CLOCK.search(text)
    try:
        moment = time(int(clock[1]), int(clock[2])) if clock else time(0)
        return timezone.make_aware(datetime.combine(day, moment))
    except ValueError:
        raise ValueError(f"“{text}”的时间不对，请写成 2020-03-02 09:30") from None


def article_of(row: Row, folder: Path | None) -> Article:
    """The article of a row; ``folder`` is where the worksheet lies, ``None`` when it came without its files.

    Raises :class:`UnreadableArticleError`.
    """
    values = row.values
    named = [part.strip() for part in _SEPARATOR.split(values["attachments"]) if part.strip()]
    if folder is None and (values["body_file"] or named):
        raise UnreadableArticleError("有正文文件、附件的，请在服务器上用 gongkai import site 导入")
    article = Article(
        where=f"第 {row.number} 行",
        title=values["title"],
        published_at=moment_of(values["published"]),
        first=values["first_level"],
        second=values["second_level"],
        path=_path(values["url"]),
        **{
            name: values[name]
            for name in (
                "source",
                "summary",
                "document_number",
                "index_number",
                "formed_on",
                "effective_on",
                "expires_on",
            )
        },
        document_class=values["document_class"] or "",
    )
    if values["body"]:
        lines = [line.strip() for line in values["body"].splitlines() if line.strip()]
        article.blocks = [("paragraph", "".join(f"<p>{escape(line)}</p>" for line in lines))]
    if folder is not None:
        if values["body_file"]:
            _read_body(article, _inside(folder, values["body_file"]), folder)
        article.attachments += [(path.stem[:200], path) for path in (_inside(folder, name) for name in named)]
    return article


def _read_body(article: Article, path: Path, folder: Path) -> None:
    if path.stat().st_size > MAX_PAGE:
        raise UnreadableArticleError(f"正文文件 {path.name} 太大")

    def find(href: str) -> Path | None:
        try:
            return _inside(folder, (path.parent / urlsplit(href).path).relative_to(folder).as_posix())
        except (UnreadableArticleError, ValueError):
            return None

    body = read_body(decode_raw(path.read_bytes()), Files(find, lambda href: href))
    article.blocks, article.attachments, article.missing = body.blocks, body.attachments, body.missing


def _inside(folder: Path, name: str) -> Path:
    """A file beside the worksheet; nothing outside its folder is read."""
    path = (folder / name.replace("\\", "/")).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise UnreadableArticleError(f"没有文件“{name}”；路径从本表所在的文件夹算起")
    if path.stat().st_size > MAX_FILE:
        raise UnreadableArticleError(f"文件“{name}”超过 {MAX_FILE // 2**20} MB")
    return path


def _path(url: str) -> str:
    path = urlsplit(url).path
    return path if path.startswith("/") else f"/{path}" if path else ""
