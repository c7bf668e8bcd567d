"""``gongkai holidays``: take in a notice of holidays and say which due dates it moves."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.law.errors import LawError
from gongkai.law.wording import chinese_date
from gongkai.project.cli import Command
from gongkai.project.setup import start

from .rebuild import rebuild, tell

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=Command)
@click.argument("files", nargs=-1, metavar="[文件]…", type=_FILE)
def command(files: tuple[Path, ...]) -> int:
    """导入放假安排（国务院办公厅的通知、地方的安排，TOML 或 JSON），重算未办结各件的期限并列出变动的。

    不带文件时列出已经导入的安排。格式见用户手册“答复期限”。
    """
    start()
    from gongkai.applications import moved
    from gongkai.bureau.calendar import add_notice, working_calendar
    from gongkai.bureau.models import Agency

    references = []
    before = {agency: moved.due_dates(agency) for agency in Agency.objects.all()} if files else {}
    try:
        for file in files:
            notice = add_notice(file)
            references.append(notice.reference)
            click.echo(f"已导入：{notice.reference}（{len(notice.days)} 天）。")
        calendar = working_calendar()
    except (LawError, UnicodeDecodeError) as error:
        reason = str(error) if isinstance(error, LawError) else "不是 UTF-8 编码的文字。"
        raise click.UsageError(f"放假安排不能读取：{reason}") from error
    if not files:
        for notice in calendar.overrides:
            first, last = min(notice.days), max(notice.days)
            click.echo(f"{notice.reference}：{chinese_date(first)}至{chinese_date(last)}，{len(notice.days)} 天。")
        click.echo(f"工作日历已有至 {calendar.last_announced_year} 年的放假安排。")
        return 0
    differences = rebuild(Agency.objects.all(), write=True)
    for agency, dates in before.items():
        moved.tell(agency, moved.moved(agency, dates), "、".join(references))
    tell(differences, same="没有期限因此变动。", changed="期限等已按新的工作日历重算")
    return 0
