"""Letters of a case: drafted, reviewed, signed under a number; issued with what they do to the case."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import transaction

from gongkai.applications import services, vault
from gongkai.applications.letters import IncompleteLetterError, draft, issue, preview, sign, values_of
from gongkai.applications.letters.filling import text_of
from gongkai.applications.letters.numbers import patterns, set_pattern
from gongkai.applications.letters.store import built_in, put
from gongkai.applications.models import Application, CaseFile, FileKind, Letter, Stage, Status
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.models import Entry

from ..cases import PERSON
from .world import COURT, DAY, GOVERNMENT, RECEIVED, World, fields, file_everything

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
OUTCOME = "unavailable.not_held.not_found"


def words(letter: Letter) -> str:
    assert letter.file is not None
    return text_of(vault.read(letter.file, None))


def reviewed(world: World, outcome: str = OUTCOME, code: str = "not_held") -> Letter:
    file_everything(world, outcome)
    letter = draft(world.application, code, outcome, fields(code, outcome), world.handler, DAY)
    services.draft_reply(world.application, DAY, letter, actor=world.handler)
    services.review_reply(world.application, DAY, letter.digest, actor=world.chief)
    return letter


def test_a_reply_gets_its_number_and_date_when_it_is_signed(world: World) -> None:
    letter = reviewed(world)
    assert "温统信公〔2025〕　　号" in words(letter), "room for the number until it is signed"
    before, digest = letter.file, letter.digest
    sign(world.application, letter, world.leader, DAY)
    assert (letter.document_number, letter.dated_on) == ("温统信公〔2025〕1号", DAY)
    assert world.application.stage == Stage.SIGNED
    assert Letter.objects.get().digest == digest, "what was reviewed is what was signed"
    text = words(letter)
    for said in ("温统信公〔2025〕1号", "2025年6月9日", GOVERNMENT, COURT, "2024年粮食播种面积", PERSON.name):
        assert said in text
    assert before is not None
    assert CaseFile.objects.filter(pk=before.pk, erased_at=None).exists(), "the version that was reviewed is kept"
    services.send_letter(world.application, DAY, letter, "hand", actor=world.clerk)
    assert (world.application.outcome, world.application.document_number) == (OUTCOME, "温统信公〔2025〕1号")


def test_the_remedies_are_those_of_the_day_of_signing(world: World) -> None:
    """Reviewed before 2024, signed in 2024: review must come first, and with the government alone."""
    received, drafted, signed = date(2023, 12, 20), date(2023, 12, 29), date(2024, 1, 3)
    application = services.register(world.agency, received, PERSON, "会议记录", channel="counter")  # type: ignore[arg-type]
    services.assign(application, received, world.survey, actor=world.clerk)
    services.sign_for(application, received, world.survey, actor=world.handler)
    services.file_evidence(application, drafted, "reasons", "讨论记录", actor=world.handler)
    outcome = "denied.process_information"
    letter = draft(application, "denial", outcome, fields("denial", outcome), world.handler, drafted)
    assert "或者浙江省统计局" in words(letter)
    services.draft_reply(application, drafted, letter, actor=world.handler)
    services.review_reply(application, drafted, letter.digest, actor=world.chief)
    sign(application, letter, world.leader, signed)
    assert "六十日内先向温州市人民政府申请行政复议" in words(letter)
    assert "浙江省统计局" not in words(letter)


def test_nobody_signs_a_reply_whose_application_changed_since_it_was_reviewed(world: World) -> None:
    letter = reviewed(world)
    applicant = world.application.applicant
    applicant.name = "别人"
    applicant.save()
    with pytest.raises(NotPermittedError, match="请退回重新拟稿"):
        sign(Application.objects.get(pk=world.application.pk), letter, world.leader, DAY)


def test_a_refused_signature_takes_no_number(world: World) -> None:
    letter = reviewed(world)
    with pytest.raises(NotPermittedError, match="须由负责人办理"):
        sign(world.application, letter, world.clerk, DAY)
    again = Application.objects.get(pk=world.application.pk)
    sign(again, Letter.objects.get(pk=letter.pk), world.leader, DAY)
    assert Letter.objects.get(pk=letter.pk).document_number == "温统信公〔2025〕1号"
    with pytest.raises(NotPermittedError, match="已经签发"):
        sign(again, Letter.objects.get(pk=letter.pk), world.leader, DAY)


def test_a_template_changed_after_review_does_not_change_the_letter(world: World) -> None:
    letter = reviewed(world)
    own = _with_words(built_in("not_held").content, "本局另加的一句话。")
    put(world.agency, "not_held", own, actor=world.clerk)
    sign(world.application, letter, world.leader, DAY)
    assert "另加的一句话" not in words(letter)
    later = preview(world.application, "not_held", OUTCOME, fields("not_held", OUTCOME), DAY)
    assert "另加的一句话" in text_of(later)


def _with_words(template: bytes, added: str) -> bytes:
    from docx import Document

    document, buffer = Document(BytesIO(template)), BytesIO()
    document.add_paragraph(added)
    document.save(buffer)
    return buffer.getvalue()


def test_each_draft_is_a_version_of_its_own(world: World) -> None:
    file_everything(world, OUTCOME)
    first = draft(world.application, "not_held", OUTCOME, fields("not_held", OUTCOME), world.handler, DAY)
    second = draft(
        world.application, "not_held", OUTCOME, fields("not_held", OUTCOME, search="再查了档案室。"), world.handler, DAY
    )
    assert "再查了档案室" in words(second)
    assert "再查了档案室" not in words(first)
    assert first.digest != second.digest
    assert values_of(second)["search"] == "再查了档案室。"


def test_a_draft_with_empty_blanks_says_which(world: World) -> None:
    with pytest.raises(IncompleteLetterError) as refused:
        draft(world.application, "not_held", OUTCOME, {"delivery": "hand"}, world.handler, DAY)
    assert set(refused.value.errors) == {"search", "officer"}
    assert "检索情况及结果" in str(refused.value)
    assert not Letter.objects.exists()
    assert not CaseFile.objects.filter(kind=FileKind.LETTER).exists()


def test_a_body_that_nobody_reviews_says_what_to_set(world: World) -> None:
    world.agency.review_government = ""
    world.agency.save()
    with pytest.raises(NotPermittedError, match="请在本机关设置中填写"):
        preview(Application.objects.get(), "not_held", OUTCOME, fields("not_held", OUTCOME), DAY)


def test_electronic_service_tells_how_to_apply_online(world: World) -> None:
    told = fields("not_held", OUTCOME, delivery="email")
    with pytest.raises(NotPermittedError, match="网上申请行政复议的渠道"):
        preview(world.application, "not_held", OUTCOME, told, DAY)
    world.agency.review_online = "掌上复议小程序"
    world.agency.save()
    made = preview(Application.objects.get(), "not_held", OUTCOME, told, DAY)
    assert "可以通过掌上复议小程序在网上申请行政复议" in text_of(made)


# --- Letters that decide nothing ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "who", "number", "status"),
    [
        ("receipt", "clerk", "", Status.HANDLING),
        ("correction", "handler", "温统信公告〔2025〕1号", Status.AWAITING_CORRECTION),
        ("extension", "leader", "温统信公告〔2025〕1号", Status.HANDLING),
        ("third_party_consultation", "handler", "温统信公函〔2025〕1号", Status.CONSULTING),
        ("co_maker_consultation", "handler", "温统信公函〔2025〕1号", Status.CONSULTING),
        ("consultation_notice", "clerk", "温统信公告〔2025〕1号", Status.HANDLING),
        ("third_party_disclosure", "handler", "温统信公告〔2025〕1号", Status.HANDLING),
        ("assistance", "clerk", "温统信公函〔2025〕1号", Status.HANDLING),
        ("fee_notice", "leader", "温统信公告〔2025〕1号", Status.AWAITING_FEE),
        ("reasons_asked", "handler", "温统信公告〔2025〕1号", Status.HANDLING),
        ("closure", "clerk", "温统信公〔2025〕1号", Status.HANDLING),
    ],
)
def test_a_letter_and_what_it_does_come_about_together(
    world: World, code: str, who: str, number: str, status: Status
) -> None:
    letter = issue(world.application, code, fields(code), getattr(world, who), DAY)
    assert (letter.document_number, letter.dated_on, letter.outcome) == (number, DAY, "")
    assert Application.objects.get().status == status
    assert number in words(letter)
    assert "2025年6月9日" in words(letter)


def test_another_organs_opinion_stops_the_clock(world: World) -> None:
    issue(world.application, "assistance", fields("assistance", partner="organ"), world.handler, DAY)
    assert Application.objects.get().status == Status.CONSULTING


def test_an_extension_tells_both_dates(world: World) -> None:
    before = world.application.due_on
    letter = issue(world.application, "extension", fields("extension", working_days=10), world.leader, DAY)
    after = Application.objects.get().due_on
    assert before is not None
    assert after is not None
    assert f"原为{before.year}年{before.month}月{before.day}日" in words(letter)
    assert f"至{after.year}年{after.month}月{after.day}日" in words(letter)
    assert "经政府信息公开工作机构负责人同意" in words(letter)


def test_a_fee_notice_shows_its_reckoning(world: World) -> None:
    letter = issue(world.application, "fee_notice", fields("fee_notice", count=45), world.leader, DAY)
    assert "第11至30件20件×100元＝2000元" in words(letter)
    assert "二十个工作日内缴纳" in words(letter)
    with pytest.raises(NotPermittedError, match="不能收费"):
        preview(world.application, "fee_notice", "", fields("fee_notice", count=3), DAY)


def test_nothing_is_left_of_a_letter_whose_act_is_refused(world: World) -> None:
    late = date(2025, 6, 30)
    entries = Entry.objects.count()
    with pytest.raises(NotPermittedError, match="工作日内"):
        issue(world.application, "correction", fields("correction"), world.handler, late)
    with pytest.raises(NotPermittedError, match="须由负责人办理"):
        issue(world.application, "extension", fields("extension"), world.handler, DAY)
    assert (Letter.objects.count(), Entry.objects.count()) == (0, entries)
    letter = issue(world.application, "extension", fields("extension"), world.leader, DAY)
    assert letter.document_number.endswith("〔2025〕1号"), "no number was lost"


def test_a_letter_that_fails_gives_its_number_back(world: World) -> None:
    with transaction.atomic():
        issue(world.application, "consultation_notice", fields("consultation_notice"), world.clerk, DAY)
        transaction.set_rollback(True)
    letter = issue(world.application, "consultation_notice", fields("consultation_notice"), world.clerk, DAY)
    assert letter.document_number == "温统信公告〔2025〕1号"


def test_a_reply_cannot_go_out_unreviewed(world: World) -> None:
    with pytest.raises(NotPermittedError, match="须经审核、签发"):
        issue(world.application, "denial", fields("denial"), world.leader, DAY)


# --- Numbers ----------------------------------------------------------------------------------------------


def test_each_year_begins_at_one(world: World) -> None:
    for day, number in ((DAY, "1"), (DAY, "2"), (date(2026, 1, 5), "1")):
        letter = issue(world.application, "consultation_notice", fields("consultation_notice"), world.clerk, day)
        assert letter.document_number == f"温统信公告〔{day.year}〕{number}号"


def test_numbers_go_on_from_those_on_paper(world: World) -> None:
    set_pattern(world.agency, "notice", "温统公开〔{year}〕第{number}号", year=2025, last=57, actor=world.clerk)
    letter = issue(world.application, "consultation_notice", fields("consultation_notice"), world.clerk, DAY)
    assert letter.document_number == "温统公开〔2025〕第58号"
    with pytest.raises(NotPermittedError, match="不能退回到 10 号"):
        set_pattern(world.agency, "notice", "温统公开〔{year}〕第{number}号", year=2025, last=10, actor=world.clerk)


def test_families_with_one_pattern_share_one_series(world: World) -> None:
    for family in patterns(world.agency):
        set_pattern(world.agency, family, "温统信公〔{year}〕{number}号", year=2025)
    codes = ("consultation_notice", "assistance", "closure")
    made = [issue(world.application, code, fields(code), world.clerk, DAY).document_number for code in codes]
    assert made == [f"温统信公〔2025〕{number}号" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    "pattern", ["温统{number}号", "{year}{number}", "温统〔{year}〕{number}{x}号", "温" * 40 + "{year}{number}"]
)
def test_a_pattern_that_gives_no_number_is_refused(world: World, pattern: str) -> None:
    with pytest.raises(NotPermittedError, match="文号格式"):
        set_pattern(world.agency, "reply", pattern, year=2025)


def test_nobody_else_keeps_the_numbers(world: World) -> None:
    with pytest.raises(NotPermittedError, match="由本机关的经办人员或者负责人维护"):
        set_pattern(world.agency, "reply", "温统〔{year}〕{number}号", year=2025, actor=world.handler)


def test_no_personal_value_of_a_letter_is_in_the_ledger(world: World) -> None:
    letter = reviewed(world)
    sign(world.application, letter, world.leader, DAY)
    told = " ".join(Entry.objects.values_list("payload", flat=True))
    assert [value for value in (PERSON.name, PERSON.address, "播种面积", "检索情况") if value in told] == []
    assert RECEIVED < DAY
