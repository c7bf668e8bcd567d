"""A saved page of an old site: its title, date, source, column and body, from what such pages have in common.

Meta tags of 国办发〔2017〕47号 come first, then the marks of the systems that made most such pages, then what a reader
would look for: the heading, "发布日期：", "来源：", "当前位置：".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import lxml.html
from django.utils import timezone
from lxml.etree import LxmlError

from gongkai.annual.read.encoding import decode_raw
from gongkai.annual.read.errors import ReadError
from gongkai.sheets import values

from .article import MAX_PAGE, UnreadableArticleError

_BODIES = (
    "zoom",
    "Zoom",
    "UCAP-CONTENT",
    "TRS_Editor",
    "trs_editor_view",
    "vsb_content",
    "v_news_content",
    "wp_articlecontent",
    "article-content",
    "article_content",
    "articleContent",
    "art_con",
    "main-txt",
    "news_content",
    "content_body",
    "pages_content",
    "detail-content",
    "content",
)
_BEGIN = re.compile(r"<!--\s*(?:ZJEG_RSS\.content\.begin|<\$\[信息内容\]>begin)\s*-->", re.IGNORECASE)
_END = re.compile(r"<!--\s*(?:ZJEG_RSS\.content\.end|<\$\[信息内容\]>end)\s*-->", re.IGNORECASE)
_MOMENT = re.compile(
    r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?:[\sT]*(\d{1,2})\s*[:：时]\s*(\d{1,2}))?"
)
_DATED = re.compile(rf"(?:发布日期|发布时间|发表时间|更新时间|日期|时间)\s*[:：]?\s*{_MOMENT.pattern}")
_SOURCE = re.compile(r"(?:信息来源|文章来源|来源)\s*[:：]\s*([^\s|｜\]】<>]{2,40})")
_PLACE = re.compile(r"(?:当前位置|您的位置|您现在的位置|所在位置)\s*[:：]?\s*(.{0,200})")
_STEP = re.compile(r"\s*(?:>|＞|›|»|→|&gt;|/|｜)+\s*")
_OF_PATH = re.compile(r"/art/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/art_")
_ARTICLE_PATH = re.compile(r"/art/(?:19|20)\d\d/\d{1,2}/\d{1,2}/art_[\w-]+\.html?\Z|/t(?:19|20)\d{6}_\d+\.s?html?\Z")
_SITE_NAME = re.compile(r"\s*(?:[-_|｜—–]+)\s*")
_LABELS = {
    "索引号": "index_number",
    "文号": "document_number",
    "发文字号": "document_number",
    "成文日期": "formed_on",
    "生成日期": "formed_on",
    "施行日期": "effective_on",
    "有效期至": "expires_on",
}
_HOME = {"首页", "网站首页", "主页", "返回首页"}
_SHORTEST = 10  # characters of a body that no mark names
_NO_COLUMN = {"正文", "文章内容", "详情", "内容", "信息内容", "查看"}


@dataclass(slots=True)
class Page:
    """What a page says of itself. ``columns`` from the topmost down; ``links`` are the addresses on it."""

    title: str = ""
    moment: datetime | None = None
    source: str = ""
    columns: tuple[str, ...] = ()
    particulars: dict[str, Any] = field(default_factory=dict)
    html: str = ""
    is_article: bool = False
    links: list[str] = field(default_factory=list)
    description: str = ""


def read_page(content: bytes, path: str) -> Page:
    """What a saved page says; ``path`` is its address. Raises :class:`UnreadableArticleError`."""
    if len(content) > MAX_PAGE:
        raise UnreadableArticleError(f"网页有 {len(content) / 2**20:.0f} MB，超过 {MAX_PAGE // 2**20} MB")
    try:
        text = decode_raw(content)
    except ReadError as error:
        raise UnreadableArticleError(str(error)) from error
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    try:
        tree: Any = lxml.html.document_fromstring(text)
    except (LxmlError, ValueError) as error:
        raise UnreadableArticleError("不是能读取的网页") from error
    meta = {
        (node.get("name") or node.get("property") or "").lower(): (node.get("content") or "").strip()
        for node in tree.iter("meta")
    }
    for node in list(tree.iter("script", "style", "noscript")):
        node.drop_tree()
    words = " ".join(tree.text_content().split())
    page = Page(
        title=_title(tree, meta),
        moment=_moment(meta.get("pubdate", "")) or _dated(words) or _dated_by(path),
        source=meta.get("contentsource") or (found[1] if (found := _SOURCE.search(words)) else ""),
        particulars=_particulars(tree),
        html=_body(text, tree),
        links=[node.get("href") for node in tree.iter("a") if node.get("href")],
        description=meta.get("description", ""),
    )
    page.is_article = bool(meta.get("articletitle") or _ARTICLE_PATH.search(path)) or (
        page.moment is not None and bool(page.html) and not path.endswith(("/", "/index.html", "/index.htm"))
    )
    page.columns = _columns(tree, meta, page.title if page.is_article else "")
    return page


def _title(tree: Any, meta: dict[str, str]) -> str:
    if told := meta.get("articletitle") or meta.get("og:title"):
        return _line(told)
    heads = tree.xpath("//h1") or tree.xpath(
        "//*[contains(concat(' ', normalize-space(@class), ' '), ' title ') or @id='title' "
        "or contains(@class, 'art_title') or contains(@class, 'article-title') or contains(@class, 'news_title')]"
    )
    for head in heads:
        if 2 <= len(words := _line(head.text_content())) <= 300:
            return words
    whole = _line(tree.findtext(".//title") or "")
    return _SITE_NAME.split(whole)[0] if whole else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _moment(text: str) -> datetime | None:
    found = _MOMENT.search(text)
    return _aware(found.groups()) if found else None


def _dated(words: str) -> datetime | None:
    found = _DATED.search(words)
    return _aware(found.groups()) if found else None


def _dated_by(path: str) -> datetime | None:
    found = _OF_PATH.search(path)
    return _aware((*found.groups(), None, None)) if found else None


def _aware(parts: tuple[str | None, ...]) -> datetime | None:
    """Midnight where the page tells no time of day."""
    try:
        return timezone.make_aware(datetime(*(int(part or 0) for part in parts)))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _columns(tree: Any, meta: dict[str, str], title: str) -> tuple[str, ...]:
    """The trail of the page, or the name in its meta tags; at most two, without the first page and the article."""
    named = _line(meta.get("columnname", ""))
    for node in tree.xpath("//*[contains(text(), '位置')]"):
        holder = node if _STEP.search(node.text_content()) else node.getparent()
        found = _PLACE.search(_line(holder.text_content())) if holder is not None else None
        if not found:
            continue
        steps = [step.strip(" \u3000") for step in _STEP.split(found[1])]
        steps = [
            step for step in steps if step and step not in _HOME | _NO_COLUMN and step != title and len(step) <= 60
        ]
        if steps and (not named or named in steps):
            steps = steps[: steps.index(named) + 1] if named else steps
            return tuple(steps[-2:])
    return (named,) if named else ()


def _particulars(tree: Any) -> dict[str, Any]:
    """What the table above the text says: a label in one cell, its value in the next, or both in one."""
    found: dict[str, Any] = {}
    cells = [_line(cell.text_content()) for cell in tree.iter("td", "th", "li", "dt", "dd", "span", "p")]
    for place, words in enumerate(cells[:400]):
        if len(words) > 120:
            continue
        label, _, value = words.replace("：", ":").partition(":")
        name = _LABELS.get("".join(label.split()).strip("【】[]"))
        if name is None or name in found:
            continue
        value = value.strip() or (cells[place + 1] if place + 1 < len(cells) else "")
        if value and "".join(value.split()).strip(":：") not in _LABELS:
            found[name] = _day(value) if name.endswith("_on") else value[:60]
    return {name: value for name, value in found.items() if value}


def _day(text: str) -> date | None:
    try:
        return values.day(text)
    except ValueError:
        return None


def _body(text: str, tree: Any) -> str:
    begin = _BEGIN.search(text)
    if begin and (end := _END.search(text, begin.end())):
        return text[begin.end() : end.start()]
    for name in _BODIES:
        for node in tree.xpath(f"//*[@id='{name}' or contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"):
            if _line(node.text_content()) or node.xpath(".//img"):
                return str(lxml.html.tostring(node, encoding="unicode"))
    return _densest(tree)


def _densest(tree: Any) -> str:
    """The box whose own paragraphs have most text outside links: where no mark says where the text is."""
    best, most = None, _SHORTEST
    for node in tree.iter("div", "td", "article", "main", "section"):
        own = sum(len(_line(child.text_content())) for child in node.iterchildren("p", "table", "ul", "ol"))
        linked = sum(len(_line(link.text_content())) for link in node.iter("a"))
        if own - linked > most:
            best, most = node, own - linked
    return str(lxml.html.tostring(best, encoding="unicode")) if best is not None else ""
