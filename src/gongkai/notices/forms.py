"""What a member of staff chooses about reminders."""

from __future__ import annotations

from typing import Any

from django import forms

from .models import Channel, Preference
from .transports import TRANSPORTS


class PreferenceForm(forms.ModelForm):
    """By which way, and when not."""

    class Meta:
        model = Preference
        fields = ("email", "sms", "mobile", "quiet_from", "quiet_until", "working_days_only")
        widgets = {
            "email": forms.RadioSelect,
            "sms": forms.RadioSelect,
            "mobile": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "tel-national"}),
            "quiet_from": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "quiet_until": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }
        help_texts = {
            "quiet_from": "这段时间里不发不紧急的提醒；起止相同表示没有免打扰时间。",
            "working_days_only": "休息日、节假日不发不紧急的提醒，等到下一个工作日的早上；调休上班的周末是工作日。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = {transport.channel: transport.missing() for transport in TRANSPORTS}
        address = self.instance.user.email
        told = f"发到 {address}。" if address else "您的账号没有登记电子邮箱，请系统管理员在“设置—用户”中登记。"
        unset = "本系统还没有设置{}，请联系系统管理员；设置之前不会发出。"
        self.fields["email"].help_text = told + (unset.format("邮件服务器") if missing[Channel.EMAIL] else "")
        self.fields["sms"].help_text = unset.format("短信平台") if missing[Channel.SMS] else ""
        self.fields["mobile"].error_messages["max_length"] = "请填写 11 位的手机号码，如 13800000000。"
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].error_messages |= {
                "required": "请填写时间；不要免打扰的，起止写成相同的时间。",
                "invalid": "请写成 20:00 这样的时间。",
            }

    def clean_mobile(self) -> str:
        return str(self.cleaned_data["mobile"]).replace(" ", "")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("sms") == Preference.Wanted.ALL and not told.get("mobile") and "mobile" not in self.errors:
            self.add_error("mobile", "要收短信，请填写手机号码；不要的，短信请选“不发”。")
        return told
