"""``gongkai doctor``: is this installation sound."""

from __future__ import annotations

import click

from gongkai.project.cli import Command, one_line
from gongkai.project.setup import start


@click.command(cls=Command)
def command() -> int:
    """检查此安装是否完好：数据库、目录、密钥、工作日历、磁盘、时钟、提醒、后台任务。"""
    start(migrated=False)
    from gongkai.project.health import CHECKS

    findings = [check() for check in CHECKS]
    for finding in findings:
        click.echo(f"{'✓' if finding.sound else '✗'} {finding.question}：{one_line(finding.answer)}")
        if finding.advice:
            click.echo(f"    {finding.advice}")
    return 0 if all(finding.sound for finding in findings) else 1
