"""Text blocks, and the forms in which policies are interpreted: 问答, 时间轴, 生动案例."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.rich_text import RichText, expand_db_html

from .pictures import PictureChooserBlock, check_alt, picture

BODY_FEATURES = [
    "h2", "h3", "bold", "ol", "ul", "link", "document-link", "hr", "superscript", "subscript",
]  # fmt: skip
ANSWER_FEATURES = ["bold", "ol", "ul", "link", "document-link"]
_ADDRESS = re.compile(r"(?:https?://[^\s/]+|/(?!/))\S*")


def expanded(text: RichText) -> SafeString:
    """The text as HTML with its links looked up; what `expand_together` has looked up already is not asked again."""
    html = getattr(text, "expanded", None)
    return mark_safe(expand_db_html(text.source) if html is None else html)  # noqa: S308 - cleaned when it was saved


def expand_together(texts: list[RichText]) -> None:
    """Look up the links of all texts of a body at once: a query for each kind of link, not for each text."""
    if not texts:
        return
    seam = "<!--gongkai-->"
    sources = [text.source.replace(seam, "") for text in texts]
    for text, html in zip(texts, expand_db_html(seam.join(sources)).split(seam), strict=True):
        text.expanded = html


class TextParagraphs(RichTextBlock):
    """Paragraphs with headings and lists; no pictures, which have a block of their own."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["html"] = expanded(value)
        return context


class QuoteBlock(StructBlock):
    """A quotation with the document or person it is from."""

    text = TextBlock(label="引文", rows=3)
    source = CharBlock(label="出处", required=False, max_length=200, help_text="如：《中华人民共和国统计法》第三条")

    class Meta:
        icon = "openquote"
        label = "引文"
        group = "文字"
        template = "portal/blocks/quote.html"


class QuestionBlock(StructBlock):
    """A question and its answer."""

    question = CharBlock(label="问", max_length=300)
    answer = TextParagraphs(label="答", features=ANSWER_FEATURES)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["html"] = expanded(value["answer"])
        return context

    class Meta:
        icon = "help"
        label = "一问一答"
        template = "portal/blocks/question.html"


class QuestionsBlock(StructBlock):
    """Questions and answers."""

    heading = CharBlock(label="小标题", required=False, max_length=100)
    entries = ListBlock(QuestionBlock(), label="问答", min_num=1)

    class Meta:
        icon = "help"
        label = "问答"
        group = "解读"
        template = "portal/blocks/questions.html"
        label_format = "问答：{heading}"


class EventBlock(StructBlock):
    """What happened, or is to happen, at one time."""

    when = CharBlock(label="时间", max_length=40, help_text="如：2020年11月1日零时、2021年第一季度")
    title = CharBlock(label="事项", max_length=100)
    text = TextBlock(label="说明", required=False, rows=2)

    class Meta:
        icon = "date"
        label = "节点"


class TimelineBlock(StructBlock):
    """Events in their order."""

    heading = CharBlock(label="小标题", required=False, max_length=100)
    events = ListBlock(EventBlock(), label="节点", min_num=1)

    class Meta:
        icon = "date"
        label = "时间轴"
        group = "解读"
        template = "portal/blocks/timeline.html"
        label_format = "时间轴：{heading}"


CASE_PARTS = {"who": "对象", "problem": "遇到的问题", "action": "怎样办理", "result": "结果"}


class CaseBlock(StructBlock):
    """A case story: whom it concerned, what the problem was, what was done, what came of it."""

    title = CharBlock(label="标题", max_length=100)
    who = CharBlock(label="对象", required=False, max_length=100, help_text="不写真实姓名，如：某小微企业负责人张先生")
    problem = TextBlock(label="遇到的问题", rows=3)
    action = TextBlock(label="怎样办理", rows=3)
    result = TextBlock(label="结果", rows=3)
    figure = CharBlock(label="关键数字", required=False, max_length=60, help_text="如：少报 12 张报表")
    image = PictureChooserBlock(label="图片", required=False)
    alt = CharBlock(
        label="图片的替代文字", required=False, max_length=200, help_text="写给看不见图片的人：图上是什么。"
    )
    decorative = BooleanBlock(label="纯装饰图片，不需要替代文字", required=False)

    class Meta:
        icon = "user"
        label = "案例"
        group = "解读"
        template = "portal/blocks/case.html"
        label_format = "案例：{title}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        check_alt(cleaned, deferred=self.is_deferred_validation)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        image = value.get("image")
        context["picture"] = picture(image) if image else None
        context["parts"] = [(label, value[name]) for name, label in CASE_PARTS.items() if value.get(name)]
        return context


class AddressBlock(CharBlock):
    """A web address: one that begins with http:// or https://, or a path of this site."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned and not _ADDRESS.fullmatch(cleaned):
            raise ValidationError("网址应当以 http://、https:// 开头，本站的页面也可以以 / 开头，中间不能有空格。")
        return cleaned


class LinkBlock(StructBlock):
    """A link with what is to be found there."""

    title = CharBlock(label="名称", max_length=100)
    url = AddressBlock(label="网址", max_length=500)
    note = CharBlock(label="说明", required=False, max_length=200)

    class Meta:
        icon = "link"
        label = "链接"


class LinksBlock(StructBlock):
    """A list of links."""

    heading = CharBlock(label="小标题", required=False, max_length=100)
    entries = ListBlock(LinkBlock(), label="链接", min_num=1)

    class Meta:
        icon = "list-ul"
        label = "链接列表"
        group = "链接"
        template = "portal/blocks/links.html"
        label_format = "链接：{heading}"
