"""What is filled in to begin a clean-up, to conclude on documents, and to make its lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from gongkai.bureau.models import Agency

from ..models import Column, Conclusion
from ..queries import in_site_order

_DAY = {"required": "请填写日期。", "invalid": "不是日期，请写作 2020-03-02。"}


class StartForm(forms.Form):
    """A clean-up and the day whose documents it goes through."""

    title = forms.CharField(
        label="名称",
        max_length=120,
        error_messages={"required": "请填写名称，例如：2020年行政规范性文件清理。"},
    )
    as_of = forms.DateField(
        label="清理截止日",
        widget=AdminDateInput,
        error_messages=_DAY,
        help_text="清理这一天现行有效的规章、行政规范性文件。",
    )


class ConcludeForm(forms.Form):
    """What is to become of the documents that are ticked."""

    conclusion = forms.ChoiceField(
        label="清理意见",
        choices=[("", "请选择"), *Conclusion.choices],
        error_messages={"required": "请选择清理意见。", "invalid_choice": "请选择清理意见。"},
    )
    reason = forms.CharField(label="理由", max_length=300, required=False, help_text="拟修改、废止、失效的须写明。")
    until = forms.DateField(
        label="新的有效期至",
        required=False,
        widget=AdminDateInput,
        error_messages=_DAY,
        help_text="继续有效的才填；空着时有效期不变。",
    )


class FinishForm(forms.Form):
    """Where the lists are published and from when what they say holds."""

    column = forms.ModelChoiceField(
        Column.objects.none(), label="发布栏目", error_messages={"required": "请选择发布的栏目。"}
    )
    on = forms.DateField(
        label="施行日期",
        widget=AdminDateInput,
        error_messages=_DAY,
        initial=timezone.localdate,
        help_text="废止、失效自这一天起；不早于今天。公布之前不发生效力，请留出审查的时间。",
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["column"]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(field)
        columns = Column.objects.filter(agency=agency, retired_on=None).select_related("parent")
        field.queryset = in_site_order(columns)
