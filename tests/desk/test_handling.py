"""Handling time: every number leads to exactly its applications."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from gongkai.applications.models import Application
from gongkai.bureau.models import Agency, Department

from ..reporting import world
from .words import foreign_of

PAGE = "/admin/handling/"


@pytest.fixture
def answered(agency: Agency) -> Agency:
    department = Department.objects.create(agency=agency, name="综合处")
    for number, days in enumerate((3, 3, 12, 45)):
        made = world.application(agency, f"n{number}", date(2020, 1, 6), date(2020, 2, 17))
        made.handled_days, made.lead, made.channel = days, department if number else None, "fax"
        made.save()
    world.application(agency, "earlier", date(2019, 3, 1), date(2019, 3, 20))
    Application.objects.filter(number="earlier").update(handled_days=14)
    return agency


def test_every_number_leads_to_its_applications(as_clerk: Client, answered: Agency) -> None:
    page = LexborHTMLParser(as_clerk.get(PAGE).content.decode())
    links = page.css("td.gk-number a")
    # Three classes of the distribution that are not empty; one outcome, one department, one channel.
    assert sorted(int(link.text()) for link in links) == [1, 1, 2, 3, 4, 4]
    for link in links:
        listed = as_clerk.get(str(link.attributes["href"]))
        assert listed.context["paginator"].count == int(link.text()), link.attributes["href"]


def test_it_says_how_long_it_took_and_draws_it(as_clerk: Client, answered: Agency) -> None:
    text = as_clerk.get(PAGE).content.decode()
    assert "2020年答复 4 件" in text
    assert "一半在 3 个工作日之内，九成在 45 个工作日之内" in text
    assert text.count("<svg") >= 2
    assert foreign_of(text, "clerk") == set()
    assert "2019年答复 1 件" in as_clerk.get(f"{PAGE}?year=2019").content.decode()
    assert "2020年答复 4 件" in as_clerk.get(f"{PAGE}?year=x").content.decode()


def test_an_empty_year_says_what_will_appear(as_clerk: Client, agency: Agency) -> None:
    assert "还没有答复的申请" in as_clerk.get(PAGE).content.decode()


def test_it_costs_the_same_however_many_there_are(
    as_clerk: Client, answered: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_clerk.get(PAGE)

    def cost() -> int:
        with django_assert_max_num_queries(32) as told:
            as_clerk.get(PAGE)
        return len(told)

    before = cost()
    for number in range(30):
        world.application(answered, f"m{number}", date(2020, 1, 6), date(2020, 2, 17))
    Application.objects.filter(number__startswith="m").update(handled_days=9)
    assert cost() == before


def test_another_body_does_not_exist(as_clerk: Client, answered: Agency) -> None:
    Agency.add_root(code="other", name="别的局")
    assert as_clerk.get(f"{PAGE}?agency=other").status_code == 404
