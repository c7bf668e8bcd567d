"""What each verb asks. A form that is refused comes back as it was filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.law.credit import Grade, Longer, is_credit_code


def _line(label: str, help_text: str = "", *, longest: int) -> forms.CharField:
    messages = {"required": f"请填写{label}。", "max_length": f"{label}不能超过 {longest} 字。"}
    return forms.CharField(label=label, help_text=help_text, max_length=longest, error_messages=messages)


def _words(label: str, help_text: str = "") -> forms.CharField:
    messages = {"required": f"请填写{label}。", "max_length": f"{label}不能超过 2000 字。"}
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, max_length=2000, widget=area, error_messages=messages)


class VerbForm(forms.Form):
    """A verb and the day on which it happened."""

    day_label = "日期"
    day_help = "实际发生的日期，不一定是今天。"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": today.isoformat()})
        self.fields["day"] = forms.DateField(
            label=self.day_label,
            help_text=self.day_help,
            widget=picker,
            initial=today,
            error_messages={"required": f"请填写{self.day_label}。", "invalid": "请填写日期，如 2025-03-03。"},
        )
        self.order_fields(["day"])

    def clean_day(self) -> date:
        found: date = self.cleaned_data["day"]
        if found > timezone.localdate():
            raise forms.ValidationError("日期在今天之后，请核对。")
        return found


class ContentForm(VerbForm):
    """登记认定决定: what the rules have published."""

    day_label = "认定日期"
    day_help = "认定决定作出的日期：适用哪一部办法、公示期限从哪天起算，都由它决定。"
    number = _line("认定文号", "如 温统信认〔2025〕1号。", longest=60)
    enterprise = _line("企业名称", "与营业执照一致。", longest=100)
    credit_code = _line("统一社会信用代码", "18位，末位是校验位。", longest=18)
    address = _line("地址", longest=200)
    representative = _line("法定代表人或者主要负责人", "依办法公示；加密保存，停止公示后清除。", longest=60)
    grade = forms.ChoiceField(
        label="等级", choices=[(each.value, each.label) for each in Grade], widget=forms.RadioSelect
    )
    violation = _words("违法行为", "依法需要保密的和自然人的个人信息不要写入。")
    handling = _words("处理情况", "如 警告，罚款金额，是否整改。")

    def clean_credit_code(self) -> str:
        code: str = self.cleaned_data["credit_code"].strip().upper()
        if not is_credit_code(code):
            raise forms.ValidationError("统一社会信用代码不对：应为18位，末位是校验位，请对照营业执照核对。")
        return code


class AmendForm(ContentForm):
    """更正登记内容."""

    day_label = "更正日期"
    day_help = "认定日期不能更正；认定日期登记错的，撤销后重新登记。"


class PublishForm(VerbForm):
    """审核公示. ``seen`` is what tells that the content is still what the reviewer read."""

    day_label = "公示日期"
    day_help = "在本网站上公示的日期，只能是今天。"
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
    checked = forms.BooleanField(
        label="已经核对公示内容，不含国家秘密、商业秘密和依法不应公开的个人信息",
        error_messages={"required": "请核对公示内容后勾选。"},
    )

    def clean_day(self) -> date:
        found = super().clean_day()
        if found != timezone.localdate():
            raise forms.ValidationError("从今天起在本网站公示，日期只能是今天。")
        return found


class VerifyForm(VerbForm):
    """登记整改核实."""

    day_label = "核实日期"
    evidence = _words("核实情况", "怎样核实、由谁核实，如 现场核查记录的编号。")


class ApplyForm(VerbForm):
    """登记移除申请."""

    day_label = "收到申请的日期"


class ReasonForm(VerbForm):
    """不予提前移除."""

    day_label = "决定日期"
    reason = _words("理由", "告知企业的理由。")


class RemoveForm(VerbForm):
    """提前移除: takes effect at once."""

    day_label = "移除日期"
    day_help = "从这天起不再公示。"


class ExtendForm(VerbForm):
    """延长公示期."""

    day_label = "决定（核实）日期"
    day_help = "再次失信的，填写核实再次失信的日期，公示期自这天起算。"
    longer = forms.ChoiceField(
        label="延长的原因", choices=[(each.value, each.label) for each in Longer], widget=forms.RadioSelect
    )
    reason = _words("情况说明")


class EndForm(VerbForm):
    """公示期满: the program does it by itself on the day."""

    day_label = "停止公示日期"


class RevokeForm(VerbForm):
    """撤销认定."""

    day_label = "撤销日期"
    explanation = _words("向公众的说明", "撤下之后在原来的网址公开，如 认定决定已由某号复议决定撤销。不要写个人信息。")
