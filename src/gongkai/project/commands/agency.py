"""``gongkai agency``: register the body whose records are kept here, without a browser."""

from __future__ import annotations

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(cls=Command)
@click.argument("code", metavar="机关代码")
@click.argument("name", metavar="机关名称")
@click.option("--parent", metavar="机关代码", help="上级（监督）机关。")
@click.option("--region", metavar="代码", default="", help="行政区划代码。")
def command(code: str, name: str, parent: str | None, region: str) -> None:
    """登记一个机关；已登记的，更改名称。"""
    start()
    from gongkai.bureau.models import Agency
    from gongkai.project.choose import agency_of

    agency = Agency.objects.filter(code=code).first()
    if agency is not None:
        agency.name = name
        agency.region_code = region or agency.region_code
        agency.save()
        click.echo(f"已更改：{code} {name}")
        return
    fields = {"code": code, "name": name, "region_code": region}
    if parent:
        agency_of(parent).add_child(**fields)
    else:
        Agency.add_root(**fields)
    click.echo(f"已登记：{code} {name}")
