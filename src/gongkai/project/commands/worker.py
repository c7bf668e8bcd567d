"""``gongkai worker``: background work beside the web server."""

from __future__ import annotations

import os
import signal

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(cls=Command)
@click.option("--once", is_flag=True, help="把到期的做完就结束，不一直运行。")
@click.option("--again", is_flag=True, help="多次没有发出、已经放弃的提醒再发一次。")
@click.option("--pause", default=5, show_default=True, type=click.IntRange(1, 3600), help="两次查看之间的秒数。")
@click.option("--beside", type=int, hidden=True)
def command(once: bool, again: bool, pause: int, beside: int | None) -> int:
    """运行到期的后台任务，发出等待的提醒（电子邮件、短信）。

    gongkai serve 已经带着一个；多台机器可以各运行一个，同一件事只由一个来做。用 SIGTERM 或者 Ctrl+C 停止。
    """
    start()
    from gongkai.notices.models import ScheduledRun
    from gongkai.notices.outgoing import try_again
    from gongkai.notices.worker import Worker

    # Whoever started it beside a server must not outlive that server, however it ended.
    worker = Worker(pause=pause, alive=lambda: beside is None or os.getppid() == beside)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, worker.stop)
    if again:
        click.echo(f"再发一次：{try_again()} 条。")
    if not once:
        worker.work()
        return 0
    done = worker.once()
    for run in done.runs:
        state = ScheduledRun.State(run.state).label
        click.echo(f"{run.job}：{state}{'，' if run.note or run.error else ''}{run.note or run.error}")
    click.echo(f"发出 {done.messages.sent} 条，没有发出 {done.messages.failed} 条。")
    failed = done.messages.failed or any(run.state != ScheduledRun.State.DONE for run in done.runs)
    return 1 if failed else 0
