"""What an editor asks for, by type of item: only the particulars that the type has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel

from ..models import Item, ItemType
from .forms import ItemForm

_DATES = ("formed_on",)
_DOCUMENT = ("document_number", "issuer", "formed_on", "topic", "genre")
# The particulars that belong to a type, besides what every item has.
PARTICULARS: Mapping[str, tuple[str, ...]] = {
    ItemType.ARTICLE: _DATES,
    ItemType.NOTICE: _DOCUMENT,
    ItemType.DOCUMENT: ("document_class", *_DOCUMENT, "effective_on", "expires_on", "unified_number"),
    ItemType.INTERPRETATION: ("interprets", *_DATES),
    ItemType.RELEASE: ("indicator", "period", "value", "growth", *_DATES),
    ItemType.PAGE: (),
    ItemType.LINK: (),
}
# What may end or change earlier documents once it is published.
WITH_EFFECTS = frozenset({ItemType.DOCUMENT, ItemType.NOTICE})
WHAT_FOR: Mapping[str, str] = {
    ItemType.ARTICLE: "工作动态、要闻和其他一般信息。",
    ItemType.NOTICE: "通知、公告、公示。",
    ItemType.DOCUMENT: "规章、行政规范性文件和其他文件：有文号、成文日期、有效期，可以废止、修改以前的文件。",
    ItemType.INTERPRETATION: "解读一份已发布的文件，两边互相链接。",
    ItemType.RELEASE: "一个指标在一个时期的数值，可以定时发布。",
    ItemType.PAGE: "机关概况、公开指南、说明等长期有效的页面。",
    ItemType.LINK: "链接到其他网站上的内容。",
}


def panels_of(kind: str) -> list[Panel]:
    """The panels of a type in the order in which they are filled in."""
    is_link = kind == ItemType.LINK
    content: list[Any] = [FieldPanel("title"), FieldPanel("column"), FieldPanel("summary")]
    content += [FieldPanel("link")] if is_link else [FieldPanel("body")]
    found: list[Panel] = [MultiFieldPanel(content, heading="内容", icon="doc-full")]
    if not is_link:
        files = [FieldPanel("document"), FieldPanel("title")]
        found.append(InlinePanel("attachments", panels=files, heading="附件", label="附件", icon="doc-empty"))
    if particulars := PARTICULARS[kind]:
        found.append(MultiFieldPanel([FieldPanel(name) for name in particulars], heading="要素", icon="list-ul"))
    if kind in WITH_EFFECTS:
        fields = [FieldPanel(name) for name in ("target", "kind", "on", "until")]
        found.append(
            InlinePanel(
                "effects",
                panels=fields,
                heading="对以前文件的处理",
                label="处理",
                icon="history",
                help_text="签发之后，原文件的页面随即写明已被废止、修改或者继续有效，并与本文件互相链接。",
            )
        )
    public = ("openness", "openness_reason", "basis", "release_at")
    found.append(MultiFieldPanel([FieldPanel(name) for name in public], heading="公开", icon="globe"))
    more = ("department", "source", "keywords", "kind")
    found.append(
        MultiFieldPanel([FieldPanel(name) for name in more], heading="归属", icon="group", classname="collapsed")
    )
    return found


@cache
def editor_of(kind: str) -> ObjectList:
    """The editor of a type, bound to the model."""
    return ObjectList(panels_of(kind), base_form_class=ItemForm).bind_to_model(Item)
