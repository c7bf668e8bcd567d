"""What lies on the desks of the demonstration bureau: texts at every step, one returned, one that is stopped."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.portal import examining, services
from gongkai.portal.models import Item

from .bodies import random_of, write
from .files import sheet
from .publishing import Desk
from .site import COLUMNS, Planned
from .writing import Pen

_NEWS, _NOTICE = ("工作动态", "市局动态"), ("工作动态", "通知公告")
# Title, column, department, how many steps it has passed; None has not been sent.
_TEXTS: tuple[tuple[str, tuple[str, str], str, int | None], ...] = (
    ("市统计局召开季度数据评估会（拟稿）", _NEWS, "综合核算处", None),
    ("市统计局举办统计开放日", _NEWS, "人口就业处", 0),
    ("关于报送定期统计报表的通知", _NOTICE, "工业能源处", 1),
    ("关于公布统计执法检查名单的通知", _NOTICE, "统计执法监督处", 2),
)
_RETURNED = ("我市统计基层基础建设工作取得新进展", _NEWS, "市普查中心")
STOPPED = ("关于招募第二批普查员的公告", _NOTICE, "市普查中心")
# An invented number whose check digit is right: the examination must find it in the worksheet that Excel hides.
_HIDDEN = (("姓名", "身份证号"), ("演示人员", "330302199002280015"))


def fill(bureau: Agency) -> None:
    """Put the texts on the desks, unless they are there."""
    if Item.objects.filter(agency=bureau, source_key__startswith="演示桌面").exists():
        return
    with transaction.atomic():
        desk = Desk.of(bureau)
        for place, (title, column, department, steps) in enumerate(_TEXTS, start=1):
            plan = _plan(title, column, department)
            item = _draft(desk, plan, place)
            if steps is not None:
                desk.pass_steps(item, plan, steps)
        plan = _plan(*_RETURNED)
        item = _draft(desk, plan, 8)
        desk.pass_steps(item, plan, 0)
        chief = desk.reviewer("department", plan)
        services.return_to_author(item, chief, "department", "第二段的数据请注明口径和来源，核对后再送审。")
        _stopped(desk)


def _stopped(desk: Desk) -> None:
    """A draft whose attachment has an identity number in a hidden worksheet; examined, never sent."""
    plan = _plan(*STOPPED)
    text = write(Pen(plan, random_of(9_009), desk.pictures))
    rows = (("岗位", "名额"), ("普查员", "120"), ("普查指导员", "30"))
    text.files.append(("普查员招募计划.xlsx", lambda: sheet("招募计划", rows, hidden=_HIDDEN)))
    item = desk.draft(plan, text, "演示桌面:9", timezone.now())
    examining.examine_item(item)


def _draft(desk: Desk, plan: Planned, place: int) -> Item:
    text = write(Pen(plan, random_of(9_000 + place), desk.pictures))
    return desk.draft(plan, text, f"演示桌面:{place}", timezone.now())


def _plan(title: str, where: tuple[str, str], department: str) -> Planned:
    column = next(column for column in COLUMNS if (column.first, column.second) == where)
    return Planned(column, 1, title, timezone.localtime().replace(tzinfo=None), department)
