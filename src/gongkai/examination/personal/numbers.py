"""Identity numbers, mobile telephones and bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..finding import Finding, Severity, finding, mask, mask_card, mask_id, mask_mobile
from ..settings import Settings
from ..subject import Passage
from .identity import born_from, is_identity, is_old_identity, looks_like_identity
from .runs import Group, Window, ascii_digits, has_long_number, runs, windows

_ID_LABEL = re.compile(r"身份证|身份号码|证件号|证件号码|证号码")
_OTHER_NUMBER = re.compile(r"编号|单号|文号|批号|流水|代码|条码|序列|许可证|QQ|凭证|发票")
_PHONE_LABEL = re.compile(r"电话|手机|联系|号码|热线|传真|微信|tel|phone|mobile", re.IGNORECASE)
_CARD_LABEL = re.compile(r"卡号|银行卡|储蓄卡|借记卡|信用卡|一卡通|社保卡|账号|帐号|账户|开户")
_QUANTITY = re.compile(r"元|额|产值|收入|支出|合计|总计|面积|产量|增加值|税|人数|户数|数量")
_UNIT_BEHIND = re.compile(r"\s{0,2}(?:[元万亿千百吨户个件家公平立米升亩度℃%％]|kW|kg|km)", re.IGNORECASE)
_PHONE_BEFORE = re.compile(r"(?:tel|phone|mobile|mob|t|m)$", re.IGNORECASE)
_MOBILE = re.compile(r"1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}")
_MOBILE_SHAPES = {(11,), (3, 4, 4), (3, 8), (7, 4)}
_CARD = re.compile(r"62\d{14,17}|9558\d{15}")
_CARD_IF_NAMED = re.compile(r"4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12}|3[47]\d{13}|[69]\d{15,18}")
_CARD_BEGINS = frozenset({4, 6, 15, 16, 17, 18, 19})
_WEB = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef]+")
# A masked number that still tells the birthday.
_HALF_MASKED = re.compile(r"(?<!\d)\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[*＊×●xX]{2,4}(?![*＊×●xX])")
_TRAVEL = re.compile(r"(?:护照|通行证|军官证|士兵证)[^，。；\n\d]{0,8}?([A-Za-z]{1,2}\d{6,9}|\d{8,9})(?!\d)")
_BEFORE = 14  # characters before a number in which its name stands


def find_numbers(passage: Passage, settings: Settings) -> Iterator[Finding]:
    """Everything in the passage that is the number of a person. Numbers inside longer ones are none."""
    text = passage.text
    if "*" in text or "＊" in text or "×" in text or "●" in text:
        yield from _half_masked(passage)
    if "证" in text or "照" in text:
        yield from _travel(passage)
    if not has_long_number(text):
        return
    pages = [match.span() for match in _WEB.finditer(text)] if "/" in text or "www" in text else []
    for run in runs(text):
        taken: list[Window] = []
        for window in _identities(run):
            if _free(window, taken) and (found := _identity(passage, window, settings)):
                taken.append(window)
                yield from found
        if any(start <= run[0].start < end for start, end in pages):
            continue  # addresses of pages are full of long numbers
        for window in windows(run, range(15, 20), _CARD_BEGINS):
            if _free(window, taken) and (card := _card(passage, window)):
                taken.append(window)
                yield card
        for window in _mobiles(run, text):
            if _free(window, taken) and (mobile := _mobile(passage, window, settings)):
                yield mobile


def _free(window: Window, taken: list[Window]) -> bool:
    return all(window.end <= other.start or window.start >= other.end for other in taken)


def _named(passage: Passage, start: int, label: re.Pattern[str]) -> bool:
    return bool(label.search(passage.label) or label.search(passage.text, max(0, start - _BEFORE), start))


def _touches_digit(text: str, window: Window) -> bool:
    """Whether the number is the part of a decimal."""
    before, behind = text[max(0, window.start - 2) : window.start], text[window.end : window.end + 2]
    return bool(re.fullmatch(r"\d[.．]", before) or re.fullmatch(r"[.．]\d", behind))


# --- Identity numbers ----------------------------------------------------------------------------


def _identities(run: tuple[Group, ...]) -> Iterator[Window]:
    """Eighteen places in whatever groups, be it one box a digit; fifteen in one piece."""
    yield from windows(run, range(18, 19))
    yield from (Window((group,)) for group in run if len(group.digits) == 15)


def _identity(passage: Passage, window: Window, settings: Settings) -> list[Finding]:
    number = window.digits
    if is_identity(number, settings.today):
        message = "有居民身份证号码（校验位正确）。请删去，确需列出的只写成“35*************123”的样子。"
        severity = Severity.BLOCK
    elif (
        is_old_identity(number)
        and _named(passage, window.start, _ID_LABEL)
        and not _touches_digit(passage.text, window)
    ):
        message, severity = "有15位的旧居民身份证号码。请删去，或者只留首尾几位。", Severity.BLOCK
    elif looks_like_identity(number, settings.today) and _named(passage, window.start, _ID_LABEL):
        message = "注明是身份证号码，但校验位不对，像是写错了一位。请删去；确需列出的，核对后遮盖。"
        severity = Severity.WARN
    else:
        return []
    found = [_personal("PERSONAL-ID", severity, passage, message, number, mask_id(number))]
    born = born_from(number)
    if severity is Severity.BLOCK and born is not None and age(born, settings.today) < settings.adult_age:
        message = (
            f"这个身份证号码属于未满{settings.adult_age}周岁的未成年人。请把姓名、号码等能认出本人的内容全部删去。"
        )
        found.append(_personal("PERSONAL-MINOR", severity, passage, message, number, mask_id(number)))
    return found


def age(born: date, today: date) -> int:
    """Full years on a day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _half_masked(passage: Passage) -> Iterator[Finding]:
    for match in _HALF_MASKED.finditer(passage.text):
        number = match[0]
        message = "身份证号码遮盖得不够，出生日期仍看得见。请只留前两位和后三位：35*************123。"
        yield _personal("PERSONAL-ID", Severity.WARN, passage, message, number, number[:2] + "*" * (len(number) - 2))


