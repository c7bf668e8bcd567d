"""What a visitor fills in."""

from __future__ import annotations

import re

from django import forms

from ..models import Rating

_LONGEST = 3000
_CONTACT = re.compile(r"[\d+()（）\- ]{7,20}|[^@\s]+@[^@\s]+\.[^@\s]+")


class AskForm(forms.Form):
    """我要留言. A name and a way to be reached are asked for, and nobody has to give them."""

    use_required_attribute = False
    subject = forms.CharField(
        label="主题",
        max_length=100,
        help_text="一句话说明要问什么，请不要写姓名、电话。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写主题。", "max_length": "主题不超过 100 字，请写短一些。"},
    )
    text = forms.CharField(
        label="内容",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "请填写内容。", "max_length": f"内容不超过 {_LONGEST} 字，请写短一些。"},
    )
    name = forms.CharField(
        label="姓名或者称呼",
        required=False,
        max_length=60,
        help_text="可以不填。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": "不超过 60 字。"},
    )
    contact = forms.CharField(
        label="电话或者电子邮箱",
        required=False,
        max_length=100,
        help_text="可以不填；只在需要向您核实情况时使用。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "不超过 100 字。"},
    )
    wants_private = forms.BooleanField(
        label="不希望公开答复", required=False, help_text="不勾选的，答复隐去个人信息后可能公开，供有同样问题的人查看"
    )

    def clean_contact(self) -> str:
        typed: str = self.cleaned_data["contact"].strip()
        if typed and not _CONTACT.fullmatch(typed):
            raise forms.ValidationError("请填写电话号码或者电子邮箱，如 0577-88880000；不方便留的，可以空着。")
        return typed


class StatusForm(forms.Form):
    """What is on the receipt."""

    use_required_attribute = False
    number = forms.CharField(
        label="编号",
        max_length=40,
        error_messages={"required": "请填写编号。", "max_length": "编号没有这么长，请核对。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "例如 LY202600001"}),
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        error_messages={"required": "请填写查询码。", "max_length": "查询码没有这么长，请核对。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RatingForm(forms.Form):
    """满意度."""

    use_required_attribute = False
    rating = forms.ChoiceField(
        label="您对答复是否满意",
        choices=Rating.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择一项。", "invalid_choice": "请选择一项。"},
    )
