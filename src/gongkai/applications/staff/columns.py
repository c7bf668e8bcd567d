"""The columns of the list: which there are, which are shown unless somebody chose, how each stands on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.html import format_html
from wagtail.admin.ui.tables import Column, TitleColumn

from gongkai.law.outcomes import outcome
from gongkai.law.wording import chinese_day

from ..models import Application, Status
from ..queries import PAUSED, Urgency, days_left, urgency_of
from .base import case_address

FIXED = ("number",)
DEFAULT = ("urgency", "status", "stage", "applicant_kind", "lead", "received_on", "due_on", "outcome")


class ChooseColumn(Column):
    """A box before each application, for the buttons under the list."""

    cell_template_name = "applications/staff/includes/choose_cell.html"
    is_on_paper = False

    def __init__(self) -> None:
        super().__init__("pk", label="选中", classname="gk-nowrap", width="1%")


class WordColumn(Column):
    """What a function says of an application."""

    def __init__(self, name: str, label: str, words: Callable[[Application], Any], **options: Any) -> None:
        super().__init__(name, label=label, **{"classname": "gk-nowrap", **options})
        self.words = words

    def get_value(self, instance: Model) -> Any:
        assert isinstance(instance, Application)  # the list has nothing else
        return self.words(instance)

    def plain(self, instance: Application) -> Any:
        return self.words(instance)


class UrgencyColumn(WordColumn):
    """Where an open application stands: always in words, and in colour where something is to be done."""

    def __init__(self) -> None:
        super().__init__("urgency", "期限情况", lambda each: standing(each)[1])

    def get_value(self, instance: Model) -> Any:
        assert isinstance(instance, Application)
        kind, words = standing(instance)
        return format_html('<span class="gk-tag gk-tag--{}">{}</span>', kind, words) if kind else ""


class StatusColumn(WordColumn):
    """Where it stands; what was put off says so, for an extension is no delay."""

    def __init__(self) -> None:
        super().__init__("status", "状态", _status)

    def get_value(self, instance: Model) -> Any:
        assert isinstance(instance, Application)
        words = instance.get_status_display()
        extended = (
            format_html(' <span class="gk-tag gk-tag--extended">{}</span>', "已延期") if _put_off(instance) else ""
        )
        return format_html('<span class="gk-tag gk-tag--{}">{}</span>{}', instance.status, words, extended)


def standing(application: Application) -> tuple[str, str]:
    """The class of an application today and what to say of it; nothing of a closed one."""
    urgency = urgency_of(application, timezone.localdate())
    if urgency is None:
        return "", ""
    if urgency is Urgency.PAUSED or application.due_on is None:
        return urgency.value, urgency.label
    return urgency.value, days_left(application.due_on, timezone.localdate())


def _put_off(application: Application) -> bool:
    return application.extended_on is not None and application.status != Status.CLOSED


def _status(application: Application) -> str:
    return f"{application.get_status_display()}{'，已延期' if _put_off(application) else ''}"


def _day(name: str) -> Callable[[Application], str]:
    def words(application: Application) -> str:
        found = getattr(application, name)
        return chinese_day(found) if found else ""

    return words


def _due(application: Application) -> str:
    """The day; none while the period stands still, for it would be another by the time it runs again."""
    if application.status in PAUSED:
        return "恢复计算后确定"
    return chinese_day(application.due_on) if application.due_on else ""


def _all() -> list[Column]:
    return [
        TitleColumn("number", label="登记编号", get_url=lambda each: case_address(each.pk), sort_key="number"),
        UrgencyColumn(),
        StatusColumn(),
        WordColumn("stage", "办理环节", lambda each: each.get_stage_display()),
        WordColumn("applicant_kind", "申请人", lambda each: each.get_applicant_kind_display()),
        WordColumn("lead", "主办处室", lambda each: str(each.lead or "")),
        WordColumn("channel", "收到渠道", lambda each: each.get_channel_display() if each.channel else ""),
        WordColumn("received_on", "收到日期", _day("received_on"), sort_key="received_on"),
        WordColumn("due_on", "答复期限", _due, sort_key="due_on"),
        WordColumn("closed_on", "答复日期", _day("closed_on"), sort_key="closed_on"),
        WordColumn("outcome", "办理结果", lambda each: outcome(each.outcome).label if each.outcome else ""),
        WordColumn("document_number", "答复文号", lambda each: each.document_number),
        WordColumn("external_number", "收件编号", lambda each: each.external_number),
        WordColumn(
            "handled_days", "实际办理工作日", lambda each: _number(each.handled_days), classname="gk-number gk-nowrap"
        ),
    ]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def choices() -> list[tuple[str, str]]:
    """The columns that may be chosen."""
    return [(column.name, str(column.label)) for column in _all() if column.name not in FIXED]


def chosen(names: Iterable[str]) -> list[Column]:
    """The columns of these names in their order; the usual ones where none is known."""
    wanted = set(names) & {name for name, _ in choices()} or set(DEFAULT)
    return [column for column in _all() if column.name in FIXED or column.name in wanted]
