"""The first screen: what must be done, what will be late, what came in; every number leads to exactly its records."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from gongkai.applications.queries import Urgency, days_left
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.portal.models import Column, Publication
from gongkai.reporting import services
from gongkai.reporting.models import AnnualReport

from ..reporting import world
from ..reporting.test_services import finished
from .conftest import TODAY, case

pytestmark = pytest.mark.anywhere

HOME = "/admin/"


def page(client: Client, path: str = HOME, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status, path
    return LexborHTMLParser(response.content.decode())


def cards(found: LexborHTMLParser) -> dict[str, tuple[int, str]]:
    """The numbers of open applications by their words, each with its address."""
    return {
        card.css_first(".gk-number-card__label").text(): (  # type: ignore[union-attr]
            int(card.css_first(".gk-number-card__value").text()),  # type: ignore[union-attr]
            str(card.css_first("a").attributes["href"]),  # type: ignore[union-attr]
        )
        for card in found.css("section[aria-labelledby=gk-late] .gk-number-card")
    }


def numbers_of(found: LexborHTMLParser) -> set[str]:
    """The numbers of the cases that a list shows."""
    rows = found.css("#listing-results tbody tr")
    return {(row.css_first("td.title") or row.css("td")[0]).text(strip=True) for row in rows}


def test_every_open_case_is_in_one_class_and_the_class_leads_to_its_cases(as_clerk: Client, open_cases: Agency) -> None:
    shown = cards(page(as_clerk))
    assert {label: value for label, (value, _) in shown.items()} == {
        "已超期": 2,
        "5 个工作日内到期": 3,
        "期限内": 1,
        "暂停计算期限": 3,
    }
    listed = {label: numbers_of(page(as_clerk, address)) for label, (_, address) in shown.items()}
    assert listed == {
        "已超期": {"o1", "o2"},
        "5 个工作日内到期": {"s1", "s2", "s3"},
        "期限内": {"t1"},
        "暂停计算期限": {"p1", "p2", "p3"},
    }


def test_the_nearest_cases_are_named_in_order_with_words(as_clerk: Client, open_cases: Agency) -> None:
    table = page(as_clerk).css_first(".gk-table")
    assert table is not None
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in table.css("tbody tr")]
    assert [row[0] for row in rows] == ["o1", "o2", "s1", "s2", "s3", "t1"]
    assert rows[0][2:] == ["2020年2月21日（周五）", "已超期 10 天"]
    assert [row[3] for row in rows[1:]] == [
        "已超期 3 天",
        "今天到期",
        "还剩 3 个工作日",
        "还剩 5 个工作日",
        "还剩 6 个工作日",
    ]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2020, 3, 1), "已超期 1 天"),
        (date(2020, 3, 2), "今天到期"),
        (date(2020, 3, 3), "还剩 1 个工作日"),
        # 4 to 6 April is a holiday.
        (date(2020, 4, 7), "还剩 25 个工作日"),
    ],
)
def test_what_is_left_is_counted_in_working_days(due: date, words: str) -> None:
    assert days_left(due, TODAY) == words


def test_colour_never_stands_without_words(as_clerk: Client, open_cases: Agency) -> None:
    for tag in page(as_clerk).css("[class*='--overdue'], [class*='--due_soon']"):
        assert tag.text(strip=True)
    assert all(urgency.label for urgency in Urgency)


def test_open_messages_are_counted_and_lead_to_their_list(as_clerk: Client, open_cases: Agency) -> None:
    found = page(as_clerk)
    link = next(node for node in found.css("a") if "办理中的留言" in node.text())
    assert link.text(strip=True) == "办理中的留言 2 条"
    assert "最早的是2020年2月24日（周一）收到的" in found.html  # type: ignore[operator]
    assert numbers_of(page(as_clerk, str(link.attributes["href"]))) == {"q1", "q2"}


def test_what_came_in_is_counted_by_kind_and_year(as_clerk: Client, agency: Agency) -> None:
    world.populate(agency)
    found = page(as_clerk)
    table = found.css_first(".gk-came")
    assert table is not None
    assert [node.text(strip=True) for node in table.css("thead th")] == ["类别", "2020年（今年）", "2019年"]
    links = table.css("tbody a")
    assert len(links) == 14
    assert any(int(link.text()) for link in links)
    for link in links:
        listed = page(as_clerk, str(link.attributes["href"]))
        assert len(listed.css("#listing-results tbody tr")) == int(link.text()), link.attributes["href"]


def test_last_years_report_is_due_by_the_end_of_january(
    as_clerk: Client, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.application(agency, "a", date(2019, 6, 3), date(2019, 6, 10))
    duty = page(as_clerk).css(".gk-duty")[0]
    assert "2019年政府信息公开工作年度报告" in duty.text()
    assert "2020年1月31日（周五）前" in duty.text()
    assert "已超期 31 天" in duty.text()
    assert "未编制" in duty.text()
    assert "处文字没有填写，去编写" in duty.text()


def test_an_installation_without_last_years_records_does_not_owe_last_years_report(
    as_clerk: Client, open_cases: Agency
) -> None:
    (duty,) = page(as_clerk).css(".gk-duty")
    assert "2020年政府信息公开工作年度报告" in duty.text()
    assert "统计期未满" in duty.text()
    assert "已超期" not in duty.text()


def test_a_draft_says_what_is_left_and_the_leader_is_led_to_publish(
    as_clerk: Client, client: Client, agency: Agency
) -> None:
    world.application(agency, "a", date(2019, 6, 3), date(2019, 6, 10))
    services.save_prose(agency, 2019, finished_2019(agency) | {"1": ["全年新收政府信息公开申请999件。"]})
    text = page(as_clerk).css(".gk-duty")[0].text()
    assert "草稿" in text
    assert "有自相矛盾" in text
    services.save_prose(agency, 2019, finished_2019(agency))
    assert "去发布" not in page(as_clerk).css(".gk-duty")[0].text()
    leader = Client()
    leader.force_login(world.user(agency, "leader", [Role.LEADER]))
    assert "核查通过，去发布" in page(leader).css(".gk-duty")[0].text()


def test_a_published_report_is_done_until_the_records_change(as_clerk: Client, agency: Agency) -> None:
    world.application(agency, "a", date(2019, 6, 3), date(2019, 6, 10))
    services.save_prose(agency, 2019, finished_2019(agency))
    services.publish(agency, 2019)
    assert AnnualReport.objects.get().is_published
    upcoming, done = page(as_clerk).css(".gk-duty")
    assert "2020年政府信息公开工作年度报告" in upcoming.text()
    assert "已发布第1版" in done.text()
    assert "变动" not in done.text()
    world.application(agency, "b", date(2019, 7, 1), date(2019, 7, 10))
    assert "发布之后记录有变动" in page(as_clerk).css(".gk-duty")[1].text()


def finished_2019(agency: Agency) -> dict[str, list[str]]:
    """Prose without anything left to fill in."""
    return {part: list(texts) for part, texts in finished(agency).items()} | {
        "0": ["本报告的统计期限自2019年1月1日起至2019年12月31日止。"],
        "1": ["2019年，我局认真落实条例。全年新收政府信息公开申请{3.received.total}件。"],
    }


def test_an_empty_bureau_is_told_what_will_appear_and_how_to_begin(as_clerk: Client, agency: Agency) -> None:
    found = page(as_clerk)
    text = found.css_first(".gk-home").text()  # type: ignore[union-attr]
    for told in ("没有在办的申请", "没有办理中的留言", "还没有任何记录"):
        assert told in text
    assert found.css_first('.gk-home a[href="/admin/import/"]') is not None


@pytest.mark.parametrize("superuser", [False, True])
def test_an_account_without_agency_is_told_what_to_do(client: Client, db: None, superuser: bool) -> None:
    user = world.user(None, "nobody", [Role.CLERK])
    user.is_superuser = superuser
    user.save()
    client.force_login(user)
    text = page(client).css_first(".gk-home").text()  # type: ignore[union-attr]
    assert ("gongkai agency" if superuser else "系统管理员") in text


def test_another_bodys_desk_does_not_exist_but_for_its_supervisor(client: Client, open_cases: Agency) -> None:
    below = open_cases.add_child(code="330302", name="区统计局")
    case(below, "below", date(2020, 2, 3))
    client.force_login(world.user(open_cases, "clerk", [Role.CLERK]))
    page(client, "/admin/?agency=330302", 404)
    page(client, "/admin/?agency=nothing", 404)
    client.force_login(world.user(open_cases, "supervisor", [Role.REVIEWER], supervising=True))
    found = page(client, "/admin/?agency=330302")
    assert cards(found)["已超期"][0] == 1
    assert numbers_of(page(client, cards(found)["已超期"][1])) == {"below"}


def test_the_first_screen_never_shows_who_it_is_about(as_clerk: Client, open_cases: Agency) -> None:
    assert world.NAME not in as_clerk.get(HOME).content.decode()


def test_the_first_screen_costs_the_same_however_much_there_is(
    as_clerk: Client, clerk: User, open_cases: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    services.save_prose(open_cases, 2020, finished(open_cases))
    as_clerk.get(HOME)

    def cost() -> int:
        with django_assert_max_num_queries(60) as told:
            page(as_clerk)
        return len(told)

    before = cost()
    column = Column.objects.create(agency=open_cases, name="动态", first_level="动态")
    for number in range(30):
        case(open_cases, f"n{number}", date(2020, 2, 3))
        Publication.objects.create(
            agency=open_cases, column=column, kind="news", title=f"信息{number}", published_on=TODAY
        )
    assert cost() == before
