"""``gongkai serve``: the web server of an installation, WSGI on granian with blocking threads."""

from __future__ import annotations

import errno
import socket
from contextlib import nullcontext

import click

from gongkai.project.beside import worker_beside
from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(cls=Command)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="进程数。")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="每个进程的线程数。")
@click.option("--no-worker", is_flag=True, help="不带后台任务；请另外运行 gongkai worker。")
def command(port: int, host: str, workers: int, threads: int, no_worker: bool) -> None:
    """启动网站服务，带着后台任务。"""
    require_free(port, host)
    start()
    serve(port, host=host, workers=workers, threads=threads, with_worker=not no_worker)


def require_free(port: int, host: str = "127.0.0.1") -> None:
    """Raise ``click.ClickException`` when nobody could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server itself does, so that an address just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "已被占用" if error.errno == errno.EADDRINUSE else f"不能使用：{error.strerror}"
            raise click.ClickException(f"{host} 的端口 {port} {reason}；请以 --port 指定另一个端口。") from error


def serve(port: int, *, host: str = "127.0.0.1", workers: int = 2, threads: int = 4, with_worker: bool = True) -> None:
    """Serve until interrupted; Django must have been started and the database migrated."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    connections.close_all()
    click.echo(f"正在提供服务：http://{host}:{port}/ （按 Ctrl+C 停止）")
    server = Granian(
        "gongkai.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_access=False,  # addresses with queries are personal data
    )
    with worker_beside() if with_worker else nullcontext():
        server.serve()
