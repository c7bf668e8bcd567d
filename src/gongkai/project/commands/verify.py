"""``gongkai verify``: the chain of every agency's ledger and what was published against it; or evidence bundles."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.project.cli import Command

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=Command)
@click.argument("files", nargs=-1, metavar="[证据包]…", type=_FILE)
@click.option("--agency", "code", metavar="机关代码", help="只验证一个机关的台账。")
@click.option("--key", metavar="公钥或者指纹", help="证据包应当是用这把密钥签的；向生成它的机关要。")
def command(files: tuple[Path, ...], code: str | None, key: str | None) -> int:
    """验证台账的摘要链：有没有人改动、删去或者补插过记录；已发布的年度报告和信息是不是签发时的样子。

    写有文件的，核对证据包（gongkai bundle 写出的 ZIP）：不需要数据库和网络，在任何机器上都可以核对。
    """
    if files:
        if code:
            raise click.UsageError("核对证据包时不用 --agency。")
        return _bundles(files, key)
    if key:
        raise click.UsageError("--key 用于核对证据包，请写明文件。")
    return _ledgers(code)


def _bundles(files: tuple[Path, ...], key: str | None) -> int:
    """Evidence bundles. No Django, no database, no installation."""
    from gongkai.evidence.container import NotABundleError
    from gongkai.evidence.verifying import Verdict, consistent, verify

    worst, verdicts = 0, list[tuple[str, Verdict]]()
    for file in files:
        try:
            verdict = verify(file, key)
        except NotABundleError as error:
            click.echo(f"错误：{file.name}：{error}。", err=True)
            worst = 2
            continue
        verdicts.append((file.name, verdict))
        manifest = verdict.manifest
        kind = "第三方版" if manifest.variant == "redacted" else "完整版"
        click.echo(f"{file.name}：{manifest.agency.name}，{manifest.number}，{kind}，生成于 {manifest.created_at}")
        for point in verdict.points:
            click.echo(f"  {'✓' if point.holds else '✗'} {point.text}。")
        click.echo("  结论：完好。" if verdict.holds else "  结论：不可信。")
        worst = worst if verdict.holds else max(worst, 1)
    for point in consistent(verdicts):
        click.echo(f"{'✓' if point.holds else '✗'} {point.text}。")
        worst = worst if point.holds else max(worst, 1)
    return worst


def _ledgers(code: str | None) -> int:
    from gongkai.project.setup import start

    start()
    from gongkai.bureau.models import Agency
    from gongkai.ledger.services import verify
    from gongkai.portal import integrity as portal
    from gongkai.project.choose import agency_of
    from gongkai.reporting.integrity import altered

    agencies = [agency_of(code)] if code else Agency.objects.all()
    broken = 0
    for agency in agencies:
        found = verify(agency)
        if found is not None:
            broken += 1
            click.echo(f"{agency.name}：从第 {found.position} 条起不可信——{found.reason}。")
        for wrong in (*altered(agency), *portal.altered(agency)):
            broken += 1
            click.echo(f"{agency.name}：{wrong}。")
    if broken:
        return 1
    click.echo(f"{len(agencies)} 个机关的台账完好。")
    return 0
