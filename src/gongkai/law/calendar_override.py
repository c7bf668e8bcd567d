"""State Council holiday notices and local orders as data: what a calendar takes beyond the library's years.

The small form people fill in (TOML, JSON or a mapping)::

    reference = "国办发明电〔2026〕×号"      # the notice
    announces = 2027                        # omit for a local order or an amendment
    region = "浙江省"                        # omit when the whole country is meant
    [[holiday]]
    name = "春节"
    off = ["2027-02-05..2027-02-11"]        # single days or ranges, days off
    work = ["2027-02-14"]                   # weekend days worked instead
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .errors import LawError
from .wording import chinese_date, parse_date


@dataclass(frozen=True)
class CalendarOverride:
    """Days that a notice or an order sets, ``True`` = worked.

    ``announces`` is the year whose whole plan the notice gives: that year stops being provisional.
    ``region`` limits an order to agencies within it, by name (浙江省 covers 浙江省温州市) or by division code
    (330000 covers 330302); a calendar's own region must be given in the same way.
    ``names`` gives the holiday of each day where the notice says it.
    """

    reference: str
    days: Mapping[date, bool]
    region: str | None = None
    announces: int | None = None
    names: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", dict(self.days))
        object.__setattr__(self, "names", dict(self.names))
        if not self.reference.strip():
            raise LawError("放假安排缺少依据（reference），请填写通知的文号或者名称。")
        if not self.days:
            raise LawError(f"“{self.reference}”没有列出任何日期。")
        if self.announces is not None:
            if self.region is not None:
                raise LawError(f"“{self.reference}”是地方安排，不能公布全年放假计划（announces）。")
            first, last = date(self.announces - 1, 12, 1), date(self.announces, 12, 31)
            for day in self.days:
                if not first <= day <= last:
                    raise LawError(f"“{self.reference}”公布{self.announces}年放假安排，却列有{chinese_date(day)}。")

    def __hash__(self) -> int:
        return hash((self.reference, frozenset(self.days.items()), self.region, self.announces))

    def applies_in(self, region: str | None) -> bool:
        if self.region is None or region is None:
            return self.region is None
        return region.startswith(_prefix(self.region))


def _prefix(region: str) -> str:
    """What the regions within ``region`` begin with: 浙江省 for a name, 33 for the division code 330000."""
    while region.isdecimal() and len(region) > 2 and region.endswith("00"):
        region = region[:-2]
    return region


_KEYS = {"reference", "announces", "region", "holiday", "note", "sureness"}


def parse_override(source: str | Mapping[str, Any]) -> CalendarOverride:
    """Read the small form above from TOML or JSON text or a mapping; :class:`LawError` says what is wrong."""
    form = _mapping(source) if isinstance(source, str) else source
    if unknown := set(form) - _KEYS:
        raise LawError(f"放假安排中有不认识的项：{'、'.join(sorted(map(str, unknown)))}。")
    reference = form.get("reference")
    if not isinstance(reference, str):
        raise LawError("放假安排缺少依据（reference），请填写通知的文号或者名称。")
    announces, region, holidays = form.get("announces"), form.get("region"), form.get("holiday", [])
    if announces is not None and (isinstance(announces, bool) or not isinstance(announces, int)):
        raise LawError(f"“{reference}”的 announces 应当是年份，如 2027。")
    if announces is not None and not 2000 <= announces <= 2200:
        raise LawError(f"“{reference}”的 announces 不是合理的年份：{announces}。")
    if region is not None and not (isinstance(region, str) and region.strip()):
        raise LawError(f"“{reference}”的 region 应当是行政区域名称，如 浙江省。")
    if not isinstance(holidays, list) or not all(isinstance(holiday, Mapping) for holiday in holidays):
        raise LawError(f"“{reference}”的每个假日应写作 [[holiday]]。")
    days: dict[date, bool] = {}
    names: dict[date, str] = {}
    for holiday in holidays:
        name = holiday.get("name", "")
        if not isinstance(name, str) or (unknown := set(holiday) - {"name", "off", "work"}):
            raise LawError(f"“{reference}”的假日只能有 name（文字）、off、work 三项。")
        for key, working in (("off", False), ("work", True)):
            for day in _days(holiday.get(key, []), reference):
                if days.get(day, working) != working:
                    raise LawError(f"“{reference}”把{chinese_date(day)}既列为放假又列为上班。")
                days[day] = working
                names[day] = name
    return CalendarOverride(reference, days, region, announces, names)


def _mapping(text: str) -> Mapping[str, Any]:
    try:
        form = json.loads(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise LawError(f"放假安排不是有效的 TOML 或者 JSON：{error}") from error
    return form if isinstance(form, Mapping) else {}


def _days(listed: object, reference: str) -> Iterator[date]:
    if not isinstance(listed, list):
        raise LawError(f'“{reference}”的 off、work 应当是日期的列表，如 ["2027-01-01"]。')
    for item in listed:
        if isinstance(item, date):
            yield item
            continue
        if not isinstance(item, str):
            raise LawError(f"“{reference}”中的“{item}”不是日期。")
        first, _, last = item.partition("..")
        start = parse_date(first)
        end = parse_date(last) if last else start
        if not 0 <= (end - start).days <= 31:
            raise LawError(f"“{reference}”中的“{item}”起止颠倒或者超过一个月。")
        for offset in range((end - start).days + 1):
            yield start + timedelta(days=offset)
