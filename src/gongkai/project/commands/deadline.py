"""``gongkai deadline``: the due date of a reply, with every step of the reckoning. No Django, no database."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

import click

from gongkai.law import LawError
from gongkai.law.calendar import WorkingCalendar, national_calendar, parse_override
from gongkai.law.clock import Deadline, Event, EventKind, reply_deadline
from gongkai.law.wording import chinese_day, parse_date
from gongkai.project.cli import Command

_MAX_NOTICE = 1_000_000  # bytes; a year's notice takes two thousand


def parse_event(text: str) -> Event:
    """``KIND=DATE``, and ``extended=DATE+N`` for an extension of N working days; else :class:`LawError`."""
    name, equals, when = text.partition("=")
    try:
        kind = EventKind(name.strip())
    except ValueError:
        kinds = "、".join(f"{known.value}（{known.label}）" for known in EventKind)
        raise LawError(f"不认识的事项“{name}”，可用的事项有：{kinds}。") from None
    if not equals or not when.strip():
        raise LawError(f"事项“{text}”缺少日期，请写作 {kind.value}=2022-10-12。")
    day, plus, days = when.partition("+")
    if plus and kind is not EventKind.EXTENDED:
        raise LawError(f"只有延期（extended）可以写明日数，“{text}”不可以。")
    if plus and not re.fullmatch(r"\d{1,3}", days.strip(), re.ASCII):
        raise LawError(f"延期日数“{days}”应当是工作日数，如 extended=2022-11-01+10。")
    return Event(kind, parse_date(day), int(days) if plus else None)


def read_calendar(files: tuple[str, ...], region: str | None) -> WorkingCalendar:
    """The national calendar with the notices in ``files`` over it."""
    if not files:
        return national_calendar()
    notices = []
    for name in files:
        try:
            with Path(name).open("rb") as file:
                content = file.read(_MAX_NOTICE + 1)
        except OSError as error:
            raise LawError(f"不能打开放假安排文件 {name}（{error.strerror}）。") from error
        if len(content) > _MAX_NOTICE:
            raise LawError(f"文件 {name} 过大，不是放假安排。")
        try:
            notice = parse_override(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise LawError(f"文件 {name} 不是 UTF-8 编码的文本，请另存为 UTF-8 后再试。") from error
        except LawError as error:
            raise LawError(f"文件 {name}：{error}") from error
        if not notice.applies_in(region):
            raise LawError(f"文件 {name} 是{notice.region}的安排，请用 --region 指明本机关所在地区。")
        notices.append(notice)
    return WorkingCalendar(tuple(notices), region)


def as_json(deadline: Deadline) -> str:
    steps = [{"date": step.date.isoformat(), "rule": step.rule, "text": step.text} for step in deadline.steps]
    return json.dumps(
        {"due": deadline.due.isoformat(), "provisional": deadline.provisional, "steps": steps},
        ensure_ascii=False,
        indent=2,
    )


def as_text(deadline: Deadline) -> str:
    headline = f"答复期限届满日：{chinese_day(deadline.due)}"
    notes = []
    if deadline.provisional:
        notes.append("暂定：放假安排尚未公布")
    if deadline.paused:
        notes.append("暂估：尚有事项未收到回复，期限停止计算")
    lines = [headline + (f"　【{'；'.join(notes)}】" if notes else ""), ""]
    for number, step in enumerate(deadline.steps, 1):
        lines += [f"{number}. {chinese_day(step.date)}　{step.rule}", f"   {step.text}"]
    return "\n".join(lines)


def _event_date(event: Event) -> date:
    return event.date


@click.command(
    name="deadline",
    cls=Command,
    help="计算政府信息公开申请的答复期限，逐步说明理由。\n\n"
    "日期可写作 2022-09-30、2022.9.30 或者 2022年9月30日。收到当日不计入，按工作日计算。\n\n"
    "例：gongkai deadline --received 2022-09-30 --event consult-sent=2022-10-12 "
    "--event consult-returned=2022-10-26 --event extended=2022-11-01+10",
)
@click.option("--received", required=True, metavar="日期", help="收到申请之日（条例第三十一条）。")
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="事项=日期",
    help="影响期限的事项，可重复：" + "、".join(f"{kind.value}（{kind.label}）" for kind in EventKind) + "。"
    "延期可写明工作日数：extended=日期+10，不写为最长期限。先后按日期排列。",
)
@click.option("--calendar", "files", multiple=True, metavar="文件", help="放假安排（TOML 或 JSON），可重复。")
@click.option("--region", metavar="地区", help="本机关所在地区，如 浙江省温州市；地方放假安排只在所辖地区有效。")
@click.option("--json", "as_machine", is_flag=True, help="输出 JSON。")
def command(
    received: str, events: tuple[str, ...], files: tuple[str, ...], region: str | None, as_machine: bool
) -> None:
    try:
        # Options may come in any order; what happened has the order of its dates.
        happened = sorted(map(parse_event, events), key=_event_date)
        deadline = reply_deadline(parse_date(received), happened, read_calendar(files, region))
        text = as_json(deadline) if as_machine else as_text(deadline)
    except LawError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(2)
    click.echo(text)
