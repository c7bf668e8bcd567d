"""A city bureau with a case at work, a county bureau below it, and everybody signed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from gongkai.applications import services
from gongkai.applications.models import Application, Channel
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role

from .cases import PERSON

PASSWORD = "correct horse battery"
RECEIVED = date(2025, 6, 3)
DAY = date(2025, 6, 9)
WANTED = "瑞安市2023年分乡镇粮食播种面积"
ROLES = {
    "clerk": Role.CLERK,
    "handler": Role.HANDLER,
    "chief": Role.REVIEWER,
    "leader": Role.LEADER,
    "security": Role.SECURITY_OFFICER,
}


def on(day: date) -> Any:
    """It is that day for whatever asks for the local date."""

    def local(value: object = None, *_: object) -> date:
        return value.astimezone(ZoneInfo("Asia/Shanghai")).date() if isinstance(value, datetime) else day

    return mock.patch("django.utils.timezone.localdate", side_effect=local)


@pytest.fixture
def today() -> Iterator[date]:
    with on(DAY):
        yield DAY


def staff(agency: Agency, prefix: str = "") -> SimpleNamespace:
    """The departments of an agency, and somebody in each role: ``clerk handler chief leader security``."""
    office = Department.objects.create(agency=agency, name="办公室", order=0)
    survey = Department.objects.create(agency=agency, name="农业处", order=1)
    people = {}
    for name, role in ROLES.items():
        department = survey if role in (Role.HANDLER, Role.REVIEWER) else office
        made = User.objects.create_user(
            f"{prefix}{name}", password=PASSWORD, agency=agency, department=department, last_name=role.label
        )
        made.groups.set(Group.objects.filter(name=role.label))
        people[name] = made
    return SimpleNamespace(agency=agency, office=office, survey=survey, **people)


def register(agency: Agency, wanted: str = WANTED, day: date = RECEIVED, **fields: Any) -> Application:
    person = fields.pop("person", PERSON)
    return services.register(agency, day, person, wanted, channel=Channel.INTERNET, **fields)


def make_world() -> SimpleNamespace:
    """``city`` and ``county`` with their people; ``application`` is at work in the city's 农业处."""
    root = Agency.add_root(
        code="330300-tj",
        name="温州市统计局",
        short_name="市统计局",
        telephone="0577-88960000",
        address="鹿城区某路 2 号",
    )
    child = root.add_child(code="330381-tj", name="瑞安市统计局", address="瑞安市某路 1 号", telephone="0577-65810000")
    city, county = staff(root), staff(child, "county-")
    application = register(root)
    services.assign(application, RECEIVED, city.survey, actor=city.clerk)
    services.sign_for(application, RECEIVED, city.survey, actor=city.handler)
    return SimpleNamespace(city=city, county=county, application=application)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
