"""``gongkai manage …``: Django's own commands on this installation."""

from __future__ import annotations

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(
    cls=Command,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """运行 Django 的管理命令，例如 gongkai manage migrate。"""
    start(migrated=False)
    from django.core.management import ManagementUtility
    from django.core.management.base import CommandError

    try:
        ManagementUtility(["gongkai manage", *arguments]).execute()
    except CommandError as error:
        raise click.ClickException(str(error)) from error
