"""元数据: what is missing, and what contradicts itself (条例第二十六条; field.md §4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.errors import LawError
from gongkai.law.limits import limit
from gongkai.law.wording import chinese_date

from .finding import Finding, Severity, finding, safe
from .personal.runs import ascii_digits
from .settings import Settings
from .subject import Metadata, Passage, Subject


@dataclass(frozen=True, slots=True)
class _Required:
    """A particular that must be filled in; ``everywhere``: of articles too, not of documents alone."""

    field: str
    name: str
    severity: Severity
    everywhere: bool = False


_REQUIRED = (
    _Required("title", "标题", Severity.BLOCK, everywhere=True),
    _Required("openness", "公开属性（公开方式）", Severity.BLOCK, everywhere=True),
    _Required("issuer", "发文机关", Severity.BLOCK),
    _Required("formed_on", "成文日期", Severity.BLOCK),
    _Required("document_number", "文号", Severity.WARN),
    _Required("topic", "主题分类", Severity.WARN),
    _Required("basis", "公开依据", Severity.WARN),
)
_PROACTIVE = "主动公开"
_NUMBER = re.compile(r"^(.{1,30}?)[〔\[［【（(]((?:19|20)\d\d)[〕\]］】）)](?:第)?0*(\d{1,5})号$")
_ORDER = re.compile(r"^.{1,30}第?\d{1,5}号$")  # 令第35号: carries no year
_HEAD = 6  # passages in which the document's own number stands


def find_metadata(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """Every fault of the particulars. The place is the field's name."""
    metadata = subject.metadata
    for required in _REQUIRED:
        value = getattr(metadata, required.field)
        if (required.everywhere or metadata.is_document) and not (value.strip() if isinstance(value, str) else value):
            yield _fault("META-MISSING", required.severity, required.name, f"没有填写{required.name}。请补上。")
    if metadata.openness.strip() and metadata.openness.strip() != _PROACTIVE:
        message = f"公开属性是“{metadata.openness}”，不能在网站上公布。确应主动公开的，先按程序改为“主动公开”。"
        yield _fault("META-OPENNESS", Severity.BLOCK, "公开属性", message, metadata.openness)
    yield from _document_number(metadata, subject.passages)
    yield from _dates(metadata, settings)
    yield from _late(metadata, settings)


def normal_number(text: str) -> tuple[str, int, int] | None:
    """文号 as issuer's code, year and number, whatever its brackets, blanks and leading zeros; ``None`` if none."""
    match = _NUMBER.match("".join(ascii_digits(text).split()))
    return (match[1], int(match[2]), int(match[3])) if match else None


def _document_number(metadata: Metadata, passages: tuple[Passage, ...]) -> Iterator[Finding]:
    given = metadata.document_number.strip()
    if not given:
        return
    parts = normal_number(given)
    if parts is None:
        if not _ORDER.match("".join(ascii_digits(given).split())):
            message = "文号写得不规范。请写作“温统〔2020〕12号”的样子：机关代字、六角括号里的年份、序号。"
            yield _fault("META-NUMBER", Severity.WARN, "文号", message, given)
        return
    if metadata.formed_on is not None and parts[1] != metadata.formed_on.year:
        message = f"文号是{parts[1]}年的，成文日期却是{chinese_date(metadata.formed_on)}。请核对。"
        yield _fault("META-NUMBER-YEAR", Severity.WARN, "文号", message, f"{given} {metadata.formed_on}")
    for passage in passages[:_HEAD]:
        own = normal_number(passage.text)  # a line that is nothing but a number; others are cited in sentences
        if own is not None and own != parts:
            message = f"页面的文号是“{safe(given)}”，正文里写的是“{safe(passage.text)}”。请改成一致的。"
            yield finding(
                "META-NUMBER-TEXT",
                Severity.WARN,
                passage.place,
                message,
                value=f"{given} {passage.text}",
                excerpt=safe(passage.text),
                anchor=passage.anchor,
            )
            return


def _dates(metadata: Metadata, settings: Settings) -> Iterator[Finding]:
    published = metadata.published_on or settings.today
    formed, effective, expires = metadata.formed_on, metadata.effective_on, metadata.expires_on
    disorders = (
        (formed, published, Severity.BLOCK, "发布日期", "发布日期（{late}）早于成文日期（{early}）"),
        (formed, effective, Severity.WARN, "施行日期", "施行日期（{late}）早于成文日期（{early}）"),
        (
            effective or formed,
            expires,
            Severity.BLOCK,
            "有效期",
            "有效期截止日（{late}）早于施行日期或者成文日期（{early}）",
        ),
    )
    for early, late, severity, place, words in disorders:
        if early is not None and late is not None and late < early:
            told = words.format(early=chinese_date(early), late=chinese_date(late))
            yield _fault("META-DATES", severity, place, f"{told}。请核对。", f"{early} {late}")
    if expires is not None and expires < published and not (effective and expires < effective):
        message = f"文件的有效期到{chinese_date(expires)}为止，发布时已经失效。请核对，确需发布的在标题中注明。"
        yield _fault("META-DATES", Severity.WARN, "有效期", message, f"{expires} {published}")


def _late(metadata: Metadata, settings: Settings) -> Iterator[Finding]:
    formed, published = metadata.formed_on, metadata.published_on or settings.today
    if formed is None or metadata.limit is None or published <= formed:
        return
    last = _last_day(metadata, formed, settings)
    if last is not None and published > last[0]:
        message = (
            f"成文日期是{chinese_date(formed)}，应当在{chinese_date(last[0])}前公开（{last[1]}），"
            f"到{chinese_date(published)}已经逾期。请尽快公开，并核对成文日期。"
        )
        yield _fault("META-LATE", Severity.WARN, "发布日期", message, f"{formed} {published}")


def _last_day(metadata: Metadata, formed: date, settings: Settings) -> tuple[date, str] | None:
    """The last day in time and the article; ``None`` for what was formed before there was such a period."""
    if metadata.limit is None:
        return None
    try:
        found = limit(metadata.limit, formed, settings.calendar, settings.parameters)
    except LawError:
        return None  # old documents put on a new site are late by no law that we have
    return found.last, found.parameter.reference


def _fault(rule: str, severity: Severity, place: str, message: str, value: str = "") -> Finding:
    return finding(rule, severity, f"元数据“{place}”", message, value=value, excerpt=safe(value))
