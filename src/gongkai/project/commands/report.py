"""``gongkai report``: the annual report from the records, checked, in any format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start

if TYPE_CHECKING:
    from gongkai.reporting.services import Current

_SHOWN = 30


@click.command(cls=Command)
@click.option("--year", type=int, required=True, metavar="年度", help="统计年度，如 2020。")
@click.option("--agency", "code", metavar="机关代码", help="哪个机关的报告；只有一个机关时可以不写。")
@click.option(
    "--form", "form_code", metavar="2019|2021", help="统一格式；不写的，2020 年度及以前用 2019 版，以后用 2021 版。"
)
@click.option(
    "--out",
    "outs",
    multiple=True,
    metavar="文件",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写出的文件（.docx、.pdf、.html、.xlsx、.json），可以写几次；不写的，写出“机关＋年度”命名的 DOCX 和 PDF。",
)
@click.option("--draft", "as_draft", is_flag=True, help="有自相矛盾之处也写出，供修改用。")
def command(year: int, code: str | None, form_code: str | None, outs: tuple[Path, ...], as_draft: bool) -> int:
    """由记录生成政府信息公开工作年度报告，核查后写出。

    有自相矛盾之处的不写出（退出码 1），除非加 --draft。
    """
    start()
    from django.utils import timezone

    from gongkai.annual.forms import FORMS
    from gongkai.annual.write import ENDINGS, UnknownEndingError, write
    from gongkai.project.choose import agency_of
    from gongkai.reporting.services import current

    first, last = min(form.first_year for form in FORMS.values()), timezone.localdate().year
    if not first <= year <= last:
        raise click.ClickException(f"年度 {year} 不对：统一格式自 {first} 年度起施行，最近的年度是 {last}。")
    if form_code is not None and form_code not in FORMS:
        raise click.ClickException(f"没有“{form_code}”版格式，请写 {' 或 '.join(FORMS)}。")
    agency = agency_of(code)
    paths = outs or tuple(Path(f"{agency.name}{year}年政府信息公开工作年度报告.{ending}") for ending in ("docx", "pdf"))
    # Told before the report is computed: a name that cannot be written to is a mistake in the call.
    for path in paths:
        if path.suffix.removeprefix(".").lower() not in ENDINGS:
            raise click.ClickException(str(UnknownEndingError(path.suffix.removeprefix("."))))
        if not path.parent.is_dir():
            raise click.ClickException(f"没有文件夹 {path.parent}，请先建立。")
    now = current(agency, year, FORMS[form_code] if form_code else None)
    failed = say_findings(now)
    if failed and not as_draft:
        click.echo(f"有 {failed} 处自相矛盾，没有写出。请更正记录或者文字后再试；要先看草稿，请加 --draft。", err=True)
        return 1
    for path in paths:
        try:
            write(now.report, path)
        except OSError as error:
            raise click.ClickException(f"不能写入 {path}：{error.strerror or error}。") from error
        click.echo(f"已写出：{path}")
    say_difference(now)
    if now.assembled.unfinished:
        click.echo(f"文字中有 {len(now.assembled.unfinished)} 处【请填写：…】需要填写。", err=True)
    return 1 if failed else 0


def say_findings(now: Current) -> int:
    """List what the checks say, on standard error; returns how many FAIL."""
    from gongkai.annual.checks import VERDICTS_IN_CHINESE

    for finding in now.assembled.findings[:_SHOWN]:
        click.echo(f"〔{VERDICTS_IN_CHINESE[finding.verdict]}〕{finding.rule}：{finding.message}", err=True)
        if finding.quote:
            click.echo(f"    原文：{finding.quote}", err=True)
    if len(now.assembled.findings) > _SHOWN:
        click.echo(f"……另有 {len(now.assembled.findings) - _SHOWN} 处。", err=True)
    return len(now.assembled.failures)


def say_difference(now: Current) -> None:
    """Say on standard error when what is written is not what was published."""
    from django.utils import timezone

    from gongkai.reporting.difference import changes
    from gongkai.reporting.queries import published_versions
    from gongkai.reporting.services import frozen_text

    version = published_versions(now.agency, now.report.year or 0).first()
    if version is None or version.published_at is None or version.frozen == frozen_text(now.report):
        return
    name = f"{timezone.localdate(version.published_at)} 发布的第 {version.version} 版"
    if version.form_code != now.report.form.code:
        click.echo(f"请注意：{name}用的是 {version.form_code} 版格式，写出的不是已发布的报告。", err=True)
        return
    differing = changes(version.as_published(), now.report)
    what = f"有 {len(differing)} 个数字不同" if differing else "数字相同，文字不同"
    click.echo(f"请注意：写出的按现在的记录和文字计算，与{name}{what}；已发布的没有改动。", err=True)
    for change in differing[:_SHOWN]:
        click.echo(f"    {now.report.form.label(change.cell)}：已发布 {change.published}，现在 {change.now}", err=True)
    if len(differing) > _SHOWN:
        click.echo(f"    ……另有 {len(differing) - _SHOWN} 处。", err=True)
