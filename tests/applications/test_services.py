"""Each verb does one thing, all or nothing, and refuses what the Regulation does not permit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from gongkai.applications import services
from gongkai.applications.models import Applicant, Application, Channel, Status
from gongkai.applications.projection import rebuild
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify

from .cases import PERSON, RECEIVED


@pytest.fixture
def application(agency: Agency) -> Application:
    return services.register(agency, RECEIVED, PERSON, "2019年粮食播种面积", channel=Channel.INTERNET)


def test_a_registered_application_has_a_number_a_due_date_and_an_event(application: Application) -> None:
    application.refresh_from_db()
    assert application.number == "2020-00001"
    assert application.status == Status.HANDLING
    assert application.due_on == date(2020, 3, 30)
    assert application.applicant.name == "欧阳测试"
    (entry,) = Entry.objects.of_stream("applications.application", application.pk)
    assert entry.data["number"] == "2020-00001"


def test_numbers_run_by_the_year_of_receipt(agency: Agency, application: Application) -> None:
    def number(day: date) -> str:
        return services.register(agency, day, PERSON, "", channel=Channel.FAX).number

    assert number(date(2020, 12, 31)) == "2020-00002"
    assert number(date(2021, 1, 4)) == "2021-00001"


def test_the_course_of_an_application(application: Application) -> None:
    services.request_correction(application, date(2020, 3, 9))
    assert application.status == Status.AWAITING_CORRECTION
    services.receive_correction(application, date(2020, 3, 16))
    assert application.due_on == date(2020, 4, 14)  # 20 working days afresh, over 清明节
    services.consult(application, date(2020, 3, 17))
    assert application.status == Status.CONSULTING
    services.return_consultation(application, date(2020, 3, 20), consultation=1, answer="agreed")
    assert (application.status, application.due_on) == (Status.HANDLING, date(2020, 4, 17))
    services.extend(application, date(2020, 4, 17), working_days=5)
    assert application.due_on == date(2020, 4, 24)
    services.decide(
        application,
        date(2020, 4, 24),
        outcome="unavailable.not_held.not_found",
        evidence=["search_record"],
        document_number="告知〔2020〕1号",
    )
    application.refresh_from_db()
    assert application.status == Status.CLOSED
    assert application.outcome_row == "unavailable.not_held"
    assert application.document_number == "告知〔2020〕1号"
    assert verify(application.agency) is None
    assert rebuild(application.agency) == []


def test_a_fee_unpaid_ends_a_case_and_nothing_else_does_while_it_is_awaited(agency: Agency) -> None:
    application = services.register(agency, date(2021, 3, 1), PERSON, "", channel=Channel.FAX)
    services.notice_fee(application, date(2021, 3, 2), amount=Decimal("5500"))
    assert application.status == Status.AWAITING_FEE
    with pytest.raises(NotPermittedError, match="逾期不缴费"):
        services.decide(application, date(2021, 4, 12), outcome="granted.provided", evidence=["access"])
    services.decide(
        application, date(2021, 4, 12), outcome="other.fee_unpaid", evidence=["fee_notice", "fee_deadline_passed"]
    )
    assert application.outcome_row == "other.fee_unpaid"


def test_a_fee_that_is_paid_starts_the_period_afresh(agency: Agency) -> None:
    application = services.register(agency, date(2021, 3, 1), PERSON, "", channel=Channel.FAX)
    with pytest.raises(NotPermittedError, match="办理中的申请不能“缴费”"):
        services.receive_fee(application, date(2021, 3, 10))
    services.notice_fee(application, date(2021, 3, 2), amount=Decimal("5500"))
    services.receive_fee(application, date(2021, 3, 10))
    application.refresh_from_db()
    assert (application.status, application.due_on) == (Status.HANDLING, date(2021, 4, 8))
    assert rebuild(agency) == []


def test_a_withdrawn_application_counts_as_otherwise_handled(application: Application) -> None:
    services.withdraw(application, date(2020, 3, 3))
    assert (application.status, application.outcome_row) == (Status.CLOSED, "other.other")


@pytest.mark.parametrize(
    ("outcome", "evidence", "reason"),
    [
        ("unavailable.not_held.not_found", [], "检索记录"),
        ("unavailable.not_held", ["search_record"], "哪一种"),
        ("granted", [], "哪一种"),
        ("denied.internal_affairs", [], "理由"),
        ("other.not_corrected_in_time", ["correction_notice", "correction_deadline_passed"], "没有未了的补正要求"),
        ("unavailable.unclear_after_correction", ["reasons"], "没有收到过补正"),
        ("given_away", [], "没有编号为“given_away”的办理结果"),
    ],
)
def test_a_reply_needs_its_grounds_on_file(
    application: Application, outcome: str, evidence: list[str], reason: str
) -> None:
    with pytest.raises(NotPermittedError, match=reason):
        services.decide(application, date(2020, 3, 10), outcome=outcome, evidence=evidence)
    application.refresh_from_db()
    assert application.status == Status.HANDLING
    assert Entry.objects.count() == 1


def test_correction_is_asked_for_once_and_within_seven_working_days(application: Application) -> None:
    with pytest.raises(NotPermittedError, match=r"7 个工作日内（至 2020-03-11）"):
        services.request_correction(application, date(2020, 3, 12))
    services.request_correction(application, date(2020, 3, 11))
    services.receive_correction(application, date(2020, 3, 12))
    with pytest.raises(NotPermittedError, match="已经要求过补正"):
        services.request_correction(application, date(2020, 3, 13))


def test_the_period_is_extended_once_and_before_it_runs_out(application: Application) -> None:
    with pytest.raises(NotPermittedError, match="2020-03-30 已过"):
        services.extend(application, date(2020, 3, 31))
    services.extend(application, date(2020, 3, 30))
    assert application.due_on == date(2020, 4, 27)  # 26 April is worked for 劳动节
    with pytest.raises(NotPermittedError, match="已经延期一次"):
        services.extend(application, date(2020, 4, 1))


@pytest.mark.parametrize(
    ("received", "day", "longest", "due"),
    [
        (date(2019, 4, 1), date(2019, 4, 18), 15, date(2019, 5, 15)),  # the Regulation of 2007
        (date(2020, 3, 2), date(2020, 3, 30), 20, date(2020, 4, 27)),
    ],
)
def test_how_long_an_extension_may_be_is_the_law_of_the_day_of_receipt(
    agency: Agency, received: date, day: date, longest: int, due: date
) -> None:
    application = services.register(agency, received, PERSON, "", channel=Channel.FAX)
    with pytest.raises(NotPermittedError, match=f"不得超过 {longest} 个工作日"):
        services.extend(application, day, working_days=longest + 1)
    services.extend(application, day)
    assert Entry.objects.get(kind="extended").data == {"working_days": longest}
    assert application.due_on == due


@pytest.mark.parametrize(("day", "reason"), [(date(2020, 3, 1), "早于前一事项"), (date(2999, 1, 1), "今天之后")])
def test_dates_must_be_possible(application: Application, day: date, reason: str) -> None:
    with pytest.raises(NotPermittedError, match=reason):
        services.consult(application, day)


def test_nothing_happens_to_a_closed_application(application: Application) -> None:
    services.withdraw(application, date(2020, 3, 3))
    with pytest.raises(NotPermittedError, match="已办结"):
        services.extend(application, date(2020, 3, 4))


def test_a_refused_registration_leaves_nothing_behind(agency: Agency) -> None:
    with pytest.raises(NotPermittedError):
        services.register(agency, date(2999, 1, 1), PERSON, "", channel=Channel.FAX)
    assert not Applicant.objects.exists()
    assert services.register(agency, RECEIVED, PERSON, "", channel=Channel.FAX).number == "2020-00001"


def test_only_the_leader_extends(agency: Agency, application: Application) -> None:
    clerk = User.objects.create(username="clerk", agency=agency)
    clerk.groups.add(Group.objects.get(name=Role.CLERK.label))
    leader = User.objects.create(username="leader", agency=agency)
    leader.groups.add(Group.objects.get(name=Role.LEADER.label))
    with pytest.raises(NotPermittedError, match="须由负责人办理"):
        services.extend(application, date(2020, 3, 30), actor=clerk)
    services.extend(application, date(2020, 3, 30), actor=leader)
    assert Entry.objects.get(kind="extended").actor_id == leader.pk


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_people_who_act_and_register_at_once_do_not_stand_in_each_others_way() -> None:
    agency = Agency.add_root(code="busy", name="繁忙机关")
    first = services.register(agency, RECEIVED, PERSON, "", channel=Channel.INTERNET)

    def work(turn: int) -> None:
        try:
            for _ in range(5):
                if turn % 2:
                    services.consult(Application.objects.get(pk=first.pk), date(2020, 3, 3))
                else:
                    services.register(agency, RECEIVED, PERSON, "", channel=Channel.FAX)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert Entry.objects.of_stream("applications.application", first.pk).count() == 21
    assert sorted(Application.objects.values_list("number", flat=True)) == [f"2020-{n:05d}" for n in range(1, 22)]
    assert verify(agency) is None
    assert rebuild(agency) == []


def test_a_verb_takes_few_queries_however_long_the_case(
    application: Application, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 6):
        services.consult(application, date(2020, 3, 3))
        services.return_consultation(application, date(2020, 3, 3), consultation=number, answer="agreed")
    with django_assert_max_num_queries(9):
        services.consult(application, date(2020, 3, 4))
