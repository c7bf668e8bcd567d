"""文书模板 and 文号 in the back office: for whom, and what a refused upload says."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.applications.letters import issue
from gongkai.applications.letters.checking import check
from gongkai.applications.letters.filling import fill, text_of
from gongkai.applications.letters.numbers import patterns
from gongkai.applications.letters.points import required
from gongkai.applications.letters.sample import sample
from gongkai.applications.letters.store import built_in, current
from gongkai.applications.models import LetterTemplate
from gongkai.bureau.models import Agency, User
from gongkai.law.letters import letters

from .test_templates import BASE, with_paragraph, without
from .world import DAY, World, fields

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
LIST, KIND = reverse("letters:templates"), reverse("letters:template", args=["not_held"])


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def upload(user: User, content: bytes, note: str = "") -> tuple[int, str]:
    file = SimpleUploadedFile("模板.docx", content)
    answer = client(user).post(KIND, {"file": file, "note": note}, follow=True)
    return answer.status_code, answer.content.decode()


def test_every_kind_is_listed_with_its_template(world: World) -> None:
    LetterTemplate.objects.create(agency=world.agency, code="denial", version=1, content=b"x", digest="d")
    page = client(world.handler).get(LIST).content.decode()
    for letter in letters().values():
        assert letter.title in page
    assert page.count("内置") >= len(letters()) - 1
    assert "本机关的第 1 版" in page


def test_the_list_asks_as_often_with_many_versions(world: World) -> None:
    browser = client(world.clerk)
    browser.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as before:
        browser.get(LIST)
    for code in letters():
        LetterTemplate.objects.create(agency=world.agency, code=code, version=1, content=BASE, digest="d")
    with CaptureQueriesContext(connection) as after:
        browser.get(LIST)
    assert len(after) == len(before)
    assert not any('"content"' in query["sql"] and "lettertemplate" in query["sql"] for query in after.captured_queries)


def test_an_upload_is_checked_and_put_into_use(world: World) -> None:
    status, page = upload(world.clerk, with_paragraph("另加的一句。"), "加一句")
    assert status == 200
    assert "第 1 版已经启用" in page
    assert "加一句" in page
    assert current(world.agency, "not_held").version == 1


def test_a_refused_upload_names_its_faults_and_keeps_what_was_written(world: World) -> None:
    status, page = upload(world.clerk, with_paragraph("依据条例第三十六条", without("{{ remedies }}")), "我的说明")
    assert status == 422
    assert "第三十六条" in page
    assert "缺少“救济途径”的位置" in page
    assert "我的说明" in page
    assert not LetterTemplate.objects.exists()
    assert upload(world.clerk, b"")[0] == 422


def test_who_does_not_keep_templates_sees_them_and_changes_nothing(world: World) -> None:
    page = client(world.handler).get(KIND).content.decode()
    assert "换用自己的模板" not in page
    assert "须有（检索情况及结果）" in page
    # Wagtail leads whoever may not do something back to the first screen.
    client(world.handler).post(KIND, {"file": SimpleUploadedFile("模板.docx", BASE)})
    client(world.handler).post(reverse("letters:revert", args=["not_held"]), {"version": "0"})
    client(world.handler).post(reverse("letters:numbers"), {})
    assert not LetterTemplate.objects.exists()


def test_others_agencies_do_not_exist(world: World) -> None:
    Agency.add_root(code="other", name="别的局")
    browser = client(world.clerk)
    assert browser.get(LIST, {"agency": "other"}).status_code == 404
    assert browser.get(reverse("letters:template", args=["love-letter"])).status_code == 404
    assert browser.get(reverse("letters:download_version", args=["not_held", 7])).status_code == 404


def test_a_template_is_downloaded_and_looked_at(world: World) -> None:
    browser = client(world.handler)
    answer = browser.get(reverse("letters:download", args=["not_held"]))
    assert answer.content == BASE
    check("not_held", answer.content)
    preview = browser.get(reverse("letters:preview", args=["not_held"]))
    assert preview.content.startswith(b"%PDF")
    assert "no-store" in preview["Cache-Control"]


@pytest.mark.parametrize("code", letters())
def test_the_invented_case_fills_every_place(world: World, code: str) -> None:
    bare = Agency.objects.create(code="bare", name="新设的局", path="9999", depth=1)
    said = sample(bare, code)
    text = text_of(fill(built_in(code).content, said))
    for name in required(code):
        value = said[name]
        assert value, name
        assert isinstance(value, list) or str(value) in text, name


def test_an_earlier_version_is_taken_back(world: World) -> None:
    first = with_paragraph("第一版")
    upload(world.clerk, first)
    upload(world.clerk, with_paragraph("第二版"))
    answer = client(world.clerk).post(reverse("letters:revert", args=["not_held"]), {"version": "1"}, follow=True)
    assert "已经恢复" in answer.content.decode()
    assert current(world.agency, "not_held").content == first
    for wrong in ("", "x", "99", "9" * 30):
        answer = client(world.clerk).post(reverse("letters:revert", args=["not_held"]), {"version": wrong}, follow=True)
        assert answer.status_code == 200
    assert LetterTemplate.objects.count() == 3


def numbers(**changes: str) -> dict[str, str]:
    told = {
        "reply": "温统〔{year}〕{number}号",
        "notice": "温统告〔{year}〕{number}号",
        "consult": "温统函〔{year}〕{number}号",
    }
    return told | changes


def test_numbers_are_set_and_used(world: World) -> None:
    address = reverse("letters:numbers")
    answer = client(world.clerk).post(address, numbers(notice_last="12"), follow=True)
    assert "已经保存" in answer.content.decode()
    assert patterns(world.agency)["consult"] == "温统函〔{year}〕{number}号"
    letter = issue(world.application, "consultation_notice", fields("consultation_notice"), world.clerk, DAY)
    assert letter.document_number == "温统告〔2025〕1号", "each year counts by itself"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"reply": "没有序号〔{year}〕"}, "须有一个 {year}"),
        ({"reply": ""}, "必需"),
        ({"notice_last": "-1"}, "大于或等于"),
    ],
)
def test_wrong_numbers_come_back_as_they_were_typed(world: World, changes: dict[str, str], reason: str) -> None:
    answer = client(world.clerk).post(reverse("letters:numbers"), numbers(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert reason in page
    assert "温统函〔{year}〕{number}号" in page
    assert patterns(world.agency)["consult"].startswith("温统信公函")


def test_numbers_never_go_back(world: World) -> None:
    address = reverse("letters:numbers")
    client(world.clerk).post(address, numbers(reply_last="30"))
    answer = client(world.clerk).post(address, numbers(consult="别的〔{year}〕{number}号", reply_last="10"))
    assert answer.status_code == 422
    assert "不能退回到 10 号" in answer.content.decode()
    assert patterns(world.agency)["consult"] == "温统函〔{year}〕{number}号", "all or nothing"
