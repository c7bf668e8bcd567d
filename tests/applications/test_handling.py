"""The work behind a reply: who has it, what is on file, what is signed, sent and served, and by whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from gongkai.applications import services, vault
from gongkai.applications.models import Access, Application, Assignment, CaseFile, Channel, FileKind, Letter, Stage
from gongkai.applications.projection import rebuild
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.ledger.models import Entry

from .cases import PERSON, RECEIVED

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 10)


@pytest.fixture
def world(agency: Agency) -> SimpleNamespace:
    office = Department.objects.create(agency=agency, name="办公室", order=0)
    survey = Department.objects.create(agency=agency, name="综合处", order=1)

    def user(name: str, role: Role, department: Department) -> User:
        made = User.objects.create_user(name, agency=agency, department=department)
        made.groups.set(Group.objects.filter(name=role.label))
        return made

    return SimpleNamespace(
        agency=agency,
        office=office,
        survey=survey,
        clerk=user("clerk", Role.CLERK, office),
        handler=user("handler", Role.HANDLER, survey),
        chief=user("chief", Role.REVIEWER, survey),
        leader=user("leader", Role.LEADER, office),
        application=services.register(agency, RECEIVED, PERSON, "粮食播种面积", channel=Channel.INTERNET),
    )


def letter(world: SimpleNamespace, outcome: str = "granted.provided") -> Letter:
    file = vault.keep(world.application, b"docx", "告知书.docx", FileKind.LETTER, world.handler)
    return Letter.objects.create(
        application=world.application, code="disclosure", outcome=outcome, file=file, digest=file.digest
    )


def assigned(world: SimpleNamespace) -> Application:
    services.assign(world.application, DAY, world.survey, [world.office], actor=world.clerk)
    return services.sign_for(world.application, DAY, world.survey, actor=world.handler)


def signed(world: SimpleNamespace) -> Letter:
    assigned(world)
    services.file_evidence(world.application, DAY, "access", "随信提供", actor=world.handler)
    made = letter(world)
    services.draft_reply(world.application, DAY, made, actor=world.handler)
    services.review_reply(world.application, DAY, made.digest, opinion="同意", actor=world.chief)
    services.sign_reply(world.application, DAY, made.digest, "温统信公〔2020〕1号", actor=world.leader)
    made.document_number = "温统信公〔2020〕1号"
    made.save()
    return made


def test_the_whole_way_of_a_reply(world: SimpleNamespace) -> None:
    made = signed(world)
    assert world.application.stage == Stage.SIGNED
    services.send_letter(world.application, DAY, made, "signed_post", tracking="EMS1", actor=world.clerk)
    assert (world.application.closed_on, world.application.outcome_row) == (DAY, "granted")
    assert (world.application.stage, world.application.document_number) == (Stage.DONE, "温统信公〔2020〕1号")
    with pytest.raises(NotPermittedError, match="没有送达凭证"):
        services.archive(world.application, DAY, actor=world.clerk)
    services.record_service(world.application, date(2020, 3, 12), made, b"scan", "回执.jpg", actor=world.clerk)
    services.archive(world.application, date(2020, 3, 13), actor=world.clerk)
    assert world.application.stage == Stage.ARCHIVED
    assert rebuild(world.agency) == []


def test_departments_sign_for_it_or_send_it_back_with_a_reason(world: SimpleNamespace) -> None:
    services.assign(world.application, DAY, world.survey, [world.office], actor=world.clerk)
    assert list(Assignment.objects.values_list("department", "is_lead", "is_signed_for").order_by("-is_lead")) == [
        (world.survey.pk, True, False),
        (world.office.pk, False, False),
    ]
    with pytest.raises(NotPermittedError, match="请写明理由"):
        services.return_assignment(world.application, DAY, world.survey, " ", actor=world.handler)
    services.return_assignment(world.application, DAY, world.survey, "不属于本处职责", actor=world.handler)
    assert (world.application.stage, world.application.lead) == (Stage.NEW, None)
    assert not Assignment.objects.filter(department=world.survey).exists()


def test_only_departments_of_the_agency_get_it(world: SimpleNamespace) -> None:
    elsewhere = Department.objects.create(agency=Agency.add_root(code="other", name="别的局"), name="综合处")
    with pytest.raises(NotPermittedError, match="只能分给本机关"):
        services.assign(world.application, DAY, elsewhere, actor=world.clerk)


def test_no_reply_that_nothing_was_searched_does_not_exist(world: SimpleNamespace) -> None:
    """指导案例101号: whoever answers 不存在 has looked, and can show where."""
    assigned(world)
    made = letter(world, "unavailable.not_held.not_found")
    with pytest.raises(NotPermittedError, match="检索记录"):
        services.draft_reply(world.application, DAY, made, actor=world.handler)
    services.file_evidence(
        world.application, DAY, "search_record", "档案室、数据库，2020-03-09，无", actor=world.handler
    )
    services.draft_reply(world.application, DAY, made, actor=world.handler)


def test_what_a_third_party_refuses_takes_a_public_interest(world: SimpleNamespace) -> None:
    assigned(world)
    services.file_evidence(world.application, DAY, "access", "随信提供", actor=world.handler)
    services.consult(world.application, DAY, actor=world.handler)
    made = letter(world)
    with pytest.raises(NotPermittedError, match="还没有结果"):
        services.draft_reply(world.application, DAY, made, actor=world.handler)
    services.return_consultation(world.application, DAY, consultation=1, answer="refused", actor=world.handler)
    with pytest.raises(NotPermittedError, match="第三方不同意公开"):
        services.draft_reply(world.application, DAY, made, actor=world.handler)
    services.file_evidence(world.application, DAY, "public_interest_grounds", "重大公共利益", actor=world.handler)
    services.draft_reply(world.application, DAY, made, actor=world.handler)


def test_a_repeat_names_what_was_answered(world: SimpleNamespace) -> None:
    assigned(world)
    earlier = services.register(world.agency, RECEIVED, PERSON, "粮食播种面积", channel=Channel.INTERNET)
    for kind in ("earlier_answer", "reasons"):
        services.file_evidence(world.application, DAY, kind, "见关联申请", actor=world.handler)
    made = letter(world, "not_processed.repeat")
    with pytest.raises(NotPermittedError, match="请先关联"):
        services.draft_reply(world.application, DAY, made, actor=world.handler)
    with pytest.raises(NotPermittedError, match="还没有答复"):
        services.link(world.application, DAY, earlier, "repeat", actor=world.handler)
    services.decide(earlier, DAY, outcome="granted.provided", evidence=["access"])
    services.link(world.application, DAY, earlier, "repeat", actor=world.handler)
    services.draft_reply(world.application, DAY, made, actor=world.handler)


def test_nobody_signs_what_changed_after_it_was_reviewed(world: SimpleNamespace) -> None:
    assigned(world)
    services.file_evidence(world.application, DAY, "access", "随信提供", actor=world.handler)
    first = letter(world)
    services.draft_reply(world.application, DAY, first, actor=world.handler)
    with pytest.raises(NotPermittedError, match="已经变动"):
        services.review_reply(world.application, DAY, "x" * 64, actor=world.chief)
    services.review_reply(world.application, DAY, first.digest, actor=world.chief)
    services.return_reply(world.application, DAY, "理由不充分", actor=world.leader)
    assert world.application.stage == Stage.WORKING


def test_a_reply_is_not_sent_before_it_is_signed(world: SimpleNamespace) -> None:
    assigned(world)
    with pytest.raises(NotPermittedError, match="不能“答复”"):
        services.send_letter(world.application, DAY, letter(world), "hand", actor=world.clerk)
    assert Letter.objects.get().sent_on is None


@pytest.mark.parametrize(
    ("mode", "tracking", "reason"), [("signed_post", " ", "邮寄单号"), ("pigeon", "", "请选择送达方式")]
)
def test_a_letter_leaves_by_a_way_that_can_be_proved(
    world: SimpleNamespace, mode: str, tracking: str, reason: str
) -> None:
    made = signed(world)
    with pytest.raises(NotPermittedError, match=reason):
        services.send_letter(world.application, DAY, made, mode, tracking=tracking, actor=world.clerk)  # type: ignore[arg-type]


def test_files_are_unreadable_on_the_disk_and_gone_once_erased(world: SimpleNamespace) -> None:
    secret = "欧阳测试的身份证".encode()
    file = vault.keep(world.application, secret, "欧阳测试.jpg", FileKind.ID_PROOF, world.clerk)
    path = Path(settings.MEDIA_ROOT) / file.path
    assert secret not in path.read_bytes()
    assert "欧阳" not in path.name
    again = CaseFile.objects.get(pk=file.pk)
    assert vault.read(again, world.handler) == secret
    assert Access.objects.get().user == world.handler
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(vault.LostFileError, match="已被改动"):
        vault.read(again, None)
    path.write_bytes(sealed)
    vault.erase(again)
    with pytest.raises(vault.LostFileError, match="已按保存期限清除"):
        vault.read(CaseFile.objects.get(pk=file.pk), None)
    assert CaseFile.objects.get(pk=file.pk).digest == file.digest, "what it was stays provable"


def test_no_personal_value_is_in_the_ledger(world: SimpleNamespace) -> None:
    signed(world)
    told = " ".join(Entry.objects.values_list("payload", flat=True))
    assert [value for value in (PERSON.name, PERSON.id_number, PERSON.phone, "粮食") if value in told] == []
