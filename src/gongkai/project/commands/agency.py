"""``gongkai agency``: register the body whose records are kept here, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start

if TYPE_CHECKING:
    from gongkai.bureau.models import Agency


@click.command(cls=Command)
@click.argument("code", metavar="机关代码")
@click.argument("name", metavar="机关名称")
@click.option("--parent", metavar="机关代码", help="上级（监督）机关。")
@click.option("--region", metavar="代码", default="", help="行政区划代码。")
def command(code: str, name: str, parent: str | None, region: str) -> None:
    """登记一个机关；已登记的，更改名称和上级。"""
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise click.ClickException("机关代码、机关名称都不能空着。")
    start()
    from gongkai.bureau.models import Agency
    from gongkai.project.choose import agency_of

    agency = Agency.objects.filter(code=code).first()
    if agency is not None:
        if parent:
            _put_under(agency, agency_of(parent))
        # Read again: a move writes the place in the tree behind the object's back.
        agency = Agency.objects.get(pk=agency.pk)
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


def _put_under(agency: Agency, parent: Agency) -> None:
    """Move an agency, with those under it. Raises ``click.ClickException`` for a place under itself."""
    if parent == agency or parent.is_descendant_of(agency):
        raise click.ClickException(f"{parent.name}是{agency.name}自己或者它的下级，不能作它的上级。")
    if agency.get_parent() != parent:
        agency.move(parent, "last-child")
