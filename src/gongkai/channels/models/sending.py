"""What is on its way to a channel, and what WeChat needs to be reached."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from gongkai.bureau.models import AgencyRecord
from gongkai.ledger.fields import EncryptedTextField

from .channel import Appearance, Channel

if TYPE_CHECKING:
    from ..wechat.client import Token


class Mode(models.TextChoices):
    """How something gets into a channel."""

    INTERFACE = "interface", "接口发布"
    BY_HAND = "by_hand", "人工发布"


class WechatAccount(models.Model):
    """The interface of a WeChat account. Secret and token are encrypted and never shown or logged.

    ``downgraded`` says why the account publishes by hand although it was set up for the interface (48001).
    """

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="wechat", verbose_name="渠道")
    mode = models.CharField("发布方式", max_length=12, choices=Mode.choices, default=Mode.BY_HAND)
    appid = models.CharField("AppID", max_length=40, blank=True)
    secret = EncryptedTextField("AppSecret", blank=True, default="")
    author = models.CharField("默认作者", max_length=16, blank=True)
    downgraded = models.CharField("不能用接口的原因", max_length=300, blank=True, editable=False)
    collected_at = models.DateTimeField("最近取数时间", null=True, editable=False)
    trouble = models.CharField("最近取数的问题", max_length=300, blank=True, editable=False)
    token = EncryptedTextField("访问凭证", blank=True, default="", editable=False)
    token_ends_at = models.DateTimeField("凭证到期时间", null=True, editable=False)

    class Meta:
        verbose_name = "公众号接口"
        verbose_name_plural = "公众号接口"

    def __str__(self) -> str:
        return f"{self.channel_id} {self.get_mode_display()}"

    @property
    def is_connected(self) -> bool:
        """Whether the interface can be used as it is set up."""
        return self.mode == Mode.INTERFACE and bool(self.appid and self.secret)

    def load(self) -> Token | None:
        """The token that is kept (:class:`~gongkai.channels.wechat.client.Tokens`)."""
        from ..wechat.client import Token

        return Token(self.token, self.token_ends_at) if self.token and self.token_ends_at else None

    def save_token(self, value: str, ends_at: datetime) -> None:
        """Keep another token."""
        self.token, self.token_ends_at = value, ends_at
        self.save(update_fields=["token", "token_ends_at"])


class Status(models.TextChoices):
    """Where a sending stands."""

    CHOSEN = "chosen", "待处理"
    RENDERED = "rendered", "已排版"
    DRAFTED = "drafted", "草稿已建"
    SUBMITTED = "submitted", "发布中"
    BY_HAND = "by_hand", "待人工发布"
    PUBLISHED = "published", "已发布"
    FAILED = "failed", "未成功"
    CANCELLED = "cancelled", "已取消"
    REMOVED = "removed", "已删除"


MOVING = (Status.CHOSEN, Status.RENDERED, Status.DRAFTED, Status.SUBMITTED)


class Sending(AgencyRecord):
    """One published item on its way to one channel. What the events say is projected; the rest is of the moment.

    ``begun`` names a call to WeChat that was begun and whose answer nobody has seen: after a crash it is looked for
    before it is done again. ``next_try_at``: not before; ``tries``: how often it was put off in this state.
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="sendings", db_index=False, verbose_name="渠道")
    number = models.CharField("编号", max_length=20)
    item = models.PositiveBigIntegerField("信息")
    title = models.CharField("标题", max_length=300)
    author = models.CharField("作者", max_length=16, blank=True)
    digest = models.CharField("摘要", max_length=128, blank=True)
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.CHOSEN)
    chosen_on = models.DateField("选定日期")
    edition = models.CharField("清样摘要", max_length=64, blank=True)
    media_id = models.CharField("草稿", max_length=200, blank=True)
    publish_id = models.CharField("发布任务", max_length=64, blank=True)
    message = models.CharField("消息", max_length=64, blank=True)
    article_id = models.CharField("文章", max_length=200, blank=True)
    url = models.URLField("网址", max_length=500, blank=True)
    published_on = models.DateField("发布日期", null=True)
    reason = models.CharField("原因", max_length=300, blank=True)

    begun = models.CharField("已经开始的操作", max_length=12, blank=True, editable=False)
    tries = models.PositiveIntegerField("推迟次数", default=0, editable=False)
    waiting_for = models.CharField("等待的原因", max_length=300, blank=True, editable=False)
    next_try_at = models.DateTimeField("下次时间", null=True, editable=False)
    appearance = models.OneToOneField(
        Appearance, models.SET_NULL, null=True, editable=False, related_name="sending", verbose_name="发布信息"
    )

    class Meta(AgencyRecord.Meta):
        verbose_name = "渠道发布"
        verbose_name_plural = "渠道发布"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="channels_sending_number"),
            # What failed, was cancelled or deleted may be sent once more; nothing is sent twice at the same time.
            models.UniqueConstraint(
                fields=["channel", "item"],
                condition=~models.Q(status__in=["failed", "cancelled", "removed"]),
                name="channels_sending_once",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "-chosen_on"], name="channels_sending_status"),
            models.Index(fields=["agency", "-chosen_on"], name="channels_sending_when"),
            models.Index(fields=["agency", "item"], name="channels_sending_item"),
            models.Index(
                fields=["next_try_at"],
                name="channels_sending_moving",
                condition=models.Q(status__in=["chosen", "rendered", "drafted", "submitted"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Upload(models.Model):
    """A picture that an account has at WeChat already, by the digest of its content: it is uploaded once."""

    class Kind(models.TextChoices):
        BODY = "body", "正文图片"
        COVER = "cover", "封面"

    account = models.ForeignKey(
        WechatAccount, models.CASCADE, related_name="uploads", db_index=False, verbose_name="公众号"
    )
    kind = models.CharField("用途", max_length=8, choices=Kind.choices)
    sha256 = models.CharField("内容摘要", max_length=64)
    reference = models.CharField("微信的地址或者编号", max_length=500)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "已上传图片"
        verbose_name_plural = "已上传图片"
        constraints = [models.UniqueConstraint(fields=["account", "kind", "sha256"], name="channels_upload_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:12]}"
