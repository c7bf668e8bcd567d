"""``gongkai worksheet``: the annual website work sheet from the records, checked."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(cls=Command)
@click.option("--year", type=int, required=True, metavar="年度", help="统计年度，如 2020。")
@click.option("--agency", "code", metavar="机关代码", help="哪个机关的报表；不写的是本网站的机关。")
@click.option(
    "--out",
    "outs",
    multiple=True,
    metavar="文件",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写出的文件（.xlsx、.docx、.html、.json），可以写几次；不写的，写出“机关＋年度”命名的 XLSX。",
)
def command(year: int, code: str | None, outs: tuple[Path, ...]) -> int:
    """由记录生成政府网站工作年度报表，核查后写出。

    记录里没有的项目在后台填写；有自相矛盾之处的也写出，退出码是 1。
    """
    start()
    from django.utils import timezone

    from gongkai.bureau.queries import site_agency
    from gongkai.project.choose import agency_of
    from gongkai.reporting.worksheet.computing import compute
    from gongkai.reporting.worksheet.forms import forms
    from gongkai.reporting.worksheet.writing import WRITERS

    first, last = forms()[0].first_year, timezone.localdate().year
    if not first <= year <= last:
        raise click.ClickException(f"年度 {year} 不对：报表自 {first} 年度起编制，最近的年度是 {last}。")
    agency = (None if code else site_agency()) or agency_of(code)
    for path in outs:
        if path.suffix.removeprefix(".").lower() not in WRITERS:
            known = "、".join(f".{ending}" for ending in WRITERS)
            raise click.ClickException(f"不能写出“{path.suffix}”格式，请用 {known}。")
        if not path.parent.is_dir():
            raise click.ClickException(f"没有文件夹 {path.parent}，请先建立。")
    sheet = compute(agency, year)
    for path in outs or (Path(f"{sheet.title}.xlsx"),):
        content = WRITERS[path.suffix.removeprefix(".").lower()][2](sheet)
        try:
            path.write_bytes(content)
        except OSError as error:
            raise click.ClickException(f"不能写入 {path}：{error.strerror or error}。") from error
        click.echo(f"已写出：{path}")
    for finding in sheet.findings:
        click.echo(f"〔自相矛盾〕{finding.rule}：{finding.message}", err=True)
    if sheet.missing:
        click.echo(f"还有 {len(sheet.missing)} 项没有填写，请在后台“网站工作报表”填写。", err=True)
    return 1 if sheet.findings else 0
