"""The request as a form: who asks, which record of theirs, what is wrong with it, and the evidence (Article 41)."""

from __future__ import annotations

from typing import Any

from django import forms

from ..intake.forms import ApplicationForm
from ..intake.papers import ACCEPTED, LARGEST
from ..models import ApplicantKind
from ..services import Person
from .models import Told
from .services import Asks

_LONGEST = 2000
_FILES = f"照片、扫描件：PDF、JPG、PNG，不超过 {LARGEST // 1_000_000} MB。"
PARTS = (
    (
        "who",
        "您是谁",
        (
            *("kind", "name", "id_type", "id_number", "id_proof", "representative"),
            *("contact", "phone", "email", "address", "postcode"),
        ),
    ),
    ("what", "哪里需要更正", ("record_name", "wrong", "right", "evidence")),
    ("how", "怎样告知您", ("told_by",)),
)
_NEEDED = {
    Told.EMAIL: ("email", "选择电子邮件的，请填写电子邮箱。"),
    Told.POST: ("address", "选择邮寄的，请填写通信地址。"),
    Told.PHONE: ("phone", "选择电话的，请填写联系电话。"),
}
# Files that wait while the form comes back.
FILES = ("id_proof", "evidence")


def _words(label: str, help_text: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"请填写{label}。", "max_length": f"{label}最多 {_LONGEST} 字，材料请作为附件。"},
    )


class CorrectionForm(ApplicationForm):
    """Who asks is stated as in an application; what is asked is another thing."""

    fax = title = reference = requested = provision = delivery = accepts_other = needs_help = None  # type: ignore[assignment]
    record_name = _words("哪一份记录", "本机关提供的、与您自身相关的政府信息，写明名称、文号或者取得的时间。", 2)
    wrong = _words("不准确之处", "现在写的是什么。", 3)
    right = _words("应当怎样更正", "应当写成什么。", 3)
    told_by = forms.ChoiceField(
        label="告知方式",
        choices=Told.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样告知您。", "invalid_choice": "请选择列出的方式之一。"},
    )
    id_proof = forms.FileField(
        label="身份证明", required=False, help_text=_FILES, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    evidence = forms.FileField(
        label="证明记录不准确的证据",
        required=False,
        help_text=_FILES,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = forms.Form.clean(self) or self.cleaned_data
        self._check_who(found)
        if found.get("told_by") in _NEEDED:
            name, told = _NEEDED[Told(found["told_by"])]
            if not found.get(name) and name not in self.errors:
                self.add_error(name, told)
        return found

    def person(self) -> Person:
        """Who asks; the form must be valid."""
        names = ("name", "id_number", "phone", "address", "email", "id_type", "postcode", "contact", "representative")
        given = {name: self.cleaned_data[name] for name in names}
        return Person(ApplicantKind(self.cleaned_data["kind"]), **given)

    def asks(self) -> Asks:
        """What is asked."""
        given = self.cleaned_data
        return Asks(given["record_name"], given["wrong"], given["right"], Told(given["told_by"]))
