"""Documents by their validity, to the very day; whoever answers for one is told before it lapses."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.bureau.roles import Role
from gongkai.law.validity import Validity, ended_on
from gongkai.notices.models import Notice
from gongkai.portal.duties.services import assign
from gongkai.portal.models import Item, Publication
from gongkai.portal.queries import validity_of
from gongkai.portal.validity.queries import documents, lapsing, of_validity, public_documents
from gongkai.portal.validity.reminders import remind

from .. import world

END = date(2020, 12, 31)


def document(bureau: SimpleNamespace, title: str = "统计调查项目管理办法", **fields: object) -> Publication:
    """A document on the site since 2 March 2018."""
    values = {
        "type": "document",
        "document_class": "normative_documents",
        "formed_on": date(2018, 3, 1),
        "issuer": "温州市统计局",
        **fields,
    }
    return world.published(bureau, title, at=world.moment("2018-03-02 09:00"), **values).publication


def morning(day: date) -> str:
    return remind(world.moment(f"{day} 08:20"))


def told() -> set[tuple[str, str]]:
    return {(n.recipient.username, n.key.rpartition(":")[2]) for n in Notice.objects.select_related("recipient")}


DAYS = st.dates(date(2018, 3, 1), date(2018, 3, 20))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS, st.none() | DAYS), max_size=6),
    DAYS,
)
def test_every_document_has_one_validity_and_the_filters_agree_with_the_law(
    bureau: SimpleNamespace, dates: list[tuple[date | None, date | None, date | None]], day: date
) -> None:
    one = document(bureau) if not Publication.objects.exists() else Publication.objects.get()
    for expires, repealed, amended in dates:
        pub = Publication.objects.filter(pk=one.pk)
        pub.update(expires_on=expires, repealed_on=repealed, amended_on=amended, ended_on=ended_on(repealed, expires))
        found = pub.get()
        matching = [state for state in Validity if pub.filter(of_validity(state, day)).exists()]
        assert matching == [validity_of(found, day)]


def test_the_public_sees_documents_that_ended_marked_and_drafts_never(bureau: SimpleNamespace) -> None:
    live = document(bureau, "甲", expires_on=END)
    world.draft(bureau, "乙", document_class="rules")
    now = world.moment("2021-01-01 09:00")
    assert list(public_documents(bureau.agency.pk, at=now)) == [live]
    assert list(public_documents(bureau.agency.pk, Validity.LAPSED, at=now)) == [live]
    assert list(public_documents(bureau.agency.pk, Validity.LAPSED, at=world.moment("2020-12-31 23:59"))) == []


@pytest.mark.parametrize(
    ("before", "stages", "who"),
    [
        (91, set(), set()),
        (90, {"90"}, {"author", "keeper"}),
        (31, {"90"}, {"author", "keeper"}),
        (30, {"30"}, {"author", "keeper"}),
        (8, {"30"}, {"author", "keeper"}),
        (7, {"7"}, {"author", "keeper", "chief", "reviewer"}),
        (0, {"7"}, {"author", "keeper", "chief", "reviewer"}),
        (-1, {"lapsed"}, {"author", "keeper", "chief", "reviewer"}),
        (-8, set(), set()),
    ],
)
def test_who_is_told_before_and_after_a_document_lapses(
    bureau: SimpleNamespace, before: int, stages: set[str], who: set[str]
) -> None:
    keeper = world.user(bureau.agency, "keeper", Role.HANDLER, department=bureau.survey)
    assign(bureau.column, bureau.survey, keeper, None, date(2018, 1, 1), bureau.leader)
    document(bureau, expires_on=END)
    Notice.objects.all().delete()
    morning(END - timedelta(days=before))
    assert {stage for _, stage in told()} == stages
    assert {name for name, _ in told()} == who


def test_each_stage_is_told_once_and_a_new_period_settles_it(bureau: SimpleNamespace) -> None:
    found = document(bureau, expires_on=END)
    for before in (90, 90, 89, 30, 29, 7, 6, 1, 0):
        morning(END - timedelta(days=before))
    author = {stage for name, stage in told() if name == "author"}
    assert author == {"90", "30", "7"}
    standing = Notice.objects.filter(settled_at=None, recipient=bureau.author, key__startswith="validity:")
    assert [notice.key.rpartition(":")[2] for notice in standing] == ["7"]
    Publication.objects.filter(pk=found.pk).update(expires_on=END + timedelta(days=730))
    morning(END)
    assert not Notice.objects.filter(settled_at=None, key__startswith="validity:").exists()


def test_a_repealed_document_is_no_longer_spoken_of(bureau: SimpleNamespace) -> None:
    found = document(bureau, expires_on=END)
    Publication.objects.filter(pk=found.pk).update(repealed_on=END - timedelta(days=40))
    assert morning(END - timedelta(days=30)) == "新提醒 0 条"
    assert list(lapsing(bureau.agency, END - timedelta(days=30))) == []


def test_reminding_takes_as_many_queries_to_find_nothing_new_however_many_documents(bureau: SimpleNamespace) -> None:
    document(bureau, "甲", expires_on=END)
    day = END - timedelta(days=200)
    with CaptureQueriesContext(connection) as one:
        morning(day)
    for number in range(4):
        document(bureau, f"乙{number}", expires_on=END)
    with CaptureQueriesContext(connection) as many:
        morning(day)
    assert len(one) == len(many)
    assert Item.objects.count() == documents(bureau.agency).count() == 5
