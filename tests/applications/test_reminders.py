"""Who is told of what is due, once each; what is done or has moved is settled; nothing says who applied."""

from __future__ import annotations

from datetime import UTC, date, datetime
from unittest import mock

import pytest
from django.contrib.auth.models import Group

from gongkai.applications import moved, services
from gongkai.applications.models import Channel
from gongkai.applications.reminders import remind
from gongkai.bureau.models import Department, User
from gongkai.bureau.roles import Role
from gongkai.notices.models import Notice

from .cases import PERSON
from .letters.world import RECEIVED, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """An application that is due on 1 July 2025; what the verbs told is not looked at here."""
    made = make_world()
    Notice.objects.all().delete()
    return made


def morning(day: date) -> str:
    """The work of a morning."""
    with mock.patch("django.utils.timezone.localdate", side_effect=lambda value=None, *_: day):
        return remind(datetime(day.year, day.month, day.day, 0, 5, tzinfo=UTC))


def told() -> set[tuple[str, str]]:
    """Whom, and what, of what is not settled."""
    open_ones = Notice.objects.filter(settled_at=None)
    return {(notice.recipient.username, notice.subject) for notice in open_ones.select_related("recipient")}


NUMBER = "申请 2025-00001"


@pytest.mark.parametrize(
    ("day", "people", "subject"),
    [
        (date(2025, 6, 23), set(), ""),
        (date(2025, 6, 24), {"clerk", "handler"}, f"{NUMBER} 还剩 5 个工作日"),
        (date(2025, 6, 27), {"clerk", "handler", "chief"}, f"{NUMBER} 还剩 2 个工作日"),
        (date(2025, 7, 1), {"clerk", "handler", "chief"}, f"{NUMBER} 今天到期"),
        (date(2025, 7, 2), {"clerk", "handler", "chief", "leader"}, f"{NUMBER} 已超期"),
    ],
)
def test_each_is_told_five_and_two_days_before_on_the_day_and_the_leader_when_it_is_late(
    world: World, day: date, people: set[str], subject: str
) -> None:
    assert world.application.due_on == date(2025, 7, 1)
    morning(day)
    assert told() == {(person, subject) for person in people}
    assert morning(day) == "新提醒 0 条"


def test_a_later_stage_takes_the_place_of_the_earlier(world: World) -> None:
    for day in (date(2025, 6, 24), date(2025, 6, 27), date(2025, 7, 2)):
        morning(day)
    assert {subject for _, subject in told()} == {f"{NUMBER} 已超期"}


def test_what_is_done_is_settled(world: World) -> None:
    morning(date(2025, 7, 2))
    services.withdraw(world.application, date(2025, 7, 2))
    morning(date(2025, 7, 3))
    assert told() == set()


def test_what_has_moved_is_told_anew(world: World) -> None:
    morning(date(2025, 6, 24))
    services.extend(world.application, date(2025, 6, 24), working_days=20)
    morning(date(2025, 6, 25))
    assert told() == set()


def test_while_somebody_else_is_waited_for_nobody_is_urged(world: World) -> None:
    services.consult(world.application, date(2025, 6, 24))
    morning(date(2025, 7, 2))
    assert told() == set()


def test_a_consultation_that_comes_back_is_told_before_and_after_its_end(world: World) -> None:
    services.consult(world.application, date(2025, 6, 9))
    morning(date(2025, 6, 26))
    assert told() == {(who, f"{NUMBER}：第 1 次征求意见的期限将满") for who in ("clerk", "handler")}
    morning(date(2025, 7, 2))
    assert told() == {(who, f"{NUMBER}：第 1 次征求意见的期限已满") for who in ("clerk", "handler")}


def test_a_correction_is_thought_of_before_it_is_too_late(world: World) -> None:
    morning(date(2025, 6, 10))
    assert told() == {(who, f"{NUMBER}：要求补正的期限将满") for who in ("clerk", "handler")}
    services.request_correction(world.application, date(2025, 6, 10))
    morning(date(2025, 6, 11))
    assert told() == set()


def test_departments_are_told_of_the_day_that_the_office_set(world: World) -> None:
    new = services.register(world.agency, date(2025, 6, 20), PERSON, "产量", channel=Channel.FAX)
    services.assign(new, date(2025, 6, 20), world.survey, reply_by=date(2025, 6, 23))
    other = Department.objects.create(agency=world.agency, name="农业处")
    bystander = User.objects.create_user("bystander", agency=world.agency, department=other)
    bystander.groups.set(Group.objects.filter(name=Role.HANDLER.label))
    morning(date(2025, 6, 20))
    assert told() == {("handler", "申请 2025-00002：内部期限将到")}
    morning(date(2025, 6, 24))
    assert ("handler", "申请 2025-00002：内部期限已过") in told()


def test_nothing_of_the_applicant_leaves_by_a_notice(world: World) -> None:
    services.consult(world.application, date(2025, 6, 9))
    for day in (date(2025, 6, 10), date(2025, 6, 26), date(2025, 7, 2)):
        morning(day)
    words = " ".join(f"{each.subject} {each.text} {each.url} {each.key}" for each in Notice.objects.all())
    assert [value for value in (PERSON.name, PERSON.phone, PERSON.email, "粮食") if value in words] == []


# --- Whose turn it is ----------------------------------------------------------------------------------


def test_whoever_must_act_next_is_told_and_the_turn_before_is_settled(world: World) -> None:
    new = services.register(world.agency, RECEIVED, PERSON, "产量", channel=Channel.FAX)
    services.assign(new, RECEIVED, world.survey, actor=world.clerk)
    assert told() == {("handler", "申请 2025-00002 请签收")}
    services.return_assignment(new, RECEIVED, world.survey, "不是本处的", actor=world.handler)
    assert told() == {("clerk", "申请 2025-00002 被退回，请重新分办")}
    services.assign(new, RECEIVED, world.survey, actor=world.clerk)
    assert told() == {("handler", "申请 2025-00002 请签收")}, "a second time is told as well"


def test_the_system_itself_tells_nobody(world: World) -> None:
    new = services.register(world.agency, RECEIVED, PERSON, "产量", channel=Channel.FAX)
    services.assign(new, RECEIVED, world.survey)
    assert told() == set()


# --- Holidays ------------------------------------------------------------------------------------------


def test_clerks_are_told_which_due_dates_a_notice_of_holidays_moved(world: World) -> None:
    before = moved.due_dates(world.agency)
    assert moved.tell(world.agency, moved.moved(world.agency, before), "放假通知") == 0
    world.application.due_on = date(2025, 7, 3)
    world.application.save()
    (found,) = moved.moved(world.agency, before)
    assert str(found) == "2025-00001：2025年7月1日 → 2025年7月3日"
    assert moved.tell(world.agency, [found], "放假通知") == 1
    notice = Notice.objects.get()
    assert notice.recipient == world.clerk
    assert str(found) in notice.text
