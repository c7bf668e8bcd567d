"""A message is a list of events: what each verb does, what it refuses, what stands in the ledger."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.inquiries import services
from gongkai.inquiries.drafting import Words
from gongkai.inquiries.events import Replied
from gongkai.inquiries.models import Answer, Asker, Inquiry, Stage, Status
from gongkai.inquiries.projection import rebuild
from gongkai.inquiries.reminders import remind
from gongkai.law.inquiries import alarm
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.notices.models import Notice

from .conftest import PUBLIC, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("public", "reason"), [(True, "privacy"), (False, "")])
def test_a_private_reply_has_a_reason_and_a_public_one_has_none(public: bool, reason: str) -> None:
    with pytest.raises(ValueError, match="须有理由"):
        Replied.model_validate({"public": public, "reason": reason})


def test_a_message_goes_from_receipt_to_a_public_answer(world: World) -> None:
    closed = world.answered()
    assert (closed.stage, closed.status, closed.closing, closed.days) == ("closed", "closed", "public", 0)
    assert (closed.reply, closed.due_on, closed.lead) == (PUBLIC.reply, None, world.division)
    answer = Answer.objects.get()
    assert (answer.title, answer.question, answer.department) == (PUBLIC.title, PUBLIC.question, "城市调查处")
    assert [e.kind for e in Entry.objects.order_by("position")] == ["registered", "assigned", "submitted", "replied"]
    assert verify(world.agency) is None
    assert rebuild(world.agency) == []
    assert not Notice.objects.filter(settled_at=None).exists(), "nobody is reminded of what is done"


def test_a_private_reply_is_on_no_page(world: World) -> None:
    closed = world.answered(Words("请致电本局。", False, "privacy"))
    assert (closed.closing, closed.private_reason, closed.reply) == ("private", "privacy", "请致电本局。")
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (Words("王小明，您好。", title="咨询指数"), "答复里写有留言人的姓名"),
        (Words("已经致电 138 1234 5678。", title="咨询指数"), "答复里写有留言人的联系方式"),
        (Words("请联系身份证 11010519491231002X。", title="咨询指数"), "身份证"),
        (Words("好。", title=""), "请填写公开的标题"),
        (Words("好。", False), "请选择理由"),
        (Words(" ", title="咨询指数"), "请填写答复"),
    ],
)
def test_what_names_somebody_does_not_even_go_to_review(world: World, words: Words, why: str) -> None:
    inquiry = world.assigned()
    with pytest.raises(NotPermittedError, match=why):
        services.submit(inquiry, timezone.localdate(), words, actor=world.people["handler"])
    assert not inquiry.drafts.exists()


def test_a_reply_comes_back_is_mended_and_the_earlier_draft_stays(world: World) -> None:
    inquiry, day = world.submitted(), timezone.localdate()
    with pytest.raises(NotPermittedError, match="请写明退回的意见"):
        services.send_back(inquiry, day, " ", actor=world.people["reviewer"])
    back = services.send_back(inquiry, day, "请写明依据", actor=world.people["reviewer"])
    assert back.stage == Stage.HANDLING
    assert Notice.objects.get(key__contains="returned").recipient == world.people["handler"]
    kept = services.save_draft(back, PUBLIC, actor=world.people["handler"])
    assert services.save_draft(back, PUBLIC, actor=world.people["handler"]).pk == kept.pk, "one unfinished draft"
    services.submit(back, day, Words("依据……", title="咨询指数"), actor=world.people["handler"])
    assert [draft.remark for draft in inquiry.drafts.all()] == ["", "请写明依据"]
    services.approve(back, day, actor=world.people["leader"])
    assert Answer.objects.get().reply == "依据……"


def test_the_asker_rates_once_and_a_public_answer_can_be_taken_away(world: World) -> None:
    closed, day = world.answered(), timezone.localdate()
    assert services.rate(closed, day, "satisfied").rating == "satisfied"
    with pytest.raises(NotPermittedError, match="已经评价过了"):
        services.rate(closed, day, "dissatisfied")
    hidden = services.hide(closed, day, "privacy", actor=world.people["clerk"])
    assert (hidden.closing, hidden.hidden_on) == ("public", day), "that it was public stays counted"
    assert not Answer.objects.filter(is_shown=True).exists()
    assert rebuild(world.agency) == []


def test_assigning_asks_for_a_department_of_the_body_and_a_person_of_the_department(world: World) -> None:
    inquiry, day, clerk = world.register(), timezone.localdate(), world.people["clerk"]
    with pytest.raises(NotPermittedError, match="承办人不是这个处室的"):
        services.assign(inquiry, day, world.division, world.people["other"], actor=clerk)
    services.assign(inquiry, day, world.division, world.people["handler"], actor=clerk)
    assert Notice.objects.get(key__contains="assigned").recipient == world.people["handler"]
    stranger = Agency.add_root(code="x", name="另一机关")
    clerk.agency = stranger
    with pytest.raises(NotPermittedError, match="属于另一机关"):
        services.transfer(inquiry, day, "市场监管局", actor=clerk)
    with pytest.raises(NotPermittedError, match="请填写转给哪个单位"):
        services.transfer(inquiry, day, " ")
    assert services.dismiss(world.register(), day, "garbled").closing == "dismissed"


def test_the_asker_and_their_words_stand_neither_in_the_ledger_nor_in_plain_text(world: World) -> None:
    world.submitted()
    secret = ("王小明", "13812345678", "什么时候", PUBLIC.reply)
    assert not any(word in entry.payload for entry in Entry.objects.all() for word in secret)
    assert not any(word in notice.subject + notice.text for notice in Notice.objects.all() for word in secret)
    with connection.cursor() as cursor:
        for table, columns in (
            ("inquiries_asker", "name, contact"),
            ("inquiries_inquiry", "text, reply"),
            ("inquiries_draft", "reply, title, question"),
        ):
            cursor.execute(f"SELECT {columns} FROM {table}")
            stored = " ".join(cursor.fetchone())
            assert not any(word in stored for word in secret)
    assert "王" not in str(Asker.objects.get())


def test_everybody_is_told_in_time_and_the_leader_long_before_an_inspection_fails(world: World) -> None:
    inquiry = world.assigned()
    assert inquiry.due_on is not None

    def told(day: date) -> set[tuple[str, str]]:
        Notice.objects.all().delete()
        now = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
        remind(now)
        return {(n.recipient.username, n.key.split(":", 2)[2]) for n in Notice.objects.select_related("recipient")}

    assert told(inquiry.received_on) == set()
    due = inquiry.due_on
    assert told(due) == {("clerk", f"{due}:0"), ("handler", f"{due}:0")}
    late = due + timedelta(days=1)
    assert {name for name, _ in told(late)} == {"clerk", "handler", "leader"}
    limit = alarm(inquiry.received_on)
    assert ("leader", "alarm") in told(limit.tell_on)
    assert (limit.fails_after - limit.tell_on).days > 50
    services.transfer(inquiry, timezone.localdate(), "市场监管局", actor=world.people["clerk"])
    assert not Notice.objects.filter(settled_at=None).exists()


def test_rebuild_finds_and_mends_what_differs_from_the_ledger(world: World) -> None:
    inquiry = world.answered()
    Inquiry.objects.update(days=9, stage="new")
    found = rebuild(world.agency, write=False)
    assert found == [f"留言 {inquiry.number}：办理天数存为“9”，按台账应为“0”；办理环节存为“new”，按台账应为“closed”。"]
    assert rebuild(world.agency) == found
    assert rebuild(world.agency) == []


def test_a_message_without_a_ledger_and_a_ledger_without_its_message_are_told(world: World) -> None:
    first, second = world.register(), world.register()
    Inquiry.objects.filter(pk=first.pk).update(source="letter")
    Inquiry.objects.filter(pk=second.pk).delete()
    day = timezone.localdate()
    Inquiry.objects.create(
        agency=world.agency, number="X", subject="补插", source="website", received_on=day, status=Status.OPEN
    )
    differences = rebuild(world.agency, write=False)
    assert len(differences) == 3
    assert "没有对应的登记" in differences[1]
    assert differences[2] == "温州市统计局：有 1 条留言在台账中没有记录。"
