"""Personal data: covered, its opening recorded, erased by a confirmed schedule, while every figure stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.applications import letters, services, vault
from gongkai.applications import related as registry
from gongkai.applications.models import (
    Access,
    Applicant,
    ApplicantKind,
    Application,
    CaseFile,
    Channel,
    FileKind,
    Letter,
    RetentionSchedule,
)
from gongkai.applications.projection import rebuild
from gongkai.applications.retention import due, erase_due, proposal
from gongkai.applications.services import Person
from gongkai.applications.services.erasing import without
from gongkai.applications.staff.masking import masked, opened
from gongkai.applications.timing import spread
from gongkai.bureau.figures import Scope, figures
from gongkai.bureau.masking import mask_person
from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.law.retention import Kept, standard_periods, years_before
from gongkai.ledger.models import Entry

from ..cases import PERSON
from ..letters.world import DAY, RECEIVED, World
from .conftest import As, person
from .test_case import sent

pytestmark = pytest.mark.anywhere

RETENTION = "/admin/applications/retention/"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("欧阳测试", "欧阳**"),
        ("王五", "王*"),
        ("王小五", "王**"),
        ("王", "*"),
        ("", ""),
        ("Ann", "A**"),
        ("欧阳", "欧*"),
    ],
)
def test_a_name_is_covered_but_for_the_family_name(name: str, shown: str) -> None:
    assert mask_person(name) == shown


def test_no_line_of_what_is_known_is_left_uncovered() -> None:
    values = {
        "name": "温州某某有限公司",
        "id_number": "91330300MA1234567X",
        "phone": "0577-88888888",
        "address": "温州市鹿城区某路1号",
        "email": "someone@example.cn",
        "postcode": "325000",
        "fax": "0577-88888889",
        "contact": "王小五",
        "representative": "李四",
    }
    applicant = Applicant(kind=ApplicantKind.BUSINESS, **values)
    covered = {line.label: line.value for line in masked(applicant)}
    plain = {line.label: line.value for line in opened(applicant)}
    assert set(covered) == set(plain)
    assert set(plain.values()) == set(values.values())
    assert all("*" in value for value in covered.values())
    assert [value for value in covered.values() if value in values.values()] == []


def closed(world: World, day: date = DAY) -> Application:
    """An answered application with everything that names people."""
    vault.keep(world.application, b"id", "身份证.jpg", FileKind.ID_PROOF, world.clerk)
    vault.keep(world.application, b"letter", "来信.pdf", FileKind.REQUEST, world.clerk)
    vault.keep(world.application, b"table", "产量表.pdf", FileKind.RELEASED, world.handler)
    sent(world)
    application = Application.objects.get(pk=world.application.pk)
    application.requested = f"{PERSON.name}申请公开2024年粮食播种面积，电话{PERSON.phone}"
    application.save()
    return application


def confirmed(user: User, **changes: object) -> RetentionSchedule:
    values = {"id_proof_years": 1, "applicant_years": 10, **changes}
    return RetentionSchedule.objects.create(agency=user.agency, confirmed_by=user, **values)


def night(year: int) -> datetime:
    return datetime(year, 6, 10, 4, tzinfo=UTC)


def test_nothing_is_erased_before_somebody_has_confirmed_the_years(world: World) -> None:
    closed(world)
    assert erase_due(night(2026)) == "清除 0 件"
    assert CaseFile.objects.filter(erased_at=None).count() == CaseFile.objects.count()


@pytest.fixture
def officer(world: World) -> User:
    return person(world.agency, "officer", Role.SECURITY_OFFICER)


def test_the_proof_of_identity_goes_first_and_the_rest_years_later(world: World, officer: User, today: date) -> None:
    application = closed(world)
    confirmed(officer)
    assert _run(2026) == "清除 1 件"
    assert CaseFile.objects.get(kind=FileKind.ID_PROOF).key == ""
    assert Applicant.objects.get().name == PERSON.name
    assert _run(2026) == "清除 0 件"
    RetentionSchedule.objects.update(applicant_years=1)
    assert _run(2026) == "清除 1 件"
    applicant = Applicant.objects.get()
    assert (applicant.name, applicant.id_number, applicant.phone, applicant.id_index) == ("", "", "", "")
    assert applicant.erased_at is not None
    gone = set(CaseFile.objects.exclude(erased_at=None).values_list("kind", flat=True))
    assert gone == {"id_proof", "request", "letter"}
    assert Letter.objects.get().fields == ""
    application.refresh_from_db()
    assert application.requested == "＊＊申请公开2024年粮食播种面积，电话＊＊"
    assert _run(2026) == "清除 0 件"


def _run(year: int) -> str:
    """The work of a night in another year."""
    from unittest import mock

    moment = night(year)
    with mock.patch("django.utils.timezone.localdate", side_effect=lambda value=None, *_: date(year, 6, 10)):
        return erase_due(moment)


def values(world: World) -> dict[str, object]:
    """Every number of every room for the year."""
    scope = Scope.of(world.agency, 2025)
    return {name: each.evaluate(scope) for name, each in figures().items()} | {"spread": spread(world.agency, 2025)}


def test_figures_are_the_same_before_and_after(world: World, officer: User) -> None:
    application = closed(world)
    before = values(world)
    was = {
        field.name: getattr(application, field.name) for field in Application._meta.fields if field.name != "requested"
    }
    confirmed(officer, id_proof_years=1, applicant_years=1, keeps_request=False)
    assert _run(2026) == "清除 2 件"
    application = Application.objects.get()
    assert values(world) == before
    left = {"requested", "text_index", "created_at"}
    assert {name: getattr(application, name) for name in was if name not in left} == {
        name: value for name, value in was.items() if name not in left
    }
    assert application.requested == ""
    assert rebuild(world.agency) == []


def test_erasing_is_recorded_without_saying_who_it_was(world: World, officer: User) -> None:
    closed(world)
    confirmed(officer, applicant_years=1)
    _run(2026)
    told = Entry.objects.filter(kind="erased")
    assert [entry.data["what"] for entry in told] == ["id_proof", "applicant"]
    assert all(PERSON.name not in entry.payload for entry in Entry.objects.all())


def test_what_is_under_dispute_or_open_is_kept_whole(
    world: World, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotPermittedError, match="办理中"):
        services.erase(world.application, DAY, Kept.APPLICANT)
    application = closed(world)
    confirmed(officer, applicant_years=1)
    monkeypatch.setattr(registry, "_holding", [lambda pks: set(pks)])
    with pytest.raises(NotPermittedError, match="没有审结的复议诉讼"):
        services.erase(application, DAY, Kept.APPLICANT)
    assert [found.number for found in due(world.agency, proposal(world.agency, DAY), date(2060, 1, 1))] == [0, 0]
    assert _run(2026) == "清除 0 件"
    assert Applicant.objects.get().name == PERSON.name


def test_the_officer_sees_what_would_go_before_confirming_it(world: World, signed: As, officer: User) -> None:
    closed(world)
    client = signed(officer)
    text = client.get(RETENTION).content.decode()
    assert "还没有确认，什么也不清除" in text
    data = {"id_proof_years": "2", "applicant_years": "5", "keeps_request": "on"}
    assert client.post(RETENTION, {**data, "preview": "1"}).status_code == 200
    assert not RetentionSchedule.objects.exists()
    assert client.post(RETENTION, data).status_code == 422
    assert client.post(RETENTION, {**data, "id_proof_years": "9", "confirmed": "on"}).status_code == 422
    assert client.post(RETENTION, {**data, "id_proof_years": "0", "preview": "1"}).status_code == 422
    assert client.post(RETENTION, {**data, "confirmed": "on"}).status_code == 302
    schedule = RetentionSchedule.objects.get()
    assert (schedule.id_proof_years, schedule.applicant_years, schedule.confirmed_by) == (2, 5, officer)
    assert signed(world.leader).get(RETENTION).status_code == 403


def test_the_officer_and_the_leader_see_who_opened_what(world: World, signed: As, officer: User) -> None:
    Access.objects.create(application=world.application, user=world.clerk, what="申请人信息：核对")
    for user, status in ((officer, 200), (world.leader, 200), (world.clerk, 403), (world.handler, 403)):
        assert signed(user).get("/admin/applications/accesses/").status_code == status
    text = signed(officer).get("/admin/applications/accesses/").content.decode()
    assert "申请人信息：核对" in text
    assert PERSON.name not in text
    other = signed(officer).get(f"/admin/applications/accesses/?user={world.leader.pk}").content.decode()
    assert "申请人信息：核对" not in other


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("电话13800138000或 a.b@example.cn", "电话＊＊或 ＊＊"),
        ("2024年粮食播种面积", "2024年粮食播种面积"),
        ("王小五要的", "＊＊要的"),
    ],
)
def test_what_the_applicant_wrote_of_themselves_is_covered(text: str, left: str) -> None:
    assert without(text, ["王小五", "五"]) == left


def test_the_years_that_come_with_the_program_are_marked_as_not_verified() -> None:
    assert {period.parameter.sureness for period in standard_periods(DAY).values()} == {"UNVERIFIED"}
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)


def test_people_and_letters_of_the_office_stay(world: World) -> None:
    """An application of somebody else is not touched."""
    neighbour = services.register(
        world.agency, RECEIVED, Person(ApplicantKind.NATURAL_PERSON, name="李四"), "别的", channel=Channel.FAX
    )
    application = closed(world)
    services.erase(application, DAY, Kept.APPLICANT)
    assert Applicant.objects.get(application=neighbour).name == "李四"
    assert letters.values_of(Letter.objects.get()) == {}
