"""What each verb asks. A form that is refused comes back as it was filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.bureau.models import Department, User
from gongkai.bureau.roles import Role

from ..drafting import Words
from ..models import Draft, Inquiry, InvalidGround, PrivateReason, Source

_TEXT = 5000
# 国家秘密 is never proposed: whoever chooses it scrolls past every other ground.
GROUNDS = [("", "请选择理由"), *PrivateReason.choices]


class VerbForm(forms.Form):
    """What is asked of somebody who does something with a message."""

    use_required_attribute = False

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry = inquiry


class NothingForm(VerbForm):
    """Nothing is asked."""


class AssignForm(VerbForm):
    """分办."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="承办处室",
        empty_label="请选择",
        error_messages={"required": "请选择承办处室。"},
    )
    person = forms.ModelChoiceField(
        User.objects.none(),
        label="承办人",
        required=False,
        empty_label="由处室的承办人员办理",
        help_text="可以不指定；指定的须是这个处室的承办人员。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = Department.objects.filter(agency=self.inquiry.agency_id)
        person: Any = self.fields["person"]
        handlers = User.objects.filter(agency=self.inquiry.agency_id, is_active=True, groups__name=Role.HANDLER.label)
        person.queryset = handlers.select_related("department").order_by("department", "pk")
        person.label_from_instance = _named
        department.initial, person.initial = self.inquiry.lead_id, self.inquiry.handler_id

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        person, department = given.get("person"), given.get("department")
        if person and department and person.department_id != department.pk:
            self.add_error("person", "承办人不是这个处室的，请重新选择。")
        return given


def _named(user: User) -> str:
    name = user.get_full_name() or user.username
    return f"{user.department.name}　{name}" if user.department else name


class ReplyForm(VerbForm):
    """拟答复. Public unless somebody says why not."""

    reply = forms.CharField(
        label="答复",
        max_length=_TEXT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "请填写答复。"},
    )
    public = forms.TypedChoiceField(
        label="是否公开",
        choices=[("yes", "公开答复"), ("no", "不公开答复")],
        initial="yes",
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label="公开的标题",
        max_length=100,
        required=False,
        help_text="公开答复的填写。不写是谁留言；留言的主题写有个人信息的，请改写。",
    )
    question = forms.CharField(
        label="公开的问题",
        max_length=_TEXT,
        required=False,
        help_text="留言内容隐去姓名、电话、地址等个人信息后的写法；可以概括。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reason = forms.ChoiceField(
        label="不公开理由",
        choices=GROUNDS,
        required=False,
        help_text="不公开答复的选择。留言一般不会涉及国家秘密；选“涉及国家秘密”的，须经保密审查。",
    )

    def __init__(self, *args: Any, draft: Draft | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        arrival = getattr(self.inquiry, "arrival", None)
        wants_private = arrival is not None and arrival.wants_private
        known = {
            "reply": draft.reply if draft else "",
            "public": "yes" if (draft.public if draft else not wants_private) else "no",
            "title": draft.title if draft else self.inquiry.subject[:100],
            "question": draft.question if draft else self.inquiry.text,
            "reason": draft.reason if draft else (PrivateReason.ASKER.value if wants_private else ""),
        }
        for name, value in known.items():
            self.fields[name].initial = value

    @property
    def words(self) -> Words:
        given = self.cleaned_data
        if given["public"]:
            return Words(given["reply"], True, "", given["title"], given["question"])
        return Words(given["reply"], False, given["reason"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("public") is False and not given.get("reason"):
            self.add_error("reason", "不公开答复的，请选择理由。")
        if given.get("public") and not given.get("title", "").strip():
            self.add_error("title", "公开答复的，请填写公开的标题。")
        return given


class ReturnForm(VerbForm):
    """退回修改."""

    remark = forms.CharField(
        label="退回意见",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明退回的意见。"},
    )


class TransferForm(VerbForm):
    """转办."""

    to = forms.CharField(
        label="转给哪个单位",
        max_length=100,
        help_text="留言人会看到这个名称。转办即在本机关办结。",
        error_messages={"required": "请填写转给哪个单位。"},
    )


class DismissForm(VerbForm):
    """认定无效留言."""

    ground = forms.ChoiceField(
        label="理由",
        choices=InvalidGround.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择理由。"},
    )


class HideForm(VerbForm):
    """撤下公开答复."""

    reason = forms.ChoiceField(label="撤下的理由", choices=GROUNDS, error_messages={"required": "请选择撤下的理由。"})


class RegisterForm(forms.Form):
    """登记留言 that came otherwise than over the site."""

    use_required_attribute = False
    received_on = forms.DateField(
        label="收到日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填写收到日期。", "invalid": "请填写日期，如 2025-03-03。"},
    )
    source = forms.ChoiceField(label="来源", choices=Source.choices, initial=Source.LETTER)
    subject = forms.CharField(
        label="主题",
        max_length=300,
        help_text="请不要写姓名、电话；主题可以检索，不加密。",
        error_messages={"required": "请填写主题。"},
    )
    text = forms.CharField(
        label="内容",
        required=False,
        max_length=_TEXT,
        help_text="加密保存，不能检索。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(label="留言人", required=False, max_length=60)
    contact = forms.CharField(label="联系方式", required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate()

    def clean_received_on(self) -> Any:
        found = self.cleaned_data["received_on"]
        if found > timezone.localdate():
            raise forms.ValidationError("日期在今天之后，请核对。")
        return found


class FindForm(forms.Form):
    """按留言人查找."""

    use_required_attribute = False
    who = forms.CharField(
        label="姓名或者联系方式",
        max_length=100,
        help_text="须与登记的完全相同；查找有记录。",
        error_messages={"required": "请填写姓名或者联系方式。"},
    )
