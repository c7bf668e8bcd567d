"""A bureau that answers messages, and its people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role
from gongkai.inquiries import services
from gongkai.inquiries.drafting import Words
from gongkai.inquiries.models import Inquiry

As = Callable[[str], Client]
ASKER = {"name": "王小明", "contact": "13812345678"}
PUBLIC = Words("居民消费价格指数每月 9 日左右发布。", title="咨询价格指数的发布时间", question="什么时候发布？")


@dataclass
class World:
    """Who and what there is. ``handler`` and ``reviewer`` are of the division, ``other`` handles elsewhere."""

    agency: Agency
    division: Department
    people: dict[str, User]

    def register(self, **more: Any) -> Inquiry:
        given = {
            "subject": "咨询指数",
            "text": "我是王小明，什么时候发布？",
            "name": "王小明",
            "contact": "13812345678",
        }
        return services.register(self.agency, received_on=timezone.localdate(), **{**given, **more})

    def assigned(self) -> Inquiry:
        inquiry = self.register()
        return services.assign(inquiry, timezone.localdate(), self.division, actor=self.people["clerk"])

    def submitted(self, words: Words = PUBLIC) -> Inquiry:
        return services.submit(self.assigned(), timezone.localdate(), words, actor=self.people["handler"])

    def answered(self, words: Words = PUBLIC) -> Inquiry:
        return services.approve(self.submitted(words), timezone.localdate(), actor=self.people["reviewer"])


def populate(agency: Agency) -> World:
    """The people of a bureau, each with a password that a browser types."""
    office, division, elsewhere = (
        Department.objects.create(agency=agency, name=name) for name in ("办公室", "城市调查处", "农业处")
    )
    people = {}
    for name, role, department in (
        ("clerk", Role.CLERK, office),
        ("handler", Role.HANDLER, division),
        ("reviewer", Role.REVIEWER, division),
        ("leader", Role.LEADER, None),
        ("security", Role.SECURITY_OFFICER, office),
        ("other", Role.HANDLER, elsewhere),
    ):
        made = User.objects.create_user(name, password="x" * 12, agency=agency, department=department)
        made.groups.set(Group.objects.filter(name=role.label))
        people[name] = made
    return World(agency, division, people)


@pytest.fixture
def world(agency: Agency) -> World:
    cache.clear()
    return populate(agency)


@pytest.fixture
def signed(world: World) -> As:
    """Signs in whoever has that name."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name])
        return client

    return sign_in
