"""A case that went all the way: searched, answered, served, disputed; and others beside it in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from docx import Document

from gongkai.applications import services, vault
from gongkai.applications.models import Application, Channel, FileKind, Letter
from gongkai.applications.services import Person
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role
from gongkai.disputes import services as disputes
from gongkai.disputes.models import Dispute, DisputeKind, DocumentKind
from gongkai.evidence.services import make

from ..applications.cases import PERSON

DAY = date(2025, 3, 10)
NOW = datetime(2025, 6, 9, 8, 0, tzinfo=UTC)
SECRETS = ("欧阳测试", "11010519491231002X", "13800138000", "鹿城区某路", "ouyang@example.cn")
REFUSED = "上级没有要求过统计，经检索不存在"


@dataclass
class World:
    """Who and what there is."""

    agency: Agency
    application: Application
    dispute: Dispute
    people: dict[str, User]


def docx(text: str) -> bytes:
    document, out = Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def populate(agency: Agency) -> World:
    office = Department.objects.create(agency=agency, name="办公室")
    people = {}
    for role in Role:
        made = User.objects.create_user(role.value, agency=agency, department=office, password="x" * 12)
        made.groups.set(Group.objects.filter(name=role.label))
        people[role.value] = made
    clerk, handler = people["clerk"], people["handler"]
    asked = "欧阳测试（电话 138 0013 8000）申请公开2024年粮食播种面积的统计数据"
    application = services.register(agency, date(2025, 3, 3), PERSON, asked, channel=Channel.FAX)
    services.register(agency, date(2025, 3, 4), Person(PERSON.kind, name="别人"), "别人的事", channel=Channel.FAX)
    vault.keep(application, b"\x89PNG id", "欧阳测试身份证.png", FileKind.ID_PROOF, clerk)
    services.assign(application, DAY, office, actor=clerk)
    services.sign_for(application, DAY, office, actor=handler)
    services.file_evidence(application, DAY, "search_record", f"数据库、档案室：{REFUSED}", actor=handler)
    services.file_evidence(application, DAY, "reasons", "欧阳测试所要的数据没有统计过", actor=handler)
    words = f"政府信息公开告知书\n欧阳测试：\n本机关于2025年3月3日收到您的申请。{REFUSED}。\n如对本告知书不服……"
    file = vault.keep(application, docx(words), "告知书.docx", FileKind.LETTER, handler)
    letter = Letter.objects.create(
        application=application,
        code="not_held",
        outcome="unavailable.not_held.not_found",
        file=file,
        digest=file.digest,
    )
    services.draft_reply(application, DAY, letter, actor=handler)
    services.review_reply(application, DAY, letter.digest, opinion="同意", actor=people["reviewer"])
    services.sign_reply(application, DAY, letter.digest, "温统信公〔2025〕1号", actor=people["leader"])
    letter.document_number = "温统信公〔2025〕1号"
    letter.save()
    services.send_letter(application, DAY, letter, "signed_post", tracking="EMS1", actor=clerk)
    services.record_service(application, date(2025, 3, 12), letter, b"%PDF scan", "签收单.pdf", actor=clerk)
    dispute = disputes.file(
        agency,
        date(2025, 4, 1),
        number="温政复〔2025〕1号",
        kind=DisputeKind.REVIEW,
        application=application,
        body="温州市人民政府",
        body_kind="government",
        actor=clerk,
    )
    disputes.add_document(dispute, date(2025, 4, 2), DocumentKind.CLAIM, b"%PDF claim", "欧阳测试.pdf", actor=clerk)
    disputes.notify(dispute, date(2025, 4, 3), simplified=True, actor=clerk)
    services.register(agency, date(2025, 5, 6), Person(PERSON.kind, name="又一人"), "另一件事", channel=Channel.FAX)
    return World(agency, application, dispute, people)


@pytest.fixture
def world(agency: Agency) -> World:
    return populate(agency)


_made: list[bytes] = []


@pytest.fixture
def bundle(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file of a bundle; made once, since whoever verifies it has no database."""
    if not _made:
        _made.append(make(request.getfixturevalue("world").application, now=NOW).content)
    path = tmp_path / "证据包.zip"
    path.write_bytes(_made[0])
    return path
