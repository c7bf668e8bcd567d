"""Who has an application, how it is linked to others, how it ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.bureau.models import Department

from ...models import Application, Status
from ..told import RELATIONS
from .base import DayForm, VerbForm, line, text


class AssignForm(VerbForm):
    """分办 (Article 45)."""

    lead = forms.ModelChoiceField(
        label="主办处室",
        queryset=Department.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择主办处室。"},
    )
    assisting = forms.ModelMultipleChoiceField(
        label="协办处室",
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="各处室分别签收；不属于职责的可以退回并写明理由。",
    )
    reply_by = forms.DateField(
        label="请在何日之前提出意见",
        required=False,
        help_text="内部期限，可以不填；临近时提醒处室。",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "请填写日期，如 2020-03-02。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Department.objects.filter(agency=self.at.application.agency_id)
        for name in ("lead", "assisting"):
            self.fields[name].queryset = own  # type: ignore[attr-defined]
        self.initial.setdefault("lead", self.at.case.work.lead)
        self.initial.setdefault("assisting", list(self.at.case.work.assisting))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        by, due = found.get("reply_by"), self.at.application.due_on
        if by is not None and by < timezone.localdate():
            self.add_error("reply_by", "内部期限在今天之前，请核对。")
        elif by is not None and due is not None and by > due:
            self.add_error("reply_by", f"内部期限晚于答复期限（{due}），请提前。")
        if found.get("lead") and found["lead"] in (found.get("assisting") or ()):
            self.add_error("assisting", "主办处室不必再列为协办。")
        return found


class ReturnAssignmentForm(VerbForm):
    """退回分办."""

    reason = text("退回的理由", "写明为什么不属于本处室职责，可以建议由谁办理。不要写申请人的姓名等个人信息。")


class ConfirmForm(DayForm):
    """与申请人确认收到 (Article 31)."""

    day_label = "确认日期"
    how = line("怎样确认的", "如：电话确认。不要写姓名和号码。", longest=100)


class OtherField(forms.CharField):
    """Another application of the agency by its number. ``clean`` gives the application."""

    def __init__(self, label: str, help_text: str) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=20,
            error_messages={"required": "请填写登记编号。"},
            widget=forms.TextInput(attrs={"placeholder": "如 2020-00012"}),
        )

    at: Any = None

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        own = Application.objects.filter(agency=self.at.application.agency_id).exclude(pk=self.at.application.pk)
        found = own.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(f"没有编号为“{number}”的另一件申请，请核对。")
        return found


class _WithOther(VerbForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].at = self.at  # type: ignore[attr-defined]


class LinkForm(_WithOther):
    """关联."""

    other = OtherField("关联哪一件", "登记编号。")
    relation = forms.ChoiceField(
        label="什么关系",
        choices=[(code, label) for code, label in RELATIONS.items() if code != "split"],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是什么关系。"},
        help_text="“重复申请”的那一件须已经答复，作为不予重复处理的依据。",
    )


class MergeForm(DayForm, _WithOther):
    """并案."""

    day_label = "并案日期"
    other = OtherField("并入哪一件", "登记编号；须是在办的申请，一并答复。")

    def clean_other(self) -> Application:
        found: Application = self.cleaned_data["other"]
        if found.status == Status.CLOSED:
            raise forms.ValidationError(f"{found.number} 已经办结，不能并入。")
        return found


class ArchiveForm(VerbForm):
    """归档."""

    volume = line("卷号", "可以不填。", required=False, longest=60)
