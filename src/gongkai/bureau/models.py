"""Agencies as a tree, their departments and people, and the base of every record an agency keeps."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from treebeard.mp_tree import MP_Node


class Agency(MP_Node):
    """A public body that carries out the Regulation: an administrative organ (行政机关) or an organisation
    authorised by law to manage public affairs (Article 54). Its place in the tree is who supervises whom (Article 47).
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "人民政府"
        DEPARTMENT = "department", "政府部门"
        AGENCY = "agency", "派出机关、派出机构"
        AUTHORISED = "authorised", "法律、法规授权的组织"
        UTILITY = "utility", "公共企事业单位"

    code = models.CharField("机关代码", max_length=32, unique=True)
    name = models.CharField("机关名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("机关类别", max_length=20, choices=Kind.choices, default=Kind.DEPARTMENT)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    site_code = models.CharField("网站标识码", max_length=10, blank=True)
    office = models.CharField("政府信息公开工作机构", max_length=60, default="办公室")
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True, default="")
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    website = models.URLField("网站地址", blank=True)
    # Who hears a review of this agency's replies: the government at its level, and, for replies
    # before 2024-01-01, also the superior department (行政复议法 2017, art. 12; 2023, art. 24).
    review_government = models.CharField("行政复议机关（同级人民政府）", max_length=100, blank=True)
    review_superior = models.CharField("行政复议机关（上一级主管部门）", max_length=100, blank=True)
    # How a review is applied for online: told with every reply that is served electronically (2023, art. 22).
    review_online = models.CharField("网上申请行政复议的渠道", max_length=200, blank=True, default="")
    court = models.CharField("有管辖权的人民法院", max_length=100, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    node_order_by: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "机关"
        verbose_name_plural = "机关"

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A division of an agency (内设机构、承办处室)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="departments", verbose_name="机关")
    name = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "内设机构"
        verbose_name_plural = "内设机构"
        ordering = ["agency", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="bureau_department_name")]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A member of staff. ``supervising`` opens the records of the bodies below their agency (Article 47)."""

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="users", verbose_name="机关")
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="users", verbose_name="内设机构"
    )
    post = models.CharField("职务", max_length=40, blank=True)
    supervising = models.BooleanField("监督下级机关", default=False)

    class Meta(AbstractUser.Meta):
        verbose_name = "工作人员"
        verbose_name_plural = "工作人员"

    def get_full_name(self) -> str:
        """Family name first, without a space, as Chinese names are written."""
        return f"{self.last_name}{self.first_name}".strip()


class AgencyRecord(models.Model):
    """Base of every record an agency keeps.

    ``source_key`` names the row of the ledger it was imported from; the same row imported twice is one record.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    source_key = models.CharField("台账行标识", max_length=64, null=True, blank=True, editable=False)
    created_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    class Meta:
        abstract = True
        constraints = [
            # It also serves as the index on agency.
            models.UniqueConstraint(fields=["agency", "source_key"], name="%(app_label)s_%(class)s_source"),
        ]
