"""What each verb of the registers asks. A form that is refused comes back as it was filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.law.credit import is_credit_code

from ..events import HOW
from ..models import Decision, FeeReceipt, ItemKind, PartyKind, ServiceItem
from .kinds import Register

# The later date of a pair must not come before the earlier.
_ORDER = (("valid_from", "valid_until"),)
# What has happened, and so lies not ahead.
_PAST = ("decided_on", "received_on", "purchased_on")


def _date(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": f"请填写{label}。", "invalid": "请填写日期，如 2025-03-03。"},
    )


class EntryForm(forms.ModelForm):
    """The content of an entry, within its agency."""

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agency = agency
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField):
                self.fields[name] = _date(str(field.label), str(field.help_text), required=field.required)
            else:
                field.error_messages["required"] = f"请填写{field.label}。"
        if "person" in self.fields:
            line = forms.CharField(label="自然人姓名", required=False, max_length=60)
            line.help_text = "相对人是自然人的填写；加密保存，公开时隐去。"
            self.fields["person"] = line
        if "item" in self.fields:
            items = ServiceItem.objects.filter(agency=agency)
            choose: Any = self.fields["item"]
            choose.queryset = items.filter(kind=ItemKind.FEES) if isinstance(self.instance, FeeReceipt) else items
        if "amount" in self.fields:
            self.fields["amount"].min_value = 0  # type: ignore[attr-defined]  # a decimal field

    def _get_validation_exclusions(self) -> set[str]:
        """The agency is not asked for, and yet two entries of one agency must not be the same."""
        found: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own, without a type
        return found - {"agency"}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for first, second in _ORDER:
            if given.get(first) and given.get(second) and given[second] < given[first]:
                self.add_error(second, f"早于{self.fields[first].label}，请核对。")
        for name in _PAST:
            if given.get(name) and given[name] > timezone.localdate():
                self.add_error(name, "日期在今天之后，请核对。")
        if given.get("amount") is not None and given["amount"] < 0:
            self.add_error("amount", "金额不能小于 0。")
        if isinstance(self.instance, Decision):
            self._check_party(given)
        return given

    def _check_party(self, given: dict[str, Any]) -> None:
        given["credit_code"] = code = (given.get("credit_code") or "").strip().upper()
        if given.get("party_kind") == PartyKind.NATURAL_PERSON:
            if not given.get("person"):
                self.add_error("person", "相对人是自然人的，请填写姓名；公开时隐去。")
            if given.get("organization") or code:
                self.add_error("organization", "相对人是自然人的，不填单位名称和信用代码。")
        elif given.get("party_kind"):
            if not given.get("organization"):
                self.add_error("organization", "请填写单位名称。")
            if given.get("person"):
                self.add_error("person", "相对人是单位的，不填自然人姓名。")
            if code and not is_credit_code(code):
                self.add_error("credit_code", "统一社会信用代码不对：应为18位，末位是校验位，请核对。")
        item = given.get("item")
        if item is not None and item.kind != given.get("kind"):
            self.add_error("item", f"这个事项属于“{item.get_kind_display()}”，与决定类别不一致。")


def form_of(register: Register) -> type[EntryForm]:
    """The form of a register."""
    found: Any = forms.modelform_factory(register.model, form=EntryForm, fields=register.fields)
    made: type[EntryForm] = found
    return made


class ReasonForm(forms.Form):
    """不予公开: why."""

    reason = forms.CharField(
        label="不予公开的理由和依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明不予公开的理由和依据。"},
    )


class _DayForm(forms.Form):
    """A day on which something happened."""

    day = _date("日期")

    def clean_day(self) -> date:
        found: date = self.cleaned_data["day"]
        if found > timezone.localdate():
            raise forms.ValidationError("日期在今天之后，请核对。")
        return found


class RevokeForm(_DayForm):
    """登记决定被撤销."""

    how = forms.ChoiceField(label="怎样被撤销", choices=list(HOW.items()), widget=forms.RadioSelect)


class WithdrawForm(_DayForm):
    """撤下并说明."""

    explanation = forms.CharField(
        label="向社会公开的说明",
        help_text="撤下之后在原来的网址公开，如 决定已由某号复议决定撤销。不要写个人信息。",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明撤下的理由，向社会公开说明。"},
    )
