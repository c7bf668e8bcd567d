"""What an inspector would fault, found in the records: each threshold on the last day in time and the day after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.applications.models import Applicant, Application
from gongkai.bureau.models import Agency
from gongkai.channels.models import Appearance, Channel
from gongkai.disputes.models import Dispute
from gongkai.inquiries.models import Answer, Inquiry, Survey
from gongkai.law.indicators import Judged, Verdict, packs
from gongkai.ledger.services import verify
from gongkai.oversight.assessment.assessing import Assessment, assess, packs_on
from gongkai.oversight.assessment.models import SERVICES
from gongkai.oversight.assessment.projection import rebuild
from gongkai.oversight.assessment.services import state
from gongkai.portal.models import Column, Publication
from gongkai.portal.services import adopt

from ...portal import world

TODAY = date(2020, 9, 2)
NATIONAL, LOCAL = packs()["national"], packs()["suqian"]


def on(agency: Agency, day: date = TODAY) -> dict[str, Judged]:
    return {each.indicator.code: each for each in assess(agency, NATIONAL, day).judged}


def at(agency: Agency, code: str, day: date = TODAY) -> tuple[str, int | None]:
    found = on(agency, day)[code]
    return found.verdict.value, found.days


def local(agency: Agency, code: str, day: date = TODAY) -> Judged:
    return next(each for each in assess(agency, LOCAL, day).judged if each.indicator.code == code)


def column(agency: Agency, name: str, kind: str = "news", **fields: object) -> Column:
    return Column.objects.create(agency=agency, name=name, type=kind, **fields)


def fed(where: Column, day: date) -> None:
    Publication.objects.create(agency=where.agency, column=where, kind=where.kind, title="x", published_on=day)


@pytest.mark.parametrize(
    ("kind", "on_day", "state"),
    [
        ("news", TODAY - timedelta(days=14), ("pass", 0)),
        ("news", TODAY - timedelta(days=15), ("fail", None)),
        ("other", TODAY, ("fail", None)),  # the first page does not list it
        ("data", TODAY, ("pass", 14)),
    ],
)
def test_the_first_page(agency: Agency, kind: str, on_day: date, state: tuple[str, int | None]) -> None:
    fed(column(agency, "x", kind), on_day)
    assert at(agency, "1.3") == state


@pytest.mark.parametrize(
    ("kind", "last_in_time"),
    [("news", TODAY - timedelta(days=14)), ("notices", date(2020, 3, 2)), ("documents", date(2020, 3, 2))],
)
@pytest.mark.parametrize("many", [4, 5, 6])
def test_stale_columns_by_the_periods_of_the_inspection(
    agency: Agency, kind: str, last_in_time: date, many: int
) -> None:
    for number in range(many):
        # The bureau's own stricter period is not the inspector's.
        fed(column(agency, f"栏目{number}", kind, update_days=3), last_in_time)
    assert at(agency, "1.4.1") == ("pass", 0 if many >= 5 else None)
    found = on(agency, TODAY + timedelta(days=1))["1.4.1"]
    assert found.verdict is (Verdict.FAIL if many >= 5 else Verdict.PASS)
    assert len(found.faults) == many
    assert f"column={Column.objects.get(name='栏目0').pk}" in "".join(each.url for each in found.faults)


@pytest.mark.parametrize("many", [9, 10])
def test_columns_past_the_bureaus_own_period(agency: Agency, many: int) -> None:
    for number in range(many):
        fed(column(agency, f"栏目{number}", "overview", update_days=31), TODAY - timedelta(days=32))
    assert at(agency, "1.4.2")[0] == ("fail" if many == 10 else "pass")


@pytest.mark.parametrize("many", [4, 5])
def test_blank_columns(agency: Agency, many: int) -> None:
    for number in range(many):
        column(agency, f"栏目{number}")
    column(agency, "停用", retired_on=TODAY)
    found = on(agency)["1.4.3"]
    assert found.verdict is (Verdict.FAIL if many == 5 else Verdict.PASS)
    assert {each.label for each in found.faults} == {f"栏目{number}" for number in range(many)}


def message(agency: Agency, received: date, closed: date | None = None, closing: str = "public") -> Inquiry:
    over = (
        {"status": "closed", "closed_on": closed, "closing": closing, "days": (closed - received).days}
        if closed
        else {}
    )
    return Inquiry.objects.create(
        agency=agency, number=f"q{received}{closed}", subject="x", source="website", received_on=received,
        **({"status": "open"} | over),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("received", "closed", "closing", "state"),
    [
        (date(2020, 6, 2), None, "", ("pass", 0)),
        (date(2020, 6, 1), None, "", ("fail", None)),
        (date(2020, 6, 3), None, "", ("pass", 1)),
        (date(2018, 1, 1), None, "", ("fail", None)),  # never answered, however old
        (date(2020, 1, 2), date(2020, 4, 2), "public", ("pass", None)),
        (date(2020, 1, 2), date(2020, 4, 3), "public", ("review", None)),  # answered, too late: a person says
        (date(2020, 1, 2), date(2020, 4, 3), "dismissed", ("pass", None)),  # no valid message
        (date(2019, 3, 2), date(2019, 9, 1), "public", ("pass", None)),  # more than a year ago
    ],
)
def test_messages(
    agency: Agency, received: date, closed: date | None, closing: str, state: tuple[str, int | None]
) -> None:
    made = message(agency, received, closed, closing)
    assert at(agency, "1.5.2") == state
    found = on(agency)["1.5.2"]
    behind = found.faults or found.unsure or found.ahead
    assert all(f"/{made.pk}/" in each.url for each in behind)


def test_the_channel_for_questions_is_a_column(agency: Agency) -> None:
    assert at(agency, "1.5.1")[0] == "fail"
    column(agency, "互动交流", "interaction")
    assert at(agency, "1.5.1")[0] == "pass"


@pytest.mark.parametrize(
    ("last", "state"),
    [(TODAY - timedelta(days=14), ("pass", 0)), (TODAY - timedelta(days=15), ("fail", None)), (None, ("fail", None))],
)
def test_accounts(agency: Agency, last: date | None, state: tuple[str, int | None]) -> None:
    assert at(agency, "1.7.2") == ("exempt", None)
    account = Channel.objects.create(agency=agency, kind="wechat", name="温州统计")
    Channel.objects.create(agency=agency, kind="gazette", name="公报")
    if last:
        Appearance.objects.create(agency=agency, channel=account, title="x", published_on=last)
    assert at(agency, "1.7.2") == state


def test_services_are_asked_of_bodies_that_render_them(agency: Agency) -> None:
    world.populate(agency)
    from gongkai.bureau.models import User

    clerk = User.objects.get(username="author")
    assert (at(agency, "1.6.1")[0], at(agency, "1.6.2")[0]) == ("review", "review")
    state(agency, SERVICES, Verdict.EXEMPT, "三定方案没有对外服务事项", actor=clerk)
    later = date.today() + timedelta(days=400)  # it does not lapse
    assert (at(agency, "1.6.1", later)[0], at(agency, "1.6.2", later)[0]) == ("exempt", "exempt")
    state(agency, SERVICES, Verdict.PASS, "有", actor=clerk)
    assert at(agency, "1.6.1", later)[0] == "fail"


def test_guides_that_leave_out_an_element(bureau: SimpleNamespace) -> None:
    services = column(bureau.agency, "办事服务", "services")
    today = date.today()
    state(bureau.agency, SERVICES, Verdict.PASS, "有", actor=bureau.author)
    assert at(bureau.agency, "1.6.2", today)[0] == "review", "guides may be on another platform"
    whole = "事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程"
    for number in range(11):
        text = whole if number == 0 else whole.replace("、联系电话", "").replace("设定依据、", "")
        world.published(bureau, f"办事指南{number}", column=services, body=[("paragraph", f"<p>{text}</p>")])
    world.published(bureau, "表格下载", column=services)
    found = on(bureau.agency, today)["1.6.2"]
    assert (found.verdict, len(found.faults)) == (Verdict.FAIL, 10)
    assert {each.words for each in found.faults} == {"没有写明设定依据、联系电话"}
    Publication.objects.filter(title="办事指南10").update(withdrawn_on=today)
    assert on(bureau.agency, today)["1.6.2"].verdict is Verdict.PASS


def test_days_that_nobody_witnessed_are_for_a_person(bureau: SimpleNamespace) -> None:
    world.published(bureau, at=world.moment("2020-08-03 09:00"))
    assert at(bureau.agency, "1.1.3")[0] == "pass"
    item = world.draft(bureau, "迁移来的信息")
    adopt(item, bureau.leader, world.moment("2020-08-02 09:00"), at=world.moment("2020-08-04 09:00"))
    found = on(bureau.agency)["1.1.3"]
    assert found.verdict is Verdict.REVIEW
    assert [each.label for each in found.unsure] == ["迁移来的信息"]
    assert f"/{item.pk}/" in found.unsure[0].url


@pytest.mark.parametrize(
    ("last", "state"), [(date(2020, 7, 2), ("pass", 0)), (date(2020, 7, 1), ("fail", None)), (None, ("fail", None))]
)
def test_the_last_public_answer(agency: Agency, last: date | None, state: tuple[str, int | None]) -> None:
    if last:
        asked = message(agency, last, last)
        Answer.objects.create(
            agency=agency, inquiry=asked, title="x", reply="x", asked_on=last, published_on=last, days=0
        )
    assert at(agency, "2.3.1") == state


@pytest.mark.parametrize(("many", "state"), [(5, ("fail", None)), (6, ("pass", 0)), (7, ("pass", 1))])
def test_surveys_of_a_year(agency: Agency, many: int, state: tuple[str, int | None]) -> None:
    for number in range(many):
        day = date(2019, 9, 3) + timedelta(days=number)
        Survey.objects.create(
            agency=agency, number=f"s{number}", title="x", text="x", opens_on=day, closes_on=day, published_on=day
        )
    assert at(agency, "2.3.3") == state


def test_documents_and_their_interpretations(bureau: SimpleNamespace) -> None:
    document = world.published(
        bureau, "办法", type="document", document_class="normative_documents", formed_on=date(2020, 8, 1),
        document_number="温统〔2020〕1号", at=world.moment("2020-08-03 09:00"),
    )  # fmt: skip
    found = on(bureau.agency)["2.1.2"]
    assert ([each.label for each in found.faults], str(found.points)) == (["办法"], "1")
    world.published(bureau, "解读", type="interpretation", interprets=document, at=world.moment("2020-08-04 09:00"))
    assert on(bureau.agency)["2.1.2"].verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("website", "code", "faults"),
    [
        ("https://tjj.wenzhou.gov.cn/", "3303000012", 0),
        ("https://tj.example.com/", "3303000012", 1),
        ("", "", 2),
        ("https://tjj.wenzhou.gov.cn/", "330300001", 1),
    ],
)
def test_identity(agency: Agency, website: str, code: str, faults: int) -> None:
    agency.website, agency.site_code = website, code
    found = on(agency)["2.4.1"]
    assert (len(found.faults), found.verdict) == (faults, Verdict.FAIL if faults else Verdict.PASS)


# --- The local set ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "verdict", "days"),
    [(date(2020, 1, 31), Verdict.PASS, 0), (date(2020, 2, 1), Verdict.FAIL, None)],
)
def test_the_annual_report_is_out_by_31_january(agency: Agency, day: date, verdict: Verdict, days: int | None) -> None:
    found = local(agency, "A05", day)
    assert (found.verdict, found.days) == (verdict, days)


def apply_for(agency: Agency, due: date, closed: date | None) -> None:
    applicant = Applicant.objects.create(agency=agency, kind="natural_person")
    Application.objects.create(
        agency=agency, number=f"a{(closed or due):%Y%m%d}", applicant=applicant, applicant_kind="natural_person",
        received_on=date(2020, 1, 2), due_on=due, closed_on=closed, status="closed" if closed else "handling",
        outcome="granted" if closed else "", outcome_row="granted" if closed else "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "closed", "verdict", "days"),
    [
        (TODAY, None, Verdict.PASS, 0),
        (TODAY - timedelta(days=1), None, Verdict.FAIL, None),
        (date(2020, 3, 2), date(2020, 3, 2), Verdict.PASS, None),
        (date(2020, 3, 2), date(2020, 3, 3), Verdict.FAIL, None),
    ],
)
def test_replies_that_were_late(
    agency: Agency, due: date, closed: date | None, verdict: Verdict, days: int | None
) -> None:
    apply_for(agency, due, closed)
    found = local(agency, "B46")
    assert (found.verdict, found.days) == (verdict, days)


def test_lost_disputes_cost_two_points_each_up_to_the_ceiling(agency: Agency) -> None:
    for number in range(3):
        Dispute.objects.create(
            agency=agency, number=f"d{number}", kind="review", filed_on=date(2020, 1, 2), result="corrected",
            concluded_on=date(2020, 3, 2), status="concluded",
        )  # fmt: skip
    found = local(agency, "B48")
    assert (len(found.faults), str(found.points)) == (3, "4")


def test_what_only_people_know_is_theirs_to_say(bureau: SimpleNamespace) -> None:
    today = date.today()
    assert local(bureau.agency, "A06", today).verdict is Verdict.REVIEW
    state(bureau.agency, "suqian:A06", Verdict.FAIL, "今年没有组织培训", actor=bureau.author)
    found = local(bureau.agency, "A06", today)
    assert (found.verdict, str(found.points)) == (Verdict.FAIL, "0.2")
    assert found.stated is not None
    assert found.stated.by == "承办"
    assert rebuild(bureau.agency, write=False) == []
    assert verify(bureau.agency) is None


def test_a_set_is_used_from_its_day_on() -> None:
    assert [pack.code for pack in packs_on(date(2020, 1, 1))] == ["national"]
    assert [pack.code for pack in packs_on(date(2026, 1, 1))] == ["national", "suqian"]


# --- The whole --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [NATIONAL, LOCAL], ids=["national", "local"])
def test_the_queries_are_as_many_whatever_is_recorded(
    bureau: SimpleNamespace, pack: object, django_assert_num_queries: Callable[[int], object]
) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assess(bureau.agency, pack, TODAY)  # type: ignore[arg-type]
        return len(queries)

    before = count()
    for number in range(5):
        fed(column(bureau.agency, f"栏目{number}", "documents"), TODAY)
        message(bureau.agency, TODAY - timedelta(days=200 + number))
        apply_for(bureau.agency, TODAY - timedelta(days=number), None)
        account = Channel.objects.create(agency=bureau.agency, kind="wechat", name=f"号{number}")
        Appearance.objects.create(agency=bureau.agency, channel=account, title="x", published_on=TODAY)
    assert count() == before
    assert before <= 16


def test_the_conclusion_of_a_portal_needs_the_score_as_well(agency: Agency) -> None:
    found = assess(agency, NATIONAL, TODAY)
    assert not found.is_portal
    assert found.conclusion is Verdict.FAIL, "nothing was ever published"
    agency.kind = Agency.Kind.GOVERNMENT
    passing = Assessment(agency, NATIONAL, TODAY, (), None)
    assert (passing.is_portal, passing.conclusion) == (True, Verdict.PASS)
