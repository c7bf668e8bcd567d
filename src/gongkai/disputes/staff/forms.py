"""What each verb asks. A form that is refused comes back as it was filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.law.disputes import endings, errors

from ..case import Case
from ..events import APPEALS, BODY_KINDS, SESSIONS
from ..models import Dispute, DisputeKind, DocumentKind
from ..queries import applications_named, reviews_of

LARGEST = 50_000_000  # bytes of a file


def _date(label: str, help_text: str = "", *, required: bool = True, past: bool = True) -> forms.DateField:
    latest = {"max": timezone.localdate().isoformat()} if past else {}
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **latest}),
        error_messages={"required": f"请填写{label}。", "invalid": "请填写日期，如 2025-03-03。"},
    )


def _line(label: str, help_text: str = "", *, required: bool = True, longest: int = 60) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        error_messages={"required": f"请填写{label}。"},
    )


class Upload(forms.FileField):
    """A file that is put away encrypted. ``clean`` gives (content, name)."""

    def __init__(self, label: str, help_text: str = "", *, required: bool = True) -> None:
        messages = {
            "required": f"请选择{label}的文件。",
            "empty": "文件是空的，请重新选择。",
            "max_length": "文件名过长，请改短后再上传。",
        }
        super().__init__(label=label, help_text=help_text, required=required, max_length=120, error_messages=messages)

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if not found:
            return b"", ""
        if found.size > LARGEST:
            raise forms.ValidationError(f"文件超过 {LARGEST // 1_000_000} 兆字节，请拆成几个文件。")
        return found.read(), found.name


class VerbForm(forms.Form):
    """A verb and the day on which it happened."""

    day_label = "日期"
    day_help = "实际发生的日期，不一定是今天。"

    def __init__(self, *args: Any, agency: Agency, dispute: Dispute | None = None, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.dispute, self.case = agency, dispute, case
        self.fields["day"] = _date(self.day_label, self.day_help)
        self.fields["day"].initial = timezone.localdate()
        self.order_fields(["day"])

    def clean_day(self) -> date:
        found: date = self.cleaned_data["day"]
        if found > timezone.localdate():
            raise forms.ValidationError("日期在今天之后，请核对。")
        return found


class FileForm(VerbForm):
    """登记: a review or suit that was accepted."""

    day_label = "受理（立案）日期"
    day_help = "复议机关受理、法院立案的日期；年报表四按审结日期计数。"
    kind = forms.ChoiceField(label="类别", choices=DisputeKind.choices, widget=forms.RadioSelect)
    number = _line("案号", "复议案件的文号或者法院的案号，如 温政复〔2025〕1号。")
    application_number = _line(
        "所涉申请的登记编号", "登记编号或者收件编号；对没有答复不服的，填写没有答复的那件申请。", required=False
    )
    body_kind = forms.ChoiceField(label="审理机关的类别", choices=[("", "请选择"), *BODY_KINDS.items()])
    body = _line("审理机关", "如 温州市人民政府、温州市鹿城区人民法院。", longest=100)
    earlier = forms.ModelChoiceField(
        Dispute.objects.none(), label="此前的复议", required=False, empty_label="没有，或者不是复议后起诉"
    )
    alleged = forms.MultipleChoiceField(
        label="主张的问题", required=False, choices=[], widget=forms.CheckboxSelectMultiple
    )
    claims = forms.CharField(
        label="请求和理由",
        help_text="申请书、起诉状中的请求和主要理由；加密保存，不进入台账。",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    claim_file = Upload("申请书（起诉状）副本", "可以以后再存入。", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alleged: Any = self.fields["alleged"]
        alleged.choices = [(each.code, each.label) for each in errors().values()]
        earlier: Any = self.fields["earlier"]
        earlier.queryset = reviews_of(self.agency)
        body = {"government": self.agency.review_government, "court": self.agency.court}
        known = "；".join(name for name in body.values() if name)
        if known:
            self.fields["body"].help_text = f"本机关设置中的：{known}。"

    def clean_application_number(self) -> str:
        named: str = self.cleaned_data["application_number"].strip()
        self.application = applications_named(self.agency, {named}).get(named) if named else None
        if named and self.application is None:
            raise forms.ValidationError(f"没有编号为 {named} 的申请，请核对；没有登记过的请先登记，或者留空。")
        return named


class NotifyForm(VerbForm):
    """收到答复通知书、应诉通知书."""

    day_label = "收到通知和副本的日期"
    simplified = forms.BooleanField(label="适用简易程序", required=False)
    answer_by = _date("通知书载明的答复期限", "没有载明的留空，按法律规定推算。", required=False, past=False)
    notice_file = Upload("通知书", "可以以后再存入。", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.forum != "review":
            del self.fields["simplified"]


class AnswerForm(VerbForm):
    """提交答复、答辩."""

    day_label = "提交日期"
    answer_file = Upload("答复书（答辩状）", "连同证据清单；证据可以直接用证据包。")


class SessionForm(VerbForm):
    """听证、开庭通知."""

    day_label = "收到通知的日期"
    form = forms.ChoiceField(label="方式", choices=list(SESSIONS.items()), widget=forms.RadioSelect)
    on = _date("听证（开庭）日期", past=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        review = self.case.forum == "review"
        field: Any = self.fields["form"]
        field.choices = [each for each in SESSIONS.items() if (each[0] == "trial") != review]
        field.initial = field.choices[0][0]


class DecideForm(VerbForm):
    """收到决定、裁判: how it ended, and when it was lost, why."""

    day_label = "收到的日期"
    appeal = forms.ChoiceField(label="对一审裁判的处理", choices=list(APPEALS.items()), widget=forms.RadioSelect)
    ending = forms.ChoiceField(label="结果", choices=[], required=False, widget=forms.RadioSelect)
    decision_number = _line("决定书（裁判文书）文号", required=False)
    perform_by = _date("责令履行的最后期限", "责令重新答复、限期履行的填写。", required=False, past=False)
    errors_found = forms.MultipleChoiceField(
        label="错误类型", required=False, choices=[], widget=forms.CheckboxSelectMultiple
    )
    decision_file = Upload("决定书（裁判文书）", "可以以后再存入。", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ending: Any = self.fields["ending"]
        ending.choices = [(each.code, each.label) for each in endings().values() if each.forum == self.case.forum]
        found: Any = self.fields["errors_found"]
        found.choices = [(each.code, each.label) for each in errors().values()]
        found.help_text = "被纠正的必选，供复盘和培训；没有被纠正的不选。"
        if not self.case.is_appeal:
            del self.fields["appeal"]
        else:
            ending.help_text = "维持原判的，选与一审相同的结果；发回重审的不选。"


class AppealForm(VerbForm):
    """上诉."""

    day_label = "上诉（收到上诉状副本）日期"
    by = forms.ChoiceField(
        label="上诉人", choices=[("other", "对方（第三人）"), ("agency", "本机关")], widget=forms.RadioSelect
    )
    number = _line("二审案号", required=False)
    body = _line("二审法院", required=False, longest=100)


class ConcludeForm(VerbForm):
    """审结: the judgment has taken effect."""

    day_label = "生效日期"
    day_help = "上诉期满、各方没有上诉的，裁判生效；年报表四按这一天所在的年度计数。"


class PerformForm(VerbForm):
    """履行."""

    day_label = "履行日期"
    document_number = _line("重新作出的答复的文号", required=False)
    application_number = _line("为此登记的申请编号", "另行登记为新的申请办理的填写。", required=False)
    performance_file = Upload("履行情况材料", "如重新作出的答复、送达凭证。", required=False)

    def clean_application_number(self) -> str:
        named: str = self.cleaned_data["application_number"].strip()
        self.application = applications_named(self.agency, {named}).get(named) if named else None
        if named and self.application is None:
            raise forms.ValidationError(f"没有编号为 {named} 的申请，请核对。")
        return named


class DocumentForm(VerbForm):
    """存入材料."""

    day_label = "收到或者形成的日期"
    kind = forms.ChoiceField(label="类别", choices=DocumentKind.choices)
    file = Upload("材料")


class ArchiveForm(VerbForm):
    """归档."""

    volume = _line("卷号", required=False)
