"""``gongkai demo``: the demonstration bureau's year, loaded, reported and served."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.project.cli import Command
from gongkai.project.demo.targets import BUREAU, YEAR
from gongkai.project.home import home
from gongkai.project.setup import pending_migrations, start

if TYPE_CHECKING:
    from gongkai.bureau.models import Agency

DEMO_HOME = "var/demo"
# Stands in a home that the demonstration made, from before its first record; only such a home is ever deleted.
MARKER = "演示.txt"
LOADED = "演示已载入.txt"
LEDGERS = "台账"
EARLIER = "往年年报"
REPORT = f"温州市统计局{YEAR}年年报"


@click.command(cls=Command)
@click.option("--no-serve", is_flag=True, help="只准备，不启动网站。")
@click.option("--reset", is_flag=True, help="删去演示安装，从头开始。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口。")
def command(no_serve: bool, reset: bool, port: int) -> None:
    """准备演示机关的一年（全部为演示数据），启动网站。再次运行时沿用已有的演示安装。"""
    os.environ.setdefault("GONGKAI_HOME", DEMO_HOME)
    from gongkai.project.demo.channels import imitated

    from .serve import require_free, serve

    folder = home()
    if not no_serve:
        require_free(port)
    if reset:
        clear(folder)
    with nullcontext() if no_serve else imitated():
        prepare(folder)
        _tell(folder, port)
        if not no_serve:
            serve(port)


def clear(folder: Path) -> None:
    """Delete a demonstration home, and no other. Raises ``click.ClickException``."""
    if os.environ.get("DATABASE_URL"):
        raise click.ClickException("DATABASE_URL 指定了外部数据库，--reset 不会清空它；请自行换一个空的数据库。")
    if not folder.exists():
        return
    if not (folder / MARKER).is_file():
        raise click.ClickException(f"{folder} 不是演示安装，不会删除。请以 GONGKAI_HOME 指定演示安装的目录。")
    shutil.rmtree(folder)


def prepare(folder: Path) -> None:
    """Bring the home to the loaded demonstration year, from wherever it is. Raises ``click.ClickException``."""
    start(migrated=False)
    from gongkai.bureau.models import Agency

    if not (folder / MARKER).exists():
        if _in_use():
            raise click.ClickException(f"{folder} 已有正式数据，不能载入演示数据。请以 GONGKAI_HOME 指定另一个目录。")
        (folder / MARKER).write_text("此目录是演示安装，内容均为演示数据；gongkai demo --reset 会把它整个删去。\n")
    _migrate()
    # The mark stands in the folder, the records perhaps in a database elsewhere that was emptied.
    if (folder / LOADED).exists() and Agency.objects.filter(code=BUREAU).exists():
        click.echo("沿用已有的演示安装；从头开始请加 --reset。")
        return
    from gongkai.project.demo import channels, organisation, registers

    bureau = organisation.establish()
    organisation.people(folder)
    _publish_site(bureau)
    _load(bureau, folder)
    channels.fill(bureau.code)
    registers.fill(bureau)
    _report(bureau, folder)
    _publish(bureau)
    _begin_the_day(bureau)
    (folder / LOADED).write_text("演示数据已全部载入。\n")


def _in_use() -> bool:
    """Whether the database has an agency, of whatever version of the program it is."""
    from django.db import connection

    from gongkai.bureau.models import Agency

    return Agency._meta.db_table in connection.introspection.table_names() and Agency.objects.exists()


def _migrate() -> None:
    from django.core.management import call_command

    if pending_migrations():
        click.echo("正在建立数据库……")
        call_command("migrate", verbosity=0, interactive=False)


def _publish_site(bureau: Agency) -> None:
    """Publish the year's items and lay out the desks, each as the bureau's people do it."""
    from gongkai.project.demo import desk, duties, interaction
    from gongkai.project.demo.publishing import publish_year

    click.echo(f"正在审查并发布 {YEAR} 年的网站信息，大约需要一分钟……")
    click.echo(f"门户网站：发布 {publish_year(bureau)} 条信息。")
    duties.assign(bureau)
    desk.fill(bureau)
    interaction.fill(bureau)


def _load(bureau: Agency, folder: Path) -> None:
    """Write the ledgers and last year's report, and load each as ``gongkai import`` does."""
    from gongkai.annual.write import write
    from gongkai.project.demo import previous
    from gongkai.project.demo.ledgers import book_of, write_ledgers
    from gongkai.sheets.book import Documents, kinds

    from .import_ import import_document, import_ledger

    click.echo(f"正在写出并导入 {YEAR} 年的台账……")
    for kind, path in write_ledgers(folder / LEDGERS).items():
        import_ledger(book_of(kind), path, bureau)
    last = folder / EARLIER / f"{bureau.short_name}{YEAR - 1}年年报.docx"
    last.parent.mkdir(exist_ok=True)
    write(previous.report(bureau.name), last)
    reports = kinds()["reports"]
    if isinstance(reports, Documents):
        import_document(reports, last, bureau, dry_run=False)


def _report(bureau: Agency, folder: Path) -> None:
    """Write the computed report of the year into the home. Raises ``click.ClickException`` when a check fails."""
    from gongkai.project.demo.prose import write_prose

    from .report import command as report

    arguments = ["--year", str(YEAR), "--agency", bureau.code]
    for ending in ("docx", "pdf"):
        arguments += ["--out", str(folder / f"{REPORT}.{ending}")]
    write_prose(bureau)
    if report.main(arguments, standalone_mode=False):
        raise click.ClickException("演示机关的年度报告没有通过核查；这是程序的缺陷，请报告。")


def _publish(bureau: Agency) -> None:
    """Publish the report of the year as its leader does. Raises ``click.ClickException`` when it may not be."""
    from gongkai.bureau.models import User
    from gongkai.project.demo.organisation import LEADER
    from gongkai.reporting.services import publish

    try:
        publish(bureau, YEAR, actor=User.objects.get(username=LEADER))
    except ValueError as error:
        raise click.ClickException(f"演示机关的年度报告没有发布：{error}") from error


def _begin_the_day(bureau: Agency) -> None:
    """Have applications of these days at every step, after the report of the year has gone out without them."""
    from gongkai.project.demo import living
    from gongkai.project.joining import join

    join()
    living.fill(bureau)
    click.echo("依申请公开：各个办理环节各有一件，另有行政复议一件。")


def _tell(folder: Path, port: int) -> None:
    """Print where everything is and how to sign in."""
    from gongkai.project.demo.organisation import PEOPLE, password

    address = f"http://127.0.0.1:{port}"
    click.echo(
        f"\n演示机关：温州市统计局（演示）。全部内容为演示数据，不是该局的真实资料。\n"
        f"  台账    {folder / LEDGERS}\n"
        f"  年报    {folder / REPORT}.docx、.pdf\n"
        f"  网站    {address}/，年报 {address}/zfxxgknb/{YEAR}/\n"
        f"  工作台  {address}/admin/\n"
        f"演示账号（密码都是 {password(folder)} ）："
    )
    for person in PEOPLE:
        click.echo(f"  {person.username:<12}{person.post}")
    click.echo("")
