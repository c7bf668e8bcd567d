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
    from django.core.management import ManagementUtility, get_commands
    from django.core.management.base import CommandError

    if arguments and not arguments[0].startswith("-") and arguments[0] not in {*get_commands(), "help", "version"}:
        raise click.ClickException(f"没有管理命令 {arguments[0]}；全部命令见 gongkai manage help。")
    try:
        ManagementUtility(["gongkai manage", *arguments]).execute()
    except CommandError as error:
        raise click.ClickException(str(error)) from error
