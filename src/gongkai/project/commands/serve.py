"""``gongkai serve``: the web server of an installation, WSGI on granian with blocking threads."""

from __future__ import annotations

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(cls=Command)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="进程数。")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="每个进程的线程数。")
def command(port: int, host: str, workers: int, threads: int) -> None:
    """启动网站服务。"""
    start()
    serve(port, host=host, workers=workers, threads=threads)


def serve(port: int, *, host: str = "127.0.0.1", workers: int = 2, threads: int = 4) -> None:
    """Serve until interrupted; Django must have been started and the database migrated."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    connections.close_all()
    click.echo(f"正在提供服务：http://{host}:{port}/ （按 Ctrl+C 停止）")
    Granian(
        "gongkai.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_access=False,  # addresses with queries are personal data
    ).serve()
