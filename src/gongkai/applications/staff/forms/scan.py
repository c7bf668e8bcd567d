"""A scanned paper that comes with an event: chosen before the preview, it waits, encrypted, until that is confirmed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms

from ...intake.papers import ACCEPTED, LARGEST, Held, UnusableFileError, find, hold
from .base import At, DayForm, UploadField


class ScanForm(DayForm):
    """A verb with the paper that proves it. ``waiting`` is what was chosen, now or before the preview."""

    scan_label = "书面材料"
    held = forms.CharField(required=False, widget=forms.HiddenInput)
    waiting: Held | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = f"扫描件或者照片：PDF、JPG、PNG，不超过 {LARGEST // 1_000_000} MB，加密存入案卷。可以不选。"
        field = UploadField(self.scan_label, told, required=False)
        field.widget.attrs["accept"] = ACCEPTED
        self.fields["file"] = field

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        content, name = found.get("file") or (b"", "")
        form = _form_of(self.at, type(self).__name__)
        if content:
            try:
                self.waiting = hold(content, name, form)
            except UnusableFileError as error:
                self.add_error("file", str(error))
        elif found.get("held"):
            self.waiting = find(found["held"], form)
            if self.waiting is None:
                self.add_error("file", "暂存的文件已超过一小时，按隐私要求清除了，请重新选择。")
        self._carry()
        found["scan"] = self.waiting
        return found

    def _carry(self) -> None:
        """What waits goes into the form that is shown next."""
        given: Any = self.data
        given = given.copy()
        given["held"] = self.waiting.token if self.waiting else ""
        self.data = given
        if self.waiting:
            self["file"].help_text = f"已选“{self.waiting.name}”，确认后存入案卷；再选一个可以更换。"


def _form_of(at: At, name: str) -> str:
    """Whose file it is: of this person, on this application, for this verb."""
    return sha256(f"{name} {at.application.pk} {at.user.pk}".encode()).hexdigest()
