"""Personal data as the back office shows it until somebody opens it for a reason."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.bureau.masking import mask_mail, mask_middle, mask_person, mask_words
from gongkai.examination.finding import mask_id

from ..models import Applicant, ApplicantKind


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of what is known of an applicant."""

    label: str
    value: str


def masked_name(applicant: Applicant) -> str:
    """What a list or heading says of who applies: persons masked, organisations by their kind alone."""
    if applicant.erased_at is not None:
        return "已按保存期限清除"
    if applicant.kind == ApplicantKind.NATURAL_PERSON:
        return mask_person(applicant.name) or "未填写"
    return mask_words(applicant.name) or "未填写"


def masked(applicant: Applicant) -> list[Shown]:
    """Everything known of an applicant, masked."""
    return _lines(applicant, is_open=False)


def opened(applicant: Applicant) -> list[Shown]:
    """Everything known of an applicant. Whoever shows it records who looked, and why."""
    return _lines(applicant, is_open=True)


def _lines(applicant: Applicant, *, is_open: bool) -> list[Shown]:
    organisation = applicant.kind != ApplicantKind.NATURAL_PERSON
    values = (
        ("名称" if organisation else "姓名", applicant.name, masked_name(applicant)),
        ("证件", _id_type(applicant), _id_type(applicant)),
        ("证件号码", applicant.id_number, mask_id(applicant.id_number)),
        ("法定代表人或者负责人", applicant.representative, mask_person(applicant.representative)),
        ("联系人", applicant.contact, mask_person(applicant.contact)),
        ("联系电话", applicant.phone, mask_middle(applicant.phone, 3, 2)),
        ("电子邮箱", applicant.email, mask_mail(applicant.email)),
        ("通信地址", applicant.address, mask_words(applicant.address)),
        ("邮政编码", applicant.postcode, mask_middle(applicant.postcode, 2, 0)),
        ("传真", applicant.fax, mask_middle(applicant.fax, 3, 2)),
    )
    return [Shown(label, plain if is_open else hidden) for label, plain, hidden in values if plain]


def _id_type(applicant: Applicant) -> str:
    from ..models import IdType

    return IdType(applicant.id_type).label if applicant.id_type in IdType.values else applicant.id_type
