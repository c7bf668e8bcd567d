"""``gongkai import``: load an Excel ledger into the records of an agency."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.bureau.models import Agency
    from gongkai.sheets.book import Book, Documents, RowError
    from gongkai.sheets.importing import Imported

_SHOWN = 30
_LONG = 5000  # rows from which on a progress bar is shown
_FILE = click.Path(dir_okay=False, path_type=Path)
_PLACE = click.Path(path_type=Path)
_SITE = "site"


@click.command("import", cls=Command)
@click.argument("kind", metavar="类别")
@click.argument("files", metavar="[文件]…", nargs=-1, type=_PLACE)
@click.option("--agency", "code", metavar="机关代码", help="哪个机关的台账；只有一个机关时可以不写。")
@click.option("--dry-run", is_flag=True, help="只核对，不登记。")
@click.option("--skip-bad", is_flag=True, help="先登记没有问题的行，有问题的行写入“…-需更正.xlsx”。")
@click.option("--template", metavar="文件", type=_FILE, help="写出空白台账（含填写说明、下拉列表和示例）。")
@click.option("--approved-by", metavar="用户名", help="site：由这位负责人承担责任，直接公开；不写的留作草稿。")
@click.option("--drafted-by", metavar="用户名", help="site：登记为谁拟稿；不写的为第一位经办人。")
@click.option("--column", metavar="一级/二级", help="site：网页上没有写栏目的，归入这个栏目。")
def command(
    kind: str,
    files: tuple[Path, ...],
    code: str | None,
    dry_run: bool,
    skip_bad: bool,
    template: Path | None,
    approved_by: str | None,
    drafted_by: str | None,
    column: str | None,
) -> int:
    """导入 Excel 台账，或者原网站的文章。

    类别：applications 依申请公开、publications 主动公开信息、inquiries 群众留言、disputes 复议诉讼、
    registers 第二十条各项、reports 历年年度报告、site 原网站文章（保存的网页文件夹，或者台账）。
    同一个文件导入两次，不会重复登记。
    """
    start(migrated=template is None)
    from gongkai.sheets.book import Book, kinds

    known = kinds()
    book = known.get(kind)
    if book is None:
        raise click.ClickException(f"没有“{kind}”这一类。可以导入：{'、'.join(sorted(known))}。")
    if template is not None:
        if not isinstance(book, Book):
            raise click.ClickException(f"{book.title}不用台账，可以直接导入文件：{'、'.join(book.suffixes)}。")
        write_empty(book, template)
        return 0
    if not files:
        raise click.ClickException(
            f"请给出要导入的文件；空白台账可用 gongkai import {kind} --template 文件.xlsx 生成。"
        )
    from gongkai.project.choose import agency_of

    agency = agency_of(code)
    if kind == _SITE:
        from gongkai.project.site_import import import_site

        return import_site(
            agency,
            files,
            approved_by=approved_by,
            drafted_by=drafted_by,
            column=column,
            dry_run=dry_run,
            skip_bad=skip_bad,
        )
    if approved_by or drafted_by or column:
        raise click.ClickException("--approved-by、--drafted-by、--column 只用于 site。")
    if folder := next((file for file in files if file.is_dir()), None):
        raise click.ClickException(f"{folder} 是文件夹；请给出台账文件。")
    if isinstance(book, Book):
        return max([import_ledger(book, file, agency, dry_run=dry_run, skip_bad=skip_bad) for file in files])
    return max([import_document(book, file, agency, dry_run=dry_run) for file in files])


def write_empty(book: Book, path: Path) -> None:
    from gongkai.sheets.template import write_template

    if path.suffix.lower() != ".xlsx":
        raise click.ClickException("空白台账的文件名须以 .xlsx 结尾。")
    if path.exists():
        raise click.ClickException(f"{path} 已经存在；请换一个文件名，以免覆盖填过的台账。")
    try:
        write_template(book, path)
    except OSError as error:
        raise click.ClickException(f"不能写入 {path}：{error}") from error
    click.echo(f"已写出空白台账：{path}")


def import_ledger(book: Book, path: Path, agency: Agency, *, dry_run: bool = False, skip_bad: bool = False) -> int:
    """Import and say in Chinese what happened; 0 when every row was taken, 1 when rows were set aside, 2 refused."""
    from gongkai.sheets.importing import import_book
    from gongkai.sheets.safety import UnreadableFileError

    with _progress() as progress:
        try:
            result = import_book(
                book, path, agency, dry_run=dry_run, skip_bad=skip_bad, expect=progress.expect, step=progress.step
            )
        except UnreadableFileError as error:
            raise click.ClickException(str(error)) from error
    _report(book, agency, result, dry_run=dry_run)
    if result.refused:
        raise click.ClickException(
            "有行需要更正，什么也没有登记。更正后重新导入；或者加 --skip-bad，先登记没有问题的行。"
        )
    return 1 if result.errors else 0


def import_document(documents: Documents, path: Path, agency: Agency, *, dry_run: bool) -> int:
    from django.db import transaction

    if path.suffix.lower() not in documents.suffixes:
        raise click.ClickException(f"{documents.title}可以导入的文件：{'、'.join(documents.suffixes)}。")
    try:
        with transaction.atomic():
            tally = documents.load(path, agency)
            transaction.set_rollback(dry_run)
    except (ValueError, OSError) as error:
        raise click.ClickException(f"{path.name}：{error}") from error
    for note in tally.notes:
        click.echo(note)
    click.echo(f"{documents.title}：新登记 {tally.created} 件，更新 {tally.updated} 件，未变 {tally.unchanged} 件。")
    return 0


def _report(book: Book, agency: Agency, result: Imported, *, dry_run: bool) -> None:
    if result.extra_columns:
        click.echo(f"以下各列不属于此台账，没有读取：{'、'.join(result.extra_columns)}。", err=True)
    for error in result.errors[:_SHOWN]:
        click.echo(str(error), err=True)
    if len(result.errors) > _SHOWN:
        click.echo(f"……另有 {len(result.errors) - _SHOWN} 处。", err=True)
    if result.refused:
        return
    for note in result.tally.notes:
        click.echo(note)
    tally = result.tally
    counts = f"新登记 {tally.created} 件，更新 {tally.updated} 件，未变 {tally.unchanged} 件"
    click.echo(f"{agency.name}·{book.title}：{counts}{'（只核对，没有登记）' if dry_run else ''}。")
    if result.corrections:
        click.echo(f"{_rows(result.errors)} 行需要更正，连同原因写入：{result.corrections}")


def _rows(errors: list[RowError]) -> int:
    return len({(error.sheet, error.number) for error in errors})


class _Progress:
    """Opens a progress bar on standard error when a file turns out to be long."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.total = 0

    def expect(self, rows: int) -> None:
        self.total += rows
        if self.bar is None and self.total >= _LONG:
            self.bar = click.progressbar(length=self.total, label="导入", file=sys.stderr)
            self.bar.__enter__()
        if self.bar is not None:
            self.bar.length = self.total

    def step(self, rows: int) -> None:
        if self.bar is not None:
            self.bar.update(rows)


@contextmanager
def _progress() -> Iterator[_Progress]:
    progress = _Progress()
    try:
        yield progress
    finally:
        if progress.bar is not None:
            progress.bar.render_finish()
