"""``gongkai rotate-keys``: encrypt personal fields again with the first key."""

from __future__ import annotations

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(cls=Command)
def command() -> None:
    """用第一把密钥重新加密个人信息（先把新密钥放在 GONGKAI_FIELD_KEYS 的最前面）。"""
    start()
    from gongkai.ledger.fields import UnreadableError
    from gongkai.ledger.rotation import rotate

    try:
        done = rotate()
    except UnreadableError as error:
        raise click.ClickException(str(error)) from error
    for label, count in done.items():
        click.echo(f"{label}：重新加密 {count} 条。")
    click.echo("完成。确认无误后，可以从 GONGKAI_FIELD_KEYS 中去掉旧密钥；旧备份仍需旧密钥才能解开，请妥善保管。")
