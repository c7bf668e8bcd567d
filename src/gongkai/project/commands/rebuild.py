"""``gongkai rebuild``: projections from events, saying what differed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start

if TYPE_CHECKING:
    from gongkai.bureau.models import Agency

_SHOWN = 50


@click.command(cls=Command)
@click.option("--agency", "code", metavar="机关代码", help="只核对一个机关。")
@click.option("--dry-run", is_flag=True, help="只说出差别，不改。")
def command(code: str | None, dry_run: bool) -> int:
    """由台账重新算出各件的状态、期限和结果，说出与现存的差别并改正。"""
    start()
    from gongkai.bureau.models import Agency
    from gongkai.project.choose import agency_of

    agencies = [agency_of(code)] if code else list(Agency.objects.all())
    differences = rebuild(agencies, write=not dry_run)
    tell(differences, same="与台账一致，没有差别。", changed="未改动" if dry_run else "已改正")
    return 1 if differences else 0


def rebuild(agencies: Iterable[Agency], *, write: bool) -> list[str]:
    """Compute every projection anew; what differed, in words."""
    from django.apps import apps
    from django.utils.module_loading import module_has_submodule

    modules = [
        import_module(f"{config.name}.projection")
        for config in apps.get_app_configs()
        if config.name.startswith("gongkai.") and module_has_submodule(config.module, "projection")
    ]
    return [
        difference for agency in agencies for module in modules for difference in module.rebuild(agency, write=write)
    ]


def tell(differences: Sequence[str], *, same: str, changed: str) -> None:
    """Print what differed, at most the first of it."""
    for difference in differences[:_SHOWN]:
        click.echo(difference)
    if len(differences) > _SHOWN:
        click.echo(f"……另有 {len(differences) - _SHOWN} 处。")
    if differences:
        click.echo(f"共 {len(differences)} 处差别，{changed}。")
    else:
        click.echo(same)
