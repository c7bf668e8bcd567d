"""The application as a form (Article 29): who applies, what is wanted, how. Never for which purpose (Article 27)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import validate_email

from ..models import ApplicantKind, Delivery, IdType, Provision
from ..services import Person, Wanted

_ORGANISATIONS = [(code, label) for code, label in ApplicantKind.choices if code != ApplicantKind.NATURAL_PERSON]
KINDS = [("公民", [(ApplicantKind.NATURAL_PERSON.value, ApplicantKind.NATURAL_PERSON.label)])]
KINDS += [("法人或者其他组织", _ORGANISATIONS)]
LONGEST_TEXT = 4000
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_RESIDENT = re.compile(r"\d{17}[\dX]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_POSTCODE = re.compile(r"\d{6}")
_TELEPHONE = re.compile(r"[\d+()（）\-— 转#*,，、/;；extEXT.]{5,60}")
# What a way of delivery needs to be known.
_NEEDED = {
    Delivery.EMAIL: ("email", "选择以电子邮件获取的，请填写电子邮箱。"),
    Delivery.POST: ("address", "选择邮寄的，请填写通信地址。"),
    Delivery.FAX: ("fax", "选择传真的，请填写传真号码。"),
}
_REACHABLE = "请至少填写联系电话、电子邮箱、通信地址中的一项，以便联系。"
# Which form goes by which way; what is only looked at is looked at on the spot.
_ON_SITE = {Provision.INSPECTION: {Delivery.ON_SITE}}
_SENT_AS_FILES = {Delivery.PORTAL, Delivery.EMAIL}

# The three parts of the page.
PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "who",
        "您是谁",
        (
            *("kind", "name", "id_type", "id_number", "id_proof", "representative"),
            *("contact", "phone", "email", "address", "postcode", "fax"),
        ),
    ),
    ("what", "您需要什么信息", ("title", "reference", "requested")),
    ("how", "您希望怎样获取", ("provision", "delivery", "accepts_other", "needs_help")),
)


def _line(label: str, most: int, *, required: bool = False, autocomplete: str = "off", **options: Any) -> Any:
    attributes = {"autocomplete": autocomplete, **options.pop("attrs", {})}
    messages = {"max_length": f"{label}最多 {most} 字。", "required": f"请填写{label}。"}
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        error_messages=messages,
        widget=forms.TextInput(attrs=attributes),
        **options,
    )


class ApplicationForm(forms.Form):
    """What an application must and may say, whoever fills it in."""

    use_required_attribute = False  # what is wrong is told beside the field, in our words

    kind = forms.ChoiceField(
        label="申请人类型",
        choices=KINDS,
        error_messages={"required": "请选择申请人类型。", "invalid_choice": "请选择列出的申请人类型之一。"},
        widget=forms.RadioSelect,
    )
    name = _line("姓名或者名称", 100, required=True, autocomplete="name")
    id_type = forms.ChoiceField(
        label="证件名称",
        choices=IdType.choices,
        initial=IdType.RESIDENT,
        error_messages={"required": "请选择证件名称。", "invalid_choice": "请选择列出的证件之一。"},
    )
    id_number = _line("证件号码", 60, required=True, help_text="法人或者其他组织填写统一社会信用代码。")
    representative = _line("法定代表人或者负责人", 60, help_text="法人或者其他组织填写。")
    contact = _line("联系人", 60, help_text="与申请人不同时填写。")
    phone = _line("联系电话", 60, autocomplete="tel", attrs={"inputmode": "tel"})
    email = _line("电子邮箱", 200, autocomplete="email", attrs={"inputmode": "email"})
    address = _line("通信地址", 300, autocomplete="street-address")
    postcode = _line("邮政编码", 12, autocomplete="postal-code", attrs={"inputmode": "numeric"})
    fax = _line("传真号码", 60)
    title = _line("信息名称", 200, help_text="知道的话填写，例如文件、统计表、报告的名称。")
    reference = _line("文号", 100, help_text="知道的话填写。")
    requested = forms.CharField(
        label="内容描述",
        required=False,
        max_length=LONGEST_TEXT,
        help_text="写明便于查找的特征：哪一年、哪个地区、什么事项。一件申请请只写一个事项。不需要说明用途。",
        error_messages={"max_length": f"内容描述最多 {LONGEST_TEXT} 字；较长的材料可以作为附件邮寄或者当面提交。"},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    provision = forms.ChoiceField(
        label="提供方式",
        choices=Provision.choices,
        error_messages={"required": "请选择提供方式。", "invalid_choice": "请选择列出的提供方式之一。"},
        widget=forms.RadioSelect,
    )
    delivery = forms.ChoiceField(
        label="获取途径",
        choices=Delivery.choices,
        error_messages={"required": "请选择获取途径。", "invalid_choice": "请选择列出的获取途径之一。"},
        widget=forms.RadioSelect,
    )
    accepts_other = forms.BooleanField(
        label="不能按上述方式提供的，也接受其他方式", required=False, help_text="条例第四十条。"
    )
    needs_help = forms.BooleanField(
        label="存在阅读困难或者视听障碍，需要帮助", required=False, help_text="条例第四十三条。"
    )

    # --- Each field ---

    def clean_id_number(self) -> str:
        number = unicodedata.normalize("NFKC", self.cleaned_data["id_number"]).upper().replace(" ", "")
        kind = self.data.get(self.add_prefix("id_type"), "")
        if kind == IdType.RESIDENT and number and not _is_resident(number):
            raise forms.ValidationError("居民身份证号码应当是 18 位，请核对是否有误。")
        if kind == IdType.CREDIT_CODE and number and not _CREDIT_CODE.fullmatch(number):
            raise forms.ValidationError("统一社会信用代码应当是 18 位数字和字母，请核对是否有误。")
        return number

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if typed:
            try:
                validate_email(typed)
            except forms.ValidationError as error:
                raise forms.ValidationError("电子邮箱写得不完整，例如 name@example.cn。") from error
        return typed

    def clean_phone(self) -> str:
        return self._number("phone", "联系电话")

    def clean_fax(self) -> str:
        return self._number("fax", "传真号码")

    def clean_postcode(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["postcode"])
        if typed and not _POSTCODE.fullmatch(typed):
            raise forms.ValidationError("邮政编码是 6 位数字；不在内地的可以不填。")
        return typed

    def _number(self, name: str, label: str) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data[name])
        if typed and not _TELEPHONE.fullmatch(typed):
            raise forms.ValidationError(f"{label}只写数字和区号，例如 0577-88960000。")
        return typed

    # --- What they say together ---

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        self._check_who(found)
        if not any(found.get(name, "").strip() for name in ("title", "reference", "requested")) and not (
            {"title", "reference", "requested"} & set(self.errors)
        ):
            self.add_error("requested", "请写明所需信息的名称、文号或者便于查找的其他特征（条例第二十九条）。")
        self._check_how(found)
        return found

    def _check_who(self, found: Mapping[str, Any]) -> None:
        kind, id_type = found.get("kind"), found.get("id_type")
        if kind == ApplicantKind.NATURAL_PERSON and id_type == IdType.CREDIT_CODE:
            self.add_error("id_type", "自然人请选择身份证件；统一社会信用代码是法人或者其他组织的。")
        ways = ("phone", "email", "address")
        if not any(found.get(name) for name in ways) and not set(ways) & set(self.errors):
            self.add_error("phone", _REACHABLE)

    def _check_how(self, found: Mapping[str, Any]) -> None:
        provision, delivery = found.get("provision"), found.get("delivery")
        if delivery in _NEEDED:
            name, told = _NEEDED[Delivery(delivery)]
            if not found.get(name) and name not in self.errors:
                self.add_error(name, told)
        if provision in _ON_SITE and delivery and delivery not in _ON_SITE[Provision(provision)]:
            self.add_error("delivery", "查阅、抄录只能当场进行，请选择“当场查阅、抄录”。")
        if provision in {Provision.PAPER, Provision.DISC} and delivery in _SENT_AS_FILES:
            self.add_error("delivery", "纸质或者光盘不能从网上发送，请选择邮寄或者自行领取，或者改选电子文档。")

    # --- What it says ---

    def person(self) -> Person:
        """Who applies; the form must be valid."""
        names = [*("name", "id_number", "phone", "address", "email", "id_type")]
        names += ["postcode", "fax", "contact", "representative"]
        given = {name: self.cleaned_data[name] for name in names}
        return Person(ApplicantKind(self.cleaned_data["kind"]), **given)

    def wanted(self) -> Wanted:
        """What is wanted beside its description, and how."""
        names = ("title", "reference", "provision", "delivery", "accepts_other", "needs_help")
        return Wanted(**{name: self.cleaned_data[name] for name in names})

    @property
    def description(self) -> str:
        """What is asked for, in the applicant's words; the name of it where that is all that was given."""
        found = self.cleaned_data
        return found["requested"] or found["title"] or found["reference"]


def _is_resident(number: str) -> bool:
    """Whether the last sign of a resident's number follows from the others (GB 11643)."""
    if not _RESIDENT.fullmatch(number) or not number.isascii():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return "10X98765432"[total % 11] == number[17]
