"""Accounts, the gazette, the press: items and issues apart, subscribers at year end, reads, adoptions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.bureau.figures import Figure, Scope
from gongkai.bureau.models import Agency
from gongkai.channels import figures
from gongkai.channels.models import Adoption, Channel
from gongkai.channels.sheets import BOOK
from gongkai.sheets.importing import Imported, import_book

from ..sheets.workbooks import write

SHEETS = {sheet.title: sheet for sheet in BOOK.sheets}
ITEM = {"published_on": "2020-11-1", "kind": "微信公众号", "channel": "温州普查", "title": "今日开始登记"}


def load(path: Path, agency: Agency, **sheets: list[dict[str, Any]]) -> Imported:
    contents = {
        title: [[c.heading for c in SHEETS[title].columns]]
        + [[row.get(c.code, "") for c in SHEETS[title].columns] for row in rows]
        for title, rows in sheets.items()
    }
    return import_book(BOOK, write(path / "台账.xlsx", contents), agency)


def by_name(figure: Figure, agency: Agency, year: int = 2020) -> dict[str, Any]:
    """A figure by channel, by the channel's name."""
    return {key[1]: value for key, value in figure.evaluate(Scope.of(agency, year)).items()}


@pytest.mark.django_db
def test_items_and_issues_are_counted_apart(agency: Agency, tmp_path: Path) -> None:
    rows = [{**ITEM, "title": f"第{n}条", "issue": str(n // 3), "item": n % 3 + 1} for n in range(8)]
    rows += [{**ITEM, "channel": "温州统计", "title": f"单发{n}"} for n in range(4)]
    rows += [{**ITEM, "title": "去年的", "published_on": "2019-11-1", "issue": "99"}]
    load(tmp_path, agency, 其他渠道=rows)
    assert by_name(figures.APPEARANCES, agency) == {"温州普查": 8, "温州统计": 4}
    # An item that is part of no issue is an item all the same, but no issue.
    assert by_name(figures.ISSUES, agency) == {"温州普查": 3}


@pytest.mark.django_db
def test_two_accounts_that_number_their_issues_alike_keep_them_apart(agency: Agency, tmp_path: Path) -> None:
    rows = [{**ITEM, "channel": name, "issue": "1"} for name in ("温州普查", "温州统计")]
    load(tmp_path, agency, 其他渠道=rows)
    assert by_name(figures.ISSUES, agency) == {"温州普查": 1, "温州统计": 1}


@pytest.mark.django_db
def test_reads_are_summed_by_what_they_count(agency: Agency, tmp_path: Path) -> None:
    rows = [
        {**ITEM, "title": "一", "reads": "1,500"},
        {**ITEM, "title": "二", "reads": 20, "reads_definition": "阅读次数"},
        {**ITEM, "title": "三", "reads": 7, "reads_definition": "阅读人数"},
        {**ITEM, "title": "四"},
    ]
    load(tmp_path, agency, 其他渠道=rows)
    reads = figures.READS.evaluate(Scope.of(agency, 2020))
    assert {(key[1], key[-1]): value for key, value in reads.items()} == {
        ("温州普查", "times"): 1520,
        ("温州普查", "readers"): 7,
    }


@pytest.mark.django_db
def test_the_last_count_of_the_year_is_the_number_of_subscribers(agency: Agency, tmp_path: Path) -> None:
    counts = [("2019-12-31", 10), ("2020-6-30", 20), ("2020-12-1", 35), ("2020-11-30", 30), ("2021-1-1", 40)]
    rows = [{"counted_on": day, "kind": "微信公众号", "channel": "温州普查", "count": n} for day, n in counts]
    rows.append({"counted_on": "2019-12-31", "kind": "微信公众号", "channel": "停用的号", "count": 99})
    load(tmp_path, agency, 订阅数=rows)
    assert by_name(figures.SUBSCRIBERS, agency) == {"温州普查": 35}
    assert by_name(figures.SUBSCRIBERS, agency, 2019) == {"温州普查": 10, "停用的号": 99}
    key = next(iter(figures.SUBSCRIBERS.evaluate(Scope.of(agency, 2020))))
    assert figures.SUBSCRIBERS.drill(Scope.of(agency, 2020), key).get().counted_on == date(2020, 12, 1)


@pytest.mark.django_db
def test_adoptions_are_counted_by_level_and_body(agency: Agency, tmp_path: Path) -> None:
    rows = [
        {**ITEM, "title": "一", "national": "国家统计局", "provincial": "浙江省统计局、浙江日报"},
        {**ITEM, "title": "二", "provincial": "浙江省统计局"},
        {**ITEM, "title": "三"},
    ]
    load(tmp_path, agency, 其他渠道=rows)
    assert figures.ADOPTIONS.evaluate(Scope.of(agency, 2020)) == {
        ("national", "国家统计局"): 1,
        ("provincial", "浙江省统计局"): 2,
        ("provincial", "浙江日报"): 1,
    }


@pytest.mark.django_db
def test_an_adoption_learned_later_is_added_and_one_taken_back_removed(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, 其他渠道=[ITEM])
    added = load(tmp_path, agency, 其他渠道=[{**ITEM, "national": "国家统计局"}])
    assert (added.tally.updated, Adoption.objects.count()) == (1, 1)
    same = load(tmp_path, agency, 其他渠道=[{**ITEM, "national": "国家统计局"}])
    assert (same.tally.updated, same.tally.unchanged) == (0, 1)
    removed = load(tmp_path, agency, 其他渠道=[ITEM])
    assert (removed.tally.updated, Adoption.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_channel_named_for_the_first_time_is_said_to_be_new(agency: Agency, tmp_path: Path) -> None:
    result = load(tmp_path, agency, 其他渠道=[ITEM, {**ITEM, "title": "二", "channel": "温州普査"}])
    assert result.tally.notes == ["新建渠道 2 个，请核对名称：微信公众号 温州普查、微信公众号 温州普査。"]
    assert Channel.objects.count() == 2


@pytest.mark.django_db
def test_press_conferences_are_counted(agency: Agency, tmp_path: Path) -> None:
    load(
        tmp_path,
        agency,
        新闻发布会=[
            {"held_on": "2020-11-26", "topic": "全面建成小康社会", "head_spoke": "是"},
            {"held_on": "2019-11-26", "topic": "去年的"},
        ],
    )
    scope = Scope.of(agency, 2020)
    assert figures.PRESS_CONFERENCES.evaluate(scope) == {(): 1}
    assert figures.PRESS_CONFERENCES.drill(scope).get().head_spoke
