"""Whose report it is and of which year: from its title, wherever that stands, else from what is said about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..source import Grid, Line, Source
from .heads import Head, plain

_REPORT = r"(?:政府|政务)?信息公开(?:工作)?的?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"
_AGENCY = r"[\u4e00-\u9fff（）()·、\s]{2,60}?"
_TITLES = (
    re.compile(rf"(?P<agency>{_AGENCY})\s*(?P<year>20\d\d)\s*年\s*度?\s*{_REPORT}"),
    re.compile(rf"(?P<year>20\d\d)\s*年\s*度?\s*(?P<agency>{_AGENCY}){_REPORT}"),
    re.compile(rf"(?P<agency>{_AGENCY}){_REPORT}\s*[（(]\s*(?P<year>20\d\d)\s*年?\s*度?\s*[)）]"),
)
_PERIOD = re.compile(r"(?P<year>20\d\d)\s*年?\s*0?1\s*月\s*0?1\s*日")
_YEAR = re.compile(r"(20\d\d)\s*年")
_BODY = (
    r"(?:人民政府办公[室厅]|人民政府|街道办事处|委员会|管委会|卫生健康委|卫健委|发改委|办公[室厅]|[局厅院]|中心|大队)"
)
# Where no title names the body, these sentences do, the surest first.
_SAID = (
    re.compile(
        r"(?:由|，)(?P<agency>[\u4e00-\u9fff（）]{4,30}?(?:局|委员会|办公室|办公厅|政府|中心|院|厅|部|站|大队|分局))(?:办公室)?(?:编制|依据|根据|按照)"
    ),
    re.compile(rf"做好(?P<agency>[\u4e00-\u9fff]{{2,24}}?{_BODY})(?:政府|政务)信息公开"),
    re.compile(rf"请(?:直接)?(?:与|联系|致电|向)[:：]?(?P<agency>[\u4e00-\u9fff]{{2,24}}?{_BODY})"),
)
_LEADING = re.compile(r"^(?:.*?(?:名称|标题|字号|首页|正文|发布机构|索引号)[:：\s]*)")
# 现公布某局2022年…报告: what stands before the name in a sentence. 编制 and 公开 are also parts of names.
_ANNOUNCING = re.compile(
    r"^.*(?:现[将就]|(?:现|特|兹|予以)(?:向社会)?(?:公布|公开|发布)|向社会(?:公布|公开|发布)|编制(?!委员会|办)了?|形成|公布|发布(?!会))"
)
_ANNOUNCED = re.compile(r"(?:组织)?(?:编制(?:了|形成|完成)?|公布|发布|形成)$")
# Paths, dates and buttons that a page prints above its title.
_FURNITURE = re.compile(
    r"[>＞»]|首页|当前位置|您现在|所在位置|发布(?:时间|日期|机构|者)|来源[:：]|浏览次数|字体|字号|无障碍"
)
_NO_NAME = re.compile(r"^(?:政府|政务|(?:本|我|各|全)[\u4e00-\u9fff]{0,4}|的|年度?)?$")
_CITED = re.compile(r"[《〈<][^》〉>]*(?:通知|格式|条例|规定|意见|办法)[^》〉>]*[》〉>]")
# 市人民政府办公室: a place is left out that other sentences name.
_WITHOUT_PLACE = re.compile(r"^(?:省|市|州|盟|区|县|旗|镇|乡|街道)")
_SHORT = 60
_LONG = 4000  # more than any introduction


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report, of which year, under which title."""

    agency: str
    year: int | None
    title: str


def identify(source: Source, heads: Sequence[Head]) -> Identity:
    """Agency, year and title, from the title line if there is one, else from the period and the prose."""
    end = heads[0].index if heads else min(len(source.items), 40)
    lines = [item for item in source.items[: max(end, 12)] if isinstance(item, Line)]
    cells = _cells([item for item in source.items[: max(end, 3)] if isinstance(item, Grid)])
    agency, year, title = _from_titles([source.title[:_LONG], *_windows(lines), *cells], lines)
    text = "\n".join(line.text for line in lines[:60])
    if year is None and (period := _PERIOD.search(text)):
        year = int(period["year"])
    if year is None:
        years = Counter(_YEAR.findall("\n".join(i.text for i in source.items[:80] if isinstance(i, Line))))
        year = int(years.most_common(1)[0][0]) if years else None
    agency = source.agency or agency or _said("".join(text[:_LONG].split()))
    return Identity(agency, year, title)


