"""Envelopes and 送达回证 for many letters at once; who printed whose address is on record."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from gongkai.applications.letters import envelopes, issue, pdf_of, service_proofs
from gongkai.applications.models import Access, Letter
from gongkai.bureau.roles import NotPermittedError

from ..cases import PERSON
from .world import DAY, World, fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(world: World) -> list[Letter]:
    told = fields("third_party_consultation", recipient="某某农业公司", recipient_address="杭州市西湖区某路1号")
    return [
        issue(world.application, "consultation_notice", fields("consultation_notice"), world.clerk, DAY),
        issue(world.application, "third_party_consultation", told, world.handler, DAY),
    ]


def pages(pdf: bytes) -> list[str]:
    return ["".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(pdf)]


@pytest.mark.parametrize(("size", "millimetres"), [("DL", (220, 110)), ("C5", (229, 162))])
def test_each_letter_has_its_envelope(letters: list[Letter], size: str, millimetres: tuple[int, int]) -> None:
    made = envelopes(letters, size)  # type: ignore[arg-type]
    first, second = pages(made)
    assert "温州市鹿城区某路1号欧阳测试收" in first
    assert "杭州市西湖区某路1号某某农业公司收" in second
    assert "310012" in second
    assert PERSON.name not in second, "the third party's envelope does not tell who applied"
    assert all("政府信息公开" in page and "温州市统计局办公室" in page for page in (first, second))
    width, height = PdfDocument(made)[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == millimetres


def test_envelopes_without_an_address_are_named(world: World, letters: list[Letter]) -> None:
    applicant = letters[0].application.applicant
    applicant.address = ""
    applicant.save()
    with pytest.raises(NotPermittedError, match=rf"不能打印信封：{world.application.number}"):
        envelopes(Letter.objects.all())
    with pytest.raises(NotPermittedError, match="请先选择"):
        envelopes([])


def test_each_letter_has_its_proof_of_service(letters: list[Letter]) -> None:
    first, second = pages(service_proofs(letters))
    assert "征求意见告知书（致申请人）" in first
    assert "温统信公告〔2025〕1号" in first
    assert "受送达人签名（盖章）" in first
    assert "某某农业公司" in second
    assert PERSON.name not in second


def test_who_printed_whose_address_is_on_record(world: World, letters: list[Letter]) -> None:
    envelopes(letters, user=world.clerk)
    service_proofs(letters, user=world.clerk)
    pdf_of(letters[0], world.clerk)
    told = list(Access.objects.filter(user=world.clerk).values_list("what", flat=True))
    assert len(told) == 5
    assert not any(PERSON.name in what for what in told)
