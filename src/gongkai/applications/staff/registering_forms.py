"""The form with which staff register what came in, and what registering would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.law.clock import Deadline, reply_deadline
from gongkai.law.receipt import Channel, Receipt
from gongkai.law.wording import chinese_day

from ..intake.arriving import Incoming
from ..intake.duplicates import Alike, alike_to
from ..intake.forms import PARTS, ApplicationForm
from ..intake.papers import ACCEPTED, LARGEST, Paper
from ..models import Applicant, FileKind

_CHANNELS = [(channel.value, channel.label) for channel in Channel if channel is not Channel.INTERNET]
_HOW = ("电话", "当面", "短信", "电子邮件")
# What each upload of the form becomes in the file of the case.
UPLOADS = {"id_proof": FileKind.ID_PROOF, "request_file": FileKind.REQUEST, "proof": FileKind.REQUEST}


def _file(label: str, help_text: str) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": ACCEPTED})
    return forms.FileField(label=label, required=False, help_text=help_text, widget=widget)


def _date(label: str, *, required: bool, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={"required": f"请填写{label}。", "invalid": "请填写日期，例如 2020-03-02。"},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class RegisterForm(ApplicationForm):
    """The form of the law, with how it came in. A paper may lack what Article 29 asks for: then a correction is asked
    for (Article 30), so that only a name is needed here."""

    channel = forms.ChoiceField(
        label="收到渠道",
        choices=_CHANNELS,
        error_messages={"required": "请选择收到渠道。", "invalid_choice": "请选择列出的渠道之一。"},
    )
    is_oral = forms.BooleanField(
        label="口头提出，由本机关代为填写", required=False, help_text="条例第二十九条；打印后请申请人核对、签名。"
    )
    arrived_on = _date("收到材料之日", required=True, help_text="当面提交之日、签收之日、收到信函之日、收到传真之日。")
    confirmed_on = _date(
        "双方确认之日", required=False, help_text="平常信函、传真：与申请人确认收到之日（条例第三十一条）。"
    )
    confirmed_how = forms.CharField(
        label="确认的方式、经办人",
        required=False,
        max_length=100,
        help_text=f"例如：{'、'.join(_HOW)}；不要写申请人的姓名和号码。",
    )
    unreachable = forms.BooleanField(
        label="此前无法与申请人取得联系", required=False, help_text="自恢复联系并确认之日起计算。"
    )
    external_number = forms.CharField(
        label="收件编号", required=False, max_length=60, help_text="本机关收文编号或者其他平台的编号。"
    )
    id_proof = _file("身份证明", f"复印件、扫描件：PDF、JPG、PNG，不超过 {LARGEST // 1_000_000} MB。")
    request_file = _file("申请表原件", "扫描件。")
    proof = _file("收到日期的凭证", "信封、签收记录、传真接收记录、申请人签名的回执。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("id_type", "id_number", "provision", "delivery"):
            self.fields[name].required = False
        for name, nothing in (("id_type", "未提供"), ("provision", "未指明"), ("delivery", "未指明")):
            field: Any = self.fields[name]
            field.choices = [("", nothing), *field.choices]

    def _check_who(self, found: Any) -> None:
        """What is lacking is a matter for a correction, not for refusing the paper."""

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        today = timezone.localdate()
        for name in ("arrived_on", "confirmed_on"):
            if found.get(name) and found[name] > today:
                self.add_error(name, "日期在今天之后，请核对。")
        if found.get("is_oral") and found.get("channel") not in (None, Channel.COUNTER):
            self.add_error("is_oral", "口头提出的，收到渠道是当面提交。")
        if found.get("confirmed_on") and not found.get("confirmed_how"):
            self.add_error("confirmed_how", "请写明以什么方式确认、由谁经办。")
        return found

    def incoming(self, papers: list[Paper]) -> Incoming:
        """What is to be registered; the form must be valid."""
        found = self.cleaned_data
        return Incoming(
            self.person(),
            self.description,
            Channel(found["channel"]),
            found["arrived_on"],
            wanted=self.wanted(),
            confirmed_on=found["confirmed_on"],
            confirmed_how=found["confirmed_how"],
            unreachable=found["unreachable"],
            is_oral=found["is_oral"],
            external_number=found["external_number"].strip(),
            papers=papers,
        )


_ARRIVAL = ("channel", "is_oral", "arrived_on", "confirmed_on", "confirmed_how", "unreachable", "external_number")
STAFF_PARTS = (
    ("arrival", "怎样收到", (*_ARRIVAL, "proof", "request_file")),
    *((code, title.replace("您", "申请人"), names) for code, title, names in PARTS),
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What registering would do: the day of receipt, the clock, what may be the same."""

    receipt: Receipt
    deadline: Deadline
    alike: list[Alike]

    @property
    def received(self) -> str:
        return chinese_day(self.receipt.date)

    @property
    def due(self) -> str:
        return chinese_day(self.deadline.due)


def preview(agency: int, incoming: Incoming) -> Preview:
    """Raises :class:`LawError`."""
    found, person = incoming.receipt, incoming.person
    deadline = reply_deadline(found.date, (), working_calendar())
    applicant = Applicant(kind=person.kind, name=person.name, id_number=person.id_number)
    return Preview(found, deadline, alike_to(agency, applicant, incoming.requested))
