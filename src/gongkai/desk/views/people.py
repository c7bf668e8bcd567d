"""Staff accounts: whose records somebody sees follows from their agency, so the pages must ask for it."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

# Without an agency an account sees nothing (bureau.queries.visible_agencies), unless it is the administrator's.
OURS = ("agency", "department", "post", "supervising")
_HELP = {
    "agency": "只能看到本机关的记录；不填的看不到任何记录（系统管理员除外）。",
    "supervising": "勾选的，另外可以查看下级机关的记录和汇总。",
}


class _OursMixin(forms.ModelForm):
    """Says what our fields are for, and that a department is one of the agency's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in _HELP.items():
            self.fields[name].help_text = words

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        agency, department = self.cleaned_data.get("agency"), self.cleaned_data.get("department")
        if department is not None and department.agency != agency:
            self.add_error("department", f"“{department.name}”是{department.agency.name}的内设机构，请重新选择。")
        return cleaned


class PersonCreationForm(_OursMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | set(OURS)


class PersonEditForm(_OursMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | set(OURS)


class PeopleViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm
