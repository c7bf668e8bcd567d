"""The two-yearly clean-up: every document in force is concluded, four lists are published, and what they say holds."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from gongkai.bureau.models import Department
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.ledger.services import verify
from gongkai.portal import services as portal_services
from gongkai.portal.models import Cleanup, CleanupEntry, Column, Conclusion, EffectKind, Publication
from gongkai.portal.projection import rebuild
from gongkai.portal.queries import public, validity_of
from gongkai.portal.validity.queries import cleanup_due, open_cleanup
from gongkai.portal.validity.services import conclude, finish, start

from .. import world
from .test_documents import document

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def notices(bureau: SimpleNamespace) -> Column:
    return Column.objects.create(agency=bureau.agency, name="通知公告", type="notices", kind="news")


@pytest.fixture
def four(bureau: SimpleNamespace, notices: Column) -> dict[str, Publication]:
    """A document for each list."""
    return {
        name: document(bureau, f"{name}办法", document_number=f"温统〔2018〕{n}号")
        for n, name in enumerate("甲乙丙丁", 1)
    }


def begin(bureau: SimpleNamespace, as_of: date = TODAY) -> Cleanup:
    return start(bureau.agency, "2020年行政规范性文件清理", as_of, bureau.reviewer)


def of(cleanup: Cleanup, *documents: Publication) -> list[int]:
    return list(cleanup.entries.filter(publication__in=documents).values_list("pk", flat=True))


def concluded(bureau: SimpleNamespace, four: dict[str, Publication], until: date | None = None) -> Cleanup:
    cleanup = begin(bureau)
    steps = [("甲", Conclusion.IN_FORCE, ""), ("乙", Conclusion.TO_AMEND, "与上位法不一致")]
    steps += [("丙", Conclusion.REPEAL, "已被新办法替代"), ("丁", Conclusion.LAPSED, "调整对象消失")]
    for name, conclusion, reason in steps:
        given = until if conclusion is Conclusion.IN_FORCE else None
        conclude(cleanup, of(cleanup, four[name]), bureau.author, conclusion, reason=reason, until=given)
    return cleanup


def test_a_clean_up_ends_in_four_published_lists_and_every_document_follows(
    bureau: SimpleNamespace, four: dict[str, Publication], notices: Column
) -> None:
    until = TODAY + timedelta(days=5 * 365)
    cleanup = concluded(bureau, four, until)
    item = finish(cleanup, bureau.reviewer, notices, TOMORROW)
    # Nothing has happened yet: a draft is no publication.
    assert {p.ended_on for p in Publication.objects.all()} == {None}
    assert item.status == "draft"
    assert item.title == "温州市统计局关于公布2020年行政规范性文件清理结果的公告"
    edition = portal_services.submit(item, bureau.reviewer)
    portal_services.recall(item, bureau.reviewer)
    for text in ("继续有效 1 件、拟修改 1 件、废止 1 件、失效 1 件", "甲办法", "温统〔2018〕4号", "已被新办法替代"):
        assert text in edition.data["html"], text
    assert len(edition.data["data"]) == 4, "each list can be had as CSV"

    second = world.user(bureau.agency, "office2", Role.REVIEWER, department=bureau.office)
    item.refresh_from_db()
    item.department = bureau.survey
    item.save()
    edition = portal_services.submit(item, bureau.reviewer)
    portal_services.review(item, bureau.chief, "department", edition.digest)
    portal_services.review(item, second, "office", edition.digest, openness="proactive", secrecy_checked=True)
    portal_services.review(item, bureau.leader, "leader", edition.digest)

    found = {name: Publication.objects.get(pk=each.pk) for name, each in four.items()}
    assert {name: str(validity_of(each, TODAY)) for name, each in found.items()} == dict.fromkeys("甲乙丙丁", "有效")
    assert {name: str(validity_of(each, TOMORROW)) for name, each in found.items()} == {
        "甲": "有效",
        "乙": "有效",
        "丙": "废止",
        "丁": "失效",
    }
    assert found["甲"].expires_on == until
    assert {name: each.ended_by and each.ended_by.item_id for name, each in found.items()} == {
        "甲": item.pk,
        "乙": None,
        "丙": item.pk,
        "丁": item.pk,
    }
    assert set(public(bureau.agency.pk)) >= set(found.values()), "what ended stays public, marked"
    assert open_cleanup(bureau.agency) is None
    assert cleanup_due(bureau.agency) == date(TODAY.year + 2, TODAY.month, TODAY.day)
    assert verify(bureau.agency) is None
    assert rebuild(bureau.agency, write=False) == []


def test_a_clean_up_goes_through_what_was_in_force_on_its_day(bureau: SimpleNamespace) -> None:
    day = date(2020, 12, 31)
    document(bureau, "在期内", expires_on=day)
    document(bureau, "前一日到期", expires_on=day - timedelta(days=1))
    document(bureau, "其他文件", document_class="other")
    document(bureau, "次日施行", effective_on=day + timedelta(days=1))
    document(bureau, "规章", document_class="rules")
    assert {str(each.publication) for each in begin(bureau, day).entries.all()} == {"在期内", "规章"}


@pytest.mark.parametrize(
    ("conclusion", "reason", "until", "says"),
    [
        (Conclusion.REPEAL, " ", None, "请写明理由"),
        (Conclusion.TO_AMEND, "", None, "请写明理由"),
        (Conclusion.REPEAL, "旧", TOMORROW, "只有继续有效"),
        (Conclusion.IN_FORCE, "", TODAY, "应当晚于今天"),
    ],
)
def test_an_opinion_that_cannot_be_is_refused(
    bureau: SimpleNamespace,
    four: dict[str, Publication],
    conclusion: Conclusion,
    reason: str,
    until: date | None,
    says: str,
) -> None:
    cleanup = begin(bureau)
    with pytest.raises(NotPermittedError, match=says):
        conclude(cleanup, of(cleanup, four["甲"]), bureau.author, conclusion, reason=reason, until=until)
    assert not CleanupEntry.objects.exclude(conclusion="").exists()


def test_many_are_concluded_alike_or_none_of_them(bureau: SimpleNamespace, four: dict[str, Publication]) -> None:
    cleanup = begin(bureau)
    other = Department.objects.create(agency=bureau.agency, name="工业处")
    stranger = world.user(bureau.agency, "stranger", Role.HANDLER, department=other)
    Publication.objects.filter(pk=four["丁"].pk).update(department=other)
    with pytest.raises(NotPermittedError, match="由承办处室"):
        conclude(cleanup, of(cleanup, *four.values()), stranger, Conclusion.IN_FORCE)
    assert not CleanupEntry.objects.exclude(conclusion="").exists()
    assert conclude(cleanup, of(cleanup, four["丁"]), stranger, Conclusion.IN_FORCE) == 1
    assert conclude(cleanup, of(cleanup, *four.values()), bureau.leader, Conclusion.IN_FORCE) == 4
    with pytest.raises(NotPermittedError, match="没有选择"):
        conclude(cleanup, [], bureau.leader, Conclusion.IN_FORCE)


def test_what_lapsed_meanwhile_does_not_come_back_by_a_clean_up(bureau: SimpleNamespace) -> None:
    lapsed = document(bureau, "已到期", expires_on=date(2020, 12, 31))
    cleanup = begin(bureau, date(2020, 6, 30))
    with pytest.raises(NotPermittedError, match="自2021年1月1日起已经失效"):
        conclude(cleanup, of(cleanup, lapsed), bureau.author, Conclusion.IN_FORCE, until=TOMORROW)
    conclude(cleanup, of(cleanup, lapsed), bureau.author, Conclusion.LAPSED, reason="有效期届满")
    column = Column.objects.create(agency=bureau.agency, name="通知公告")
    item = finish(cleanup, bureau.reviewer, column, TODAY)
    assert list(item.effects.all()) == [], "its end is not put off to the day of the list"


def test_an_unfinished_clean_up_cannot_be_published_nor_a_second_one_begun(
    bureau: SimpleNamespace, four: dict[str, Publication], notices: Column
) -> None:
    cleanup = begin(bureau)
    for act, says in (
        (lambda: finish(cleanup, bureau.reviewer, notices, TODAY), "还有 4 件"),
        (lambda: begin(bureau), "还没有完成"),
        (lambda: start(bureau.agency, "x", TODAY, bureau.author), "由本机关的审核人员或者负责人发起"),
    ):
        with pytest.raises(NotPermittedError, match=says):
            act()
    conclude(cleanup, of(cleanup, *four.values()), bureau.leader, Conclusion.IN_FORCE)
    for act, says in (
        (lambda: finish(cleanup, bureau.author, notices, TODAY), "由本机关的审核人员起草"),
        (lambda: finish(cleanup, bureau.leader, notices, TODAY), "由负责人签发"),
        (lambda: finish(cleanup, bureau.reviewer, notices, TODAY - timedelta(days=1)), "不能早于今天"),
    ):
        with pytest.raises(NotPermittedError, match=says):
            act()
    item = finish(cleanup, bureau.reviewer, notices, TODAY)
    assert {effect.kind for effect in item.effects.all()} == {EffectKind.CONTINUED}
    with pytest.raises(NotPermittedError, match="已经形成"):
        conclude(cleanup, of(cleanup, four["甲"]), bureau.leader, Conclusion.IN_FORCE)
    portal_services.discard(item, bureau.reviewer)
    conclude(cleanup, of(cleanup, four["甲"]), bureau.leader, Conclusion.REPEAL, reason="重来")
    again = finish(cleanup, bureau.reviewer, notices, TODAY)
    assert again.pk != item.pk


@pytest.mark.parametrize(
    ("as_of", "says"), [(TOMORROW, "不能晚于今天"), (date(2000, 1, 1), "没有现行有效的规章、规范性文件")]
)
def test_a_clean_up_of_nothing_or_of_the_future_is_not_begun(
    bureau: SimpleNamespace, four: dict[str, Publication], as_of: date, says: str
) -> None:
    with pytest.raises(NotPermittedError, match=says):
        begin(bureau, as_of)
