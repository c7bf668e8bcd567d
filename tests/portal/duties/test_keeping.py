"""Who keeps a column, since when: history without gaps that the ledger proves; duties go over with what waits."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.bureau.models import Agency, Department
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.ledger.services import verify
from gongkai.notices.queries import unread
from gongkai.notices.services import notify
from gongkai.portal import projection as portal_projection
from gongkai.portal.duties import projection
from gongkai.portal.duties.moving import what_moves
from gongkai.portal.duties.queries import duties_on, faults, history, list_of_year, tasks_of
from gongkai.portal.duties.services import assign, end, hand_over
from gongkai.portal.models import Column, Duty

from .. import world

TODAY = timezone.localdate()


@pytest.fixture
def second(bureau: SimpleNamespace) -> SimpleNamespace:
    """The bureau with somebody who takes over, and a column nobody keeps."""
    bureau.heir = world.user(bureau.agency, "heir", Role.HANDLER, department=bureau.survey, last_name="接任")
    bureau.notices = Column.objects.create(agency=bureau.agency, name="通知公告", type="notices", order=5)
    return bureau


def periods(column: Column) -> list[tuple[str, date, date | None]]:
    return [(duty.keeper.username, duty.since, duty.until) for duty in reversed(history(column))]


def test_a_new_keeper_follows_the_last_without_gap_or_overlap(second: SimpleNamespace) -> None:
    column = second.column
    assign(column, second.survey, second.author, None, date(2020, 1, 1), second.reviewer)
    assign(column, second.survey, second.heir, second.author, date(2020, 3, 1), second.reviewer)
    assert periods(column) == [("author", date(2020, 1, 1), date(2020, 2, 29)), ("heir", date(2020, 3, 1), None)]
    for day, keeper in (("2019-12-31", None), ("2020-02-29", "author"), ("2020-03-01", "heir")):
        duty = duties_on(second.agency, date.fromisoformat(day)).get(column.pk)
        assert (duty and duty.keeper.username) == keeper, day
    assert verify(second.agency) is None


def test_the_same_day_again_corrects_what_was_registered(second: SimpleNamespace) -> None:
    for keeper in (second.author, second.heir):
        assign(second.column, second.survey, keeper, None, date(2020, 1, 1), second.leader)
    assert periods(second.column) == [("heir", date(2020, 1, 1), None)]


def test_a_duty_can_end_without_anybody_following(second: SimpleNamespace) -> None:
    assign(second.column, second.survey, second.author, None, date(2020, 1, 1), second.leader)
    end(second.column, date(2020, 6, 30), second.leader)
    assert duties_on(second.agency, date(2020, 7, 1)) == {}
    assign(second.column, second.survey, second.heir, None, date(2020, 9, 1), second.leader)
    assert periods(second.column) == [("author", date(2020, 1, 1), date(2020, 6, 30)), ("heir", date(2020, 9, 1), None)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"by": "author"}, "审核人员或者负责人登记"),
        ({"since": date(2019, 12, 31)}, "已登记自2020年1月1日起"),
        ({"deputy": "author"}, "不能是同一个人"),
        ({"keeper": "stranger"}, "不是本机关的工作人员"),
        ({"deputy": "stranger"}, "替补责任人.*不是本机关的工作人员"),
        ({"keeper": "gone"}, "账号已停用"),
        ({"department": "elsewhere"}, "责任处室不属于本机关"),
        ({"column": "retired"}, "已经停用"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    second: SimpleNamespace, change: dict[str, object], says: str
) -> None:
    other = Agency.add_root(code="x", name="另一机关")
    second.stranger = world.user(other, "stranger", Role.HANDLER)
    second.gone = world.user(second.agency, "gone", Role.HANDLER, is_active=False)
    second.elsewhere = Department.objects.create(agency=other, name="办公室")
    second.retired = Column.objects.create(agency=second.agency, name="旧栏目", retired_on=date(2020, 1, 1))
    assign(second.column, second.survey, second.author, None, date(2020, 1, 1), second.leader)
    given_ = {
        "column": second.column,
        "department": second.survey,
        "keeper": second.author,
        "deputy": None,
        "since": date(2020, 2, 1),
        "by": second.leader,
    }
    asked = given_ | {
        name: getattr(second, value) if isinstance(value, str) else value for name, value in change.items()
    }
    with pytest.raises(NotPermittedError, match=says):
        assign(**asked)
    assert periods(second.column) == [("author", date(2020, 1, 1), None)]


def test_a_person_who_changes_posts_hands_over_columns_and_what_waits(second: SimpleNamespace) -> None:
    second.agency.refresh_from_db()
    assign(second.column, second.survey, second.author, second.heir, date(2020, 1, 1), second.leader)
    assign(second.first, second.survey, second.chief, second.author, date(2020, 1, 1), second.leader)
    draft = world.draft(second)
    key = f"duty:{second.column.pk}:2020-01-01:soon"
    notify([second.author], "还有 2 天应当更新", "", key=key)
    notify([second.author], "与栏目无关", "", key="inquiry:1")
    moved = hand_over(second.author, second.heir, TODAY, second.leader)
    assert {str(duty.column) for duty in moved.duties} == {"工作动态", "工作动态 / 市局动态"}
    assert [item.pk for item in moved.drafts] == [draft.pk]
    assert [notice.key for notice in moved.notices] == [key]
    assert periods(second.column)[-1] == ("heir", TODAY, None)
    now = duties_on(second.agency, TODAY)
    assert now[second.column.pk].deputy is None, "who was deputy keeps it now"
    assert (now[second.first.pk].keeper, now[second.first.pk].deputy) == (second.chief, second.heir)
    assert [notice.key for notice in unread(second.heir)] == [key]
    assert "inquiry:1" in [notice.key for notice in unread(second.author)]
    assert key not in [notice.key for notice in unread(second.author)]
    assert [item.pk for item in tasks_of(second.heir, TODAY).drafts] == [draft.pk]
    assert tasks_of(second.author, TODAY).columns == []
    yesterday = TODAY - timedelta(days=1)
    assert [column.pk for column in tasks_of(second.author, yesterday).columns] == [second.column.pk]


def test_handing_over_later_leaves_everything_with_its_owner_until_that_day(second: SimpleNamespace) -> None:
    assign(second.column, second.survey, second.author, None, date(2020, 1, 1), second.leader)
    notify([second.author], "还有 2 天应当更新", "", key=f"duty:{second.column.pk}:2020-01-01:soon")
    on = TODAY + timedelta(days=3)
    hand_over(second.author, second.heir, on, second.leader)
    assert unread(second.heir).count() == 0
    assert [tasks_of(second.heir, day).columns == [] for day in (TODAY, on)] == [True, False]
    assert what_moves(second.author, on).duties == []


def test_some_columns_can_be_handed_over_and_others_kept(second: SimpleNamespace) -> None:
    for column in (second.column, second.notices):
        assign(column, second.survey, second.author, None, date(2020, 1, 1), second.leader)
    hand_over(second.author, second.heir, TODAY, second.leader, [second.notices])
    now = duties_on(second.agency, TODAY)
    assert [now[pk].keeper.username for pk in (second.column.pk, second.notices.pk)] == ["author", "heir"]


def test_handing_over_is_all_or_nothing(second: SimpleNamespace) -> None:
    assign(second.column, second.survey, second.author, None, date(2020, 1, 1), second.leader)
    assign(second.notices, second.survey, second.author, None, date(2020, 1, 1), second.leader)
    assign(second.notices, second.survey, second.chief, None, TODAY + timedelta(days=30), second.leader)
    with pytest.raises(NotPermittedError, match=r"通知公告.*已登记自"):
        hand_over(second.author, second.heir, TODAY, second.leader)
    assert duties_on(second.agency, TODAY)[second.column.pk].keeper == second.author
    for wrong, says in ((second.author, "同一个人"), (second.chief, "没有可以交接")):
        with pytest.raises(NotPermittedError, match=says):
            hand_over(wrong if says == "同一个人" else second.leader, wrong, TODAY, second.leader)


def test_a_keeper_who_left_or_moved_and_a_column_without_one_are_told_of(second: SimpleNamespace) -> None:
    assign(second.first, second.survey, second.chief, None, date(2020, 1, 1), second.leader)
    assign(second.column, second.survey, second.author, second.heir, date(2020, 1, 1), second.leader)
    second.author.is_active = False
    second.author.save()
    second.chief.department = second.office
    second.chief.save()
    with CaptureQueriesContext(connection) as queries:
        found = [(str(fault.column), fault.words) for fault in faults(second.agency, TODAY)]
    assert found == [
        ("工作动态", "该责任人已不在综合核算处（现在：办公室）：处长"),
        ("工作动态 / 市局动态", "该责任人已停用：承办"),
        ("通知公告", "没有指定责任人"),
    ]
    assert len(queries) == 2


def test_the_list_of_a_year_has_everybody_who_kept_a_column_in_it(second: SimpleNamespace) -> None:
    assign(second.column, second.survey, second.author, None, date(2019, 5, 1), second.leader)
    assign(second.column, second.survey, second.heir, None, date(2020, 12, 31), second.leader)
    Column.objects.create(agency=second.agency, name="旧栏目", retired_on=date(2019, 12, 31))
    lines = {
        year: [
            (str(line.column), [duty.keeper.username for duty in line.duties])
            for line in list_of_year(second.agency, year)
        ]
        for year in (2018, 2019, 2020, 2021)
    }
    shown = {year: dict(found)["工作动态 / 市局动态"] for year, found in lines.items()}
    assert shown == {2018: [], 2019: ["author"], 2020: ["author", "heir"], 2021: ["heir"]}
    assert [name for name, _ in lines[2020]] == ["工作动态", "工作动态 / 市局动态", "通知公告"]
    assert "旧栏目" in dict(lines[2019])


def test_the_list_of_a_year_takes_as_many_queries_however_long(second: SimpleNamespace) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            for line in list_of_year(second.agency, 2020):
                assert str(line.column)
                assert all(str(duty.keeper) and str(duty.department) for duty in line.duties)
        return len(queries)

    before = count()
    for number in range(6):
        column = Column.objects.create(agency=second.agency, parent=second.notices, name=f"栏目{number}")
        assign(column, second.survey, second.author, second.heir, date(2020, 1, 1), second.leader)
    assert count() == before == 2


def test_the_list_is_rebuilt_from_the_ledger(second: SimpleNamespace) -> None:
    assign(second.column, second.survey, second.author, None, date(2020, 1, 1), second.leader)
    assign(second.column, second.survey, second.heir, None, date(2020, 3, 1), second.leader)
    assert projection.rebuild(second.agency) == []
    Duty.objects.filter(since=date(2020, 3, 1)).update(keeper=second.chief)
    Duty.objects.create(column=second.notices, department=second.survey, keeper=second.chief, since=date(2020, 1, 1))
    told = portal_projection.rebuild(second.agency, write=False)
    assert [line for line in told if "责任清单" in line] == [
        "栏目“工作动态 / 市局动态”的责任清单存有 2 段，与台账的 2 段不同。",
        "栏目“通知公告”的责任清单在台账中没有记录。",
    ]
    projection.rebuild(second.agency)
    assert periods(second.column) == [("author", date(2020, 1, 1), date(2020, 2, 29)), ("heir", date(2020, 3, 1), None)]


@given(
    st.lists(
        st.tuples(st.booleans(), st.dates(date(2020, 1, 1), date(2020, 4, 30)), st.integers(1, 3)),
        max_size=8,
    )
)
def test_whatever_is_registered_nobody_keeps_a_column_twice_at_a_time(steps: list[tuple[bool, date, int]]) -> None:
    told = []
    latest: date | None = None
    open_ = False
    for assigns, day, keeper in steps:
        if latest is not None and day < latest:
            continue  # the services refuse it
        if assigns:
            payload = {"department": 1, "keeper": keeper, "deputy": None, "since": day.isoformat(), "by": 1}
            told.append(("assigned", day, payload))
            latest, open_ = day, True
        elif open_:
            told.append(("ended", day, {"until": day.isoformat(), "by": 1}))
            open_ = False
    holdings = projection.fold(told)
    assert [holding.since for holding in holdings] == sorted({holding.since for holding in holdings})
    for earlier, later in pairwise(holdings):
        assert earlier.until is not None
        assert earlier.since <= earlier.until < later.since
