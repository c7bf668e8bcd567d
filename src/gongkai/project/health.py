"""Whether an installation is sound: one small function a question, for ``gongkai doctor``."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from .home import home

_MIN_FREE = 2 * 2**30


class Finding(NamedTuple):
    """The answer to a question; ``advice`` says what to do when it is not ``sound``."""

    question: str
    sound: bool
    answer: str
    advice: str = ""


def database() -> Finding:
    """Reachable, and every migration applied."""
    from django.db import DatabaseError, connection

    from .setup import pending_migrations

    try:
        waiting = pending_migrations()
        version = ".".join(map(str, connection.get_database_version()))
    except DatabaseError as error:
        return Finding("数据库", False, f"连不上：{error}", "检查 DATABASE_URL，确认数据库服务已经启动。")
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    if waiting:
        return Finding("数据库", False, f"{name} {version}，有 {waiting} 项升级未做", "运行 gongkai manage migrate。")
    return Finding("数据库", True, f"{name} {version}，已是最新")


def ledger_triggers() -> Finding:
    """The database refuses to change the ledger."""
    from django.db import DatabaseError, connection

    from gongkai.ledger.models import Entry
    from gongkai.ledger.triggers import installed

    try:
        if Entry._meta.db_table not in connection.introspection.table_names():
            return Finding("台账防改", False, "台账还没有建立", "运行 gongkai manage migrate。")
        sound = installed(connection)
    except DatabaseError as error:
        return Finding("台账防改", False, f"查不到：{error}", "先修好数据库。")
    advice = "数据库的触发器不见了：查明是谁删除的，运行 gongkai verify，再从备份恢复。"
    return Finding("台账防改", sound, "触发器在" if sound else "触发器不在", "" if sound else advice)


def published_triggers() -> Finding:
    """The database shows nothing that was not approved."""
    from django.db import DatabaseError, connection

    from gongkai.portal.gate import installed
    from gongkai.portal.models import Edition

    try:
        if Edition._meta.db_table not in connection.introspection.table_names():
            return Finding("发布防改", False, "已发布信息的表还没有建立", "运行 gongkai manage migrate。")
        sound = installed(connection)
    except DatabaseError as error:
        return Finding("发布防改", False, f"查不到：{error}", "先修好数据库。")
    advice = "数据库的触发器不见了：查明是谁删除的，运行 gongkai verify，再从备份恢复。"
    return Finding("发布防改", sound, "触发器在" if sound else "触发器不在", "" if sound else advice)


def folder() -> Finding:
    """The folder of the installation can be written to."""
    place = home()
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Finding(
            "安装目录", False, f"{place} 不可写：{error.strerror}", "改正目录的权限，或者以 GONGKAI_HOME 另指一处。"
        )
    return Finding("安装目录", True, f"{place} 可写")


def keys() -> Finding:
    """The key of personal fields is there, opens what was encrypted, and only its owner may read it."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from gongkai.ledger.fields import keyring
    from gongkai.ledger.rotation import closed

    try:
        ring = keyring()
    except (ImproperlyConfigured, OSError) as error:
        return Finding("个人信息密钥", False, str(error), "改正 GONGKAI_FIELD_KEYS 或者 keys/fields.key。")
    try:
        lost = closed()
    except DatabaseError:
        lost = []  # said under 数据库
    if lost:
        # A key that was made anew in place of a lost one looks sound by itself.
        advice = "找回原来的密钥，放进 GONGKAI_FIELD_KEYS 或者 keys/fields.key；没有它，这些内容永远打不开。"
        return Finding("个人信息密钥", False, f"打不开已有的个人信息（{'、'.join(lost)}）", advice)
    if settings.FIELD_KEYS:
        return Finding("个人信息密钥", True, f"来自环境变量，{len(ring.keys)} 把")
    path: Path = settings.FIELD_KEYS_FILE
    rights = stat.S_IMODE(path.stat().st_mode)
    if rights & 0o077:
        return Finding("个人信息密钥", False, f"{path} 的权限是 {rights:o}", f"运行 chmod 600 {path}，并考虑更换密钥。")
    return Finding("个人信息密钥", True, f"{path}（请另行备份：丢失后个人信息不能恢复）")


def calendar() -> Finding:
    """The holidays of this year and, from December, of the next are announced and known."""
    from gongkai.bureau.calendar import working_calendar

    last, today = working_calendar().last_announced_year, date.today()  # noqa: DTZ011  the machine's own day
    needed = today.year + (today.month == 12)
    advice = "国务院办公厅的放假通知公布后请用 gongkai holidays 导入；在此之前，期限按双休日推算并注明待定。"
    return Finding("工作日历", last >= needed, f"已有至 {last} 年的放假安排", "" if last >= needed else advice)


