"""``gongkai import site``: articles of a former site, from saved pages or from a worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.portal.moving.site.article import Article, UnreadableArticleError
from gongkai.portal.moving.site.book import SITE, notes_of
from gongkai.portal.moving.site.folder import read_folder
from gongkai.portal.moving.site.loading import Moved, Mover, approver_of, drafter_of, forget_files
from gongkai.portal.moving.site.rows import article_of
from gongkai.sheets.reading import Reading, read
from gongkai.sheets.safety import UnreadableFileError
from gongkai.sheets.template import write_corrections

_SHOWN = 30


@dataclass
class _Read:
    """What was read of all that was given."""

    articles: list[Article] = field(default_factory=list)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    others: int = 0
    bad: list[str] = field(default_factory=list)
    corrections: list[tuple[Path, list[Reading]]] = field(default_factory=list)


def import_site(
    agency: Agency,
    places: Sequence[Path],
    *,
    approved_by: str | None = None,
    drafted_by: str | None = None,
    column: str | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
) -> int:
    """Import folders and worksheets for an agency and say what happened.

    Returns 0 when everything was taken and, with an approver, published; 1 when something was set aside or held back.
    Raises ``click.ClickException`` when nothing was taken.
    """
    try:
        drafter = drafter_of(agency, drafted_by)
        approver = approver_of(agency, approved_by) if approved_by else None
    except NotPermittedError as error:
        raise click.ClickException(str(error)) from error
    found = _read(places, _column(column))
    _tell_bad(found.bad)
    if found.bad and not (skip_bad or dry_run):
        raise click.ClickException("有不能读取的，什么也没有导入。更正后重新导入；或者加 --skip-bad，先导入其余的。")
    moved = Moved()
    mover = Mover(agency, drafter, None if dry_run else approver, moved=moved)
    kept = False
    try:
        with transaction.atomic():
            mover.move(sorted(found.articles, key=lambda article: article.published_at), found.columns)
            transaction.set_rollback(dry_run)
        kept = not dry_run
    finally:
        if not kept:
            forget_files(moved)
    for path, readings in found.corrections if skip_bad and not dry_run else ():
        write_corrections(readings, path)
        click.echo(f"需要更正的行，连同原因写入：{path}")
    _tell(agency, moved, found, dry_run=dry_run, approved=approver is not None)
    return 1 if found.bad or moved.held else 0


def _column(told: str | None) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in told.replace("／", "/").split("/")) if told else ()
    if len(parts) > 2 or not all(parts):
        raise click.ClickException("--column 写作 一级栏目/二级栏目，或者只写一级栏目。")
    return parts


def _read(places: Sequence[Path], fallback: tuple[str, ...]) -> _Read:
    found = _Read()
    for place in places:
        try:
            if place.is_dir():
                folder = read_folder(place, fallback)
                found.articles += folder.articles
                found.columns |= folder.columns
                found.others += folder.others
                found.bad += [f"{where}：{why}" for where, why in folder.bad]
            elif place.suffix.lower() == ".xlsx":
                _read_sheet(place, found)
            else:
                raise click.ClickException(f"{place} 不能导入；请给出保存网页的文件夹，或者台账（.xlsx）。")
        except (UnreadableArticleError, UnreadableFileError, OSError) as error:
            raise click.ClickException(f"{place.name}：{error}") from error
    return found


def _read_sheet(path: Path, found: _Read) -> None:
    readings = read(SITE, path)
    for reading in readings:
        found.bad += [f"{path.name} {error}" for error in reading.errors]
        for row in reading.rows:
            try:
                found.articles.append(article_of(row, path.parent.resolve()))
            except (UnreadableArticleError, ValueError, OSError) as error:
                reading.set_aside(row)
                found.bad.append(f"{path.name} 第 {row.number} 行：{error}")
    if any(reading.raw for reading in readings):
        found.corrections.append((path.with_name(f"{path.stem}-需更正.xlsx"), readings))


def _tell_bad(bad: Sequence[str]) -> None:
    for line in bad[:_SHOWN]:
        click.echo(line, err=True)
    if len(bad) > _SHOWN:
        click.echo(f"……另有 {len(bad) - _SHOWN} 处。", err=True)


def _tell(agency: Agency, moved: Moved, found: _Read, *, dry_run: bool, approved: bool) -> None:
    for note in notes_of(moved):
        click.echo(note)
    if found.others:
        click.echo(f"有 {found.others} 个网页不是文章，没有导入。")
    only = "（只核对，没有导入）" if dry_run else ""
    counts = f"新登记 {moved.drafted} 篇，公开 {moved.published} 篇，未变 {moved.unchanged} 篇"
    click.echo(f"{agency.name}·原网站文章：{counts}{only}。")
    if moved.held:
        click.echo(f"有 {len(moved.held)} 篇须处理后才能公开，{'将' if dry_run else ''}留作草稿：", err=True)
        for where, why in moved.held[:_SHOWN]:
            click.echo(f"  {where}：{why}", err=True)
        if len(moved.held) > _SHOWN:
            click.echo(f"  ……另有 {len(moved.held) - _SHOWN} 篇。", err=True)
    elif moved.drafted and not approved and not dry_run:
        click.echo("都是草稿；由负责人承担责任、直接公开的，加 --approved-by 再导入一次。")
