"""The forms of 会商, on both sides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.bureau.models import Agency

from ..coordination.directory import directory, of_key
from ..coordination.models import Answerer, Form, Openness, OtherBody, Trigger
from ..coordination.services import Whom, answer_limit, whom_of
from ..models import CaseFile, FileKind
from ..naming import named_in
from .forms.base import UploadField, line, text
from .matters import MatterForm, choice, day_field

PRIVATE = "不要写申请人的姓名、单位和联系方式：被征求意见的机关不需要知道谁在申请。"
_HIDDEN = (FileKind.ID_PROOF, FileKind.SERVICE_PROOF)


class OpenForm(MatterForm):
    """发起会商. ``matter`` is the application."""

    day = day_field("发起日期")
    trigger = choice("缘由", Trigger.choices)
    form = choice("形式", Form.choices, "用公函的，对不在本系统中的机关制发协办函。")
    held_at = forms.DateTimeField(
        label="会议时间",
        required=False,
        help_text="开会或者线上会商的填写。",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": "请填写日期和时间，如 2020-03-02 14:30。"},
    )
    place = line("会议地点或者线上地址", required=False)
    question = text("会商事项", f"需要对方回答什么。{PRIVATE}", longest=4000)
    shown = text("所涉政府信息", f"对方看到的信息名称和特征。{PRIVATE}", longest=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("shown", self.matter.title or self.matter.requested)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            found.get("form") in (Form.MEETING, Form.ONLINE)
            and not found.get("held_at")
            and "held_at" not in self.errors
        ):
            self.add_error("held_at", "开会或者线上会商的，请填写时间。")
        for name in ("question", "shown"):
            if named := named_in(self.matter.applicant, found.get(name, "")):
                self.add_error(name, f"这里写有申请人的{named}，请删去。")
        return found


class AskForm(MatterForm):
    """征求意见. ``matter`` is the 会商."""

    day = day_field("发出日期")
    whom = forms.ChoiceField(
        label="征求哪个机关",
        required=False,
        help_text="本系统中的机关在自己的工作台上答复；名录中没有的，在下面填写名称。",
    )
    name = line("其他机关的名称", "名录中没有的才填。", required=False, longest=100)
    address = line("其他机关的地址", "寄送公函用。", required=False)
    postcode = line("邮政编码", required=False, longest=6)
    people = line("参加人员", "开会或者线上会商的填写，如：李处长、王科长。", required=False)
    reply_by = forms.DateField(
        label="请在何日之前答复",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="本地规定了期限的从其规定。",
        error_messages={"required": "请填写日期。", "invalid": "请填写日期，如 2020-03-02。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here: list[tuple[str, str]] = []
        others: list[tuple[str, str]] = []
        for body in directory(self.matter.agency):
            is_here = isinstance(body, Agency)
            (here if is_here else others).append((f"{'agency' if is_here else 'body'}:{body.pk}", body.name))
        groups: list[Any] = [("", "请选择")]
        groups += [("本系统中的机关", here)] if here else []
        groups += [("名录中的其他机关", others)] if others else []
        self.fields["whom"].choices = groups  # type: ignore[attr-defined]
        self.initial.setdefault("reply_by", answer_limit(timezone.localdate()))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        key, name = found.get("whom", ""), found.get("name", "").strip()
        if bool(key) == bool(name):
            self.add_error("whom", "请选择一个机关，或者在下面填写名称，二者填一处。")
        elif key and (body := of_key(self.matter.agency, key)) is not None:
            found["to"] = whom_of(body)
        elif name:
            found["to"] = Whom(name, None, found.get("address", "").strip(), found.get("postcode", "").strip())
        return found


class ShareForm(MatterForm):
    """Files of the case for those who are asked."""

    shared = forms.ModelMultipleChoiceField(
        label="提供给被征求意见的机关的文件",
        queryset=CaseFile.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="对方可以打开；打开的人和时间记入案卷。请先看清文件中没有申请人的个人信息。",
        error_messages={"required": "请选择文件。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        files = CaseFile.objects.filter(application=self.matter.application_id, erased_at=None)
        field: Any = self.fields["shared"]
        field.queryset = files.exclude(kind__in=_HIDDEN)
        field.label_from_instance = lambda file: f"{file.name}（{file.get_kind_display()}）"


class OpinionForm(MatterForm):
    """An opinion with its basis. ``matter`` is the body that was asked."""

    openness = choice("公开属性", Openness.choices)
    opinion = text("意见", "先写基本事实，再写意见。", longest=4000)
    basis = text("依据", "写明条款或者理由，如：尚未公布的统计数据按公布计划发布。", longest=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("opinion", self.matter.opinion)
        self.initial.setdefault("basis", self.matter.basis)


class RecordForm(OpinionForm):
    """登记意见 of a body outside, as it came in."""

    day = day_field("收到意见之日")
    field_order = ("day", "openness", "opinion", "basis", "file")
    file = UploadField("来件", "复函的扫描件，加密存入案卷。", required=False)


class DayOnlyForm(MatterForm):
    """A verb that asks only when."""

    day = day_field()


class ReasonForm(MatterForm):
    """A verb that asks why; the reason goes into the ledger and stays there."""

    reason = text("理由", "不要写申请人的姓名等个人信息。")


class SureForm(MatterForm):
    """Signs what the page shows: ``digest`` is that of the words that were looked at."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("digest", getattr(self.matter, "looked_at", ""))


