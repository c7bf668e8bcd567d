"""A bureau with an application that was answered, and its people, on a fixed working day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from gongkai.applications import services as applications
from gongkai.applications.models import ApplicantKind, Application, Channel
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role
from gongkai.disputes import services
from gongkai.disputes.models import Dispute, DisputeKind

TODAY = date(2025, 6, 9)  # a Monday
FILED = date(2025, 4, 1)
As = Callable[[str], Client]


@dataclass
class World:
    """Who and what there is."""

    agency: Agency
    application: Application
    people: dict[str, User]

    @property
    def clerk(self) -> User:
        return self.people["clerk"]

    @property
    def handler(self) -> User:
        return self.people["handler"]

    @property
    def leader(self) -> User:
        return self.people["leader"]

    def file(
        self, kind: DisputeKind = DisputeKind.REVIEW, number: str = "温政复〔2025〕1号", **more: object
    ) -> Dispute:
        court = kind != DisputeKind.REVIEW
        return services.file(
            self.agency,
            FILED,
            number=number,
            kind=kind,
            application=self.application,
            body="温州市鹿城区人民法院" if court else "温州市人民政府",
            body_kind="court" if court else "government",
            actor=self.clerk,
            **more,  # type: ignore[arg-type]
        )


@pytest.fixture(autouse=True)
def today(request: pytest.FixtureRequest) -> Iterator[date]:
    """It is 9 June 2025 for whatever asks for the local date."""
    with mock.patch("django.utils.timezone.localdate", side_effect=lambda value=None, *_: _day(value)):
        yield TODAY


def _day(value: object) -> date:
    return value.astimezone(ZoneInfo("Asia/Shanghai")).date() if isinstance(value, datetime) else TODAY


@pytest.fixture
def world(agency: Agency) -> World:
    agency.review_government, agency.court = "温州市人民政府", "温州市鹿城区人民法院"
    agency.save()
    office = Department.objects.create(agency=agency, name="办公室")
    people = {}
    for role in Role:
        made = User.objects.create_user(role.value, agency=agency, department=office)
        made.groups.set(Group.objects.filter(name=role.label))
        people[role.value] = made
    person = applications.Person(ApplicantKind.NATURAL_PERSON, name="欧阳测试", id_number="11010519491231002X")
    application = applications.register(agency, date(2025, 3, 3), person, "粮食播种面积", channel=Channel.FAX)
    applications.decide(application, date(2025, 3, 20), outcome="granted.provided", evidence=["access"])
    return World(agency, application, people)


@pytest.fixture
def signed(world: World) -> As:
    """Signs in whoever has that name."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name])
        return client

    return sign_in
