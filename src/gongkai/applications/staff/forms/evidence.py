"""What is put on file for the reply: a record of the kind that the law names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.law.outcomes import evidence_kinds

from .base import UploadField, VerbForm, line, text

SEARCH = "search_record"


class EvidenceForm(VerbForm):
    """Words, a file, or both."""

    kind = ""
    text = text("内容", "写明依据和经过，答复文书据此起草。", required=False, longest=5000)
    file = UploadField("文件", "扫描件、截图等，加密存入案卷。", required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.words().strip() and not found.get("file", (b"", ""))[0]:
            raise forms.ValidationError(f"请填写内容或者上传文件：{evidence_kinds()[self.kind].label}。")
        return found

    def words(self) -> str:
        """What goes on file as text."""
        return str(self.cleaned_data.get("text", ""))


class SearchForm(EvidenceForm):
    """检索记录: where, by which words, when, by whom, with which result (指导案例101号)."""

    places = text("检索了哪些数据库、档案", "逐一写明，如：统计联网直报平台、局档案室 2015—2020 年案卷。")
    departments = line("询问了哪些处室", "逐一写明，没有的写“无”。")
    keywords = line("检索用的关键词", "逐一写明，以顿号分开。")
    searched_on = forms.DateField(
        label="检索日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填写检索日期。", "invalid": "请填写日期，如 2020-03-02。"},
    )
    searched_by = line("检索人", "工作人员的姓名。", longest=60)
    result = text("检索结果", "找到什么，没有找到什么。")
    field_order = ("places", "departments", "keywords", "searched_on", "searched_by", "result", "text", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "补充说明"
        self.fields["text"].help_text = "可以不填。"
        self.initial.setdefault("searched_on", timezone.localdate())
        self.initial.setdefault("searched_by", self.at.user.get_full_name())

    def words(self) -> str:
        given = self.cleaned_data
        parts = [
            f"检索的数据库、档案：{given.get('places', '')}",
            f"询问的处室：{given.get('departments', '')}",
            f"关键词：{given.get('keywords', '')}",
            f"检索日期：{given.get('searched_on', '')}",
            f"检索人：{given.get('searched_by', '')}",
            f"检索结果：{given.get('result', '')}",
        ]
        if given.get("text", "").strip():
            parts.append(given["text"].strip())
        return "\n".join(parts)


def form_for_kind(kind: str) -> type[EvidenceForm]:
    """The form of a kind of record; raises ``KeyError`` for a kind that is none."""
    base = SearchForm if kind == SEARCH else EvidenceForm
    return type(base.__name__, (base,), {"kind": evidence_kinds()[kind].code})
