"""``gongkai bench``: measure every figure that we promise. The measurements come with the source tree only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

import gongkai
from gongkai.project.cli import Command


@click.command(cls=Command)
@click.option("--quick", is_flag=True, help="只用少量数据，看能否运行；量得的数没有意义。")
@click.option("--sqlite-only", is_flag=True, help="不测 PostgreSQL（本机没有安装时用）。")
def command(quick: bool, sqlite_only: bool) -> int:
    """测量各项性能承诺，列表说明是否达到。

    须在源代码目录的环境中运行，全部约需一刻钟；测时请勿使用机器。退出码：0 全部达到，1 有未达到的，2 有未能测成的。
    """
    root = Path(gongkai.__file__).parents[2]
    if not (root / "bench" / "__main__.py").is_file():
        raise click.ClickException("性能测试随源代码提供，此安装没有；请下载源代码后在其目录中运行 make bench。")
    options = ["--quick"] * quick + ["--sqlite-only"] * sqlite_only
    return subprocess.run([sys.executable, "-m", "bench", *options], cwd=root).returncode  # noqa: S603  our own