def _travel(passage: Passage) -> Iterator[Finding]:
    for match in _TRAVEL.finditer(passage.text):
        message = "有护照、通行证等证件的号码。请删去或者遮盖。"
        yield _personal("PERSONAL-ID", Severity.BLOCK, passage, message, match[1], mask(match[1], 2, 2))


# --- Telephones and cards ------------------------------------------------------------------------


def _mobiles(run: tuple[Group, ...], text: str) -> Iterator[Window]:
    """Eleven digits in one piece anywhere; in groups only where the whole line of digits is that number."""
    for group in run:
        if len(group.digits) == 11 or (len(group.digits) == 12 and group.digits[0] == "0"):
            yield Window((group,))
        elif len(group.digits) == 13 and group.digits[:2] == "86" and text[max(0, group.start - 1)] in "+＋":
            yield Window((Group(group.digits[2:], group.start, group.end),))
    if len(run) > 1 and "\n" not in text[run[0].start : run[-1].end]:
        rest = run[1:] if run[0].digits in {"86", "0086"} else run
        window = Window(rest)
        if len(rest) > 1 and window.lengths in _MOBILE_SHAPES:
            yield window


def _mobile(passage: Passage, window: Window, settings: Settings) -> Finding | None:
    text, number = passage.text, window.digits.removeprefix("0")
    if not _MOBILE.fullmatch(number) or number in settings.office_numbers:
        return None
    named = _named(passage, window.start, _PHONE_LABEL)
    before = text[max(0, window.start - 7) : window.start]
    if before[-1:].isascii() and before[-1:].isalpha() and not _PHONE_BEFORE.search(before):
        return None
    behind = text[window.end : window.end + 1]
    if _touches_digit(text, window) or (behind.isascii() and (behind.isalpha() or behind == "_")):
        return None
    if not named:
        if _named(passage, window.start, _OTHER_NUMBER) or _UNIT_BEHIND.match(text, window.end):
            return None
        if _QUANTITY.search(passage.label) and len(text.strip()) == window.end - window.start:
            return None
    message = (
        "像是个人手机号码。请改成办公电话，或者遮盖成“138****1234”；"
        "确为单位公务号码的，请先在审查设置中登记为办公电话。"
    )
    return _personal("PERSONAL-MOBILE", Severity.BLOCK, passage, message, number, mask_mobile(number))


def _card(passage: Passage, window: Window) -> Finding | None:
    number = window.digits
    if not _grouped_as_card(window.lengths) or not luhn(number) or _touches_digit(passage.text, window):
        return None
    named = _named(passage, window.start, _CARD_LABEL)
    if not (_CARD.fullmatch(number) or (named and _CARD_IF_NAMED.fullmatch(number))):
        return None
    if not named and _named(passage, window.start, _OTHER_NUMBER):
        return None
    message = "有银行卡号。请删去，确需列出的只留后四位。"
    return _personal("PERSONAL-BANKCARD", Severity.BLOCK, passage, message, number, mask_card(number))


def _grouped_as_card(lengths: tuple[int, ...]) -> bool:
    """In one piece, by fours as on the card, or six and the rest."""
    if len(lengths) == 1 or (len(lengths) == 2 and lengths[0] == 6):
        return True
    return all(length == 4 for length in lengths[:-1]) and lengths[-1] <= 4


def luhn(number: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)) if digit.isdigit())
    return number.isdigit() and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _personal(rule: str, severity: Severity, passage: Passage, message: str, value: str, masked: str) -> Finding:
    return finding(
        rule, severity, passage.place, message, value=ascii_digits(value), excerpt=masked, anchor=passage.anchor
    )
