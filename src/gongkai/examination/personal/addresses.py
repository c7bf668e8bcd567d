"""Home addresses down to the door. An office's address is none; a street or a village alone is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity, finding
from ..settings import Settings
from ..subject import Passage

_NUMERAL = r"[\d０-９A-Za-z甲乙丙一二三四五六七八九十百零〇\-－—]{1,8}"
# What only a dwelling has, or what tells one house from the next.
_DOOR = re.compile(rf"{_NUMERAL}(?:号|室|栋|幢|单元|弄|组|户)")
_HOME = re.compile(
    r"(?:家庭|居住|现居住?|现住|户籍|户口所在|常住|实际居住|暂住|通讯)(?:地址|住址|地|址)|住址|家住|户籍地|现住"
)
_LABELLED = re.compile(
    r"(?:家庭住?(?:地址|址)|居住地址?|现居住?地址?|现住址?|户籍(?:所在)?地址?|户口所在地|住址|家住|暂住地址?)"
    r"\s{0,3}(?:[:：为在是]\s{0,3})?([^，。；;\n\t]{4,60})"
)
# Without a label: a residential compound with building and room.
_COMPOUND = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:小区|花园|公寓|新村|家园|花苑|苑|名都|公馆|宿舍|社区|里弄|嘉园|佳苑)"
    rf"[\u4e00-\u9fff]{{0,4}}?{_NUMERAL}(?:栋|幢|号楼|座|单元|组团|号)[^，。；;\n\t]{{0,12}}?{_NUMERAL}(?:室|户|房|号)"
)
_OFFICE = re.compile(
    r"办公|单位地址|机关|地址[:：]?[^，。；]{0,20}(?:大厦|中心|大院)|邮编|窗口|大厅|会议室|行政中心|报名|受理|咨询|公司|"
    r"企业|机构|店|厂|项目|工程|改造|施工|拆迁|征收|社区居委会|物业"
)
_TOWN = re.compile(r".*?(?:街道|镇|乡)(?!道)")
_COUNTY = re.compile(r".*?(?:省|自治区|市|县|区|旗|州)")


def find_addresses(passage: Passage, settings: Settings) -> Iterator[Finding]:
    """Addresses of dwellings: those that are called so, and residential compounds with building and room."""
    text = passage.text
    if passage.label and _HOME.search(passage.label):
        if _DOOR.search(text):
            yield from _found(passage, text.strip(), Severity.BLOCK, settings)
        return
    if "住" in text or "户" in text:
        for match in _LABELLED.finditer(text):
            if _DOOR.search(match[1]):
                yield from _found(passage, match[1].strip(), Severity.BLOCK, settings)
                return
    if "室" in text or "户" in text or "房" in text or "号" in text:
        for match in _COMPOUND.finditer(text):
            around = passage.label + text[max(0, match.start() - 20) : match.end() + 10]
            if not _OFFICE.search(around):
                yield from _found(passage, match[0], Severity.WARN, settings)


def _found(passage: Passage, address: str, severity: Severity, settings: Settings) -> Iterator[Finding]:
    if any(own and own in address for own in settings.office_addresses):
        return
    message = (
        "有写到门牌、房号的家庭住址。请只写到乡镇、街道。"
        if severity is Severity.BLOCK
        else "像是写到房号的家庭住址。是个人住址的，只写到乡镇、街道；是办公、经营场所的可以保留。"
    )
    yield finding(
        "PERSONAL-ADDRESS",
        severity,
        passage.place,
        message,
        value=address,
        excerpt=mask_address(address),
        anchor=passage.anchor,
    )


def mask_address(address: str) -> str:
    """The address down to town or street office, as the notices print it; further down nothing is left."""
    match = _TOWN.match(address) or _COUNTY.match(address)
    return (match[0] if match else address[:2]) + "****"
