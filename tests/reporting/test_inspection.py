"""年报核查: findings on the text itself; nothing is kept, nobody can wear the machine out, errors are Chinese."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual.forms import FORM_2019
from gongkai.annual.read import ReadError
from gongkai.annual.report import Paragraph, Report, Section, TableData, zeros
from gongkai.annual.write import render
from gongkai.bureau import throttle
from gongkai.bureau.models import Agency
from gongkai.reporting import inspection
from gongkai.reporting.inspection import BusyError, Upload
from gongkai.reporting.views import check as view

pytestmark = pytest.mark.anywhere

HERE = "/zfxxgknb/hecha/"
RIGHT = ("natural_person", "total")


def report(year: int = 2020, *, received: int = 14, said: int = 14, carried_in: int = 0) -> Report:
    """A report whose prose says ``said`` applications; it is right when that is ``received``."""
    tables = {number: zeros(FORM_2019, number) for number in FORM_2019.tables}
    for column in RIGHT:
        tables["3"]["received"][column] = received - carried_in
        tables["3"]["carried_in"][column] = carried_in
        tables["3"]["granted"][column] = tables["3"]["total"][column] = received
    words = {
        1: f"{year}年，我局全面落实条例。全年新收政府信息公开申请{said}件，均已按期办结。",
        5: "存在主动公开内容不够丰富的问题，下一步加强栏目建设，提高工作水平。",
        6: "没有其他需要报告的事项。",
    }
    return Report(
        "某市统计局",
        year,
        FORM_2019,
        title=f"某市统计局{year}年政府信息公开工作年度报告",
        sections=tuple(
            Section(head.number, head.title, (Paragraph(words[head.number]),) if head.number in words else ())
            for head in FORM_2019.sections
        ),
        tables={number: TableData(cells) for number, cells in tables.items()},
    )


def upload(content: Report | bytes, name: str = "年报.docx") -> SimpleUploadedFile:
    data = content if isinstance(content, bytes) else render(content, name.rsplit(".", 1)[1])
    return SimpleUploadedFile(name, data)


@pytest.fixture(autouse=True)
def fresh_cache(agency: Agency) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def parsed(response: object) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())  # type: ignore[attr-defined]


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "xlsx", "json"])
def test_a_right_report_has_nothing_to_say_against_it(client: Client, ending: str) -> None:
    response = client.post(HERE, {"report": upload(report(), f"年报.{ending}")})
    assert response.status_code == 200
    found = parsed(response)
    assert not found.css(".findings .fail")
    assert not found.css("td.gk-noted")


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "xlsx", "json"])
def test_what_does_not_agree_is_marked_in_the_sentence_and_in_the_cell(client: Client, ending: str) -> None:
    found = parsed(client.post(HERE, {"report": upload(report(said=41), f"年报.{ending}")}))
    finding = found.css_first(".findings li.fail")
    assert finding is not None
    assert "自相矛盾" in finding.text()
    assert "TEXT-TABLE" in finding.text()
    mark = found.css_first("mark")
    assert mark is not None
    assert "41件" in mark.text()
    labels = [node.text() for node in found.css(".paper sup")]
    assert labels == ["〔疑问1〕"], "said in words, not by colour alone"
    cell = found.css_first("td.gk-noted")
    assert cell is not None
    assert cell.attributes["id"] == "cell-3.received.total"
    assert "疑问1" in cell.text()
    anchors = {str(node.attributes["href"])[1:] for node in found.css('a[href^="#"]')}
    assert {"q-1", "f-1", "cell-3.received.total", "main"} <= anchors
    assert anchors <= {node.attributes["id"] for node in found.css("[id]")}


def test_last_years_report_is_compared_with(client: Client) -> None:
    sent = {"report": upload(report(carried_in=3)), "previous": upload(report(2019), "去年.docx")}
    assert "CARRY-OVER" in (parsed(client.post(HERE, sent)).html or "")
    sent = {"report": upload(report(carried_in=0)), "previous": upload(report(2019), "去年.docx")}
    assert "CARRY-OVER" not in (parsed(client.post(HERE, sent)).html or "")


def test_the_result_can_be_saved_as_the_command_prints_it(client: Client) -> None:
    found = parsed(client.post(HERE, {"report": upload(report(said=41))}))
    link = found.css_first("a[download]")
    assert link is not None
    assert link.attributes["download"] == "年报-核查结果.json"
    (carried,) = json.loads(base64.b64decode(str(link.attributes["href"]).split(",", 1)[1]))
    response = client.post(HERE, {"report": upload(report(said=41)), "as": "json"})
    assert response["Content-Type"] == "application/json"
    assert "filename*=utf-8''" in response["Content-Disposition"]
    (sent,) = json.loads(response.content)
    assert sent == carried
    assert (sent["agency"], sent["year"], sent["form"]) == ("某市统计局", 2020, "2019")
    assert sent["tables"]["3"]["received"]["total"] == 14
    assert [finding["rule"] for finding in sent["findings"] if finding["verdict"] == "FAIL"] == ["TEXT-TABLE"]


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({}, 400, "请选择"),
        ({"report": ("年报.docx", b"")}, 400, "空"),
        ({"report": ("年报.exe", b"MZ")}, 400, ".exe"),
        ({"report": ("年报", b"x")}, 400, "没有后缀"),
        ({"report": ("年报.docx", b"PK\x03\x04 broken")}, 422, "损坏"),
        ({"report": ("年报.pdf", b"%PDF-1.7 broken")}, 422, "PDF"),
        ({"report": ("年报.docx", b"\xd0\xcf\x11\xe0 old word")}, 422, "另存为"),
        ({"report": ("年报.txt", "今天天气很好。".encode())}, 422, "年度报告"),
        ({"report": ("年报.txt", b"x" * 20_000_001)}, 400, "20 MB"),
    ],
    ids=["nothing", "empty", "exe", "no ending", "zip", "pdf", "doc", "no report", "large"],
)
def test_a_file_that_cannot_be_checked_brings_the_form_back_with_the_reason(
    client: Client, sent: dict[str, tuple[str, bytes]], status: int, said: str
) -> None:
    response = client.post(HERE, {name: SimpleUploadedFile(*each) for name, each in sent.items()})
    assert response.status_code == status
    found = parsed(response)
    error = found.css_first(".error")
    assert error is not None
    assert said in error.text()
    assert found.css_first("input[name=report]").attributes["aria-invalid"] == "true"  # type: ignore[union-attr]


def test_it_is_said_which_of_two_files_cannot_be_read(client: Client) -> None:
    sent = {"report": upload(report()), "previous": SimpleUploadedFile("去年.docx", b"PK\x03\x04 broken")}
    response = client.post(HERE, sent)
    assert response.status_code == 422
    found = parsed(response)
    assert found.css_first("input[name=previous]").attributes.get("aria-invalid") == "true"  # type: ignore[union-attr]
    assert "aria-invalid" not in found.css_first("input[name=report]").attributes  # type: ignore[union-attr]


def test_a_body_that_is_too_large_is_refused_before_it_is_read() -> None:
    request = RequestFactory().post(
        HERE, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="900000000"
    )
    request._read_started = True  # whoever reads the body now gets an error
    response = view.inspect(request)
    assert response.status_code == 413
    assert "20 MB" in response.content.decode()


def test_a_hostile_file_name_is_printed_and_not_obeyed(client: Client) -> None:
    name = "<img src=x onerror=alert(1)>.docx"
    text = client.post(HERE, {"report": upload(report(), name)}).content.decode()
    assert "<img" not in text
    assert "&lt;img src=x" in text


def test_hostile_words_in_a_report_are_printed_and_not_obeyed(client: Client) -> None:
    hostile = report().sections[0]
    text = report()
    sections = (
        Section(1, hostile.title, (Paragraph("<script>alert(1)</script>，收到申请41件。"),)),
        *text.sections[1:],
    )
    sent = render(Report(text.agency, 2020, FORM_2019, text.title, sections=sections, tables=text.tables), "docx")
    page = client.post(HERE, {"report": upload(sent)}).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_form_from_elsewhere_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(HERE, {"report": upload(report())}).status_code == 403


def test_nothing_that_is_sent_is_kept(client: Client, installation: Path) -> None:
    before = sorted(installation.rglob("*"))
    response = client.post(HERE, {"report": upload(report(said=41))})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert sorted(installation.rglob("*")) == before
    kept = [key for key in getattr(cache, "_cache", {}) if "throttle:inspect" not in key]
    assert kept == []


def test_one_client_may_check_only_so_often_and_another_is_not_held_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "TIMES", 2)
    for _ in range(2):
        assert client.post(HERE, {}).status_code == 400
    response = client.post(HERE, {"report": upload(report())})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "核查次数过多" in response.content.decode()
    assert client.post(HERE, {}, REMOTE_ADDR="203.0.113.9").status_code == 400
    assert client.get(HERE).status_code == 200, "reading the page costs nothing"


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "client"),
    [
        ("203.0.113.5", "", 0, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", 0, "203.0.113.5"),
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", "", 0, "203.0.113.5"),
    ],
)
def test_who_the_client_is(remote: str, forwarded: str, proxies: int, client: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded} if forwarded else {})
    with override_settings(GONGKAI_PROXIES=proxies):
        assert throttle.client_of(request) == client


def is_running(pid: int) -> bool:
    """Whether a process still runs; one that was ended and not yet collected does not."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_file_that_takes_too_long_is_given_up_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The worker is replaced by one that starts a child and never answers."""
    note = tmp_path / "child"
    sleep = "import time; time.sleep(60)"
    endless = (
        "import pathlib, subprocess, sys, time; "
        f"child = subprocess.Popen([sys.executable, '-c', '{sleep}']); "
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid)); {sleep}"
    )
    monkeypatch.setattr(inspection, "TIME_LIMIT", 3)
    monkeypatch.setattr(inspection, "COMMAND", [sys.executable, "-c", endless])
    with pytest.raises(ReadError, match="没有读完"):
        inspection.inspect(Upload("x.docx", b"x"))
    child = int(note.read_text())
    for _ in range(100):  # the system ends a killed process when it comes to it
        if not is_running(child):
            break
        time.sleep(0.05)
    assert not is_running(child)


def test_a_worker_that_dies_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "COMMAND", [sys.executable, "-c", "raise SystemExit(9)"])
    with pytest.raises(ReadError, match="不能读取"):
        inspection.inspect(Upload("x.docx", b"x"))


def test_too_many_at_once_are_asked_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "PATIENCE", 0.01)
    for _ in range(inspection.AT_ONCE):
        inspection._turns.acquire()
    try:
        with pytest.raises(BusyError):
            inspection.inspect(Upload("x.docx", b"x"))
        response = client.post(HERE, {"report": upload(report())})
        assert response.status_code == 503
        assert "稍后再试" in response.content.decode()
    finally:
        for _ in range(inspection.AT_ONCE):
            inspection._turns.release()
    assert client.post(HERE, {"report": upload(report())}).status_code == 200


def test_turns_are_given_back_after_a_failure() -> None:
    for _ in range(inspection.AT_ONCE + 1):
        with pytest.raises(ReadError):
            inspection.inspect(Upload("x.docx", b"PK\x03\x04 broken"))


def test_the_worker_reads_without_django() -> None:
    code = "import sys, gongkai.reporting.worker; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
