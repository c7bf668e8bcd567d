"""``gongkai verify``: the hash chain of every agency's ledger, and what was published against it."""

from __future__ import annotations

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(cls=Command)
@click.option("--agency", "code", metavar="机关代码", help="只验证一个机关。")
def command(code: str | None) -> int:
    """验证台账的摘要链：有没有人改动、删去或者补插过记录；已发布的年度报告和信息是不是签发时的样子。"""
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
