"""From a draft to what the public reads, and what happens to it there."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.law.validity import Validity
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.portal import projection, services
from gongkai.portal.models import (
    Attachment,
    DocumentClass,
    Edition,
    Effect,
    EffectKind,
    Finding,
    Item,
    ItemType,
    Openness,
    Override,
    Publication,
    Route,
    Status,
)
from gongkai.portal.projection import rebuild
from gongkai.portal.queries import public, public_edition, validity_of

from . import world

pytestmark = pytest.mark.django_db
AT = world.moment("2020-03-02 09:30")


def kinds(item: Item) -> list[str]:
    return [entry.kind for entry in Entry.objects.of_stream("portal.item", item.pk)]


def test_three_people_pass_a_text_before_it_is_public(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    edition = services.submit(item, bureau.author, at=AT)
    assert not services.review(item, bureau.chief, "department", edition.digest, opinion="同意", at=AT)
    assert not public(bureau.agency.pk).exists()
    assert not services.review(
        item, bureau.reviewer, "office", edition.digest, openness=Openness.PROACTIVE, secrecy_checked=True, at=AT
    )
    assert not public(bureau.agency.pk).exists()
    assert services.review(item, bureau.leader, "leader", edition.digest, at=AT)
    found = public_edition(bureau.agency.pk, item.pk)
    assert found is not None
    publication, shown = found
    assert shown.pk == edition.pk
    assert (publication.published_on, publication.live_from) == (date(2020, 3, 2), AT)
    assert (publication.column, publication.first_column, publication.kind) == (bureau.column, bureau.first, "news")
    assert kinds(item) == ["edited", "submitted", "reviewed", "reviewed", "reviewed", "approved"]
    assert (item.status, item.is_live, item.round) == (Status.PUBLISHED, True, 1)
    assert verify(bureau.agency) is None


def test_the_index_number_has_no_gaps_and_stays(bureau: SimpleNamespace) -> None:
    Agency.objects.filter(pk=bureau.agency.pk).update(credit_code="11330300002489786A")
    bureau.agency.refresh_from_db()
    numbers = [Publication.objects.get(item=world.published(bureau, f"第{n}条", at=AT)).index_number for n in range(3)]
    assert numbers == [f"002489786/2020-{n:05d}" for n in (1, 2, 3)]
    item = Item.objects.get(publication__index_number=numbers[1])
    item.title = "改正了一个数字"
    item.save()
    services.edited(item, bureau.author)
    world.approve(bureau, item, at=AT + timedelta(days=1))
    again = Publication.objects.get(item=item)
    assert (again.index_number, again.title, again.published_on) == (numbers[1], "改正了一个数字", date(2020, 3, 2))
    assert Publication.objects.count() == 3, "a new edition is no second publication"


def test_numbers_that_a_ledger_took_are_passed_over(bureau: SimpleNamespace) -> None:
    taken = f"{bureau.agency.code}/2020-00001"
    Publication.objects.create(
        agency=bureau.agency,
        column=bureau.column,
        kind="news",
        title="台账中的",
        published_on=AT.date(),
        index_number=taken,
    )
    assert Publication.objects.get(item=world.published(bureau, at=AT)).index_number.endswith("-00002")


def test_what_is_public_stays_while_its_next_edition_is_under_review(bureau: SimpleNamespace) -> None:
    item = world.published(bureau, at=AT)
    item.title = "修改后的标题"
    item.save()
    services.edited(item, bureau.author)
    assert item.status == Status.DRAFT
    services.submit(item, bureau.author)
    found = public_edition(bureau.agency.pk, item.pk)
    assert found is not None
    assert found[1].data["title"] == "一季度统计工作会议召开"


def test_a_text_waits_for_its_moment_to_the_minute(bureau: SimpleNamespace) -> None:
    release = world.moment("2020-03-16 10:00")
    item = world.published(bureau, release_at=release, at=AT)
    publication = Publication.objects.get(item=item)
    assert publication.published_on == date(2020, 3, 16)
    assert not public(bureau.agency.pk, at=release - timedelta(seconds=1)).exists()
    assert public(bureau.agency.pk, at=release).get() == publication


def test_what_is_stopped_before_its_moment_was_never_published(bureau: SimpleNamespace) -> None:
    item = world.published(bureau, release_at=world.moment("2020-03-16 10:00"), at=AT)
    number = Publication.objects.get(item=item).index_number
    services.withdraw(item, bureau.leader, "数据有误", at=AT + timedelta(days=1))
    assert not Publication.objects.exists()
    assert (item.status, item.is_live) == (Status.DRAFT, False)
    item.release_at = None
    item.save()
    world.approve(bureau, item, at=AT + timedelta(days=2))
    assert Publication.objects.get(item=item).index_number == number, "no number is lost"


def test_a_change_of_what_is_public_cannot_be_timed(bureau: SimpleNamespace) -> None:
    item = world.published(bureau, at=AT)
    item.release_at = timezone.now() + timedelta(days=1)
    item.save()
    services.edited(item, bureau.author)
    with pytest.raises(NotPermittedError, match="不能定时发布修改"):
        services.submit(item, bureau.author)


def test_what_was_withdrawn_does_not_come_back_before_the_moment_that_was_asked_for(bureau: SimpleNamespace) -> None:
    item = world.published(bureau, at=AT)
    services.withdraw(item, bureau.leader, "数据有误")
    item.release_at = timezone.now() + timedelta(days=3)
    item.save()
    services.edited(item, bureau.author)
    with pytest.raises(NotPermittedError, match="不能定时发布修改"):
        services.submit(item, bureau.author)
    assert not public(bureau.agency.pk).exists()


def test_what_waits_for_its_moment_is_public_at_once_when_it_is_signed_anew_without_one(
    bureau: SimpleNamespace,
) -> None:
    item = world.published(bureau, release_at=timezone.now() + timedelta(days=3))
    item.release_at = None
    item.save()
    services.edited(item, bureau.author)
    world.approve(bureau, item)
    assert public(bureau.agency.pk).get().item_id == item.pk


def test_withdrawn_is_gone_and_restored_is_back(bureau: SimpleNamespace) -> None:
    item = world.published(bureau, at=AT)
    services.withdraw(item, bureau.security, "页面有误", at=AT + timedelta(days=3))
    assert public_edition(bureau.agency.pk, item.pk) is None
    assert Publication.objects.get(item=item).withdrawn_on == date(2020, 3, 5)
    assert item.status == Status.WITHDRAWN
    services.restore(item, bureau.leader, "核实无误")
    assert public_edition(bureau.agency.pk, item.pk) is not None
    assert item.status == Status.PUBLISHED


def test_returned_with_an_opinion_and_sent_again(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    first = services.submit(item, bureau.author)
    services.return_to_author(item, bureau.chief, "department", "第二段数据请核对")
    assert item.status == Status.DRAFT
    item.title = "核对之后"
    item.save()
    second = services.submit(item, bureau.author)
    assert (second.round, second.digest != first.digest) == (2, True)
    with pytest.raises(NotPermittedError, match="内容已经变动"):
        services.review(item, bureau.chief, "department", first.digest)


def test_recalled_by_its_author_only(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    services.submit(item, bureau.author)
    stranger = world.user(bureau.agency, "stranger", Role.HANDLER, department=bureau.survey)
    with pytest.raises(NotPermittedError, match="只有起草人"):
        services.recall(item, stranger)
    services.recall(item, bureau.author)
    assert item.status == Status.DRAFT


def test_a_reviewer_who_mends_the_text_is_an_author_then(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    services.edited(item, bureau.chief)
    edition = services.submit(item, bureau.author)
    with pytest.raises(NotPermittedError, match="不能审查自己"):
        services.review(item, bureau.chief, "department", edition.digest)


def test_another_agency_cannot_touch_it(bureau: SimpleNamespace) -> None:
    elsewhere = Agency.add_root(code="other", name="别的局")
    outsider = world.user(elsewhere, "outsider", Role.HANDLER)
    with pytest.raises(NotPermittedError, match="另一机关"):
        services.submit(world.draft(bureau), outsider)


def test_what_is_not_for_everybody_is_not_sent(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau, openness=Openness.ON_REQUEST, openness_reason="条例第十六条")
    with pytest.raises(NotPermittedError, match="不能送审发布"):
        services.submit(item, bureau.author)
    assert not Edition.objects.exists()


def test_a_text_changed_by_somebody_meanwhile_is_not_sent(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    Item.objects.get(pk=item.pk).save()
    with pytest.raises(NotPermittedError, match="被人修改"):
        services.submit(item, bureau.author)


def test_an_attachment_exchanged_during_the_examination_stops_it(
    bureau: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = get_document_model()(title="数据", file=ContentFile("没有问题".encode(), "a.txt"))
    file.save()
    item = world.draft(bureau)
    Attachment.objects.create(item=item, document=file)
    examine = services.examining.examine_item

    def meanwhile(item: Item, **options: Any) -> list[Finding]:
        found = examine(item, **options)
        file.file.save("b.txt", ContentFile("另一份".encode()))
        return found

    monkeypatch.setattr(services.examining, "examine_item", meanwhile)
    with pytest.raises(NotPermittedError, match="被人更换"):
        services.submit(Item.objects.get(pk=item.pk), bureau.author)


@pytest.mark.parametrize(
    ("column", "item", "reason"),
    [
        ({}, {"department": None}, "没有填写承办处室"),
        ({"retired_on": date(2020, 1, 1)}, {}, "已经停用"),
    ],
)
def test_a_text_that_nobody_could_review_or_find_is_not_sent(
    bureau: SimpleNamespace, column: dict[str, Any], item: dict[str, Any], reason: str
) -> None:
    type(bureau.column).objects.filter(pk=bureau.column.pk).update(**column)
    text = Item.objects.get(pk=world.draft(bureau, **item).pk)
    with pytest.raises(NotPermittedError, match=reason):
        services.submit(text, bureau.author)


def test_a_finding_let_pass_is_let_pass_once_and_asked_again_for_the_next_edition(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau, body=[("paragraph", "<p>联系人身份证号11010519491231002X。</p>")])
    for _ in range(2):
        with pytest.raises(services.BlockedError) as stopped:
            services.submit(item, bureau.author)
        override = services.request_override(item, bureau.author, stopped.value.findings[0], "依法公示")
        services.confirm_override(item, bureau.chief, override, "已核对")
        assert (override.requested_by, override.reason) == (bureau.author, "依法公示")
        assert Override.objects.get(item=item).confirmed_reason == "已核对"
        assert rebuild(bureau.agency, write=False) == []
        item = world.approve(bureau, item)
        assert not Override.objects.exists(), "nobody is shown a signature that does not hold any more"
        services.edited(item, bureau.author)


def test_signatures_that_the_ledger_does_not_know_are_told_and_taken_away(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    Override.objects.create(item=item, fingerprint="f", rule="R", requested_by=bureau.author, reason="x")
    assert [each.partition("：")[2] for each in rebuild(bureau.agency)] == [
        "存有 1 处放行，按台账应为 0 处，或者签字不同。"
    ]
    assert not Override.objects.exists()


def test_a_draft_is_dropped_but_nothing_that_was_public(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    services.discard(item, bureau.author)
    assert item.status == Status.DISCARDED
    live = world.published(bureau)
    services.edited(live, bureau.author)
    with pytest.raises(NotPermittedError, match="已经公开过"):
        services.discard(live, bureau.author)


def test_a_refused_step_leaves_nothing_behind(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    edition = services.submit(item, bureau.author)
    services.review(item, bureau.chief, "department", edition.digest)
    before = kinds(item)
    with pytest.raises(NotPermittedError):
        services.review(item, bureau.reviewer, "office", edition.digest)
    assert kinds(item) == before
    assert Item.objects.get(pk=item.pk).status == Status.OFFICE


def test_a_column_says_which_steps_there_are(bureau: SimpleNamespace) -> None:
    bureau.column.route = Route.DEPARTMENT_OFFICE
    bureau.column.save()
    item = world.draft(bureau)
    edition = services.submit(item, bureau.author)
    services.review(item, bureau.chief, "department", edition.digest)
    assert services.review(
        item, bureau.reviewer, "office", edition.digest, openness=Openness.PROACTIVE, secrecy_checked=True
    )
    assert item.status == Status.PUBLISHED


# --- Validity --------------------------------------------------------------------------------------------


def document(bureau: SimpleNamespace, title: str, **fields: object) -> Item:
    values = {
        "type": ItemType.DOCUMENT,
        "document_class": DocumentClass.NORMATIVE_DOCUMENTS,
        "formed_on": date(2020, 2, 20),
        "effective_on": date(2020, 3, 1),
        **fields,
    }
    return world.draft(bureau, title, **values)


def test_a_document_that_repeals_another_ends_it_from_its_day(bureau: SimpleNamespace) -> None:
    old = world.approve(bureau, document(bureau, "旧办法", expires_on=date(2025, 2, 28)), at=AT)
    target = Publication.objects.get(item=old)
    new = document(bureau, "新办法")
    Effect.objects.create(item=new, target=target, kind=EffectKind.REPEALED, on=date(2021, 1, 1))
    later = world.moment("2020-12-15 09:00")
    world.approve(bureau, Item.objects.get(pk=new.pk), at=later)
    target.refresh_from_db()
    assert (target.repealed_on, target.ended_on) == (date(2021, 1, 1), date(2021, 1, 1))
    assert target.ended_by == Publication.objects.get(item=new)
    assert validity_of(target, date(2020, 12, 31)) is Validity.IN_FORCE
    assert validity_of(target, date(2021, 1, 1)) is Validity.REPEALED
    assert public_edition(bureau.agency.pk, old.pk) is not None, "it stays public, marked"
    again = Item.objects.get(pk=new.pk)
    services.edited(again, bureau.author)
    world.approve(bureau, again, at=later)
    assert kinds(old).count("validity_changed") == 1, "a new edition does it once"


@pytest.mark.parametrize(
    ("kind", "until", "ended_on"),
    [
        (EffectKind.LAPSED, None, date(2021, 1, 1)),
        (EffectKind.CONTINUED, date(2030, 12, 31), date(2031, 1, 1)),
        (EffectKind.CONTINUED, None, date(2025, 3, 1)),
        (EffectKind.AMENDED, None, date(2025, 3, 1)),
    ],
)
def test_what_a_clean_up_does_to_a_document(
    bureau: SimpleNamespace, kind: EffectKind, until: date | None, ended_on: date
) -> None:
    old = world.approve(bureau, document(bureau, "旧办法", expires_on=date(2025, 2, 28)), at=AT)
    target = Publication.objects.get(item=old)
    notice = world.draft(bureau, "清理结果")
    Effect.objects.create(item=notice, target=target, kind=kind, on=date(2021, 1, 1), until=until)
    world.approve(bureau, Item.objects.get(pk=notice.pk), at=AT)
    target.refresh_from_db()
    assert target.ended_on == ended_on
    assert target.amended_on == (date(2021, 1, 1) if kind is EffectKind.AMENDED else None)


def test_a_repeal_does_not_hold_before_anybody_can_read_of_it(bureau: SimpleNamespace) -> None:
    target = Publication.objects.get(item=world.approve(bureau, document(bureau, "旧办法"), at=AT))
    new = document(bureau, "新办法", release_at=timezone.now() + timedelta(days=3))
    Effect.objects.create(item=new, target=target, kind=EffectKind.REPEALED, on=date(2021, 1, 1))
    with pytest.raises(NotPermittedError, match="不能定时发布"):
        services.submit(Item.objects.get(pk=new.pk), bureau.author)


def test_a_repeal_by_mistake_is_taken_back_by_the_next_edition(bureau: SimpleNamespace) -> None:
    wrong, right = (
        Publication.objects.get(item=world.approve(bureau, document(bureau, title), at=AT)) for title in ("甲", "乙")
    )
    new = document(bureau, "新办法")
    effect = Effect.objects.create(item=new, target=wrong, kind=EffectKind.REPEALED, on=date(2021, 1, 1))
    world.approve(bureau, Item.objects.get(pk=new.pk), at=AT)
    effect.target = right
    effect.save()
    again = Item.objects.get(pk=new.pk)
    services.edited(again, bureau.author)
    world.approve(bureau, again, at=AT)
    for found, repealed in ((wrong, None), (right, date(2021, 1, 1))):
        found.refresh_from_db()
        assert (found.repealed_on, found.ended_on) == (repealed, repealed)
        assert found.ended_by_id == (new.publication.pk if repealed else None)
    assert rebuild(bureau.agency, write=False) == []


# --- What was public elsewhere -----------------------------------------------------------------------------


def test_what_was_public_on_a_former_site_keeps_its_day(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau, "十年前的公报")
    services.adopt(item, bureau.leader, world.moment("2010-04-01 08:00"))
    publication = Publication.objects.get(item=item)
    assert publication.published_on == date(2010, 4, 1)
    assert public(bureau.agency.pk).get() == publication
    entry = Entry.objects.of_stream("portal.item", item.pk).last()
    assert entry is not None
    assert (entry.kind, entry.data["basis"], entry.data["by"]) == ("approved", "migration", bureau.leader.pk)


def test_only_a_leader_answers_for_it(bureau: SimpleNamespace) -> None:
    with pytest.raises(NotPermittedError, match="没有经过审查"):
        services.adopt(world.draft(bureau), bureau.reviewer, AT)


# --- Projections -----------------------------------------------------------------------------------------


def test_projections_are_recreated_from_events_without_a_difference(bureau: SimpleNamespace) -> None:
    old = world.approve(bureau, document(bureau, "旧办法"), at=AT)
    new = document(bureau, "新办法")
    Effect.objects.create(
        item=new, target=Publication.objects.get(item=old), kind=EffectKind.REPEALED, on=date(2021, 1, 1)
    )
    world.approve(bureau, Item.objects.get(pk=new.pk), at=AT)
    services.withdraw(world.published(bureau, "误发的"), bureau.security, "误发")
    world.draft(bureau, "草稿")
    assert projection.rebuild(bureau.agency) == []


def test_a_projection_that_was_changed_behind_us_is_told_and_set_right(bureau: SimpleNamespace) -> None:
    item = world.approve(bureau, document(bureau, "办法", expires_on=date(2025, 2, 28)), at=AT)
    Item.objects.filter(pk=item.pk).update(status=Status.DRAFT)
    Publication.objects.filter(item=item).update(expires_on=None, ended_on=None)
    told = projection.rebuild(bureau.agency)
    assert told[0] == "信息《办法》：状态存为“draft”，按台账应为“published”。"
    assert "有效期至存为“”，按台账应为“2025-02-28”" in told[1]
    assert projection.rebuild(bureau.agency) == []
