"""Whether columns are fed in time, and who is told when they are not: once each, and whoever keeps them now."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role
from gongkai.law.inspection import Freshness
from gongkai.notices.models import Notice
from gongkai.notices.schedule import jobs
from gongkai.portal.duties.reminders import remind
from gongkai.portal.duties.services import assign, hand_over
from gongkai.portal.duties.watch import counts_of, vetoes_of, watch
from gongkai.portal.models import Column, Door, Presentation, Publication

from .. import world

FED = date(2020, 3, 2)  # fed on this day, a column of news is due on the 16th


def row(column: Column, day: date, **fields: object) -> Publication:
    """A line of a ledger."""
    return Publication.objects.create(
        agency=column.agency, column=column, kind=column.kind, title="x", published_on=day, **fields
    )


def standing(agency: Agency, day: date) -> dict[str, tuple[str, int | None]]:
    return {str(each.column): (each.standing.freshness.value, each.standing.days) for each in watch(agency, day)}


def morning(day: date) -> str:
    return remind(world.moment(f"{day} 08:10"))


def told(**conditions: object) -> set[tuple[str, str]]:
    notices = Notice.objects.filter(**conditions).select_related("recipient")
    return {(notice.recipient.username, notice.key.rpartition(":")[2]) for notice in notices}


@pytest.fixture
def kept(bureau: SimpleNamespace) -> SimpleNamespace:
    """A column with a keeper and a deputy, of first and of second level."""
    bureau.deputy = world.user(bureau.agency, "deputy", Role.HANDLER, department=bureau.survey)
    for column in (bureau.first, bureau.column):
        assign(column, bureau.survey, bureau.author, bureau.deputy, date(2020, 1, 1), bureau.leader)
    bureau.first.type = "other"  # a heading: nothing is asked of it but not to be blank
    bureau.first.save()
    return bureau


def test_a_column_is_fed_by_ledgers_and_by_the_site_but_not_by_what_was_taken_off(kept: SimpleNamespace) -> None:
    assert standing(kept.agency, FED)["工作动态 / 市局动态"] == ("blank", None)
    row(kept.column, date(2020, 2, 20))
    row(kept.column, date(2020, 3, 1), withdrawn_on=date(2020, 3, 2))
    assert standing(kept.agency, FED)["工作动态 / 市局动态"] == ("due_soon", 3)
    world.published(kept, at=world.moment("2020-02-28 09:00"))
    assert standing(kept.agency, FED)["工作动态 / 市局动态"] == ("fresh", 11)
    assert standing(kept.agency, FED)["工作动态"] == ("free", None), "what is below feeds the heading"
    assert standing(kept.agency, date(2020, 2, 19))["工作动态 / 市局动态"] == ("blank", None), "as it was then"


def test_a_page_is_fed_by_a_new_edition_of_itself(kept: SimpleNamespace) -> None:
    page = Column.objects.create(
        agency=kept.agency, name="机构职能", presentation=Presentation.PAGE, update_days=365, type="overview"
    )
    item = world.published(kept, "机构职能", column=page, type="page", at=world.moment("2019-05-06 09:00"))
    assert standing(kept.agency, date(2020, 5, 6))["机构职能"] == ("late", -1)
    item.summary = "改了"
    item.save()
    from gongkai.portal import services

    services.edited(item, kept.author)
    world.approve(kept, item, at=world.moment("2020-05-05 09:00"))
    assert standing(kept.agency, date(2020, 5, 6))["机构职能"] == ("fresh", 364)


def test_what_the_program_makes_itself_and_what_is_retired_needs_no_keeper(kept: SimpleNamespace) -> None:
    for door in Door:
        Column.objects.create(agency=kept.agency, name=door.label, door=door)
    Column.objects.create(agency=kept.agency, name="旧栏目", retired_on=FED)
    names = set(standing(kept.agency, FED))
    assert {"政府信息公开指南", "法定主动公开内容"} <= names
    assert not {"依申请公开", "政府信息公开年报", "旧栏目"} & names


def test_the_worst_stands_first_and_the_counts_are_those_of_the_inspection(kept: SimpleNamespace) -> None:
    for name, fed in (("甲", 15), ("乙", 14), ("丙", 40), ("丁", 1), ("戊", None)):
        column = Column.objects.create(agency=kept.agency, name=name, type="news")
        if fed is not None:
            row(column, FED - timedelta(days=fed))
    watched = [each for each in watch(kept.agency, FED) if each.column.parent_id is None and each.column != kept.first]
    assert "".join(each.column.name for each in watched) == "丙甲戊乙丁"
    counts = counts_of(watched)
    assert [counts[state] for state in (Freshness.LATE, Freshness.BLANK, Freshness.DUE_SOON)] == [2, 1, 1]
    assert [veto.count for veto in vetoes_of(watched, FED)] == [2, 2, 1]


def test_the_watch_takes_as_many_queries_however_many_columns(kept: SimpleNamespace) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            for each in watch(kept.agency, FED):
                assert str(each.column)
                assert each.duty is None or (str(each.duty.keeper) and str(each.duty.department))
        return len(queries)

    before = count()
    for number in range(8):
        column = Column.objects.create(agency=kept.agency, parent=kept.first, name=f"栏目{number}")
        assign(column, kept.survey, kept.author, None, date(2020, 1, 1), kept.leader)
        row(column, FED)
    assert count() == before == 3


@pytest.mark.parametrize(
    ("after", "who"),
    [
        (10, set()),
        (11, {"author"}),  # three days left
        (13, {"author"}),
        (14, {"author", "deputy"}),  # the very day
        (15, {"author", "deputy", "chief", "reviewer"}),
        (28, {"author", "deputy", "chief", "reviewer"}),
        (29, {"author", "deputy", "chief", "reviewer", "leader"}),  # past twice the period
    ],
)
def test_who_is_told_of_a_column_before_and_after_it_is_due(kept: SimpleNamespace, after: int, who: set[str]) -> None:
    row(kept.column, FED)
    morning(FED + timedelta(days=after))
    assert {name for name, _ in told()} == who
    urgent = {notice.urgent for notice in Notice.objects.all()}
    assert urgent <= {after == 29}


def test_each_stage_is_told_once_to_each_however_often_the_job_runs(kept: SimpleNamespace) -> None:
    row(kept.column, FED)
    for after in (11, 11, 12, 13, 14, 14, 15, 15, 20, 29, 29, 60):
        morning(FED + timedelta(days=after))
    keeper = sorted(stage for name, stage in told() if name == "author")
    assert keeper == ["late", "long", "soon", "today"]
    assert Notice.objects.count() == len(told()) == 4 + 3 + 2 + 2 + 1
    assert told(settled_at=None, recipient=kept.author) == {("author", "long")}, "the last word is the one that stands"
    assert morning(FED + timedelta(days=61)) == "新提醒 0 条"


def test_days_on_which_nothing_ran_are_caught_up_by_one_notice(kept: SimpleNamespace) -> None:
    row(kept.column, FED)
    morning(FED + timedelta(days=40))
    assert {stage for _, stage in told()} == {"long"}


def test_feeding_a_column_settles_what_was_told_of_it(kept: SimpleNamespace) -> None:
    row(kept.column, FED)
    morning(FED + timedelta(days=15))
    row(kept.column, FED + timedelta(days=16))
    morning(FED + timedelta(days=17))
    assert not Notice.objects.filter(settled_at=None).exists()


def test_whoever_takes_over_is_told_what_stands_open(kept: SimpleNamespace) -> None:
    row(kept.column, FED)
    heir = world.user(kept.agency, "heir", Role.HANDLER, department=kept.survey)
    hand_over(kept.author, heir, FED + timedelta(days=12), kept.leader)
    morning(FED + timedelta(days=11))
    morning(FED + timedelta(days=12))
    assert {("author", "soon"), ("heir", "soon")} == told()


@pytest.mark.parametrize("with_deputy", [True, False])
def test_where_the_keeper_has_left_the_deputy_is_told_or_else_the_office(
    kept: SimpleNamespace, with_deputy: bool
) -> None:
    row(kept.column, FED)
    gone = [kept.author] if with_deputy else [kept.author, kept.deputy]
    for person in gone:
        person.is_active = False
        person.save()
    morning(FED + timedelta(days=11))
    assert {name for name, _ in told()} == ({"deputy"} if with_deputy else {"reviewer"})


def test_a_blank_column_is_told_of_once_and_one_without_a_keeper_goes_to_the_office(bureau: SimpleNamespace) -> None:
    morning(FED)
    morning(FED + timedelta(days=1))
    assert {name for name, _ in told()} == {"reviewer"}
    assert {notice.subject for notice in Notice.objects.all()} == {
        "空白栏目：工作动态",
        "空白栏目：工作动态 / 市局动态",
    }


def test_the_jobs_are_found_by_the_worker() -> None:
    assert {"portal.columns", "portal.validity"} <= set(jobs())
