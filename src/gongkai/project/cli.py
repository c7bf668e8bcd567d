"""The one entry point ``gongkai``: commands are imported only when called, so that ``check`` starts without Django."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from gongkai import __version__

# name: (module under gongkai.project.commands, one line for the list of commands)
COMMANDS = {
    "check": ("check", "核查已公布的政府信息公开工作年度报告（任何机关、任何常见格式）"),
    "deadline": ("deadline", "计算答复期限，逐步说明理由"),
    "agency": ("agency", "登记一个机关"),
    "import": ("import_", "导入 Excel 台账，或者写出空白台账"),
    "report": ("report", "由记录生成政府信息公开工作年度报告，核查后写出"),
    "rebuild": ("rebuild", "由台账重新算出各件的状态，说出差别"),
    "verify": ("verify", "验证台账的摘要链"),
    "rotate-keys": ("rotate_keys", "更换个人信息的加密密钥"),
    "demo": ("demo", "准备并启动演示机关的一年"),
    "serve": ("serve", "启动网站服务"),
    "doctor": ("doctor", "检查此安装是否完好"),
    "manage": ("manage", "Django 的管理命令"),
}


class ChineseFormat:
    """Help and errors in Chinese; click's own words are English and follow the locale only with a catalogue."""

    def format_usage(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self: Any, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示此说明。"
        return option


class Command(ChineseFormat, click.Command):
    """A command whose help is in Chinese."""


class Commands(ChineseFormat, click.Group):
    """The commands of ``COMMANDS``, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"gongkai.project.commands.{COMMANDS[name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.command(cls=Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="gongkai", message="%(prog)s %(version)s", help="显示版本。")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """公开：政府信息公开工作软件。"""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> NoReturn:
    """Run the command line; exit status 0 = done, 1 = a check failed, 2 = could not do it."""
    try:
        result = cli.main(standalone_mode=False)
    except click.ClickException as error:
        sys.exit(report_error(error))
    except click.Abort:
        click.echo("已中止。", err=True)
        sys.exit(2)
    sys.exit(result if isinstance(result, int) else 0)


def report_error(error: click.ClickException) -> int:
    """Say what was wrong with the call, in Chinese, on standard error."""
    click.echo(f"错误：{in_chinese(error)}", err=True)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"查看用法：{error.ctx.command_path} --help", err=True)
    return 2


def in_chinese(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。"
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else error.param_hint
            return f"缺少参数 {name}。"
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"参数 {name} 不对：{error.message}"
        case click.FileError():
            return f"不能打开文件 {error.ui_filename}。"
        case _:
            return error.format_message()
