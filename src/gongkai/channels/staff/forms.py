"""What the pages ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.bureau.models import Agency

from ..articles import Article
from ..models import Channel, Kind, Level, Mode, ReadsDefinition
from ..services import digest_of
from ..wechat.limits import AUTHOR, DIGEST


def line(label: str, help_text: str = "", *, required: bool = True, longest: int = 100) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        error_messages={"required": f"请填写{label}。", "max_length": f"{label}最多 {longest} 个字，请缩短。"},
    )


def day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": f"请填写{label}。", "invalid": "请填写日期，如 2025-03-03。"},
    )


def address(label: str, help_text: str = "", *, required: bool = False) -> forms.URLField:
    return forms.URLField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": f"请填写{label}。",
            "invalid": "请填写完整的网址，如 https://mp.weixin.qq.com/s/…。",
        },
    )


def text(label: str, help_text: str = "", *, longest: int = 5000, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{label}最多 {longest} 个字，请缩短。"},
    )


class PastDayMixin:
    """``day`` is a day that has been."""

    cleaned_data: dict[str, Any]

    def clean_published_on(self) -> date:
        found: date = self.cleaned_data["published_on"]
        if found > timezone.localdate():
            raise forms.ValidationError("日期在今天之后，请核对。")
        return found


class ChannelForm(forms.Form):
    """A channel; for a WeChat account also its interface."""

    kind = forms.ChoiceField(label="渠道类别", choices=Kind.choices)
    name = line("渠道名称", "公众号、公报、媒体的名称；台账按名称对应。", longest=60)
    account = line("账号", "微信号、微博账号等，没有的留空。", required=False, longest=60)
    mode = forms.ChoiceField(
        label="公众号的发布方式",
        choices=Mode.choices,
        initial=Mode.BY_HAND,
        widget=forms.RadioSelect,
        help_text="只有已认证的公众号能用接口发布；没有接口的，由系统做好发布包，人工发布后回填链接。",
    )
    author = line("默认作者", required=False, longest=AUTHOR)
    appid = line("AppID", "在微信公众平台“设置与开发—基本配置”中查看。", required=False, longest=40)
    secret = forms.CharField(
        label="AppSecret",
        required=False,
        max_length=100,
        help_text="加密保存，不再显示；不改的留空。还须把本服务器的 IP 地址加入公众号的白名单。",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, agency: Agency, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.channel = agency, channel
        if channel is not None:
            self.fields["kind"].disabled = True
            if channel.kind != Kind.WECHAT:
                for name in ("mode", "author", "appid", "secret"):
                    del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        others = Channel.objects.filter(agency=self.agency, kind=given.get("kind"), name=given.get("name", "").strip())
        if self.channel is not None:
            others = others.exclude(pk=self.channel.pk)
        if others.exists():
            self.add_error("name", "已经有这个名称的渠道。")
        known = getattr(self.channel, "wechat", None)
        if given.get("kind") == Kind.WECHAT and given.get("mode") == Mode.INTERFACE:
            if not given.get("appid"):
                self.add_error("appid", "接口发布须填写 AppID。")
            if not given.get("secret") and not (known and known.secret):
                self.add_error("secret", "接口发布须填写 AppSecret。")
        return given


class AppearanceForm(PastDayMixin, forms.Form):
    """Where an item appeared."""

    channel = forms.ModelChoiceField(
        Channel.objects.none(), label="渠道", error_messages={"required": "请选择渠道。"}, empty_label="请选择"
    )
    title = line("标题", longest=300)
    published_on = day("发布日期", "公报、报纸填写出版日期。")
    issue = line("期", "公众号一次推送、公报一号为一期，写期号；期号相同的算同一期。", required=False, longest=40)
    item = forms.IntegerField(label="条", required=False, min_value=1, max_value=99, help_text="这一期里的第几条。")
    url = address("链接")
    reads = forms.IntegerField(label="阅读量", required=False, min_value=0)
    reads_definition = forms.ChoiceField(
        label="阅读量的口径",
        choices=ReadsDefinition.choices,
        initial=ReadsDefinition.TIMES,
        help_text="平台给出的是次数还是人数；两者分开统计，不相加。",
    )
    national = line("国家级录用单位", "如 国家统计局；几个单位以顿号分开。", required=False, longest=200)
    provincial = line("省级录用单位", required=False, longest=200)
    municipal = line("市级录用单位", required=False, longest=200)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel: Any = self.fields["channel"]
        channel.queryset = Channel.objects.filter(agency=agency).order_by("kind", "name")
        channel.label_from_instance = lambda each: f"{each.get_kind_display()}：{each.name}"

    def adoptions(self) -> list[tuple[Level, str]]:
        """Level and body, each once."""
        found = {
            (level, name[:100])
            for level in Level
            for part in self.cleaned_data[level.value].replace("，", "、").replace(",", "、").split("、")
            if (name := part.strip())
        }
        return sorted(found)


class SendForm(forms.Form):
    """To which channels an article goes, and as what."""

    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(),
        label="发往",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个渠道。"},
    )
    title = line("标题", "微信最多 32 个字；与签发的标题不同的，须由审核人员或者负责人选定。", longest=300)
    author = line("作者", "最多 16 个字；留空的用公众号的默认作者。", required=False, longest=AUTHOR)
    digest = forms.CharField(
        label="摘要",
        required=False,
        max_length=DIGEST,
        help_text=f"最多 {DIGEST} 个字；留空的用信息的内容概述。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"摘要最多 {DIGEST} 个字，请缩短。"},
    )

    def __init__(self, *args: Any, agency: Agency, article: Article, taken: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels: Any = self.fields["channels"]
        channels.queryset = (
            Channel.objects.filter(agency=agency)
            .exclude(pk__in=taken)
            .select_related("wechat")
            .order_by("kind", "name")
        )
        channels.label_from_instance = _channel_words
        self.fields["title"].initial, self.fields["digest"].initial = article.title, digest_of(article)


def _channel_words(channel: Channel) -> str:
    account = getattr(channel, "wechat", None)
    way = "接口发布" if account is not None and account.is_connected else "人工发布"
    return f"{channel.get_kind_display()}：{channel.name}（{way}）"


class ByHandForm(PastDayMixin, forms.Form):
    """回填链接."""

    published_on = day("发布日期")
    url = address("文章链接", "从发布后的文章页面复制；公报、报纸没有链接的留空。")
    issue = line("期", "公众号一次推送为一期，写期号。", required=False, longest=40)
    item = forms.IntegerField(label="条", required=False, min_value=1, max_value=99)

    def __init__(self, *args: Any, needs_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["published_on"].initial = timezone.localdate()
        self.fields["url"].required = needs_address
        self.fields["url"].error_messages["required"] = "请填写文章链接。"


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = line("原因", longest=300)


class NothingForm(forms.Form):
    """Only asked whether."""


class ConferenceForm(forms.Form):
    """A press conference."""

    held_on = day("日期")
    topic = line("主题", longest=300)
    host = line("主办单位", "如 市政府新闻办公室。", required=False)
    speakers = line("发布人", "姓名和职务，几个人以顿号分开。", required=False, longest=300)
    head_spoke = forms.BooleanField(label="主要负责人出席", required=False)
    summary = text("内容摘要", longest=5000)
    url = address("直播或者报道的网址")


class QuestionForm(forms.Form):
    """A question and its answer; an empty one is none."""

    asker = line("提问媒体", required=False)
    question = text("提问", longest=2000, rows=2)
    speaker = line("答问人", required=False)
    answer = text("回答", longest=10_000)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("question", "").strip()) != bool(given.get("answer", "").strip()):
            raise forms.ValidationError("提问和回答都要填写；不要的，两处都清空。")
        return given


class LinkForm(forms.Form):
    """A link; an empty one is none."""

    title = line("标题", required=False, longest=300)
    url = line("链接", "网站上的信息可以写 /art/12.html。", required=False, longest=500)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        url = given.get("url", "").strip()
        if bool(given.get("title", "").strip()) != bool(url):
            raise forms.ValidationError("标题和链接都要填写；不要的，两处都清空。")
        if (url and not url.startswith(("https://", "http://", "/"))) or url.startswith("//"):
            self.add_error("url", "链接须以 https:// 开头，本网站的以 / 开头。")
        return given
