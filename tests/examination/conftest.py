"""What the tests of the examination share: a day, settings, an item to examine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from gongkai.examination import Attachment, Finding, Metadata, Passage, Settings, Subject, examine

TODAY = date(2020, 12, 1)


@pytest.fixture
def settings() -> Settings:
    return Settings(today=TODAY)


@pytest.fixture
def rules_of(settings: Settings) -> Callable[..., set[str]]:
    """The rules that find something in a text, with the item's particulars in order."""

    def find(text: str, label: str = "", **changes: Any) -> set[str]:
        given = Settings(**{"today": TODAY, **changes})
        return {each.rule for each in examine(an_item(Passage("正文第1段", text, "b1", label)), given)}

    return find


@pytest.fixture
def of_file(settings: Settings) -> Callable[[str, bytes], list[Finding]]:
    """What is found in an attachment."""

    def find(name: str, data: bytes) -> list[Finding]:
        return examine(an_item(files={name: data}), settings)

    return find


def an_item(*passages: Passage, files: dict[str, bytes] | None = None, **parts: Any) -> Subject:
    """An article without fault, with these passages and files."""

    def attached(name: str, data: bytes) -> Attachment:
        return Attachment(name, lambda: BytesIO(data), "file")

    return Subject(
        Metadata("统计局开展业务培训", openness="主动公开"),
        passages,
        attachments=tuple(attached(name, data) for name, data in (files or {}).items()),
        **parts,
    )


@pytest.fixture
def item() -> Callable[..., Subject]:
    return an_item
