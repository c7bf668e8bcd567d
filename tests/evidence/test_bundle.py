"""What the bundle of a case holds, what others see of it, and who may take it."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.applications import services
from gongkai.applications.coordination import services as coordinating
from gongkai.applications.coordination.models import Form, Trigger
from gongkai.applications.models import Access, CaseFile, Channel, FileKind
from gongkai.bureau.models import Department
from gongkai.bureau.roles import NotPermittedError
from gongkai.disputes.models import DisputeFile, FileAccess
from gongkai.evidence.masking import HIDDEN, Mask
from gongkai.evidence.services import make
from gongkai.evidence.verifying import verify
from gongkai.ledger import triggers
from gongkai.ledger.models import Entry

from ..applications.cases import PERSON
from .conftest import NOW, REFUSED, SECRETS, World

pytestmark = pytest.mark.anywhere


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    return "".join(each for each in words if each.isprintable() and not each.isspace())


def test_everything_of_the_case_is_in_it_in_order(world: World) -> None:
    found = files(make(world.application, now=NOW).content)
    assert list(found) == [
        "目录.pdf",
        "怎样核对.txt",
        "01-登记与收件/1-申请与收件.pdf",
        "01-登记与收件/2-身份证明.png",
        "02-办理过程/1-办理经过.pdf",
        "02-办理过程/2-期限计算.pdf",
        "02-办理过程/3-文书/01-政府信息不存在告知书.docx",
        "02-办理过程/3-文书/01-政府信息不存在告知书.pdf",
        "02-办理过程/4-送达凭证/01-政府信息不存在告知书的送达凭证.pdf",
        "02-办理过程/5-办理材料/0-办理材料.pdf",
        "02-办理过程/6-复议诉讼材料/01-申请书（起诉状、上诉状）副本.pdf",
        "03-台账/本案记录.jsonl",
        "03-台账/机关摘要链.txt",
        "manifest.json",
        "manifest.sig",
    ]
    intake, course, clock = (text(found[each]) for each in list(found)[2:6] if each.endswith("pdf"))
    assert "欧阳测试" in intake
    assert "传真" in intake
    for words in ("签发", "温统信公〔2025〕1号", "简易程序", "EMS1"):
        assert words in course
    for words in ("2025年3月31日", "在期限之内", "行政复议法（2023）第五十四条", "chinesecalendar"):
        assert words in clock
    assert REFUSED in text(found["02-办理过程/5-办理材料/0-办理材料.pdf"])
    assert REFUSED in text(found["02-办理过程/3-文书/01-政府信息不存在告知书.pdf"])
    listed = text(found["目录.pdf"])
    manifest = json.loads(found["manifest.json"])
    assert all(each["sha256"] in listed for each in manifest["files"] if each["path"] != "目录.pdf")


def test_the_ledger_is_told_of_this_case_alone(world: World) -> None:
    found = files(make(world.application, now=NOW).content)
    entries = [json.loads(line) for line in found["03-台账/本案记录.jsonl"].decode().splitlines()]
    own = Entry.objects.filter(stream_id=world.application.pk, stream="applications.application").count()
    heard = Entry.objects.filter(stream="disputes.dispute").count()
    assert len(entries) == own + heard
    chain = found["03-台账/机关摘要链.txt"].decode().splitlines()
    assert len(chain) == Entry.objects.count() > len(entries)
    foreign = Entry.objects.exclude(position__in=[each["position"] for each in entries])
    assert foreign.exists()
    everything = b"".join(found.values()).decode(errors="ignore")
    for entry in foreign:
        assert entry.payload not in everything
        assert entry.digest in everything


def test_the_same_case_at_the_same_moment_is_the_same_bytes(world: World) -> None:
    for redacted in (False, True):
        first = make(world.application, redacted=redacted, now=NOW).content
        assert first == make(world.application, redacted=redacted, now=NOW).content


def test_third_parties_get_nothing_that_names_the_applicant(world: World, tmp_path: Path) -> None:
    bundle = make(world.application, redacted=True, now=NOW)
    found = files(bundle.content)
    for name, content in found.items():
        words = text(content) if name.endswith(".pdf") else content.decode()
        words = "".join(words.split())
        for secret in (*SECRETS, "13800138000"):
            assert secret not in words, (name, secret)
            assert secret not in name
        assert b"PNG id" not in content
        assert b"scan" not in content
    letter = text(found["02-办理过程/3-文书/01-政府信息不存在告知书（遮盖）.pdf"])
    assert REFUSED in letter
    assert HIDDEN in letter
    reasons = {each.reason for each in bundle.manifest.withheld}
    assert reasons == {"可能含有个人信息，第三方版本不提供原件"}
    assert {each.sha256 for each in bundle.manifest.withheld} == {
        *CaseFile.objects.exclude(kind=FileKind.LETTER).values_list("digest", flat=True),
        *DisputeFile.objects.values_list("digest", flat=True),
    }
    path = tmp_path / "r.zip"
    path.write_bytes(bundle.content)
    assert verify(path).holds


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("欧阳测试的电话", f"{HIDDEN}的电话"),
        ("欧 阳\n测试", HIDDEN),
        ("证件110105 19491231 002x。", f"证件{HIDDEN}。"),
        ("１３９００１３９０００", HIDDEN),
        ("139-0013-9000", HIDDEN),
        ("someone.else@example.com", HIDDEN),
        ("0577-88888888", HIDDEN),
        ("2025-03-03 收到", "2025-03-03 收到"),
        ("温统信公〔2025〕1号，共 1234 件", "温统信公〔2025〕1号，共 1234 件"),
    ],
)
def test_names_and_numbers_are_hidden_however_they_are_written(world: World, written: str, left: str) -> None:
    assert Mask.of(world.application.applicant, redacted=True)(written) == left
    assert Mask.of(world.application.applicant, redacted=False)(written) == written


def test_an_entry_in_which_somebody_wrote_the_name_stays_out_of_what_others_get(world: World, tmp_path: Path) -> None:
    from gongkai.applications import services

    other = services.register(
        world.agency,
        NOW.date(),
        services.Person(world.application.applicant.kind, name="欧阳测试"),
        "x",
        external_number="欧阳测试-1",
        channel="fax",
    )
    bundle = make(other, redacted=True, now=NOW)
    assert [each.reason for each in bundle.manifest.withheld] == ["文字中写有个人信息"]
    assert "欧阳" not in b"".join(files(bundle.content).values()).decode(errors="ignore")


def test_what_was_agreed_with_another_body_is_in_it_and_its_words_are_not_for_third_parties(
    world: World, tmp_path: Path
) -> None:
    county = world.agency.add_child(code="330381-tj", name="瑞安市统计局")
    day = date(2025, 3, 10)
    application = services.register(world.agency, day, PERSON, "分乡镇播种面积", channel=Channel.INTERNET)
    department = Department.objects.get(agency=world.agency)
    services.assign(application, day, department, actor=world.people["clerk"])
    services.sign_for(application, day, department, actor=world.people["handler"])
    one = coordinating.open_coordination(
        application,
        day,
        question="这张表能否公开",
        shown="分乡镇播种面积",
        trigger=Trigger.OTHER_MAKER,
        form=Form.LETTER,
        actor=world.people["handler"],
    )
    coordinating.ask(one, day, coordinating.whom_of(county), actor=world.people["handler"])
    for redacted in (False, True):
        found = files((made := make(application, redacted=redacted, now=NOW)).content)
        page = text(found["02-办理过程/5-办理材料/0-会商与转送.pdf"])
        assert ("这张表能否公开" in page) is not redacted
        for words in ("瑞安市统计局", "发起会商", "征求意见", "待答复"):
            assert words in page
        kinds = [json.loads(line)["stream"] for line in found["03-台账/本案记录.jsonl"].decode().splitlines()]
        assert kinds.count("applications.coordination") == 2
        path = tmp_path / f"{redacted}.zip"
        path.write_bytes(made.content)
        assert verify(path).holds


def test_a_lost_file_stops_the_bundle_and_says_which(world: World) -> None:
    file = CaseFile.objects.get(kind=FileKind.SERVICE_PROOF)
    default_storage.delete(file.path)
    with pytest.raises(NotPermittedError, match=r"送达凭证 #.*从备份恢复"):
        make(world.application)


def test_an_erased_file_is_named_with_its_digest(world: World) -> None:
    from gongkai.applications import vault

    file = CaseFile.objects.get(kind=FileKind.ID_PROOF)
    vault.erase(file)
    found = make(world.application, now=NOW).manifest.withheld
    assert [(each.reason, each.sha256) for each in found] == [("已按保存期限清除", file.digest)]


@pytest.mark.parametrize("change", ["payload = payload || ' '", "digest = previous"])
@pytest.mark.parametrize("own", [True, False])
def test_nothing_is_signed_over_a_ledger_that_was_altered(world: World, change: str, own: bool) -> None:
    triggers.remove(connection)
    entry = (
        Entry.objects.filter(stream_id=world.application.pk).order_by("position")[1]
        if own
        else Entry.objects.get(position=1 if Entry.objects.get(position=1).stream_id != world.application.pk else 2)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET {change} WHERE id = %s", [entry.pk])
    triggers.install(connection)
    if own or "digest" in change:
        with pytest.raises(NotPermittedError, match="不能生成证据包"):
            make(world.application)
    else:
        # What others' entries say is not looked at here: `gongkai verify` of the whole ledger does that.
        assert make(world.application).manifest.chain.position == Entry.objects.count()


def test_who_takes_it_is_on_record_and_only_clerks_and_the_leader_do(world: World) -> None:
    url = f"/admin/evidence/{world.application.pk}/"
    for name, user in world.people.items():
        client = Client()
        client.force_login(user)
        allowed = name in ("clerk", "leader")
        assert client.get(url).status_code == (200 if allowed else 404)
        answer = client.post(url, {"variant": "full"})
        assert answer.status_code == (200 if allowed else 404)
        if allowed:
            assert answer["Content-Type"] == "application/zip"
            assert "manifest.json" in files(answer.content)
        page = client.get(f"/admin/applications/{world.application.pk}/").content.decode()
        assert (url in page) == allowed
        page = client.get(f"/admin/disputes/{world.dispute.pk}/").content.decode()
        assert (url in page) == allowed
    assert sorted(each.user.username for each in Access.objects.filter(what__startswith="证据包")) == [
        "clerk",
        "leader",
    ]
    assert FileAccess.objects.filter(dispute=world.dispute).count() == 2


def test_a_variant_that_is_none_comes_back_with_what_to_do(world: World) -> None:
    client = Client()
    client.force_login(world.people["clerk"])
    answer = client.post(f"/admin/evidence/{world.application.pk}/", {"variant": "x"})
    assert answer.status_code == 422
    assert "请选择版本" in answer.content.decode()
    assert not Access.objects.filter(what__startswith="证据包").exists()


def test_it_asks_as_often_of_many_papers_as_of_few(world: World) -> None:
    from gongkai.applications import services, vault

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            make(world.application, now=NOW)
        return len(captured)

    few = queries()
    for number in range(5):
        vault.keep(world.application, b"x", f"{number}.txt", FileKind.CORRECTION)
        services.file_evidence(world.application, NOW.date(), "explanation", "说明", actor=world.people["handler"])
    assert queries() == few
