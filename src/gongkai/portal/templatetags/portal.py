"""What the templates of the public pages print: particulars of an item, sizes of files, dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.categories import category
from gongkai.law.errors import LawError
from gongkai.law.validity import Validity
from gongkai.law.wording import chinese_date

from ..listing import lines
from ..models import DocumentClass, Indicator, ItemType, Openness, Publication
from ..periods import period_words
from ..queries import validity_of
from ..site import Place, menu_of
from ..views.numbers import growth_words, plain_number

register = template.Library()


@register.simple_tag(takes_context=True)
def beside_column(context: Mapping[str, Any], path: str) -> SafeString | str:
    """What another room puts on the page of a column, by its path (``GONGKAI_COLUMN_PANELS``)."""
    name = settings.GONGKAI_COLUMN_PANELS.get(path)
    if name is None:
        return ""
    panel: SafeString = import_string(name)(context["request"])
    return panel


# Without a table of particulars: their date and source stand under the title.
_PLAIN = frozenset({ItemType.ARTICLE, ItemType.PAGE})
_KINDS = {
    "doc": "Word",
    "docx": "Word",
    "wps": "WPS 文字",
    "xls": "Excel",
    "xlsx": "Excel",
    "et": "WPS 表格",
    "ppt": "PowerPoint",
    "pptx": "PowerPoint",
    "pdf": "PDF",
    "ofd": "OFD",
    "csv": "CSV",
    "zip": "压缩文件",
    "rar": "压缩文件",
    "7z": "压缩文件",
    "txt": "文本",
    "jpg": "图片",
    "jpeg": "图片",
    "png": "图片",
    "mp4": "视频",
    "mp3": "音频",
}


@register.simple_tag(takes_context=True)
def nav(context: Mapping[str, Any]) -> SafeString:
    """The columns of the site, in the masthead."""
    return _nav(context["portal"].places, context.get("here", ""))


@lru_cache(maxsize=64)
def _nav(places: tuple[Place, ...], here: str) -> SafeString:
    """Nothing but its arguments decides what it says, so that it is written once while the columns stay as they are."""
    return mark_safe(render_to_string("portal/includes/nav.html", {"menu": menu_of(places), "here": here}))  # noqa: S308


register.filter("lines", lines)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a document is in force, for its page. ``bar`` is what stands across the top when it is not as it was."""

    validity: Validity | None
    bar: str = ""


@register.simple_tag
def standing_of(publication: Publication | None) -> Standing:
    """有效性 of a document today and the sentence that tells it."""
    if publication is None:
        return Standing(None)
    valid = validity_of(publication, timezone.localdate())
    match valid:
        case Validity.REPEALED if publication.repealed_on is not None:
            return Standing(valid, f"本文件自{chinese_date(publication.repealed_on)}起废止")
        case Validity.LAPSED if publication.expires_on is not None:
            return Standing(valid, f"本文件已失效，有效期至{chinese_date(publication.expires_on)}")
        case Validity.AMENDED if publication.amended_on is not None:
            return Standing(valid, f"本文件自{chinese_date(publication.amended_on)}起已修改")
    return Standing(valid)


@register.simple_tag(takes_context=True)
def particulars(context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The metadata table of an item (核心元数据), of a proof as well; what is empty is left out."""
    content, publication = context["content"], context.get("publication")
    standing = standing_of(publication)
    found = [
        ("索引号", publication.index_number if publication is not None else "发布时赋予"),
        ("主题分类", content["topic"]),
        ("体裁分类", content["genre"]),
        ("公开方式", Openness(content["openness"]).label),
        ("发文机关", content["issuer"] or context["portal"].name),
        ("文号", content["document_number"]),
        ("成文日期", _day(content["formed_on"])),
        ("发布日期", _day(publication.published_on) if publication is not None else ""),
        ("文件类别", DocumentClass(content["document_class"]).label if content["document_class"] else ""),
        ("统一编号", content["unified_number"]),
        ("施行日期", _day(content["effective_on"])),
        ("有效期至", _day(publication.expires_on if publication is not None else content["expires_on"])),
        ("有效性", standing.validity.value if standing.validity is not None else ""),
        ("公开依据", _basis(content["basis"])),
    ]
    return [(label, value) for label, value in found if value]


@register.filter
def is_plain(content: Mapping[str, Any]) -> bool:
    """Whether an item shows its date and source only, without the table of particulars."""
    return content["type"] in _PLAIN


@dataclass(frozen=True, slots=True)
class Release:
    """The figure of a data release."""

    indicator: Indicator
    period: str
    value: str
    growth: str


@register.simple_tag(takes_context=True)
def release(context: Mapping[str, Any]) -> Release | None:
    """What a data release says; ``None`` for other items."""
    content, publication = context["content"], context.get("publication")
    if content["type"] != ItemType.RELEASE or content["indicator"] is None:
        return None
    indicator = publication.indicator if publication is not None else None
    indicator = indicator or Indicator.objects.filter(pk=content["indicator"]).first()
    if indicator is None:
        return None
    return Release(
        indicator,
        period_words(content["period"]),
        plain_number(Decimal(content["value"])) if content["value"] is not None else "",
        growth_words(Decimal(content["growth"])) if content["growth"] is not None else "",
    )


@register.filter
def file_kind(name: str) -> str:
    """What a file is, by the end of its name: Word, Excel, PDF …"""
    ending = name.rpartition(".")[2].lower()
    return _KINDS.get(ending) or ending.upper()


@register.filter
def file_size(size: int) -> str:
    """``12.3 KB``"""
    return filesizeformat(size).replace("\xa0", " ")


@register.filter
def period_text(period: str) -> str:
    """``2020-Q3`` → 2020年三季度"""
    return period_words(period)


@register.filter
def moment_text(moment: datetime | None) -> str:
    """``2020-03-02 09:30``, Chinese time; the form that ``PubDate`` asks for."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment is not None else ""


def _day(value: date | str | None) -> str:
    """``2020-03-02`` → 2020年3月2日"""
    if not value:
        return ""
    return chinese_date(date.fromisoformat(value) if isinstance(value, str) else value)


def _basis(code: str) -> str:
    """公开依据 in words; the code itself where it is none of the law's."""
    if not code:
        return ""
    try:
        found = category(code)
    except LawError:
        return code
    return f"{found.rule}：{found.text}"
