"""What the examination finds: a rule, how bad, where, in words, and never the personal data themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Severity(StrEnum):
    """What follows from a finding. The value is what people read."""

    BLOCK = "须处理"  # nothing goes out unless it is mended or two named people let it pass
    WARN = "请核对"  # somebody looks and decides
    NOTE = "提示"


_RANK = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. ``excerpt`` is masked and may be stored and shown.

    ``key`` tells this finding from every other (rule, raw value and place): the caller keeps an HMAC of it, so
    that an override holds for this one only. It holds personal data and is never stored, shown or logged.
    """

    rule: str
    severity: Severity
    place: str
    message: str
    excerpt: str
    anchor: str
    key: str


def finding(
    rule: str, severity: Severity, place: str, message: str, *, value: str, excerpt: str = "", anchor: str = ""
) -> Finding:
    """A finding with its key. Where a block of the editor has an id, that is its place: paragraphs move."""
    return Finding(rule, severity, place, message, excerpt, anchor, "\x1f".join((rule, value, anchor or place)))


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Blocking ones first, otherwise in the order of the text; the same fault of one place once."""
    unique = {each.key: each for each in findings}
    return sorted(unique.values(), key=lambda each: _RANK[each.severity])


def capped(findings: Iterable[Finding], container: str, most: int) -> Iterator[Finding]:
    """At most ``most`` findings of one rule, and one that stands for the rest: a list of ten thousand names is one
    fault, not ten thousand. The key of the last covers all the values that it stands for."""
    counts: dict[str, int] = {}
    rest: dict[str, list[Finding]] = {}
    for each in findings:
        counts[each.rule] = counts.get(each.rule, 0) + 1
        if counts[each.rule] <= most:
            yield each
        else:
            rest.setdefault(each.rule, []).append(each)
    for rule, hidden in rest.items():
        digest = sha256("\x1e".join(each.key for each in hidden).encode()).hexdigest()
        worst = min((each.severity for each in hidden), key=_RANK.__getitem__)
        yield finding(rule, worst, container, f"另有 {len(hidden)} 处同类问题未逐一列出，请一并处理。", value=digest)


# --- Masks ---------------------------------------------------------------------------------------

_LONG_DIGITS = re.compile(r"\d(?:[ \u3000\-－]?\d){6,}[XxＸｘ]?")
_MAX_EXCERPT = 120


def mask(value: str, before: int, after: int) -> str:
    """``value`` with only its first and last characters legible; asterisks for the rest, one a character."""
    return value[:before] + "*" * max(len(value) - before - after, 4) + value[len(value) - after :]


def mask_id(number: str) -> str:
    """身份证号 as the provinces' notices print it: 35*************123."""
    return mask(number, 2, 3)


def mask_mobile(number: str) -> str:
    """手机号: 138****1234."""
    return mask(number, 3, 4)


def mask_card(number: str) -> str:
    """银行卡号: 6222***********1234."""
    return mask(number, 4, 4)


def mask_name(name: str) -> str:
    """The surname and asterisks."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def safe(text: str) -> str:
    """Words to show around a fault that is not itself personal data: any long number in them is masked."""
    short = " ".join(text.split())
    short = _LONG_DIGITS.sub(lambda match: mask(match[0], 2, 2), short)
    return short if len(short) <= _MAX_EXCERPT else short[: _MAX_EXCERPT - 1] + "…"
