"""The worksheet of articles: part of ``gongkai import``, with its template; in the browser it makes drafts."""

from __future__ import annotations

from gongkai.bureau.roles import NotPermittedError
from gongkai.sheets.book import Batch, Book, Sheet, Tally
from gongkai.sheets.journal import some

from .article import Article, UnreadableArticleError
from .loading import Moved, Mover, drafter_of
from .rows import COLUMNS, article_of, check


def _load(batch: Batch) -> Tally:
    tally = Tally()
    articles: list[Article] = []
    for row in batch.rows:
        try:
            articles.append(article_of(row, None))
        except UnreadableArticleError as error:
            tally.errors.append(batch.error(row, str(error)))
    try:
        drafter = drafter_of(batch.agency, batch.actor.username if batch.actor else None)
    except NotPermittedError as error:
        tally.errors += [batch.error(row, str(error)) for row in batch.rows[:1]]
        return tally
    moved = Mover(batch.agency, drafter, step=batch.step).move(sorted(articles, key=lambda one: one.published_at))
    tally.created, tally.unchanged = moved.drafted, moved.unchanged
    tally.notes += notes_of(moved)
    return tally


def notes_of(moved: Moved) -> list[str]:
    """What a person should read of a move."""
    notes = []
    if moved.columns:
        notes.append(f"新建栏目 {len(moved.columns)} 个，请核对名称和类型：{some(moved.columns)}。")
    if moved.counted_before:
        notes.append(f"有 {moved.counted_before} 条在台账中登记过，已改为本站的信息，不重复计数。")
    if moved.addresses:
        notes.append(f"登记原网址 {moved.addresses} 个，访问它们会转到新的页面。")
    return notes


SITE = Book(
    "site",
    "原网站文章",
    (
        Sheet(
            "文章",
            COLUMNS,
            _load,
            key=("published", "first_level", "second_level", "title"),
            check=check,
            notes=(
                "〔文章〕一篇一行。导入后是草稿；由负责人承担责任、直接公开的，见命令行的 --approved-by。",
                "〔文章〕发布日期照原网站填写，各年的统计才会正确；原网址填上，旧的链接才不会失效。",
            ),
        ),
    ),
)
