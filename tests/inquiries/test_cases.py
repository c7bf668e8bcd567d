"""A message is a list of events: who may do what when, and what stands in the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.inquiries import services
from gongkai.inquiries.case import Case
from gongkai.inquiries.events import EVENTS, Event, Registered, Replied, Transferred
from gongkai.inquiries.models import Asker, Inquiry, Source, Status
from gongkai.inquiries.projection import rebuild
from gongkai.inquiries.transitions import TRANSITIONS, check_table, permitted, refusal
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify

DAY = date(2020, 3, 2)
EXAMPLES: dict[str, Event] = {
    "registered": Registered(number="1", source=Source.WEBSITE),
    "replied": Replied(public=True),
    "transferred": Transferred(to="市场监管局"),
}
# Which event may happen in which state (None = not yet registered), by whom.
MAY = {
    ("registered", None): {Role.CLERK},
    ("replied", Status.OPEN): {Role.CLERK, Role.HANDLER},
    ("transferred", Status.OPEN): {Role.CLERK},
}


def case_in(state: Status | None) -> Case:
    case = Case()
    if state is not None:
        case.apply("registered", DAY, EXAMPLES["registered"].model_dump(mode="json"))
    if state is Status.CLOSED:
        case.apply("replied", DAY, EXAMPLES["replied"].model_dump(mode="json"))
    return case


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", [None, *Status])
@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_every_role_in_every_state_may_do_what_the_table_says_and_nothing_else(
    kind: str, state: Status | None, role: Role
) -> None:
    allowed = role in MAY.get((kind, state), set())
    case = case_in(state)
    assert (EVENTS[kind] in permitted(case, [role])) is allowed
    assert (refusal(case, EXAMPLES[kind], DAY, [role]) is None) is allowed


def test_nothing_has_happened_yet_that_happens_tomorrow() -> None:
    assert refusal(case_in(Status.OPEN), EXAMPLES["replied"], date(2199, 1, 4), None) == "日期在今天之后"


def test_a_table_that_forgets_an_event_is_refused_at_start_up() -> None:
    with pytest.raises(ValueError, match="each event stands in the table once"):
        check_table(TRANSITIONS[:-1])


@pytest.mark.parametrize(("public", "reason"), [(True, "privacy"), (False, "")])
def test_a_private_reply_has_a_reason_and_a_public_one_has_none(public: bool, reason: str) -> None:
    with pytest.raises(ValueError, match="须有理由"):
        Replied.model_validate({"public": public, "reason": reason})


def register(agency: Agency, **more: Any) -> Inquiry:
    return services.register(agency, received_on=DAY, subject="咨询指数", name="王某", contact="13812345678", **more)


@pytest.mark.django_db
def test_a_message_goes_from_receipt_to_reply(agency: Agency) -> None:
    first, second = register(agency), register(agency)
    assert (first.number, second.number) == ("LY202000001", "LY202000002")
    services.reply(first, date(2020, 3, 4), "见公报", public=False, reason="privacy")
    first.refresh_from_db()
    assert (first.status, first.closing, first.private_reason, first.days) == ("closed", "private", "privacy", 2)
    assert first.reply == "见公报"
    assert [entry.kind for entry in Entry.objects.order_by("position")] == ["registered", "registered", "replied"]
    assert verify(agency) is None


@pytest.mark.django_db
def test_the_asker_and_their_words_stand_neither_in_the_ledger_nor_in_plain_text(agency: Agency) -> None:
    register(agency, text="我家住在某小区")
    assert not any(
        word in entry.payload for entry in Entry.objects.all() for word in ("王某", "13812345678", "指数", "小区")
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM inquiries_asker")
        stored = cursor.fetchone()
    assert not any(word in value for value in stored for word in ("王", "1381234"))
    asker = Asker.objects.get()
    assert (asker.name, asker.contact) == ("王某", "13812345678")
    assert "王" not in str(asker)


@pytest.mark.django_db
def test_a_closed_message_stays_closed_and_nothing_happens_before_it_came(agency: Agency) -> None:
    inquiry = register(agency)
    with pytest.raises(NotPermittedError, match="日期早于留言日期"):
        services.reply(inquiry, date(2020, 3, 1), "", public=True)
    services.transfer(inquiry, DAY, "市场监管局")
    with pytest.raises(NotPermittedError, match="已办结的留言不能“答复”"):
        services.reply(inquiry, DAY, "", public=True)
    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_whoever_has_not_the_post_is_told_who_has(agency: Agency) -> None:
    user = User.objects.create(username="leader", agency=agency)
    user.groups.add(Group.objects.get(name=Role.LEADER.label))
    with pytest.raises(NotPermittedError, match="“登记”须由经办办理"):
        register(agency, actor=user)
    user.groups.add(Group.objects.get(name=Role.CLERK.label))
    inquiry = register(agency, actor=user)
    assert Entry.objects.get(stream_id=inquiry.pk).actor == user


@pytest.mark.django_db
def test_rebuild_finds_and_mends_what_differs_from_the_ledger(agency: Agency) -> None:
    inquiry = register(agency)
    services.reply(inquiry, date(2020, 3, 4), "", public=True)
    assert rebuild(agency) == []
    Inquiry.objects.update(days=9, source="letter")
    found = rebuild(agency, write=False)
    assert found == ["留言 LY202000001：来源存为“letter”，按台账应为“website”；办理天数存为“9”，按台账应为“2”。"]
    assert rebuild(agency) == found
    assert rebuild(agency) == []


@pytest.mark.django_db
def test_a_message_without_a_ledger_and_a_ledger_without_its_message_are_told(agency: Agency) -> None:
    first, second = register(agency), register(agency)
    Inquiry.objects.filter(pk=first.pk).update(source="letter")
    Inquiry.objects.filter(pk=second.pk).delete()
    Inquiry.objects.create(
        agency=agency, number="X", subject="补插", source="website", received_on=DAY, status=Status.OPEN
    )
    differences = rebuild(agency, write=False)
    assert len(differences) == 3
    assert "没有对应的登记" in differences[1]
    assert differences[2] == "温州市统计局：有 1 条留言在台账中没有记录。"
