"""Personal fields are unreadable in the database, found by their index, and survive a change of keys."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from gongkai.applications.models import Applicant
from gongkai.bureau.models import Agency
from gongkai.ledger.fields import KeyRing, UnreadableError, blind_index, blind_indexes
from gongkai.ledger.keyfile import new_key, secret_file
from gongkai.ledger.rotation import rotate

OLD, NEW = new_key(), new_key()
ID_NUMBER = "11010519491231002X"


def stored(applicant: Applicant, column: str) -> str:
    """What the database holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM applications_applicant WHERE id = %s", [applicant.pk])
        value: str = cursor.fetchone()[0]
    return value


@pytest.fixture
def applicant(agency: Agency, settings: Settings) -> Applicant:
    settings.FIELD_KEYS = OLD
    return Applicant.objects.create(agency=agency, kind="natural_person", name="张三", id_number=ID_NUMBER)


def test_the_database_holds_a_token_and_the_program_the_text(applicant: Applicant) -> None:
    assert "张三" not in stored(applicant, "name")
    assert stored(applicant, "name").startswith(KeyRing.parse(OLD).first + ".")
    assert Applicant.objects.get().name == "张三"
    assert stored(applicant, "phone") == ""


def test_equal_texts_are_different_tokens(applicant: Applicant) -> None:
    other = Applicant.objects.create(agency=applicant.agency, kind="natural_person", name="张三")
    assert stored(applicant, "name") != stored(other, "name")


def test_an_id_number_is_found_whatever_its_case_and_width(applicant: Applicant) -> None:
    field: Any = Applicant._meta.get_field("id_index")
    for typed in (ID_NUMBER, ID_NUMBER.lower(), f" {ID_NUMBER} ", "１１０１０５１９４９１２３１００２Ｘ"):
        assert Applicant.objects.get(id_index__in=field.candidates(typed)) == applicant
    assert blind_index("", "purpose") == ""
    assert blind_index("1", "one") != blind_index("1", "another")


def test_an_encrypted_field_cannot_be_searched(applicant: Applicant) -> None:
    for lookup in ("name", "name__contains", "name__in", "name__gt"):
        with pytest.raises(FieldError, match="encrypted"):
            Applicant.objects.filter(**{lookup: ["张三"] if lookup.endswith("in") else "张三"}).exists()
    assert Applicant.objects.filter(phone="", name__isnull=False).exists()


def test_a_token_that_was_altered_or_moved_does_not_open(applicant: Applicant) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE applications_applicant SET phone = name")
    with pytest.raises(UnreadableError, match="改动"):
        Applicant.objects.get()


def test_keys_are_rotated_without_losing_anything(applicant: Applicant, settings: Settings) -> None:
    index: Any = Applicant._meta.get_field("id_index")
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    before = Applicant.objects.get()
    assert (before.name, before.id_number) == ("张三", ID_NUMBER)
    assert Applicant.objects.filter(id_index__in=index.candidates(ID_NUMBER)).exists()
    assert rotate()["申请人"] == 1
    settings.FIELD_KEYS = NEW
    after = Applicant.objects.get()
    assert (after.name, after.id_number) == ("张三", ID_NUMBER)
    assert Applicant.objects.filter(id_index__in=index.candidates(ID_NUMBER)).exists()
    settings.FIELD_KEYS = OLD
    with pytest.raises(UnreadableError, match="密钥"):
        Applicant.objects.get()


@given(st.text(), st.binary(max_size=20))
def test_whatever_is_sealed_opens_in_its_own_column_only(text: str, context: bytes) -> None:
    ring = KeyRing.parse(f"{NEW},{OLD}")
    token = KeyRing.parse(OLD).encrypt(text.encode("utf-8", "ignore").decode(), context)
    assert ring.decrypt(token, context) == text.encode("utf-8", "ignore").decode()
    with pytest.raises(UnreadableError):
        ring.decrypt(token, context + b"x")


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(b"x" * 16).decode(), "！"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        KeyRing.parse(text)


def test_each_key_has_its_own_index_and_the_encrypting_key_comes_first(settings: Settings) -> None:
    settings.FIELD_KEYS = OLD
    old = blind_index("1", "purpose")
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    assert blind_indexes("1", "purpose") == [blind_index("1", "purpose"), old]
    assert blind_index("1", "purpose") != old


def test_a_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "a.key"
    made = secret_file(path, new_key)
    assert secret_file(path, new_key) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
