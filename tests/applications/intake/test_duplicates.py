"""The same request again is found, with what was answered; nobody's text is opened to look at another's."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications import services
from gongkai.applications.intake.duplicates import LIKE, alike, likeness
from gongkai.applications.models import ApplicantKind, Application, Channel
from gongkai.applications.services import Person
from gongkai.bureau.models import Agency

from ..cases import PERSON

DAY = date(2020, 3, 2)
TEXT = "申请公开2019年温州市粮食播种面积和总产量，分县（市、区）数据"


def made(agency: Agency, text: str, person: Person = PERSON) -> Application:
    return services.register(agency, DAY, person, text, channel=Channel.INTERNET)


@pytest.mark.parametrize(
    ("other", "is_like"),
    [
        (TEXT, True),
        (TEXT.replace("2019", "２０１９"), True),
        ("请公开 2019年温州市粮食播种面积、总产量（分县市区数据）", True),
        ("申请公开2019年温州市粮食播种面积和总产量", True),
        ("申请公开2019年温州市房地产开发投资完成额", False),
        ("我要投诉某某统计员态度恶劣", False),
    ],
)
def test_what_a_reader_would_call_the_same_is_alike(other: str, is_like: bool) -> None:
    assert (likeness(TEXT, other) >= LIKE) is is_like, likeness(TEXT, other)


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_between_nothing_and_all_and_the_same_from_either_side(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    if any(sign.isalnum() for sign in one):
        assert likeness(one, one) == 1


@pytest.mark.django_db
def test_an_earlier_request_of_the_same_person_is_found_with_its_answer(agency: Agency) -> None:
    first = made(agency, TEXT)
    services.decide(first, DAY, outcome="granted.provided", evidence=["access"], document_number="1号")
    made(agency, "完全不同的事项：社会消费品零售总额")
    again = made(agency, TEXT.replace("申请公开", "请提供"))
    (found,) = alike(again)
    assert (found.application, found.same_applicant, found.can_be_repeat) == (first, True, True)
    assert "予以公开" in found.answer


@pytest.mark.django_db
def test_the_same_text_of_somebody_else_is_found_and_is_no_repeat(agency: Agency) -> None:
    first = made(agency, TEXT)
    other = made(agency, " " + TEXT, Person(ApplicantKind.BUSINESS, "某某公司", "91330300MA2CABCD12"))
    (found,) = alike(other)
    assert (found.application, found.same_applicant, found.can_be_repeat) == (first, False, False)
    assert found.answer == ""


@pytest.mark.django_db
def test_a_namesake_with_another_number_is_another_person(agency: Agency) -> None:
    made(agency, TEXT)
    other = made(agency, TEXT + "。", Person(ApplicantKind.NATURAL_PERSON, PERSON.name, "330302199001010017"))
    assert alike(other) == []


@pytest.mark.django_db
def test_other_agencies_are_not_looked_into(agency: Agency) -> None:
    made(Agency.add_root(code="other", name="别的局"), TEXT)
    assert alike(made(agency, TEXT)) == []


@pytest.mark.django_db
def test_it_takes_two_questions_however_many_there_are(agency: Agency) -> None:
    for _ in range(4):
        made(agency, TEXT)
    application = Application.objects.select_related("applicant").latest("pk")
    with CaptureQueriesContext(connection) as asked:
        assert len(alike(application)) == 3
    assert len(asked) == 2
