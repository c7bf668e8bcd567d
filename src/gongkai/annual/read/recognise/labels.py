"""Row labels of the form and how like a printed label is to each: typists drop, swap and break characters."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz

from ...forms import Row

_BRACKETED = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、.．,，]|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、,，)）]|[、.．,，]+)"
)
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]")

# What bodies print instead of the form's own words, besides misprints, which similarity takes care of.
_ALSO = {
    "received": ("本年新收", "新收政府信息公开申请"),
    "carried_in": ("上年结转政府信息公开数量", "上年结转"),
    "granted_in_part": ("部分公开",),
    "denied.prohibited_by_law": ("其他法律行政法规禁止公开",),
    "unavailable.not_held": ("本机关不掌握", "不掌握相关政府信息"),
    "unavailable.must_be_created": ("没有现成信息",),
    "other": ("其他处理", "其他"),
    "other.not_corrected_in_time": ("逾期不补正", "申请人无正当理由逾期不补正"),
    "other.fee_unpaid": ("逾期未缴费", "申请人逾期未按收费通知要求缴纳费用", "逾期未按收费通知要求缴纳费用"),
    "total": ("总计", "合计"),
    "carried_out": ("结转下年度", "结转下年继续办理"),
    "normative_documents": ("规范性文件", "行政规范性文件"),
    "fees": ("行政事业性收费",),
    "procurement": ("政府集中采购", "政府采购"),
}


@lru_cache(maxsize=4096)
def core(label: str) -> str:
    """A label without numbering, brackets, digits and punctuation: what is left to compare."""
    text = "".join(label.split())
    without = _BRACKETED.sub("", text)
    if _NOT_HAN.sub("", without):
        text = without
    while match := _NUMBERING.match(text):
        text = text[match.end() :]
    return _NOT_HAN.sub("", text)


@cache
def cores_of(row: Row) -> tuple[str, ...]:
    """The words by which a row of the form is known, the form's own first."""
    return tuple(dict.fromkeys((core(row.label), *_ALSO.get(row.code, ()))))


def likeness(label: str, row: Row) -> float:
    """How like a printed label is to a row's, from 0 to 1; ``label`` may carry group labels before its own."""
    return likeness_to(label, cores_of(row))


@lru_cache(maxsize=32768)
def likeness_to(label: str, known: tuple[str, ...]) -> float:
    """The same for a row that is known by these words (`cores_of`)."""
    printed = core(label)
    if not printed:
        return 0.0
    if printed in known:
        return 1.0
    best = 0.0
    for words in known:
        ratio = fuzz.ratio(printed, words) / 100
        if len(printed) > len(words) >= 4:
            # Group labels and stray vertical writing stand around the row's own words.
            ratio = max(ratio, 0.93 * fuzz.partial_ratio(words, printed) / 100)
        elif len(words) > len(printed) >= 5:
            # A label broken over lines: only a part of it stands beside the figures.
            ratio = max(ratio, 0.8 * fuzz.partial_ratio(printed, words) / 100)
        best = max(best, ratio)
    return best