def disk() -> Finding:
    """Enough room for a year of work."""
    free = shutil.disk_usage(home()).free
    return Finding(
        "磁盘", free >= _MIN_FREE, f"余 {free / 2**30:.1f} GB", "" if free >= _MIN_FREE else "请清理或者扩容。"
    )


def clock() -> Finding:
    """The clock is not behind what has been recorded: deadlines and the ledger rest on it."""
    from django.db import DatabaseError
    from django.db.models import Max

    from gongkai.ledger.models import Entry

    now = datetime.now(UTC)
    try:
        last = Entry.objects.aggregate(last=Max("recorded_at"))["last"]
    except DatabaseError:
        last = None  # nothing recorded to compare with; the database is asked after by itself
    if now.year < 2026 or (last is not None and now < last):
        return Finding("时钟", False, f"{now:%Y-%m-%d %H:%M}，早于已有的记录", "请校准系统时间（NTP）。")
    return Finding("时钟", True, f"{now.astimezone():%Y-%m-%d %H:%M %z}")


def reminders() -> Finding:
    """What staff are to be told goes out: mail and text messages are set up, nothing is stuck or given up."""
    from django.db import DatabaseError

    from gongkai.notices.monitoring import ways

    try:
        found = ways()
    except DatabaseError as error:
        return Finding("提醒", False, f"查不到：{error}", "先修好数据库。")
    told = [f"{way.label}{way.missing or '已设置'}" for way in found]
    told += [f"{way.label}有 {way.waiting + way.failed} 条没有发出" for way in found if way.waiting + way.failed]
    told += [f"{way.label}放弃了 {way.given_up} 条" for way in found if way.given_up]
    answer = "，".join(told)
    if any(way.missing and way.waiting + way.failed for way in found):
        advice = "设置 EMAIL_URL（短信是 GONGKAI_SMS_URL）之后一并发出；不用的，请各人在“提醒的方式和时间”里选“不发”。"
        return Finding("提醒", False, answer, advice)
    if any(way.given_up for way in found):
        advice = "修好邮件服务器（短信平台）之后运行 gongkai worker --once --again。"
        return Finding("提醒", False, answer, advice)
    if any(way.stuck for way in found):
        return Finding("提醒", False, answer, "看“后台任务”一项；它在运行的，请检查邮件服务器（短信平台）。")
    return Finding("提醒", True, answer)


def background() -> Finding:
    """A worker is alive, and no job has failed for good."""
    from django.db import DatabaseError
    from django.utils import timezone

    from gongkai.notices import monitoring
    from gongkai.notices.models import Notice, ScheduledRun

    try:
        seen = monitoring.seen_at()
        works = monitoring.is_working(seen, timezone.now())
        failed = [run.job for run in monitoring.last_runs() if run.state == ScheduledRun.State.GIVEN_UP]
        needed = seen is not None or Notice.objects.exists()
    except DatabaseError as error:
        return Finding("后台任务", False, f"查不到：{error}", "先修好数据库。")
    last = f"最近一次 {timezone.localtime(seen):%Y-%m-%d %H:%M}" if seen else "还没有运行过"
    if failed:
        advice = "看工作台“设置—后台任务”里的错误，改正之后等下一次运行。"
        return Finding("后台任务", False, f"{last}；没有完成：{'、'.join(failed)}", advice)
    if not works and needed:
        return Finding("后台任务", False, f"{last}，已停止", "运行 gongkai serve，或者另外运行 gongkai worker。")
    return Finding("后台任务", True, last if works else f"{last}；gongkai serve 会带着它")


def settings_of_production() -> Finding:
    """Not in development mode."""
    from django.conf import settings

    if settings.DEBUG:
        return Finding("运行方式", False, "开发方式", "正式使用时去掉 GONGKAI_DEBUG。")
    rights = " root " if hasattr(os, "geteuid") and os.geteuid() == 0 else "普通用户"
    return Finding("运行方式", True, f"正式，以{rights}身份运行")


CHECKS: tuple[Callable[[], Finding], ...] = (
    folder,
    database,
    ledger_triggers,
    published_triggers,
    keys,
    calendar,
    disk,
    clock,
    reminders,
    background,
    settings_of_production,
)