class DisagreeForm(MatterForm):
    """意见不一致."""

    dispute = text("分歧及各方的理由", longest=4000)


class EscalateForm(MatterForm):
    """提请主管部门."""

    to = line("提请哪个主管部门", "如：市政府信息公开工作主管部门；涉及上级机关的逐级报告。", longest=100)


class ConcludeForm(MatterForm):
    """形成结论."""

    openness = choice("公开属性", Openness.choices)
    answerer = choice("由谁答复", Answerer.choices)
    conclusion = text("结论", "内容是否一致、准确，公开的主体、途径和时间。", longest=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("conclusion", self.matter.conclusion)


class FileForm(MatterForm):
    """A file that belongs to an answer."""

    file = UploadField("附件", "加密存入案卷。")


class TellForm(MatterForm):
    """告知并提示, or 代为转送. ``matter`` is the application."""

    body = forms.CharField(widget=forms.RadioSelect, error_messages={"required": "请选择一个机关。"})
    way = choice(
        "怎样办",
        [("tell", "告知并提示：名称和联系方式存入办理材料，由答复文书告知"), ("pass", "并代为转送：申请人同意的")],
        initial="tell",
    )
    consent = text("申请人同意的情况", "代为转送的须填：何时、以何种方式同意。", required=False, longest=1000)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        body = of_key(self.matter.agency, found.get("body", "")) if found.get("body") else None
        if body is None and "body" not in self.errors:
            self.add_error("body", "请选择一个机关。")
        found["found"] = body
        if found.get("way") == "pass" and not found.get("consent", "").strip():
            self.add_error("consent", "未经申请人同意不能转送，请写明申请人何时、以何种方式同意。")
        return found


class BodyForm(forms.ModelForm):
    """A body of the agency's own list."""

    website = forms.URLField(
        label="网站地址",
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "请填写完整的网址，如 https://www.example.gov.cn。"},
    )

    class Meta:
        model = OtherBody
        fields = ("name", "office", "address", "postcode", "telephone", "website", "keywords")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        taken = OtherBody.objects.filter(agency_id=self.instance.agency_id, name=name).exclude(pk=self.instance.pk)
        if taken.exists():
            raise forms.ValidationError("名录中已有这个机关。")
        return name


def local_moment(value: datetime | None) -> datetime | None:
    """A moment as it was typed, in the time of the office."""
    return value if value is None or timezone.is_aware(value) else timezone.make_aware(value)
