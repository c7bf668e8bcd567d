"""One table of all that can be found."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import Agency


class SearchEntry(models.Model):
    """Something published, as search knows it. Written by :mod:`.index` only.

    ``id`` follows the date of publication (:func:`.index.first_id_of`): newest first is ``id`` downwards, and the
    index of tokens, which is sorted by it, gives the newest without sorting. Filters are tokens too (``facets``).
    """

    id = models.BigIntegerField(primary_key=True)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", db_index=False, verbose_name="机关")
    kind = models.CharField("对象类别", max_length=40)
    object_id = models.BigIntegerField("对象编号")
    published_at = models.DateTimeField("发布时间")
    ended_on = models.DateField("不再有效之日", null=True, blank=True)
    formed_year = models.SmallIntegerField("成文年份")
    column_id = models.BigIntegerField("栏目", null=True, blank=True)
    first_column_id = models.BigIntegerField("一级栏目", null=True, blank=True)
    item_type = models.TextField("体裁", blank=True)
    topic = models.TextField("主题", blank=True)
    category = models.TextField("法定主动公开内容", blank=True)
    url = models.TextField("网址")
    title = models.TextField("标题")
    numbers = models.TextField("文号、索引号", blank=True)
    facets = models.TextField(editable=False)
    title_folded = models.TextField(editable=False)
    # Long columns last: SQLite reads a row from its beginning.
    folded = models.TextField(editable=False)
    body = models.TextField("正文", blank=True)
    attachments = models.TextField("附件文字", blank=True)

    class Meta:
        verbose_name = "检索条目"
        verbose_name_plural = "检索条目"
        db_table = "portal_search_entry"
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "object_id"], name="portal_search_entry_key")]
        indexes = [models.Index(fields=["kind", "object_id"], name="portal_search_entry_object")]

    def __str__(self) -> str:
        return self.title
