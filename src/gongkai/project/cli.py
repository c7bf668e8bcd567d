"""The one entry point ``gongkai``: commands are imported only when called, so that ``check`` starts without Django."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any, NoReturn

import click

from gongkai import __version__

# name: (module under gongkai.project.commands, one line for the list of commands)
COMMANDS = {
    "check": ("check", "核查已公布的政府信息公开工作年度报告（任何机关、任何常见格式）"),
    "deadline": ("deadline", "计算答复期限，逐步说明理由"),
    "init": ("init", "建立机关、用户和栏目：回答几个问题，或者用写好的文件"),
    "agency": ("agency", "登记一个机关"),
    "import": ("import_", "导入 Excel 台账，或者写出空白台账"),
    "report": ("report", "由记录生成政府信息公开工作年度报告，核查后写出"),
    "worksheet": ("worksheet", "由记录生成政府网站工作年度报表，核查后写出"),
    "rebuild": ("rebuild", "由台账重新算出各件的状态，说出差别"),
    "holidays": ("holidays", "导入放假安排，重算期限"),
    "verify": ("verify", "验证台账的摘要链，或者核对证据包"),
    "bundle": ("bundle", "生成一件申请的证据包，供复议、诉讼举证"),
    "rotate-keys": ("rotate_keys", "更换个人信息的加密密钥"),
    "demo": ("demo", "准备并启动演示机关的一年"),
    "serve": ("serve", "启动网站服务"),
    "worker": ("worker", "运行后台任务，发出提醒"),
    "doctor": ("doctor", "检查此安装是否完好"),
    "bench": ("bench", "测量各项性能承诺"),
    "manage": ("manage", "Django 的管理命令"),
}


# What click itself prints in English; it follows the locale only where a catalogue is installed.
_WORDS = {
    "[OPTIONS]": "[选项]",
    "[COMMAND] [ARGS]...": "命令 [参数]…",
    "[ARGUMENTS]...": "[命令 [参数]…]",
    "INTEGER RANGE": "整数",
    "TEXT": "文字",
    "[required]": "[必填]",
    "[default: ": "[默认：",
    "...": "…",
}


def _chinese(text: str) -> str:
    for english, chinese in _WORDS.items():
        text = text.replace(english, chinese)
    return text


class ChineseFormatter(click.HelpFormatter):
    """Help with full-width signs and no English of click's own."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _chinese(args), prefix="用法：")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_chinese(term), _chinese(text)) for term, text in rows], col_max, col_spacing)


class ChineseContext(click.Context):
    """A context that prints help in Chinese."""

    formatter_class = ChineseFormatter


class ChineseFormat:
    """Headings of the help in Chinese."""

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

    context_class = ChineseContext


class Commands(ChineseFormat, click.Group):
    """The commands of ``COMMANDS``, each imported when it is asked for."""

    context_class = ChineseContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            raise click.UsageError(f"没有命令 {name}；有 {'、'.join(COMMANDS)}。", ctx)
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
    except Exception as error:
        # A fault of ours must not look like 1, "a check failed"; scripts and people get their one line.
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        click.echo(f"错误：{_fault(error)}", err=True)
        sys.exit(2)
    sys.exit(result if isinstance(result, int) else 0)


def one_line(error: object) -> str:
    """A message on one line: what drivers say may have several, and pointers under them."""
    return " ".join(str(error).split())


def _fault(error: Exception) -> str:
    """What to say of an error that no command foresaw, without what it was about: that may be personal data."""
    kind = f"{type(error).__module__}.{type(error).__name__}"
    return f"程序出错（{kind}），没有完成。请运行 gongkai doctor 检查安装；要看详情，请设 GONGKAI_DEBUG=1 再运行一次。"


def report_error(error: click.ClickException) -> int:
    """Say on one line of standard error what was wrong with the call and what to do."""
    hint = f"（用法见 {error.ctx.command_path} --help）" if isinstance(error, click.UsageError) and error.ctx else ""
    click.echo(f"错误：{one_line(in_chinese(error))}{hint}", err=True)
    return 2


def in_chinese(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。"
        case click.MissingParameter():
            name = _name(error.param) if error.param else error.param_hint
            return f"缺少参数 {name}。"
        case click.BadParameter():
            name = _name(error.param) if error.param else ""
            return f"参数 {name} 不对：{_expected(error)}"
        case click.FileError():
            return f"不能打开文件 {error.ui_filename}。"
        case _:
            return error.format_message()


def _name(param: click.Parameter) -> str:
    """A parameter as it is typed: ``--year``; an argument by the word that stands for it in the help."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _expected(error: click.BadParameter) -> str:
    """What a parameter takes, where click would only say so in English."""
    match error.param.type if error.param else None:
        case click.Choice() as choice:
            return f"应为 {'、'.join(map(str, choice.choices))} 之一。"
        case click.IntRange() as limits:
            return f"应为 {limits.min or 0} 到 {limits.max} 的整数。" if limits.max else "应为整数。"
        case click.types.IntParamType():
            return "应为整数。"
        case click.Path():
            return "没有这个文件或文件夹，或者不能读取。"
        case _:
            return error.message
