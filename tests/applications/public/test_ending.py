"""What an applicant does about an application on its page: takes it back, and looks up what was split off it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from gongkai.applications import services
from gongkai.applications.intake import withdrawing
from gongkai.applications.intake.parts import split
from gongkai.applications.intake.telling import unconfirmed
from gongkai.applications.models import Application, Channel, FileKind, Status, Submission
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.notices.models import Notice

from ..cases import PERSON
from .visitor import STATUS, Visitor

pytestmark = pytest.mark.django_db
Mine = dict[str, str]


@pytest.fixture
def mine(visitor: Visitor, clerk: User) -> Mine:
    """What is on the receipt of an application."""
    visitor.applied()
    return {"number": visitor.one("#number"), "code": visitor.one("#code")}


def looked_up(mine: Mine) -> Visitor:
    return Visitor(Client()).get(STATUS).send(mine, STATUS)


def do(visitor: Visitor, action: str, **given: Any) -> Visitor:
    passed = visitor.page.css_first("input[name=pass]").attributes["value"]
    token = visitor.page.css_first("input[name=csrfmiddlewaretoken]").attributes["value"]
    return visitor.take(
        visitor.client.post(STATUS, {"pass": passed, "csrfmiddlewaretoken": token, "action": action, **given})
    )


def test_it_is_taken_back_after_being_asked_once_more(mine: Mine, clerk: User) -> None:
    late, visitor = looked_up(mine), do(looked_up(mine), "withdraw")
    assert "还没有撤回" in visitor.text
    assert Application.objects.get().status == Status.HANDLING
    do(visitor, "show")
    assert visitor.one(".headline").endswith("前答复"), "whoever thinks better of it is back"
    do(visitor, "withdraw", confirmed="1")
    assert visitor.status == 200
    assert "已经撤回" in visitor.one(".good")
    application = Application.objects.get()
    assert (application.status, application.outcome) == (Status.CLOSED, "other.other.withdrawn")
    assert application.files.filter(kind=FileKind.REQUEST).count() == 2, "the record of the receipt, that of the end"
    notice = Notice.objects.get(recipient=clerk, key__endswith="withdrawn")
    assert application.number in notice.subject
    assert "撤回申请" not in looked_up(mine).page.css_first("main").text().replace("申请人撤回申请", "")
    again = do(late, "withdraw", confirmed="1")
    assert again.status == 409
    assert "不能撤回" in again.one(".error")


def test_an_answered_application_is_not_taken_back(mine: Mine) -> None:
    visitor = looked_up(mine)
    services.decide(Application.objects.get(), timezone.localdate(), outcome="granted.provided", evidence=["access"])
    assert do(visitor, "withdraw", confirmed="1").status == 409
    assert Application.objects.get().outcome == "granted.provided"


def test_nothing_is_left_of_an_end_that_failed(mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("down")

    monkeypatch.setattr(withdrawing, "tell_withdrawn", fail)
    before = set(default_storage.listdir("cases")[1])
    with pytest.raises(RuntimeError):
        withdrawing.withdraw(Application.objects.get())
    assert Application.objects.get().status == Status.HANDLING
    assert set(default_storage.listdir("cases")[1]) == before


def test_what_was_split_off_is_seen_and_has_a_code_of_its_own(mine: Mine, agency: Agency, clerk: User) -> None:
    whole = Application.objects.get()
    services.confirm_receipt(whole, timezone.localdate(), "电话")
    other = services.register(agency, timezone.localdate(), PERSON, "别人的", channel=Channel.INTERNET)
    made = split(whole, timezone.localdate(), ["播种面积", "产量", "单产"], actor=clerk)
    numbers = [part.number for part, _ in made]
    assert len({code for _, code in made} | {mine["code"]}) == 3
    assert not unconfirmed(agency).filter(submission__isnull=False).exists(), "it was confirmed once, for all of it"

    part, code = made[0]
    visitor = looked_up({"number": part.number, "code": code})
    assert visitor.status == 200
    assert "分开办理" not in visitor.text, "a part does not lead to the others"
    assert looked_up({"number": part.number, "code": mine["code"]}).status == 403
    visitor = looked_up(mine)
    assert all(number in visitor.one("section[aria-labelledby=parts-title]") for number in numbers)
    assert do(visitor, "part", number=str(other.pk)).status == 404
    visitor = do(looked_up(mine), "part", number=str(part.pk))
    assert visitor.one("h1") == f"申请 {part.number}"

    visitor = do(looked_up(mine), "code", number=str(made[1][0].pk))
    given = visitor.one("#code")
    assert given not in visitor.response.request["PATH_INFO"] + visitor.response.request["QUERY_STRING"]
    assert looked_up({"number": numbers[1], "code": given}).status == 200
    assert looked_up({"number": numbers[1], "code": made[1][1]}).status == 403, "the former one is no good any more"
    assert looked_up(mine).status == 200


def test_what_came_in_without_a_code_is_split_without_one(agency: Agency, clerk: User, mine: Mine) -> None:
    whole = Application.objects.get()
    Submission.objects.all().delete()
    assert [code for _, code in split(whole, timezone.localdate(), ["一", "二"], actor=clerk)] == [""]
    with pytest.raises(NotPermittedError):
        split(whole, timezone.localdate(), ["一"], actor=clerk)
