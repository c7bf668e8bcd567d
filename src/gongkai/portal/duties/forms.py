"""What is filled in to name a keeper, to end a duty, to hand over what somebody keeps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from wagtail.admin.widgets import AdminDateInput

from gongkai.bureau.models import Agency, Department, User

from ..models import Duty

_PICK = {"required": "请选择。", "invalid_choice": "不在可选的范围内，请重新选择。"}
_DAY = {"required": "请填写日期。", "invalid": "不是日期，请写作 2020-03-02。"}


class PersonField(forms.ModelChoiceField):
    """One of the active staff, named with their department."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), error_messages=_PICK, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        name = obj.get_full_name() or obj.username
        return f"{name}（{obj.department}）" if obj.department else name


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=AdminDateInput, error_messages=_DAY, help_text=help_text)


def staff_of(agency: Agency) -> QuerySet[User]:
    """Who can keep a column: the active staff, department by department."""
    staff = User.objects.filter(agency=agency, is_active=True).select_related("department")
    return staff.order_by("department__order", "department__name", "last_name", "first_name", "pk")


class AssignForm(forms.Form):
    """Who keeps a column from when on."""

    department = forms.ModelChoiceField(Department.objects.none(), label="责任处室", error_messages=_PICK)
    keeper = PersonField(label="责任人")
    deputy = PersonField(label="替补责任人", required=False, empty_label="没有")
    since = _day("自何日起", "原责任人的责任到前一天为止；与原来的起始日期相同的，是更正登记。")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = staff_of(agency)
        _choices(self.fields["department"], agency.departments.all())
        _choices(self.fields["keeper"], staff)
        _choices(self.fields["deputy"], staff)


class EndForm(forms.Form):
    """Until when somebody keeps a column that nobody is to keep after them."""

    until = _day("最后一天")


class HandOverForm(forms.Form):
    """Whose columns go to whom, and from when on. Whoever hands over may have left already."""

    giver = PersonField(label="交出人")
    taker = PersonField(label="接手人")
    on = _day("自何日起")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties = Duty.objects.filter(column__agency=agency)
        keeps = Q(pk__in=duties.values("keeper")) | Q(pk__in=duties.filter(deputy__isnull=False).values("deputy"))
        people = User.objects.filter(keeps).select_related("department").order_by("is_active", "last_name", "pk")
        _choices(self.fields["giver"], people)
        _choices(self.fields["taker"], staff_of(agency))


def _choices(field: forms.Field, people: QuerySet[Any]) -> None:
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(field)
    field.queryset = people
