"""Applications that the provincial platform took in keep their number and are registered once."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.applications.intake.external import bring_in
from gongkai.applications.models import Application, Channel
from gongkai.applications.projection import rebuild
from gongkai.applications.sheets import APPLICATIONS
from gongkai.bureau.models import Agency, User
from gongkai.sheets.importing import import_book
from gongkai.sheets.safety import UnreadableFileError

pytestmark = pytest.mark.django_db
HERE = "/admin/applications/register/external/"
ROWS = [
    {
        "申请编号": "浙政公申2020-0001",
        "提交时间": "2020-03-02 09:30:00",
        "申请人类别": "公民",
        "姓名": "欧阳测试",
        "证件类型": "身份证",
        "证件号码": "11010519491231002X",
        "手机号码": "13800138000",
        "所需政府信息": "2019年粮食播种面积",
        "获取方式": "快递",
        "信息提供方式": "纸面",
    },
    {
        "申请编号": "浙政公申2020-0002",
        "提交时间": "2020-03-03 10:00:00",
        "申请人类别": "商业企业",
        "姓名": "某某公司",
        "证件号码": "91330300MA2CABCD12",
        "标题": "2019年统计公报",
    },
]


def as_json(rows: Any) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


def as_xlsx(rows: list[dict[str, str]]) -> bytes:
    written = BytesIO()
    headings = list(dict.fromkeys(name for row in rows for name in row))
    with xlsxwriter.Workbook(written) as workbook:
        sheet = workbook.add_worksheet("导出")
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [row.get(name, "") for name in headings])
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [(as_json(ROWS), "a.json"), (as_json({"code": 0, "data": ROWS}), "a.json"), (as_xlsx(ROWS), "a.xlsx")],
)
def test_an_export_is_registered_and_again_changes_nothing(
    agency: Agency, clerk: User, content: bytes, name: str
) -> None:
    first = bring_in(content, name, agency, actor=clerk)
    assert (first.errors, first.tally.created) == ([], 2)
    made = Application.objects.select_related("applicant").get(external_number="浙政公申2020-0001")
    assert (made.received_on, made.channel) == (date(2020, 3, 2), Channel.INTERNET)
    assert (made.applicant.name, made.applicant.id_type) == ("欧阳测试", "resident")
    assert (made.requested, made.provision, made.delivery) == ("2019年粮食播种面积", "paper", "post")
    assert Application.objects.get(external_number="浙政公申2020-0002").requested == "2019年统计公报"
    again = bring_in(content, name, agency, actor=clerk)
    assert (again.tally.created, again.tally.unchanged, Application.objects.count()) == (0, 2, 2)
    assert rebuild(agency) == []


def test_the_ledger_continues_the_same_case(agency: Agency, clerk: User, tmp_path: Path) -> None:
    bring_in(as_json(ROWS[:1]), "a.json", agency, actor=clerk)
    ledger = tmp_path / "台账.xlsx"
    ledger.write_bytes(
        as_xlsx(
            [
                {
                    "收件编号": "浙政公申2020-0001",
                    "收到日期": "2020-03-02",
                    "收到渠道": "互联网渠道",
                    "申请人类型": "自然人",
                    "答复日期": "2020-03-20",
                    "办理结果": "予以公开（提供该政府信息）",
                }
            ]
        )
    )
    result = import_book(APPLICATIONS, ledger, agency, actor=clerk)
    assert (result.errors, result.tally.updated) == ([], 1)
    assert Application.objects.get().outcome == "granted.provided"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"申请编号": ""}, "不能空着"),
        ({"提交时间": "昨天"}, "申请编号|提交时间|日期"),
        ({"提交时间": "2100-01-01"}, "今天之后"),
        ({"申请人类别": "火星人"}, "不在可填的范围"),
        ({"所需政府信息": ""}, "至少填一项"),
    ],
)
def test_a_bad_row_is_named_and_then_nothing_is_registered(
    agency: Agency, clerk: User, changed: dict[str, str], said: str
) -> None:
    result = bring_in(as_json([ROWS[1], ROWS[0] | changed]), "a.json", agency, actor=clerk)
    assert result.refused
    assert any(word in str(result.errors[0]) for word in said.split("|"))
    assert result.errors[0].number == 3
    assert "欧阳" not in str(result.errors[0])
    assert not Application.objects.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b'["a"]', b'{"data": 1}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_export_is_said_to_be_none(agency: Agency, clerk: User, content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        bring_in(content, "a.json", agency, actor=clerk)


def test_the_clerk_looks_before_anything_is_registered(desk: Client, agency: Agency) -> None:
    def send(content: bytes, name: str = "a.json", **more: str) -> Any:
        return desk.post(HERE, {"file": SimpleUploadedFile(name, content), **more})

    looked = send(as_json(ROWS), only_look="on")
    assert "将登记 2 件" in looked.content.decode()
    assert not Application.objects.exists()
    bad = send(as_json([ROWS[0] | {"申请人类别": "火星人"}]))
    assert bad.status_code == 422
    assert "不在可填的范围" in bad.content.decode()
    assert send(b"x", "a.exe").status_code == 422
    assert send(as_json(ROWS)).status_code == 302
    assert Application.objects.count() == 2
