"""Columns of a new site: the sets hold together, laying them again changes nothing, what somebody set stays."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from gongkai.bureau.models import Agency
from gongkai.portal.models import Column, Door, Route
from gongkai.portal.moving.columns import ColumnPlan, column_set, lay, sets


@pytest.mark.parametrize("code", list(sets()))
def test_every_set_has_the_five_parts_of_the_platform_and_the_numbers_that_its_title_gives(
    agency: Agency, code: str
) -> None:
    lay(agency, column_set(code))
    columns = Column.objects.filter(agency=agency)
    assert set(columns.exclude(door="").values_list("door", flat=True)) == set(Door.values)
    first, second = columns.filter(parent=None).count(), columns.exclude(parent=None).count()
    assert f"{first} 个一级栏目、{second} 个二级栏目" in sets()[code]
    assert len(set(columns.values_list("path", flat=True))) == first + second
    for column in columns:
        column.full_clean()


def test_the_set_of_a_city_has_nine_and_thirty() -> None:
    plans = column_set("city")
    assert (len(plans), sum(len(plan.columns) for plan in plans)) == (9, 30)


def test_a_column_has_from_the_one_above_what_it_does_not_say(agency: Agency) -> None:
    lay(agency, column_set("city"))
    news = Column.objects.get(agency=agency, name="市局动态")
    assert (news.type, news.kind, news.route, news.path) == ("news", "news", Route.DEPARTMENT_OFFICE, "gzdt/sjdt")
    notices = Column.objects.get(agency=agency, name="通知公告")
    assert (notices.type, notices.kind, notices.route) == ("notices", "news", Route.THREE)
    assert Column.objects.get(agency=agency, door="fdzdgknr").path == "fdzdgknr"


def test_laying_again_makes_nothing_and_changes_nothing(agency: Agency) -> None:
    first = lay(agency, column_set("city"))
    assert (len(first.made), first.there) == (39, [])
    Column.objects.filter(agency=agency, name="通知公告").update(update_days=7, order=9)
    again = lay(agency, column_set("city"))
    assert (again.made, len(again.there)) == ([], 39)
    assert Column.objects.get(agency=agency, name="通知公告").update_days == 7


def test_a_part_of_the_platform_is_known_by_its_door_whatever_it_is_called(agency: Agency) -> None:
    Column.objects.create(agency=agency, name="公开指南", door=Door.GUIDE)
    laid = lay(agency, column_set("city"))
    assert "公开指南" in laid.there
    assert Column.objects.filter(agency=agency, door=Door.GUIDE).count() == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": "甲", "category": "nothing"}, "没有“nothing”这一项公开依据"),
        ({"name": "甲", "columns": [{"name": "乙"}, {"name": "乙"}]}, "二级栏目“乙”写了两次"),
        ({"name": "甲", "columns": [{"name": "乙", "columns": [{"name": "丙"}]}]}, "栏目只有两级"),
        ({"name": "甲", "slug": "Ab"}, "slug"),
        ({"name": "甲", "update_days": 0}, "update_days"),
        ({"name": "甲", "colour": "red"}, "colour"),
    ],
)
def test_a_plan_that_cannot_be_says_why(told: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        ColumnPlan.model_validate(told)
