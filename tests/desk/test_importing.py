"""A clerk without a terminal: upload, see what it would do, confirm; nothing readable is left on the disk between."""

from __future__ import annotations

import io
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from gongkai.applications.models import Application
from gongkai.applications.sheets import APPLICATIONS
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.desk.views import importing
from gongkai.ledger.models import Entry

from ..applications.test_import import OPEN, PERSONAL
from ..reporting import world
from ..sheets.workbooks import ledger

pytestmark = pytest.mark.anywhere

IMPORT = "/admin/import/"


def upload(client: Client, tmp_path: Path, *rows: dict[str, Any], name: str = "台账.xlsx") -> Any:
    content = ledger(tmp_path / "l.xlsx", APPLICATIONS.sheets[0], rows).read_bytes()
    return client.post(IMPORT, {"kind": "applications", "file": SimpleUploadedFile(name, content)})


def token_of(response: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', response.content.decode())
    assert found is not None
    return found[1]


def test_a_ledger_is_previewed_and_then_registered_once(
    as_clerk: Client, clerk: User, agency: Agency, tmp_path: Path
) -> None:
    preview = upload(as_clerk, tmp_path, OPEN, OPEN | {"number": "2"})
    assert "新登记 <strong>2</strong> 件" in preview.content.decode()
    assert not Application.objects.exists()
    token = token_of(preview)
    done = as_clerk.post(IMPORT, {"token": token}, follow=True)
    assert done.redirect_chain[-1][0] == "/admin/applications/"
    assert "新登记 2 件" in done.content.decode()
    assert Application.objects.filter(agency=agency).count() == 2
    assert set(Entry.objects.values_list("actor_id", flat=True)) == {clerk.pk}
    again = as_clerk.post(IMPORT, {"token": token}, follow=True)
    assert "已经登记过" in again.content.decode()
    assert Application.objects.count() == 2
    same = upload(as_clerk, tmp_path, OPEN, OPEN | {"number": "2"}).content.decode()
    assert "没有新的内容" in same


def test_a_bad_row_is_named_and_nothing_can_be_confirmed(as_clerk: Client, agency: Agency, tmp_path: Path) -> None:
    answer = upload(as_clerk, tmp_path, OPEN, OPEN | {"number": "2", "received_on": "三月初"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "有 1 行需要更正" in text
    assert "收到" in text
    assert "三月初" in text
    assert 'name="token"' not in text
    assert not Application.objects.exists()


def test_what_is_kept_until_it_is_confirmed_cannot_be_read(as_clerk: Client, agency: Agency, tmp_path: Path) -> None:
    token = token_of(upload(as_clerk, tmp_path, OPEN))
    (kept,) = [path for path in (Path(settings.HOME) / "uploads").iterdir() if path.name == token]
    assert kept.stat().st_mode & 0o777 == 0o600
    raw = kept.read_bytes()
    assert b"PK\x03\x04" not in raw
    assert all(value.encode() not in raw for value in PERSONAL.values())
    as_clerk.post(IMPORT, {"token": token})
    assert not kept.exists()


def test_an_upload_belongs_to_its_uploader_and_ends_after_an_hour(
    as_clerk: Client, agency: Agency, tmp_path: Path
) -> None:
    token = token_of(upload(as_clerk, tmp_path, OPEN))
    other = Client()
    other.force_login(world.user(agency, "other", [Role.CLERK]))
    for wrong in (token, "", "../keys/fields.key", "x" * 40):
        assert "请重新上传" in other.post(IMPORT, {"token": wrong}, follow=True).content.decode()
    old = time.time() - 3601
    os.utime(Path(settings.HOME) / "uploads" / token, (old, old))
    assert "请重新上传" in as_clerk.post(IMPORT, {"token": token}, follow=True).content.decode()
    assert not Application.objects.exists()
    upload(as_clerk, tmp_path, OPEN)
    assert not (Path(settings.HOME) / "uploads" / token).exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xls", b"x", "另存为 .xlsx"),
        ("a.xlsx", b"no workbook", "不是完好的 Excel 文件"),
        ("a.xlsx", b"", "这个文件是空的"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", "旧版 .xls"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_with_advice(
    as_clerk: Client, agency: Agency, name: str, content: bytes, told: str
) -> None:
    answer = as_clerk.post(IMPORT, {"kind": "applications", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_form_without_file_or_too_large_is_refused(
    as_clerk: Client, agency: Agency, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "请选择填好的台账" in as_clerk.post(IMPORT, {"kind": "applications"}).content.decode()
    assert as_clerk.post(IMPORT, {"kind": "nonsense"}).status_code == 422
    monkeypatch.setattr(importing, "MAX_BYTES", 10)
    assert "请分成几个文件" in upload(as_clerk, tmp_path, OPEN).content.decode()


@pytest.mark.parametrize("kind", ["applications", "publications", "inquiries", "registers", "disputes"])
def test_an_empty_ledger_can_be_taken_and_imports_as_nothing(as_clerk: Client, agency: Agency, kind: str) -> None:
    assert f'href="{IMPORT}{kind}/"' in as_clerk.get(IMPORT).content.decode()
    answer = as_clerk.get(f"{IMPORT}{kind}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames
    back = as_clerk.post(IMPORT, {"kind": kind, "file": SimpleUploadedFile("空.xlsx", answer.content)})
    assert "没有新的内容" in back.content.decode()
    assert as_clerk.get(f"{IMPORT}nonsense/").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLERK])
def test_only_clerks_import(client: Client, agency: Agency, tmp_path: Path, role: Role) -> None:
    client.force_login(world.user(agency, "someone", [role]))
    assert client.get(IMPORT).status_code == 302
    assert client.get(f"{IMPORT}applications/").status_code == 302
    assert upload(client, tmp_path, OPEN).status_code == 302
    assert not Application.objects.exists()


def test_a_supervising_clerk_does_not_import_into_a_body_below(client: Client, agency: Agency, tmp_path: Path) -> None:
    agency.add_child(code="330302", name="区统计局")
    client.force_login(world.user(agency, "supervisor", [Role.CLERK], supervising=True))
    assert client.get(f"{IMPORT}?agency=330302").status_code == 302
