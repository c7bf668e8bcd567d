"""What is written of a FAQ entry, a survey, an interview. A form that is refused comes back as it was filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from ..models import Question, Reviewed

_TEXT = 10_000


def _line(label: str, help_text: str = "", *, required: bool = True, longest: int = 200) -> forms.CharField:
    wrong = {"required": f"请填写{label}。", "max_length": f"{label}不超过 {longest} 字，请写短一些。"}
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=longest, error_messages=wrong
    )


def _text(label: str, help_text: str = "", *, required: bool = True, rows: int = 6) -> forms.CharField:
    field = _line(label, help_text, required=required, longest=_TEXT)
    field.widget = forms.Textarea(attrs={"rows": rows})
    return field


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": f"请填写{label}。", "invalid": "请填写日期，如 2025-03-03。"},
    )


class PieceForm(forms.Form):
    """The words of one kind of text."""

    use_required_attribute = False

    @classmethod
    def words_of(cls, piece: Reviewed) -> dict[str, Any]:
        """What stands in the working copy now."""
        return {name: getattr(piece, name) for name in cls.base_fields}


class FaqForm(PieceForm):
    """常见问题."""

    question = _line("问题")
    answer = _text("回答", rows=8)
    topic = _line("分类", "同一分类的问题可以一起查看，如 价格、考试。", required=False, longest=40)


class SurveyForm(PieceForm):
    """征集调查. What came of it is written once it is over."""

    title = _line("标题")
    text = _text("说明", "为什么征集、征集什么。")
    opens_on = _day("开始日期")
    closes_on = _day("截止日期")
    question = _line("选择题", "可以不设；设了的，填写选项。", required=False)
    options = _text("选项", "每行一项。", required=False, rows=4)
    result = _text("征集结果", "截止后填写；意见数和各选项的数量由系统计算。", required=False)
    used = _text("意见采纳情况", "采纳了哪些，没有采纳的为什么。", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "截止日期早于开始日期，请核对。")
        options = [line.strip() for line in given.get("options", "").splitlines() if line.strip()]
        if given.get("question") and len(options) < 2:
            self.add_error("options", "设了选择题的，至少填写两个选项，每行一项。")
        if any(len(each) > 100 for each in options):
            self.add_error("options", "每个选项不超过 100 字。")
        if given.get("result") and closes and closes >= timezone.localdate():
            self.add_error("result", "征集还没有截止，结果请在截止后填写。")
        if given.get("result") and not given.get("used"):
            self.add_error("used", "公布结果的，请说明意见采纳情况。")
        return given


class InterviewForm(PieceForm):
    """在线访谈."""

    title = _line("主题")
    guests = _line("嘉宾", "姓名和职务。")
    held_on = _day("访谈日期")
    text = _text("介绍", required=False)


class TalkForm(forms.Form):
    """A question of an interview, how it is read, and its answer."""

    use_required_attribute = False
    question = _text("公开的问题", rows=2)
    answer = _text("回答", required=False, rows=4)

    def __init__(self, asked: Question | None = None) -> None:
        words = {"question": asked.question or asked.text, "answer": asked.answer} if asked else {}
        super().__init__(initial=words, auto_id=f"id_{asked.pk if asked else 'new'}_%s")
