"""The form of a verb, and the case that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminAutoHeightTextInput

from gongkai.bureau.models import User

from ...case import Case
from ...models import Application

LONGEST = 2000  # characters of an opinion or a reason; it goes into the ledger and stays there
LARGEST = 50_000_000  # bytes of a file


@dataclass(frozen=True, slots=True)
class At:
    """Where a verb is asked for: the application, how it stands, and by whom."""

    application: Application
    case: Case
    user: User


class VerbForm(forms.Form):
    """A verb that asks for nothing but to be confirmed. Everything typed is without what no screen shows."""

    def __init__(self, *args: Any, at: At, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    @property
    def day(self) -> date:
        """The day on which it happens: the one that was filled in, or today."""
        found: date | None = getattr(self, "cleaned_data", {}).get("day")
        return found or timezone.localdate()


class DayForm(VerbForm):
    """A verb that may have happened before it is recorded."""

    day_label = "日期"
    day_help = "实际发生的日期，不一定是今天。"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["day"] = forms.DateField(
            label=self.day_label,
            help_text=self.day_help,
            initial=today,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": today.isoformat()}),
            error_messages={"required": "请填写日期。", "invalid": "请填写日期，如 2020-03-02。"},
        )
        self.order_fields(["day"])

    def clean_day(self) -> date:
        found: date = self.cleaned_data["day"]
        if found > timezone.localdate():
            raise forms.ValidationError("日期在今天之后，请核对。")
        received = self.at.case.received_on
        if received is not None and found < received:
            raise forms.ValidationError(f"日期早于收到申请之日（{received}），请核对。")
        return found


def text(label: str, help_text: str = "", *, required: bool = True, longest: int = LONGEST) -> forms.CharField:
    """Words over several lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        error_messages={"required": f"请填写{label}。"},
    )


def line(label: str, help_text: str = "", *, required: bool = True, longest: int = 200) -> forms.CharField:
    """Words on one line."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        error_messages={"required": f"请填写{label}。"},
    )


class UploadField(forms.FileField):
    """A file that is put away encrypted. ``clean`` gives (content, name)."""

    def __init__(self, label: str, help_text: str = "", *, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=120,
            error_messages={
                "required": "请选择文件。",
                "empty": "文件是空的，请重新选择。",
                "max_length": "文件名过长，请改短后再上传。",
            },
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if not found:
            return b"", ""
        if found.size > LARGEST:
            raise forms.ValidationError(f"文件超过 {LARGEST // 1_000_000} 兆字节，请拆成几个文件。")
        return found.read(), found.name
