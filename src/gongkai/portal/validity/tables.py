"""Documents and the entries of a clean-up as tables, on the page and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.ui.tables import Column as TableColumn

from gongkai.law.validity import Validity

from ..duties.lists import name_of
from ..models import CleanupEntry, Duty, Publication
from ..queries import validity_of

_ENDED = (Validity.LAPSED, Validity.REPEALED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document, its validity on the day of the list, and who keeps its column."""

    document: Publication
    state: Validity | None
    day: date
    duty: Duty | None

    @property
    def left(self) -> int | None:
        """Days until the last one of its period; ``None`` without end, or where it has ended."""
        if self.document.expires_on is None or self.state in _ENDED:
            return None
        return (self.document.expires_on - self.day).days


def listed(document: Publication, day: date, duties: Mapping[int, Duty]) -> Listed:
    return Listed(document, validity_of(document, day), day, duties.get(document.column_id))


class StateColumn(TableColumn):
    """有效性, always in words; what has ended is marked."""

    def __init__(self) -> None:
        super().__init__("state", label="有效性", classname="gk-nowrap gk-narrow")

    def get_value(self, instance: Listed) -> Any:
        tone = " gk-tag--overdue" if instance.state in _ENDED else ""
        return format_html('<span class="gk-tag{}">{}</span>', tone, self.plain(instance))

    def plain(self, instance: Listed) -> str:
        return str(instance.state or "未注明")


class LeftColumn(TableColumn):
    """How long a document is in force yet."""

    def __init__(self, warned: int) -> None:
        super().__init__("left", label="还剩", classname="gk-nowrap gk-narrow")
        self.warned = warned

    def get_value(self, instance: Listed) -> Any:
        words = self.plain(instance)
        if instance.left is None or instance.left > self.warned:
            return words
        return format_html('<span class="gk-tag gk-tag--due_soon">{}</span>', words)

    def plain(self, instance: Listed) -> str:
        if instance.left is None:
            return ""
        return f"{instance.left} 天" if instance.left else "今天到期"


class TitleColumn(TableColumn):
    """The title, which leads to the page of the item."""

    def __init__(self) -> None:
        super().__init__("title", label="文件名称", classname="gk-wide")

    def get_value(self, instance: Listed) -> Any:
        item = instance.document.item_id
        return format_html('<a href="{}">{}</a>', reverse("portal_items:item", args=[item]), instance.document.title)

    def plain(self, instance: Listed) -> str:
        return instance.document.title


def documents_columns(warned: int) -> list[TableColumn]:
    """The columns of the list; ``warned``: days before its end from which a document is marked."""
    return [
        TitleColumn(),
        _plain("number", "文号", lambda row: row.document.document_number, "gk-nowrap"),
        _plain("class", "文件类别", lambda row: row.document.get_document_class_display(), "gk-nowrap"),
        _plain("formed", "成文日期", lambda row: str(row.document.formed_on or ""), "gk-nowrap"),
        StateColumn(),
        _plain("expires", "有效期至", lambda row: str(row.document.expires_on or "长期"), "gk-nowrap"),
        LeftColumn(warned),
        _plain("ended_by", "据以处理的文件", lambda row: str(row.document.ended_by or "")),
        _plain("department", "承办处室", lambda row: str(row.document.department or "")),
        _plain("keeper", "责任人", lambda row: name_of(row.duty.keeper) if row.duty else "未指定"),
    ]


class TickColumn(TableColumn):
    """A box before each document of a clean-up."""

    def __init__(self, chosen: set[str]) -> None:
        super().__init__("tick", label="选择", width="1%")
        self.chosen = chosen

    def get_value(self, instance: CleanupEntry) -> Any:
        return format_html(
            '<input type="checkbox" name="entry" value="{0}" id="e-{0}" aria-label="选择：{1}"{2}>',
            instance.pk,
            instance.publication.title,
            " checked" if str(instance.pk) in self.chosen else "",
        )


def entries_columns() -> list[TableColumn]:
    """The documents of a clean-up with what was concluded."""
    return [
        _plain("title", "文件名称", lambda entry: entry.publication.title, "gk-wide"),
        _plain("number", "文号", lambda entry: entry.publication.document_number, "gk-nowrap"),
        _plain("formed", "成文日期", lambda entry: str(entry.publication.formed_on or ""), "gk-nowrap"),
        _plain("expires", "现有效期至", lambda entry: str(entry.publication.expires_on or "长期"), "gk-nowrap"),
        _plain("department", "承办处室", lambda entry: str(entry.publication.department or "")),
        ConclusionColumn(),
        _plain("until", "新的有效期至", lambda entry: str(entry.until or ""), "gk-nowrap"),
        _plain("reason", "理由", lambda entry: entry.reason),
        _plain("by", "提出人", lambda entry: name_of(entry.concluded_by)),
    ]


class ConclusionColumn(TableColumn):
    """What was concluded; what is still open is marked."""

    def __init__(self) -> None:
        super().__init__("conclusion", label="清理意见", classname="gk-nowrap")

    def get_value(self, instance: CleanupEntry) -> Any:
        tone = "" if instance.conclusion else " gk-tag--due_soon"
        return format_html('<span class="gk-tag{}">{}</span>', tone, self.plain(instance))

    def plain(self, instance: CleanupEntry) -> str:
        return instance.get_conclusion_display() or "没有意见"


def _plain(name: str, label: str, value: Callable[[Any], str], classname: str = "") -> TableColumn:
    return TableColumn(name, label=label, accessor=value, classname=classname or None)
