"""Article 35: much is pointed at, nobody is refused by a program; fees are reckoned from the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from gongkai.applications import services
from gongkai.applications.models import Application, Status
from gongkai.applications.projection import fold
from gongkai.applications.volume.charging import reckon
from gongkai.applications.volume.counting import in_month, many_in, month_of, quarter_of, volume_of
from gongkai.applications.volume.panel import much_of
from gongkai.bureau.models import Agency
from gongkai.law.errors import LawError

from ..cases import PERSON
from ..matters_world import DAY, register, signed_in, staff, today

__all__ = ["today"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
OTHER = replace(PERSON, name="诸葛测试", id_number="110105194912310038")
FIRST = date(2025, 6, 2)


@pytest.fixture
def bureau(db: None) -> SimpleNamespace:
    return staff(Agency.add_root(code="330300-tj", name="温州市统计局"))


def many(bureau: SimpleNamespace, count: int, day: date = FIRST, **fields: object) -> list[Application]:
    return [register(bureau.agency, f"事项{at}", day, **fields) for at in range(count)]


def test_the_same_person_is_counted_by_month_and_quarter(bureau: SimpleNamespace) -> None:
    many(bureau, 3, date(2025, 4, 1))
    made = many(bureau, 4)
    many(bureau, 5, person=OTHER)
    many(bureau, 2, date(2025, 3, 31))
    volume = volume_of(made[1])
    assert volume is not None
    assert (volume.month.count, volume.quarter.count, volume.place) == (4, 7, 2)
    assert not volume.is_much


@pytest.mark.parametrize(("count", "is_much"), [(9, False), (10, True)])
def test_much_is_pointed_at_and_nothing_is_decided(bureau: SimpleNamespace, count: int, is_much: bool) -> None:
    made = many(bureau, count)[-1]
    panel = much_of(made, fold([]), bureau.clerk)
    assert (panel is not None) is is_much
    assert set(Application.objects.values_list("status", flat=True)) == {Status.HANDLING}
    page = signed_in(bureau.clerk).get(f"/admin/applications/{made.pk}/").content.decode()
    assert ("系统不据此拒绝任何申请" in page) is is_much
    assert ("要求说明理由" in page) is True, "the clerk may always ask; whether to is for the clerk"


def test_somebody_without_a_number_is_known_by_name_and_nobody_by_nothing(bureau: SimpleNamespace) -> None:
    named = replace(PERSON, id_number="")
    made = many(bureau, 2, person=named)
    volume = volume_of(made[0])
    assert volume is not None
    assert volume.month.count == 2
    nobody = many(bureau, 2, person=replace(PERSON, id_number="", name=""))
    alone = volume_of(nobody[0])
    assert alone is not None
    assert alone.month.count == 1


def test_before_the_rule_nothing_is_pointed_at(bureau: SimpleNamespace) -> None:
    (old,) = many(bureau, 1, date(2018, 5, 2))
    assert volume_of(old) is None
    assert many_in(bureau.agency, date(2018, 5, 2)) == []


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        ("2025-12-31", ("2025-12-01", "2026-01-01"), ("2025-10-01", "2026-01-01")),
        ("2024-02-29", ("2024-02-01", "2024-03-01"), ("2024-01-01", "2024-04-01")),
        ("2025-07-01", ("2025-07-01", "2025-08-01"), ("2025-07-01", "2025-10-01")),
    ],
)
def test_months_and_quarters_are_those_of_the_calendar(
    day: str, month: tuple[str, str], quarter: tuple[str, str]
) -> None:
    found = date.fromisoformat(day)
    assert tuple(each.isoformat() for each in month_of(found)) == month
    assert tuple(each.isoformat() for each in quarter_of(found)) == quarter


# 国办函〔2020〕109号: the first ten free, to thirty 100 yuan each, then a tier every ten.
@pytest.mark.parametrize(("place", "due"), [(10, 0), (11, 100), (30, 100), (31, 200), (41, 300)])
def test_the_fee_by_item_falls_to_the_application_by_its_place_in_the_month(
    bureau: SimpleNamespace, place: int, due: int
) -> None:
    made = many(bureau, place)[-1]
    many(bureau, 2, FIRST + timedelta(days=1))
    found = reckon(made, "items", DAY)
    assert (in_month(made), found.whole.count, found.due) == (place, place, due)
    assert f"{found.due}元" in found.words


def test_the_fee_by_page_is_of_this_application_alone(bureau: SimpleNamespace) -> None:
    (made,) = many(bureau, 1)
    assert reckon(made, "pages", DAY, 30).due == 0
    assert reckon(made, "pages", DAY, 31).due == 10
    with pytest.raises(LawError, match="页数"):
        reckon(made, "pages", DAY)


def test_the_pages_say_who_asked_for_much_without_a_name(bureau: SimpleNamespace) -> None:
    made = many(bureau, 11)[-1]
    client = signed_in(bureau.clerk)
    page = client.get("/admin/volume/").content.decode()
    assert "欧阳**" in page
    assert PERSON.name not in page
    assert made.number in page
    assert "11" in page
    assert made.number not in client.get("/admin/volume/?month=2025-05").content.decode()
    assert "请填写年月" in client.get("/admin/volume/?month=abc").content.decode()
    fee = client.get(f"/admin/volume/case/{made.pk}/fee/?pages=250").content.decode()
    assert "本件应收 100 元" in fee
    assert "按量（页）计收" in fee
    assert "页数至少是 1" in client.get(f"/admin/volume/case/{made.pk}/fee/?pages=0").content.decode()


def test_the_notice_of_a_fee_begins_with_what_the_records_give(bureau: SimpleNamespace) -> None:
    """The twelfth of a month costs what it adds to the eleven before it, and the letter reckons it so."""
    made = many(bureau, 12)[-1]
    services.assign(made, DAY, bureau.survey, actor=bureau.clerk)
    client, base = signed_in(bureau.leader), f"/admin/applications/{made.pk}/do/fee/"
    page = LexborHTMLParser(client.get(base).content.decode())
    given = {
        name: (page.css_first(f"[name=letter-{name}]").attributes or {}).get("value") for name in ("count", "before")
    }
    assert given == {"count": "12", "before": "11"}
    told = page.css_first("section[aria-labelledby=fee]").text()
    assert "扣除此前11件的100元，本件100元" in told
    assert "本件应收 100 元" in told
    blanks = {"tariff": "items", **given, "payment_way": "缴款码", "officer": "王", "delivery": "signed_post"}
    form = {f"letter-{name}": value for name, value in blanks.items()} | {"day": DAY.isoformat()}
    shown = client.post(base, form).content.decode()
    assert "应缴纳的数额：100元" in shown
    refused = client.post(base, {**form, "letter-before": "12"})
    assert refused.status_code == 409
    assert "应当少于累计件数" in refused.content.decode()
    by_page = client.get(f"{base}?tariff=pages&pages=250").content.decode()
    assert 'value="250"' in by_page
    assert "信息处理费的计算：按量（页）计收" in by_page
    assert (
        f"{base}?tariff=pages&amp;pages=250"
        in client.get(f"/admin/volume/case/{made.pk}/fee/?pages=250").content.decode()
    )


def test_another_office_sees_none_of_it(bureau: SimpleNamespace) -> None:
    made = many(bureau, 11)[-1]
    other = staff(bureau.agency.add_child(code="x", name="别的局"), "x-")
    client = signed_in(other.clerk)
    assert client.get(f"/admin/volume/case/{made.pk}/fee/").status_code == 404
    assert made.number not in client.get("/admin/volume/").content.decode()


def test_the_list_asks_as_often_for_many_as_for_one(bureau: SimpleNamespace) -> None:
    many(bureau, 10)
    client, asked = signed_in(bureau.clerk), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/volume/")
        asked.append(len(queries))
        many(bureau, 10, person=OTHER)
    assert asked[0] == asked[1]


def test_what_is_unreasonable_takes_the_question_first(bureau: SimpleNamespace) -> None:
    """Article 35: reasons are asked for before an application is not processed."""
    made = many(bureau, 11)[-1]
    services.assign(made, DAY, bureau.survey, actor=bureau.clerk)
    services.sign_for(made, DAY, bureau.survey, actor=bureau.handler)
    services.ask_reasons(made, DAY, actor=bureau.handler)
    page = signed_in(bureau.handler).get(f"/admin/applications/{made.pk}/").content.decode()
    assert "还没有登记申请人的理由" in page
    services.receive_reasons(made, DAY, reasonable=False, actor=bureau.clerk)
    page = signed_in(bureau.handler).get(f"/admin/applications/{made.pk}/").content.decode()
    assert "可以作出不予处理的答复" in page
