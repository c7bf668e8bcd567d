"""The reply on its way: reviewed, sent back, signed; letters sent and served."""

from __future__ import annotations

from typing import Any

from django import forms

from ...events import MODES
from ...models import Letter
from .base import DayForm, UploadField, VerbForm, line, text

_OPINION = "会列入办理经过，长期保存。不要写申请人的姓名等个人信息。"


class ReviewForm(VerbForm):
    """审核通过; ``digest`` is the letter that was looked at."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    opinion = text("审核意见", f"可以不写。{_OPINION}", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.at.case.work.draft
        self.initial.setdefault("digest", draft.digest if draft else "")


class SignForm(ReviewForm):
    """签发: the letter gets its number and its date."""

    opinion = None  # type: ignore[assignment]


class ReturnForm(VerbForm):
    """退回修改."""

    opinion = text("退回的意见", f"写明哪里要改、怎样改。{_OPINION}")


class _OfLetter(DayForm):
    letter = forms.TypedChoiceField(label="文书", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(letter.pk, str(letter)) for letter in self.letters()]
        self.fields["letter"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial.setdefault("letter", choices[0][0])
        self.order_fields(["letter", "mode", "tracking", "day"])

    def letters(self) -> list[Letter]:
        raise NotImplementedError


class SendForm(_OfLetter):
    """发出文书. The day of dispatch decides whether a reply is in time."""

    day_label = "发出日期"
    day_help = "交邮、发送或者交付之日；答复是否及时以这一日为准。"
    mode = forms.ChoiceField(
        label="送达方式",
        choices=list(MODES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "请选择送达方式。"},
    )
    tracking = line("邮寄单号", "挂号、快递的必填。", required=False, longest=60)

    def letters(self) -> list[Letter]:
        return unsent(self.at.application.pk, self.at.case)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("mode") == "signed_post" and not found.get("tracking", "").strip():
            self.add_error("tracking", "邮寄的请填写邮寄单号，它是送达的凭证之一。")
        return found


class ServiceForm(_OfLetter):
    """送达, with its proof."""

    day_label = "送达日期"
    day_help = "申请人签收、收到邮件或者领取之日。"
    proof = UploadField("送达凭证", "送达回证、邮件签收单、电子邮件回执的扫描件，加密存入案卷。")

    def letters(self) -> list[Letter]:
        return list(Letter.objects.filter(pk__in=self.at.case.work.unproven))


def unsent(application: int, case: Any) -> list[Letter]:
    """The letters that may go out: those of the way, and the reply once it is signed; one query."""
    draft = case.work.draft
    found = Letter.objects.filter(application=application, sent_on=None).exclude(file=None)
    return [
        letter
        for letter in found
        if not letter.outcome or (draft is not None and draft.is_signed and draft.letter == letter.pk)
    ]
