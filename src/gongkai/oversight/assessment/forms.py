"""What a person says of an indicator."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.law.indicators import Verdict

from .models import SERVICES
from .services import LONGEST, allowed

_SERVICE_WORDS = {Verdict.PASS: "有对外服务职能", Verdict.EXEMPT: "没有对外服务职能"}


class StatementForm(forms.Form):
    """The verdict and what it rests on."""

    verdict = forms.ChoiceField(label="判断", widget=forms.RadioSelect)
    evidence = forms.CharField(
        label="依据",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        help_text="看了什么、在哪里、结果怎样，例如截图或者记录存放的位置。将记入台账，不能删改，请不要写个人信息。",
        error_messages={
            "required": "请写明判断的依据：看了什么、在哪里、结果怎样。",
            "max_length": f"依据最多 {LONGEST} 字。",
        },
    )

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        if isinstance(field, forms.ChoiceField):
            labels = _SERVICE_WORDS if number == SERVICES else {}
            field.choices = [(each.value, labels.get(each, each.label)) for each in allowed(number)]
            field.error_messages |= {"required": "请选择判断。", "invalid_choice": "请在所列的判断中选择。"}
