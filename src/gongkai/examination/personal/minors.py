"""Children by name: an age under eighteen next to a name, a pupil called by name, lists with names and classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..finding import Finding, Severity, finding, mask_name
from ..grid import Grid, number
from ..settings import Settings
from ..subject import Passage, Table
from .numbers import age

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶"
)
_NAME = rf"(?:欧阳|司马|上官|诸葛|[{_SURNAMES}])[\u4e00-\u9fff·]{{1,3}}?"
_BEFORE = r"(?:^|[，。；、：:（(“\s]|学生|儿童|幼儿|少年|女儿|儿子|之子|之女|孙子|孙女|受助人|被害人|姓名)"
# 王小明（男，12岁） 王小明，12岁 王小明 男 12岁
_AGED = re.compile(
    rf"{_BEFORE}({_NAME})(?:[（(，,、\s]\s?(?:[男女][，,、\s]\s?)?(?:现?年|今年)?)(\d{{1,2}})\s?(?:周岁|岁)(?!以[上下]|[至到\-—~])"
)
_PUPIL = re.compile(rf"(?:小学|幼儿园|初中|中学|年级|班)(?:的)?(?:学生|幼儿)?({_NAME})(?:小朋友|同学)(?!们)")
# Words that begin like a name.
_NO_NAME = re.compile(
    r"[某×xX*＊]|^(?:高中生|初中|于|年满|平均|万人|任职|成年|全体|温州|安全|华侨|单位|单身|石油|江西|马上)|(?:省|市|县|区|人口)$"
)
_NAMES = re.compile(r"姓\s*名|名\s*字|学生名单")
_AGE = re.compile(r"年\s*龄|周岁")
_BIRTH = re.compile(r"出生|生日")
_SCHOOL = re.compile(r"就读|年级|班级|学籍|所在学校|所在班|园所")
_FULL_NAME = re.compile(r"[\u4e00-\u9fff·]{2,6}")
_DATE = re.compile(r"((?:19|20)\d\d)\s?[年.\-/]?\s?(\d{1,2})(?:\s?[月.\-/]\s?(\d{1,2}))?")


def find_minors(passage: Passage, settings: Settings) -> Iterator[Finding]:
    """Names of children in running text. 王某 and 小王 have been made unrecognisable already."""
    if "岁" in passage.text:
        for match in _AGED.finditer(passage.text):
            if int(match[2]) < settings.adult_age and not _NO_NAME.search(match[1]):
                message = f"写明了未成年人的姓名和年龄（未满{settings.adult_age}周岁）。请隐去姓名，例如写作“王某某”。"
                yield _minor(passage.place, passage.anchor, Severity.BLOCK, message, match[1])
    if "同学" in passage.text or "小朋友" in passage.text:
        for match in _PUPIL.finditer(passage.text):
            if not _NO_NAME.search(match[1]):
                message = "像是写明了中小学生、幼儿的姓名。未经监护人同意的请隐去，例如写作“王同学”。"
                yield _minor(passage.place, passage.anchor, Severity.WARN, message, match[1])


def find_listed_minors(table: Table, settings: Settings) -> Iterator[Finding]:
    """Tables that list people by name with an age or a date of birth under eighteen, or with school and class."""
    grid = Grid.of(table)
    names = grid.columns(_NAMES)
    if not names:
        return
    ages, births, schools = grid.columns(_AGE), grid.columns(_BIRTH), grid.columns(_SCHOOL)
    young = [row for row in grid.rows if _is_name(row[names[0]]) and _is_young(row, ages, births, settings)]
    pupils = [row for row in grid.rows if _is_name(row[names[0]]) and any(row[column] for column in schools)]
    if young:
        message = f"表中列有{len(young)}名未满{settings.adult_age}周岁的未成年人的姓名。请删去姓名或者整行。"
        yield _listed(table, Severity.BLOCK, message, [row[names[0]] for row in young])
    elif schools and pupils:
        message = f"表中列有{len(pupils)}人的姓名和就读学校、年级或者班级，像是未成年人名单。请核对，是的请隐去姓名。"
        yield _listed(table, Severity.WARN, message, [row[names[0]] for row in pupils])


def _is_name(text: str) -> bool:
    bare = "".join(text.split())
    return _FULL_NAME.fullmatch(bare) is not None and "某" not in bare


def _is_young(row: tuple[str, ...], ages: list[int], births: list[int], settings: Settings) -> bool:
    for column in ages:
        years = number(row[column].removesuffix("周岁").removesuffix("岁"))
        if years is not None and 0 <= years < settings.adult_age:
            return True
    return any(
        (born := _date(row[column])) is not None and 0 <= age(born, settings.today) < settings.adult_age
        for column in births
    )


def _date(text: str) -> date | None:
    match = _DATE.match(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None


def _minor(place: str, anchor: str, severity: Severity, message: str, name: str) -> Finding:
    return finding("PERSONAL-MINOR", severity, place, message, value=name, excerpt=mask_name(name), anchor=anchor)


def _listed(table: Table, severity: Severity, message: str, names: list[str]) -> Finding:
    shown = "、".join(mask_name(name) for name in names[:5]) + ("…" if len(names) > 5 else "")
    return finding(
        "PERSONAL-MINOR",
        severity,
        table.place,
        message,
        value="\x1e".join(names),
        excerpt=shown,
        anchor=table.anchor,
    )
