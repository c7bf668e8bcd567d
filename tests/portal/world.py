"""A bureau with a column, and the people that a text passes through before the public reads it."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role
from gongkai.portal import services
from gongkai.portal.models import Column, ColumnType, Item, Kind, Openness

PASSWORD = "correct horse battery"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    """A moment of Chinese time, as ``2020-03-02 09:30``."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def user(agency: Agency, name: str, *roles: Role, department: Department | None = None, **fields: Any) -> User:
    made = User.objects.create_user(name, password=PASSWORD, agency=agency, department=department, **fields)
    made.groups.set(Group.objects.filter(name__in=[role.label for role in roles]))
    return made


def populate(agency: Agency) -> SimpleNamespace:
    """Departments, people and a column of second level: ``office survey author chief reviewer leader column``."""
    office = Department.objects.create(agency=agency, name="办公室", order=0)
    survey = Department.objects.create(agency=agency, name="综合核算处", order=1)
    first = Column.objects.create(agency=agency, name="工作动态", type=ColumnType.NEWS, kind=Kind.NEWS)
    column = Column.objects.create(
        agency=agency, parent=first, name="市局动态", type=ColumnType.NEWS, kind=Kind.NEWS, update_days=14
    )
    return SimpleNamespace(
        agency=agency,
        office=office,
        survey=survey,
        author=user(agency, "author", Role.HANDLER, department=survey, last_name="承办"),
        chief=user(agency, "chief", Role.REVIEWER, department=survey, last_name="处长"),
        reviewer=user(agency, "reviewer", Role.REVIEWER, department=office, last_name="主任"),
        leader=user(agency, "leader", Role.LEADER, department=office, last_name="局长"),
        security=user(agency, "security", Role.SECURITY_OFFICER, department=office, last_name="安全员"),
        first=first,
        column=column,
    )


def draft(bureau: SimpleNamespace, title: str = "一季度统计工作会议召开", **fields: Any) -> Item:
    """A text as its author saved it."""
    values = {
        "column": bureau.column,
        "department": bureau.survey,
        "body": [("paragraph", "<p>会议总结了一季度的工作。</p>")],
        **fields,
    }
    item = Item.objects.create(agency=bureau.agency, title=title, **values)
    services.edited(item, bureau.author)
    return item


def approve(bureau: SimpleNamespace, item: Item, *, at: datetime | None = None) -> Item:
    """Send a draft through everybody; returns it as the database has it now."""
    edition = services.submit(item, bureau.author, at=at)
    services.review(item, bureau.chief, "department", edition.digest, at=at)
    services.review(
        item,
        bureau.reviewer,
        "office",
        edition.digest,
        openness=Openness.PROACTIVE,
        secrecy_checked=True,
        at=at,
    )
    services.review(item, bureau.leader, "leader", edition.digest, at=at)
    return Item.objects.get(pk=item.pk)


def published(
    bureau: SimpleNamespace, title: str = "一季度统计工作会议召开", *, at: datetime | None = None, **fields: Any
) -> Item:
    """A text that the public reads."""
    return approve(bureau, draft(bureau, title, **fields), at=at)


def populate_below(agency: Agency) -> SimpleNamespace:
    """A body below with a column and an author, for whoever supervises it."""
    column = Column.objects.create(agency=agency, name="区局动态", type=ColumnType.NEWS, kind=Kind.NEWS)
    return SimpleNamespace(agency=agency, column=column, author=user(agency, f"author-{agency.code}", Role.HANDLER))
