"""Forms of the pages that keep templates and numbers."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.bureau.models import Agency

from ..numbers import FAMILIES, fault, patterns, used


class UploadForm(forms.Form):
    """A template to put into use."""

    file = forms.FileField(label="模板文件（docx）", help_text="先下载现用的模板，在 Word 或 WPS 中修改后上传。")
    note = forms.CharField(label="说明", max_length=100, required=False, help_text="改了什么，给以后的人看。")


class NumbersForm(forms.Form):
    """How each family is numbered, and what was used last this year."""

    def __init__(self, agency: Agency, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = patterns(agency)
        for family, label in FAMILIES.items():
            given = used(agency, known[family], year)
            self.fields[family] = forms.CharField(
                label=f"{label}的文号格式",
                max_length=200,
                initial=known[family],
                help_text="{year} 是年份，{number} 是序号，例如：温统信公〔{year}〕{number}号。"
                "几类用同一格式的，合编一个序列。",
            )
            self.fields[f"{family}_last"] = forms.IntegerField(
                label=f"{label.partition('（')[0]} {year} 年已经用到第几号",
                min_value=0,
                max_value=999_999,
                required=False,
                help_text=f"按现在的格式，系统已经编到 {given} 号。此前在纸上编过号的，填写最后一号；不填则接着编。",
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for family in FAMILIES:
            pattern = told.get(family)
            if pattern and (reason := fault(pattern.strip())):
                self.add_error(family, reason)
        return told
