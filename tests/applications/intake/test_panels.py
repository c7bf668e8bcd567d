"""What the page of a case says of how it came in, and of what came before it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.applications import services
from gongkai.applications.intake.arriving import Incoming, take_in
from gongkai.applications.models import Application, Channel, Judgement, Submission
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role
from gongkai.bureau.spam import Suspicion
from gongkai.bureau.tokens import new_token

from ..cases import PERSON
from ..public.visitor import Visitor
from .conftest import staff

pytestmark = pytest.mark.django_db
TEXT = "2019年全市粮食播种面积，分县（市、区）"


def came(agency: Agency, *suspicions: Suspicion) -> Application:
    incoming = Incoming(PERSON, TEXT, Channel.INTERNET, timezone.localdate())
    return take_in(agency, replace(incoming, suspicions=suspicions), new_token()).application


def shown(client: Client, application: Application) -> Visitor:
    return Visitor(client).get(f"/admin/applications/{application.pk}/")


def test_a_clerk_sees_why_that_day_and_judges_what_may_be_spam(desk: Client, agency: Agency) -> None:
    application = came(agency, Suspicion.HONEYPOT)
    page = shown(desk, application)
    assert "指导案例26号" in page.text
    assert "系统标为疑似垃圾" in page.text
    assert "尚无双方确认的记录" in page.text
    desk.post(f"/admin/applications/{application.pk}/judge/", {"judgement": "genuine"})
    assert Submission.objects.get().judgement == Judgement.GENUINE
    services.confirm_receipt(application, timezone.localdate(), "电话")
    page = shown(desk, application)
    assert "系统标为疑似垃圾" not in page.text
    assert "尚无双方确认的记录" not in page.text


def test_others_see_that_it_is_marked_and_cannot_judge(client: Client, agency: Agency) -> None:
    application = came(agency, Suspicion.LINKS)
    client.force_login(staff(agency, "leader", Role.LEADER))
    page = shown(client, application)
    assert "疑似垃圾" in page.text
    assert page.page.css_first("button[name=judgement]") is None
    client.post(f"/admin/applications/{application.pk}/judge/", {"judgement": "spam"})
    assert Submission.objects.get().judgement == Judgement.NONE


def test_what_came_before_is_shown_until_it_is_linked(desk: Client, agency: Agency) -> None:
    first = came(agency)
    services.decide(first, timezone.localdate(), outcome="granted.provided", evidence=["access"])
    again = came(agency)
    page = shown(desk, again)
    assert page.page.css_first(f'a[href="/admin/applications/{first.pk}/"]') is not None
    assert "同一申请人" in page.text
    assert "予以公开" in page.text
    services.link(again, timezone.localdate(), first, "repeat")
    assert "可能相同或者相近" not in shown(desk, again).text


def test_the_page_costs_the_same_however_many_came_before(desk: Client, agency: Agency) -> None:
    def cost() -> int:
        application = came(agency)
        shown(desk, application)
        with CaptureQueriesContext(connection) as asked:
            shown(desk, application)
        return len(asked)

    came(agency)
    first = cost()
    for _ in range(3):
        came(agency)
    assert cost() == first