def is_title(line: Line, identity: Identity) -> bool:
    """Whether a line is the title or a piece of it."""
    text = plain(line.text)
    return (
        bool(identity.title)
        and len(text) <= len(identity.title) + 6
        and (text in identity.title or identity.title in text)
    )


def _from_titles(candidates: Sequence[str], lines: Sequence[Line]) -> tuple[str, int | None, str]:
    """The first title; where it leaves out the body or its place, another that names them fills it in."""
    agency, year, title = "", None, ""
    for candidate in candidates:
        if (match := _title(candidate)) is not None:
            if not title:
                agency, year, title = match
            if match[0]:
                agency = agency or match[0]
                break
    if agency and title and not _WITHOUT_PLACE.match(agency):
        return agency, year, title
    for name, named_year, named_title in _announced(lines):
        if not title:
            agency, year, title = name, named_year, named_title
        elif name and (not agency or (name.endswith(agency) and 0 < len(name) - len(agency) <= 12)):
            return name, year, title
    return agency, year, title


def _cells(grids: Sequence[Grid]) -> list[str]:
    """What stands in tables before the first part: some pages set the title, or what is known of it, in one."""
    texts = (cell.text for grid in grids for row in grid.rows[:12] for cell in row if cell.origin)
    return [text for text in texts if text.strip() and len(text) <= _SHORT][:60]


def _announced(lines: Sequence[Line]) -> Iterator[tuple[str, int, str]]:
    """Titles inside sentences: 现公布某局2022年政府信息公开工作年度报告。"""
    for line in lines[:24]:
        for sentence in re.split(r"[。；;]", _CITED.sub("，", plain(line.text[:_LONG]))):
            for piece in re.split(r"[，,《》]", sentence):
                if (match := _title(piece)) is not None and (match[0] or _ANNOUNCING.match(piece)):
                    yield match


def _said(text: str) -> str:
    for pattern in _SAID:
        if (match := pattern.search(text)) is not None and not _NO_NAME.match(match["agency"]):
            return match["agency"]
    return ""


def _windows(lines: Sequence[Line]) -> list[str]:
    """Each of the first lines, alone and together with the one or two after it: titles are broken over lines."""
    texts = [plain(line.text) for line in lines if line.text.strip()][:24]
    short = [text if len(text) <= _SHORT else "" for text in texts]
    windows: list[str] = []
    for index, text in enumerate(short):
        if not text:
            continue
        second = short[index + 1] if index + 1 < len(short) else ""
        third = short[index + 2] if index + 2 < len(short) else ""
        if _FURNITURE.search(text):
            windows.append(text)
        else:
            windows.extend((text + second + third, text + second, text) if "年" not in text else (text, text + second))
    return windows


def _title(text: str) -> tuple[str, int, str] | None:
    squeezed = _CITED.sub("，", "".join(text.split()))
    for pattern in _TITLES:
        match = pattern.search(squeezed)
        if match is None:
            continue
        agency = _clean_agency(match["agency"])
        start = match.start("agency") + match["agency"].rfind(agency) if agency else match.start("year")
        begin = min(start, match.start("year"))
        return agency, int(match["year"]), squeezed[begin : match.end()]
    return None


def _clean_agency(text: str) -> str:
    """The agency without site furniture before it and without 关于… around it."""
    text = _ANNOUNCING.sub("", _ANNOUNCED.sub("", _LEADING.sub("", text))).strip("：:、（()） ")
    for opening, closing in ("（）", "()"):
        # 某局（某办公室）: the bracket that belongs to the name is not stripped with those around it.
        if text.count(opening) > text.count(closing):
            text += closing
    text = re.sub(r"^(?:关于|正文|标题|名称)|关于$", "", text)
    if text.endswith("人民"):
        text += "政府"  # 某镇人民政府信息公开…: one 政府 serves both
    return "" if _NO_NAME.match(text) else text
