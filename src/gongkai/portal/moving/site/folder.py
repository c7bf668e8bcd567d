"""A folder as wget or "另存为" leaves it: which file is which address, and the articles among them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from .article import MAX_FILE, MAX_FILES, Article, UnreadableArticleError
from .body import Files, read_body
from .page import Page, read_page

_PAGES = {".html", ".htm", ".shtml", ".jhtml"}
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[:+]\d+)?\Z", re.IGNORECASE)
_COLUMN_PAGE = re.compile(r"/col/col\w+/(?:index\.html?)?\Z")


@dataclass(slots=True)
class Found:
    """What a folder holds: articles, addresses of columns with their names, pages that are neither, what failed."""

    articles: list[Article] = field(default_factory=list)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    others: int = 0
    bad: list[tuple[str, str]] = field(default_factory=list)


class Saved:
    """The files of a folder by address and by name. Nothing outside the folder is ever read."""

    def __init__(self, folder: Path) -> None:
        self.root = _root(folder.resolve())
        self.pages: list[Path] = []
        self.by_name: dict[str, list[Path]] = {}
        self.by_address: dict[str, Path] = {}
        for count, path in enumerate(_walk(self.root)):
            if count >= MAX_FILES:
                raise UnreadableArticleError(f"文件夹中的文件超过 {MAX_FILES} 个，请分成几个文件夹")
            self.by_name.setdefault(_plain_name(path.name), []).append(path)
            self.by_address[self.address(path)] = path
            if path.suffix.lower() in _PAGES:
                self.pages.append(path)

    def address(self, path: Path) -> str:
        """Its address on the former site."""
        return "/" + path.relative_to(self.root).as_posix()

    def find(self, href: str, page: Path) -> Path | None:
        """The saved file of an address that a page names; ``None`` when it was not saved, or is not the only one."""
        target = urlsplit(href)
        if target.scheme not in {"", "http", "https"}:
            return None
        whole = urlsplit(urljoin(f"http://site{self.address(page)}", href))
        for address in (unquote(whole.path), whole.path):
            query = f"?{whole.query}" if whole.query else ""
            for written in (f"{address}{query}", f"{address}{unquote(query)}", address + query.replace("?", "@")):
                if (path := self.by_address.get(written)) is not None:
                    return path
            if not query and (path := self.by_address.get(address)) is not None:
                return path
        beside = (page.parent / unquote(target.path)).resolve()
        if not target.netloc and beside.is_file() and beside.is_relative_to(self.root):
            return beside
        told = parse_qs(whole.query).get("filename", [""])[0] or PurePosixPath(unquote(whole.path)).name
        named = self.by_name.get(_plain_name(PurePosixPath(told).name), [])
        return named[0] if len(named) == 1 else None


def read_folder(folder: Path, fallback: tuple[str, ...] = ()) -> Found:
    """The articles of a folder, oldest first; ``fallback`` is the column of those that name none.

    Raises :class:`UnreadableArticleError` for a folder that holds no page at all.
    """
    saved = Saved(folder)
    if not saved.pages:
        raise UnreadableArticleError("文件夹中没有网页文件（.html、.htm）")
    found = Found()
    pages: list[tuple[Path, Page]] = []
    listed: dict[str, tuple[str, ...]] = {}
    for path in sorted(saved.pages):
        address = saved.address(path)
        try:
            page = read_page(path.read_bytes(), address)
        except (UnreadableArticleError, OSError) as error:
            found.bad.append((address, str(error)))
            continue
        if page.is_article:
            pages.append((path, page))
        else:
            _take_list(saved, path, page, found, listed)
    for path, page in pages:
        try:
            found.articles.append(_article(saved, path, page, listed, fallback))
        except ValueError as error:
            found.bad.append((saved.address(path), str(error)))
    found.articles.sort(key=lambda article: (article.published_at, article.path))
    return found


def _take_list(saved: Saved, path: Path, page: Page, found: Found, listed: dict[str, tuple[str, ...]]) -> None:
    """A page of a column tells its name, and the column of every article that it lists."""
    address = saved.address(path)
    columns = page.columns or ((page.title,) if _COLUMN_PAGE.search(address) and page.title else ())
    if not columns:
        found.others += 1
        return
    found.columns[address] = columns
    for href in page.links:
        target = urlsplit(urljoin(f"http://site{address}", href)).path
        # The narrower of two lists says more.
        if len(columns) >= len(listed.get(target, ())):
            listed[target] = columns


def _article(
    saved: Saved, path: Path, page: Page, listed: dict[str, tuple[str, ...]], fallback: tuple[str, ...]
) -> Article:
    address = saved.address(path)
    if not page.title:
        raise UnreadableArticleError("找不到标题")
    if page.moment is None:
        raise UnreadableArticleError("找不到发布日期")
    columns = max(page.columns, listed.get(address, ()), key=len) or fallback
    if not columns:
        raise UnreadableArticleError("找不到所属栏目；可以用 --column 一级栏目/二级栏目 指定")
    if not page.html:
        raise UnreadableArticleError("找不到正文")
    files = Files(lambda href: _bounded(saved.find(href, path)), lambda href: _local(href, address))
    body = read_body(page.html, files)
    if not body.blocks and not body.attachments:
        raise UnreadableArticleError("正文是空的")
    return Article(
        where=address,
        title=page.title[:300],
        published_at=page.moment,
        first=columns[0],
        second=columns[1] if len(columns) > 1 else "",
        path=address,
        source=page.source[:100],
        summary=page.description[:1500] if page.description != page.title else "",
        blocks=body.blocks,
        attachments=body.attachments,
        missing=body.missing,
        **page.particulars,
    )


def _bounded(path: Path | None) -> Path | None:
    return path if path is not None and path.stat().st_size <= MAX_FILE else None


def _local(href: str, address: str) -> str:
    """A link as it is kept: one within the old site by its path alone, which leads to the article here."""
    parts = urlsplit(href)
    if parts.scheme in {"http", "https", "mailto"} or parts.netloc:
        return href
    return urlsplit(urljoin(f"http://site{address}", href)).path


def _root(folder: Path) -> Path:
    """wget puts the host above everything; the addresses begin below it."""
    inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if len(inside) == 1 and inside[0].is_dir() and _HOST.fullmatch(inside[0].name):
        return inside[0]
    return folder


def _walk(root: Path) -> Iterator[Path]:
    """Every file below a folder; links are not followed."""
    for place, folders, names in os.walk(root, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            if not path.is_symlink() and path.is_file():
                yield path


def _plain_name(name: str) -> str:
    """downfile.jsp?classid=0&filename=a.doc, as wget saves it, is the file a.doc."""
    _, found, rest = name.partition("filename=")
    return unquote(rest.partition("&")[0] if found else name).lower()
