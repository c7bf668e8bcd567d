"""What bears on the period: the answer of the consulted, reasons, fees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from gongkai.law.wording import chinese_day

from ...events import PARTIES
from .base import DayForm, text
from .scan import ScanForm


class AnswerForm(ScanForm):
    """收到意见, or the end of the wait for it (Articles 32 and 34)."""

    day_label = "收到意见之日"
    day_help = "期满没有答复的，填期限的最后一日。"
    scan_label = "书面意见"
    consultation = forms.TypedChoiceField(label="哪一次征求意见", coerce=int, widget=forms.RadioSelect)
    answer = forms.ChoiceField(
        label="意见",
        choices=[("agreed", "同意公开"), ("refused", "不同意公开"), ("silent", "期满没有答复")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是什么意见。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.at.case
        waiting = sorted(set(case.consultations) - case.returned)
        choices = [
            (number, f"第 {number} 次：{PARTIES[case.parties[number]]}，{chinese_day(case.consultations[number])}发出")
            for number in waiting
        ]
        self.fields["consultation"].choices = choices  # type: ignore[attr-defined]
        if len(waiting) == 1:
            self.initial.setdefault("consultation", waiting[0])


class CorrectedForm(ScanForm):
    """收到补正 (Article 30)."""

    day_label = "收到补正之日"
    scan_label = "补正的材料"
    requested = text("补正后的申请内容", "按补正的材料改写；原来的内容另存入案卷。", longest=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("requested", self.at.application.requested)


class ReasonsForm(DayForm):
    """收到理由 (Article 35)."""

    day_label = "收到理由之日"
    reasonable = forms.TypedChoiceField(
        label="理由是否合理",
        choices=[("yes", "合理：按条例办理，可以延长期限并收取信息处理费"), ("no", "不合理：可以不予处理")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "请判断理由是否合理。"},
    )


class FeeForm(DayForm):
    """收到信息处理费 (国办函〔2020〕109号)."""

    day_label = "缴费之日"
    day_help = format_html("{}", "申请人足额缴费的日期。")
