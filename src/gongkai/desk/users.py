"""The administrator's form of a member of staff: to which body and division they belong, and what they may see."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.users.forms import UserCreationForm as WagtailCreationForm
from wagtail.users.forms import UserEditForm as WagtailEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from gongkai.bureau.models import Agency, Department

_OWN = {"agency", "department", "post", "supervising"}


class _StaffForm(forms.ModelForm):
    """What both forms share. The mail address may be left out: the desk shows every notice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["agency"].queryset = Agency.objects.order_by("path")  # type: ignore[attr-defined]
        divisions = Department.objects.select_related("agency").order_by("agency__path", "order", "name")
        self.fields["department"].queryset = divisions  # type: ignore[attr-defined]
        self.fields["department"].label_from_instance = _full_name  # type: ignore[attr-defined]
        self.fields["agency"].help_text = "只能看到本机关的记录；不填的看不到任何记录（系统管理员除外）。"
        self.fields["supervising"].help_text = "可以查看所属机关以下各机关的记录（条例第四十七条）。"

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        department, agency = told.get("department"), told.get("agency")
        if department is not None and department.agency_id != getattr(agency, "pk", None):
            self.add_error("department", f"{department.name}是{department.agency}的内设机构，请与所属机关一致。")
        return told


def _full_name(department: Department) -> str:
    return f"{department.agency.name}　{department.name}"


class UserCreationForm(_StaffForm, WagtailCreationForm):
    class Meta(WagtailCreationForm.Meta):
        fields = WagtailCreationForm.Meta.fields | _OWN


class UserEditForm(_StaffForm, WagtailEditForm):
    class Meta(WagtailEditForm.Meta):
        fields = WagtailEditForm.Meta.fields | _OWN


class UserViewSet(WagtailUserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return UserEditForm if for_update else UserCreationForm
