"""What came in is registered once, on its day of receipt, with its proof, all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from gongkai.applications import services, vault
from gongkai.applications.intake import arriving, papers, telling
from gongkai.applications.intake.arriving import Incoming, take_in
from gongkai.applications.intake.papers import Paper
from gongkai.applications.models import Application, CaseFile, Channel, FileKind, Submission
from gongkai.applications.projection import rebuild
from gongkai.bureau.codes import SIGNS, hashed, matches, new_code, plain_code
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.tokens import new_token, read_token
from gongkai.law.errors import LawError
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.notices.models import Notice

from ..cases import PERSON

DAY = date(2020, 3, 2)
IDEA = Incoming(PERSON, "粮食播种面积", Channel.COUNTER, DAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "received"),
    [
        ({"channel": Channel.COUNTER}, DAY),
        ({"channel": Channel.SIGNED_POST}, DAY),
        ({"channel": Channel.ORDINARY_POST, "confirmed_on": DAY, "confirmed_how": "电话"}, DAY),
        ({"channel": Channel.ORDINARY_POST, "confirmed_on": DAY + timedelta(2), "confirmed_how": "电话"}, DAY),
        (
            {
                "channel": Channel.ORDINARY_POST,
                "confirmed_on": DAY + timedelta(2),
                "confirmed_how": "电话",
                "unreachable": True,
            },
            DAY + timedelta(2),
        ),
        ({"channel": Channel.FAX, "confirmed_on": DAY + timedelta(1), "confirmed_how": "电话"}, DAY),
        ({"channel": Channel.INTERNET}, DAY),
    ],
)
def test_each_channel_has_its_day_of_receipt(
    agency: Agency, clerk: User, changed: dict[str, Any], received: date
) -> None:
    taken = take_in(agency, replace(IDEA, **changed), new_token(), actor=clerk)
    assert taken.application.received_on == received
    assert taken.application.submission.arrived_on == DAY
    told = Entry.objects.filter(kind="receipt_confirmed").values_list("occurred_on", flat=True)
    assert list(told) == ([changed["confirmed_on"]] if "confirmed_on" in changed else [])
    assert rebuild(agency) == []


@pytest.mark.django_db
def test_a_letter_whose_sender_cannot_be_reached_waits(agency: Agency, clerk: User) -> None:
    with pytest.raises(LawError, match="尚未与申请人取得联系"):
        take_in(agency, replace(IDEA, channel=Channel.ORDINARY_POST, unreachable=True), new_token(), actor=clerk)
    assert not Application.objects.exists()


@pytest.mark.django_db
def test_only_clerks_register(agency: Agency) -> None:
    with pytest.raises(NotPermittedError, match="经办"):
        take_in(agency, IDEA, new_token(), actor=User.objects.create_user("other", agency=agency))


@pytest.mark.django_db
def test_what_fails_leaves_nothing_behind(agency: Agency, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(settings.MEDIA_ROOT) / vault.FOLDER
    before = set(folder.glob("*"))
    proof = Paper(b"%PDF-1", "proof.pdf", FileKind.REQUEST)
    monkeypatch.setattr(arriving, "tell_clerks", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_in(agency, replace(IDEA, papers=[proof, proof]), new_token(), actor=clerk)
    assert not Application.objects.exists()
    assert set(folder.glob("*")) == before
    monkeypatch.undo()
    taken = take_in(agency, IDEA, new_token(), actor=clerk)
    assert taken.application.number == "2020-00001", "the number was given back"


@contextmanager
def database_of_threads(folder: Path) -> Iterator[None]:
    """What an installation has: on SQLite the tables in a file, which connections share by its locks. The tests' own
    lie in memory, where a table that somebody writes to cannot even be read."""
    if connection.vendor != "sqlite":
        yield
        return
    path, told = folder / "threads.sqlite3", connections.databases["default"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    before = told["NAME"]
    told["NAME"] = str(path)
    try:
        yield
    finally:
        told["NAME"] = before


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_by_many_at_once_is_registered_once(agency: Agency, tmp_path: Path) -> None:
    """Double click, impatient retry, two windows: one application, one number, the same code for all."""
    forms = [new_token() for _ in range(3)]
    start = threading.Barrier(9)

    def send(place: int) -> tuple[str, str, bool]:
        try:
            start.wait(30)
            got = take_in(agency, replace(IDEA, channel=Channel.INTERNET), forms[place % 3])
            return got.application.number, got.query_code, got.is_new
        finally:
            connection.close()

    def look(_: int) -> tuple[int, int, object]:
        try:
            return Application.objects.count(), Submission.objects.count(), verify(agency)
        finally:
            connection.close()

    with database_of_threads(tmp_path), ThreadPoolExecutor(9) as pool:
        taken = list(pool.map(send, range(9)))
        assert list(pool.map(look, range(1))) == [(3, 3, None)]
    assert sorted({number for number, _, _ in taken}) == ["2020-00001", "2020-00002", "2020-00003"]
    assert len({(number, code) for number, code, _ in taken}) == 3
    assert sum(is_new for _, _, is_new in taken) == 3


@pytest.mark.django_db
def test_an_external_number_is_registered_once(agency: Agency, clerk: User) -> None:
    take_in(agency, replace(IDEA, external_number="浙-1"), new_token(), actor=clerk)
    with pytest.raises(NotPermittedError, match="浙-1 已经登记过"):
        take_in(agency, replace(IDEA, external_number="浙-1"), new_token(), actor=clerk)


@pytest.mark.django_db
def test_clerks_are_reminded_once_to_confirm_what_the_law_has_confirmed(agency: Agency, clerk: User) -> None:
    for channel in Channel:
        take_in(agency, replace(IDEA, channel=channel), new_token(), actor=clerk)
    Notice.objects.all().delete()
    now = timezone.now()
    assert telling.remind_to_confirm(now) == len(telling.TO_CONFIRM)
    assert telling.remind_to_confirm(now + timedelta(days=1)) == 0
    for application in telling.unconfirmed(agency):
        services.confirm_receipt(application, DAY, "电话", actor=clerk)
    assert not telling.unconfirmed(agency).exists()


@pytest.mark.django_db
def test_files_of_a_process_that_was_killed_are_swept(agency: Agency, clerk: User) -> None:
    taken = take_in(
        agency, replace(IDEA, papers=[Paper(b"%PDF-1", "a.pdf", FileKind.REQUEST)]), new_token(), actor=clerk
    )
    _, lost = vault.put_away(b"half done", vault.FOLDER)
    now = timezone.now()
    papers.sweep(now)
    assert (Path(settings.MEDIA_ROOT) / lost).exists(), "it may still be on its way"
    papers.sweep(now + timedelta(days=2))
    assert not (Path(settings.MEDIA_ROOT) / lost).exists()
    assert vault.read(CaseFile.objects.get(application=taken.application), None) == b"%PDF-1"


# --- Codes and tokens -----------------------------------------------------------------------------


def test_no_sign_of_a_code_looks_like_another() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == 31
    assert not set(SIGNS) & set("01ILO")
    assert len({new_code() for _ in range(200)}) == 200


def test_a_code_may_be_typed_as_people_type() -> None:
    code = new_code()
    stored = hashed(code)
    for typed in (
        code,
        code.lower(),
        code.replace("-", ""),
        f" {code} ",
        code.replace("-", " "),
        code.replace("-", "－"),
    ):
        assert matches(typed, stored), typed
    assert plain_code(code) not in stored.upper()
    assert stored != hashed(code), "salted"
    other = code[:-1] + next(sign for sign in SIGNS if sign != code[-1])
    assert not matches(other, stored)
    assert not matches(code, "")
    assert not matches("", "")
    assert not matches("", hashed(new_code()))


def test_a_form_is_known_again_and_no_other_is() -> None:
    token = new_token()
    back = read_token(token.written)
    assert back is not None
    assert (back.digest, back.query_code) == (token.digest, token.query_code)
    assert 0 <= back.age < 60
    for forged in ("", "x", token.written[:-1] + "x", token.written + "x", "a" * 5000, "é:1:2"):
        assert read_token(forged) is None
