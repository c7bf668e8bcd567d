"""When personal data has been kept long enough, nothing of it is left anywhere; the figures and the chain are."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from gongkai.applications import letters, vault
from gongkai.applications import services as of_case
from gongkai.applications.coordination import services as coordinating
from gongkai.applications.coordination.models import Asked, Form, Trigger
from gongkai.applications.coordination.services import case_of, whom_of
from gongkai.applications.corrections import services as correcting
from gongkai.applications.corrections.models import Correction, CorrectionFileKind, Finding, Told
from gongkai.applications.corrections.projection import rebuild as rebuild_corrections
from gongkai.applications.disclosed import services as disclosing
from gongkai.applications.models import Access, ApplicantKind, Application, FileKind, RetentionSchedule
from gongkai.applications.projection import rebuild
from gongkai.applications.retention import erase_due, schedule_of
from gongkai.applications.services import Person
from gongkai.bureau.figures import Scope, figures
from gongkai.bureau.models import Agency
from gongkai.disputes import services as disputing
from gongkai.disputes.models import Dispute, DisputeKind, DocumentKind
from gongkai.ledger.sealed import SealedFile
from gongkai.ledger.services import verify
from gongkai.ledger.vault import unseal

from .letters.world import COURT, GOVERNMENT, SUPERIOR, fields, file_everything
from .matters_world import DAY, make_world, on, register, signed_in, today

__all__ = ["today"]
NAME, PHONE, NUMBER, MAIL, STREET = "欧阳慕容", "13912345678", "330302199001010017", "murong@example.cn", "望江东路九号"
THIRD = "东方上官有限公司"
MARKERS = (NAME, PHONE, NUMBER, MAIL, STREET, THIRD)
PERSON = Person(ApplicantKind.NATURAL_PERSON, name=NAME, id_number=NUMBER, phone=PHONE, address=STREET, email=MAIL)
SAYS = f"{NAME}（{PHONE}，{NUMBER}，{MAIL}，住{STREET}）与{THIRD}"
PAPER = f"%PDF-1.4 {SAYS}".encode()
OUTCOME = "granted.provided"


@pytest.fixture
def world(db: None, today: date) -> SimpleNamespace:
    made = make_world()
    agency = made.city.agency
    agency.review_government, agency.review_superior, agency.court = GOVERNMENT, SUPERIOR, COURT
    agency.region_code = "330300"
    agency.save()
    with on(date(2025, 6, 3)):
        made.application = register(agency, f"{SAYS}的往来数据", person=PERSON)
    application = made.application
    of_case.assign(application, DAY, made.city.survey, [made.city.office], actor=made.city.clerk)
    of_case.sign_for(application, DAY, made.city.survey, actor=made.city.handler)
    return made


def _handled(world: SimpleNamespace) -> None:
    """The case as it goes by: everybody writes down whom it is about, wherever there is room for it."""
    city, county, application = world.city, world.county, world.application
    for kind in (FileKind.ID_PROOF, FileKind.REQUEST, FileKind.CORRECTION, FileKind.ANSWER):
        vault.keep(application, PAPER, f"{NAME}.pdf", kind, city.clerk)
    vault.keep(application, b"figures", f"给{NAME}的数据.xlsx", FileKind.RELEASED, city.handler)
    application.note = f"{NAME}来过电话"
    application.save(update_fields=["note"])
    Access.objects.create(application=application, user=city.clerk, what=f"申请人信息：{NAME}来电"[:60])
    asked = fields("third_party_consultation", recipient=THIRD, recipient_address="江心屿三号")
    letters.issue(application, "third_party_consultation", asked, city.handler, DAY)
    of_case.file_evidence(application, DAY, "third_party_record", f"{THIRD}不同意", content=PAPER, actor=city.handler)
    of_case.return_consultation(application, DAY, consultation=1, answer="agreed", actor=city.clerk)
    coordination = coordinating.open_coordination(
        application,
        DAY,
        question=f"{SAYS}能否公开",
        shown=f"{SAYS}的数据",
        trigger=Trigger.OTHER_MAKER,
        form=Form.LETTER,
        actor=city.handler,
    )
    one = coordinating.ask(coordination, DAY, whom_of(county.agency), people=f"{NAME}列席", actor=city.handler)
    one = coordinating.draft_opinion(one, DAY, "closed", f"{THIRD}反对", SAYS, actor=county.handler)
    coordinating.give_opinion(one, DAY, case_of(one.coordination).organs[one.pk].digest, actor=county.chief)
    file_everything(SimpleNamespace(application=application, handler=city.handler), OUTCOME)  # type: ignore[arg-type]
    of_case.file_evidence(application, DAY, "reasons", f"{SAYS}没有秘密", actor=city.handler)
    reply = letters.draft(application, "disclosure", OUTCOME, fields("disclosure", access=SAYS), city.handler, DAY)
    of_case.draft_reply(application, DAY, reply, actor=city.handler)
    of_case.review_reply(application, DAY, reply.digest, opinion="同意", actor=city.chief)
    letters.sign(application, reply, city.leader, DAY)
    of_case.send_letter(application, DAY, reply, "signed_post", tracking="EMS1", actor=city.clerk)
    of_case.record_service(application, DAY, reply, PAPER, f"{NAME}签收.pdf", actor=city.clerk)


def _beside(world: SimpleNamespace) -> Dispute:
    """What hangs on the case or stands beside it."""
    city, application = world.city, Application.objects.get(pk=world.application.pk)
    agency: Agency = city.agency
    words = disclosing.Words("往来数据", "申请某项数据", "已提供")
    entry = disclosing.propose(application, DAY, words, actor=city.handler)
    entry.wanted = f"{NAME}申请某项数据"  # a name that the check for names let through
    entry.save(update_fields=["wanted"])
    common: dict[str, Any] = {"kind": DisputeKind.REVIEW, "body": GOVERNMENT, "body_kind": "government"}
    hung, alone = (
        disputing.file(
            agency, DAY, number=number, application=case, claims=SAYS, note=f"{NAME}代理", actor=city.clerk, **common
        )
        for number, case in (("复议一号", application), ("复议二号", None))
    )
    for dispute in (hung, alone):
        disputing.add_document(dispute, DAY, DocumentKind.CLAIM, PAPER, f"{NAME}.pdf", actor=city.clerk)
    disputing.notify(alone, DAY, actor=city.clerk)
    disputing.answer(alone, DAY, PAPER, f"{NAME}.pdf", actor=city.clerk)
    disputing.decide(alone, DAY, ending="review.upheld", actor=city.clerk)
    papers = [correcting.Paper(PAPER, f"{NAME}.pdf", kind) for kind in CorrectionFileKind]
    asks = correcting.Asks(f"{NAME}名录", SAYS, SAYS, Told.EMAIL)
    wrong = correcting.receive(agency, DAY, PERSON, asks, papers, actor=city.clerk)
    correcting.verify(wrong, DAY, Finding.TRUE, SAYS, actor=city.handler)
    correcting.correct(wrong, DAY, f"已为{NAME}更正", actor=city.chief)
    correcting.tell(wrong, DAY, Told.EMAIL, actor=city.clerk)
    return hung


def _left() -> set[str]:
    """Where a marker still stands: every column of every table as the program reads it, and as the database has it;
    every file that can still be opened; every byte of the storage.
    """
    found = set()
    for model in apps.get_models(include_auto_created=True):
        concrete = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values(*concrete):
            found |= {f"{model.__name__}.{name}" for name, value in row.items() if _told(value)}
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models(include_auto_created=True)}:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found |= {table for row in cursor.fetchall() if any(_told(value) for value in row)}
    for model in (each for each in apps.get_models() if issubclass(each, SealedFile)):
        found |= {
            f"{model.__name__} file" for file in model._base_manager.filter(erased_at=None) if _told(unseal(file))
        }
    for folder in default_storage.listdir("")[0]:
        for name in default_storage.listdir(folder)[1]:
            with default_storage.open(f"{folder}/{name}") as file:
                found |= {f"{folder}/" for _ in (1,) if _told(file.read())}
    return found


def _told(value: object) -> bool:
    if isinstance(value, bytes | memoryview):
        return any(marker.encode() in bytes(value) for marker in MARKERS)
    return isinstance(value, str) and any(marker in value for marker in MARKERS)


def _night(month: int) -> str:
    """The work of a night in the year after."""
    with on(day := date(2026, month, 10)):
        return erase_due(datetime.fromisoformat(f"{day}T04:00:00+08:00"))


def _figures(agency: Agency) -> dict[str, object]:
    scope = Scope.of(agency, 2025)
    return {name: each.evaluate(scope) for name, each in figures().items()}


def test_nothing_of_anybody_is_left_and_the_figures_and_the_chain_are(world: SimpleNamespace) -> None:
    _handled(world)
    dispute = _beside(world)
    city, agency = world.city, world.city.agency
    everywhere = {
        "Applicant.name",
        "Application.requested",
        "Asked.opinion",
        "CaseFile file",
        "Coordination.shown",
        "Correction.answer",
        "CorrectionFile file",
        "Disclosed.wanted",
        "Dispute.claims",
        "DisputeFile file",
        "Evidence.text",
        "Letter.fields",
    }
    assert everywhere <= _left()
    schedule = RetentionSchedule.objects.create(
        agency=agency, id_proof_years=1, applicant_years=2, confirmed_by=city.security
    )
    assert _night(6) == "清除 1 件", "the proof of identity of the correction; the case is under review"
    schedule.applicant_years = 1
    schedule.save()
    assert _night(6) == "清除 2 件", "the correction, and the review over a case that is not ours"
    disputing.notify(dispute, DAY, actor=city.clerk)
    disputing.answer(dispute, DAY, PAPER, "答复书.pdf", actor=city.clerk)
    with on(over := date(2025, 9, 30)):
        disputing.decide(dispute, over, ending="review.upheld", actor=city.clerk)
    before = _figures(agency)
    assert _night(9) == "清除 0 件", "a year after the reply, and not after the review"
    assert everywhere - {"Correction.answer", "CorrectionFile file"} <= _left()
    assert _night(10) == "清除 2 件", "the proof of identity, and everything"
    assert _left() == set()
    assert _night(10) == "清除 0 件"

    assert _figures(agency) == before
    assert verify(agency) is None
    assert rebuild(agency) == rebuild_corrections(agency) == []
    assert Asked.objects.get().openness == "closed"
    correction = Correction.objects.get()
    assert (correction.status, correction.result, correction.id_index) == ("done", "corrected", "")
    assert correction.erased_at is not None
    page = signed_in(city.clerk).get(f"/admin/corrections/{correction.pk}/")
    assert "清除个人信息" in page.content.decode()


def test_the_officer_reads_of_every_kind_of_record_how_long_it_is_kept(world: SimpleNamespace) -> None:
    schedule = RetentionSchedule(agency=world.city.agency, id_proof_years=2, applicant_years=7)
    lines = schedule_of(schedule)
    told = "".join(line.what for line in lines)
    for what in ("身份证明", "会商", "复议诉讼", "更正", "公开目录", "第三方意见", "填入文书"):
        assert what in told
    assert {line.years for line in lines} == {2, 7}
    client: Client = signed_in(world.city.security)
    page = client.get("/admin/applications/retention/").content.decode()
    assert "各类记录的保存期限" in page
    assert all(line.what in page for line in lines)
