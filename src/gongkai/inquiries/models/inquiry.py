"""Messages from the public. What the events of a message say is projected into columns for lists and figures."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.bureau.models import Agency, AgencyRecord, Department
from gongkai.ledger.fields import BlindIndexField, EncryptedTextField


class Source(models.TextChoices):
    """Where a message came in."""

    WEBSITE = "website", "门户网站"
    MAILBOX = "mailbox", "领导信箱"
    WECHAT = "wechat", "微信公众号"
    HOTLINE = "hotline", "12345热线转办"
    LETTER = "letter", "来信"
    OTHER = "other", "其他"


class Status(models.TextChoices):
    """Where a message stands; derived from its events."""

    OPEN = "open", "办理中"
    CLOSED = "closed", "已办结"


class Stage(models.TextChoices):
    """How far a message has come; derived from its events."""

    NEW = "new", "待分办"
    HANDLING = "handling", "承办中"
    REVIEW = "review", "待审核"
    CLOSED = "closed", "已办结"


class Closing(models.TextChoices):
    """How a message was closed (办结)."""

    PUBLIC = "public", "公开答复"
    PRIVATE = "private", "不公开答复"
    TRANSFERRED = "transferred", "转有关单位办理"
    DISMISSED = "dismissed", "无效留言"


class PrivateReason(models.TextChoices):
    """Why a reply is not public. 国家秘密 stands last and is never what a form proposes."""

    PRIVACY = "privacy", "涉及个人隐私"
    TRADE_SECRET = "trade_secret", "涉及商业秘密"
    STATISTICAL_SECRECY = "statistical_secrecy", "涉及单个统计调查对象资料"
    ASKER = "asker", "留言人要求不公开"
    REPEATED = "repeated", "与已公开答复重复"
    OTHER = "other", "其他不宜公开情形"
    STATE_SECRET = "state_secret", "涉及国家秘密"


class InvalidGround(models.TextChoices):
    """Why a message is no valid one (无效留言) and is not answered."""

    ADVERTISING = "advertising", "广告、推销"
    GARBLED = "garbled", "乱码、测试、空白"
    ABUSE = "abuse", "辱骂、攻击"
    DUPLICATE = "duplicate", "重复提交"


class Rating(models.TextChoices):
    """How satisfied the asker is with the reply (满意度)."""

    SATISFIED = "satisfied", "满意"
    ACCEPTABLE = "acceptable", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class Asker(models.Model):
    """Who wrote, as far as they said. Personal data: encrypted here, nowhere else, and so it can be erased."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    name = EncryptedTextField("姓名", blank=True, default="")
    contact = EncryptedTextField("联系方式", blank=True, default="")
    name_index = BlindIndexField(source="name", verbose_name="姓名检索")
    contact_index = BlindIndexField(source="contact", verbose_name="联系方式检索")

    class Meta:
        verbose_name = "留言人"
        verbose_name_plural = "留言人"
        indexes = [
            models.Index(fields=["name_index"], name="inquiries_asker_name", condition=~models.Q(name_index="")),
            models.Index(
                fields=["contact_index"], name="inquiries_asker_contact", condition=~models.Q(contact_index="")
            ),
        ]

    def __str__(self) -> str:
        # Shown in lists and logs: never the name.
        return f"留言人 #{self.pk}"


class Inquiry(AgencyRecord):
    """One message (留言).

    ``subject`` and ``text`` are the asker's own words and stay out of the ledger, as does ``asker``. ``text`` and
    ``reply`` often name people and are encrypted; what is public of a reply is an
    :class:`~gongkai.inquiries.models.Answer`. From ``source`` on the columns are a projection of the events
    (:mod:`gongkai.inquiries.projection`). ``due_on`` is known while the message is open.
    ``days`` are calendar days from receipt to closing: 0 on the same day, 1 on the next.
    """

    number = models.CharField("编号", max_length=40)
    asker = models.OneToOneField(
        Asker, models.PROTECT, null=True, blank=True, related_name="inquiry", verbose_name="留言人"
    )
    subject = models.CharField("主题", max_length=300)
    text = EncryptedTextField("内容", blank=True, default="")
    reply = EncryptedTextField("答复", blank=True, default="")

    source = models.CharField("来源", max_length=12, choices=Source.choices)
    received_on = models.DateField("留言日期")
    status = models.CharField("状态", max_length=8, choices=Status.choices)
    closed_on = models.DateField("办结日期", null=True)
    closing = models.CharField("办结方式", max_length=12, choices=Closing.choices, blank=True, default="")
    private_reason = models.CharField(
        "不公开理由", max_length=24, choices=PrivateReason.choices, blank=True, default=""
    )
    days = models.PositiveIntegerField("办理天数", null=True)
    stage = models.CharField("办理环节", max_length=10, choices=Stage.choices, default=Stage.NEW)
    due_on = models.DateField("办理期限", null=True)
    lead = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="承办处室"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="承办人"
    )
    rating = models.CharField("满意度", max_length=12, choices=Rating.choices, blank=True, default="")
    hidden_on = models.DateField("撤下公开日期", null=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "群众留言"
        verbose_name_plural = "群众留言"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="inquiries_inquiry_number"),
            models.CheckConstraint(
                name="inquiries_inquiry_closed",
                condition=models.Q(status=Status.OPEN, closed_on=None, days=None, closing="", private_reason="")
                | (
                    models.Q(status=Status.CLOSED, closed_on__gte=models.F("received_on"), days__gte=0)
                    & ~models.Q(closing="")
                ),
            ),
            models.CheckConstraint(
                name="inquiries_inquiry_reason",
                condition=(models.Q(closing=Closing.PRIVATE) & ~models.Q(private_reason=""))
                | (~models.Q(closing=Closing.PRIVATE) & models.Q(private_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "received_on", "source"], name="inquiries_inquiry_received"),
            models.Index(
                fields=["agency", "closed_on", "source", "closing", "days"], name="inquiries_inquiry_closed_on"
            ),
            models.Index(fields=["agency", "status", "received_on"], name="inquiries_inquiry_open"),
            models.Index(fields=["agency", "stage", "due_on"], name="inquiries_inquiry_due"),
            models.Index(fields=["agency", "lead", "stage"], name="inquiries_inquiry_lead"),
            models.Index(fields=["agency", "rating"], name="inquiries_rating", condition=~models.Q(rating="")),
        ]

    def __str__(self) -> str:
        return self.number
