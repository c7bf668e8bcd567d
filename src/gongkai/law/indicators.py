"""检查指标 as data, and the verdict on each from what was measured: pure functions.

The indicators are ``data/indicators*.toml``, a pack each: the national one (国办秘函〔2019〕19号) and local ones. What
a measure finds in the records is the business of whoever keeps them; here is what follows from it. The numbers are
dated parameters (:mod:`.inspection`). A verdict of 不通过 always has its evidence with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, get_args

from .errors import LawError
from .parameters import Parameters, Sureness, read_data, standard_parameters
from .validity import add_months


class Part(StrEnum):
    """What follows from failing an indicator."""

    VETO = "veto"
    MEDIA_VETO = "media_veto"
    DEDUCTION = "deduction"
    ADDITION = "addition"

    @property
    def label(self) -> str:
        return _PARTS[self]


_PARTS = {
    Part.VETO: "网站单项否决",
    Part.MEDIA_VETO: "政务新媒体单项否决",
    Part.DEDUCTION: "扣分指标",
    Part.ADDITION: "加分指标",
}


class Verdict(StrEnum):
    """The four verdicts, and that an indicator does not concern the body at all."""

    PASS = "pass"  # noqa: S105  a verdict
    FAIL = "fail"
    REVIEW = "review"  # a person has to look
    UNKNOWN = "unknown"  # what it needs is not recorded here
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.PASS: "通过",
    Verdict.FAIL: "不通过",
    Verdict.REVIEW: "待人工判断",
    Verdict.UNKNOWN: "无法评定",
    Verdict.EXEMPT: "不适用",
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. ``limit`` faults fail it, or with ``limit_code`` as many as that parameter says.

    ``points`` are taken off (or given) once, or for each fault where ``each``; never more than ``most``. An indicator
    without ``measure`` is for a person. ``service``: only for bodies that render services to the public.
    """

    code: str
    pack: str
    part: Part
    group: str
    title: str
    text: str
    measure: str
    advice: str
    limit: int
    limit_code: str
    points: Decimal
    each: bool
    most: Decimal
    service: bool
    sureness: Sureness

    def limit_on(self, day: date, parameters: Parameters | None = None) -> int:
        """How many faults fail it on a day."""
        if not self.limit_code:
            return self.limit
        return (parameters or standard_parameters()).on(self.limit_code, day).number


@dataclass(frozen=True, slots=True)
class Pack:
    """A set of indicators in use from ``since``. ``full`` points are to be lost, ``bonus`` won above ``bonus_above``.

    Bodies without services are held to the rest of ``full``, ``service`` points less, scaled up to it.
    """

    code: str
    title: str
    document: str
    since: date
    is_local: bool
    full: int
    passing: int
    bonus: int
    bonus_above: int
    service: int
    note: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that counts: a column, an item, a message, an account. ``url`` leads to it.

    ``due`` is the last day in time: behind it for a fault, still to come for what will be one.
    """

    label: str
    url: str
    words: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure found. ``ahead`` will be faults the day after they are due unless somebody does something.

    ``unsure`` are for a person to look at. ``why`` says why there is nothing to say (``state`` of UNKNOWN, REVIEW or
    EXEMPT); ``of`` is of how many, where a share counts.
    """

    faults: tuple[Found, ...] = ()
    ahead: tuple[Found, ...] = ()
    unsure: tuple[Found, ...] = ()
    state: Verdict = Verdict.PASS
    why: str = ""
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person found where the records cannot tell, with the evidence, until which day that holds."""

    verdict: Verdict
    evidence: str
    by: str
    on: date

    def holds_until(self, parameters: Parameters | None = None) -> date:
        months = (parameters or standard_parameters()).on("personal_verdict_months", self.on).number
        return add_months(self.on, months)


@dataclass(frozen=True, slots=True)
class Judged:
    """An indicator with its verdict and what is behind it. ``due`` is the last day on which it still holds if nothing
    is done and ``days`` are left until then; both None where nothing runs out."""

    indicator: Indicator
    verdict: Verdict
    faults: tuple[Found, ...] = ()
    ahead: tuple[Found, ...] = ()
    unsure: tuple[Found, ...] = ()
    why: str = ""
    limit: int = 1
    due: date | None = None
    days: int | None = None
    stated: Stated | None = None

    def __post_init__(self) -> None:
        if self.verdict is Verdict.FAIL and not (self.faults or self.stated):
            raise ValueError(f"{self.indicator.code}: a failure without evidence")

    @property
    def points(self) -> Decimal:
        """The points of this verdict: lost or won, by the part of the indicator."""
        own = self.indicator
        if own.part is Part.ADDITION:
            return own.points if self.verdict is Verdict.PASS else Decimal(0)
        if self.verdict is not Verdict.FAIL:
            return Decimal(0)
        times = max(len(self.faults), 1) if own.each else 1
        return min(own.points * times, own.most)

    @property
    def at_stake(self) -> Decimal:
        """The points that an open verdict may still lose (or win)."""
        open_ = self.verdict in (Verdict.REVIEW, Verdict.UNKNOWN)
        return (self.indicator.points if self.indicator.part is Part.ADDITION else self.indicator.most) * open_


def judge(
    indicator: Indicator,
    measured: Measured | None,
    day: date,
    stated: Stated | None = None,
    parameters: Parameters | None = None,
) -> Judged:
    """The verdict on a day. What a person stated counts only where the records do not decide."""
    law = parameters or standard_parameters()
    if measured is None:
        measured = Measured(state=Verdict.REVIEW, why="由人对照指标判断。")
    if measured.state is Verdict.EXEMPT:
        return Judged(indicator, Verdict.EXEMPT, why=measured.why)
    many = _many(measured, indicator.limit_on(day, law))
    found = Judged(
        indicator, Verdict.PASS, measured.faults, measured.ahead, measured.unsure, why=measured.why, limit=many
    )
    if measured.state is Verdict.PASS and len(measured.faults) >= many:
        return replace(found, verdict=Verdict.FAIL)
    if measured.state in (Verdict.REVIEW, Verdict.UNKNOWN) or measured.unsure:
        if stated is not None and day <= (until := stated.holds_until(law)):
            words, left = stated.evidence, (until - day).days
            return replace(found, verdict=stated.verdict, why=words, stated=stated, due=until, days=left)
        return replace(found, verdict=Verdict.REVIEW if measured.state is Verdict.PASS else measured.state)
    due = _runs_out(measured, many)
    return replace(found, due=due, days=None if due is None else (due - day).days)


def _many(measured: Measured, limit: int) -> int:
    """How many faults fail: the limit itself, or that share (%) of ``of``, rounded up."""
    return limit if measured.of is None else max(1, -(-measured.of * limit // 100))


def _runs_out(measured: Measured, limit: int) -> date | None:
    """The last day before there are ``limit`` faults if nobody does anything."""
    dues = sorted(each.due for each in measured.ahead if each.due is not None)
    missing = limit - len(measured.faults)
    return dues[missing - 1] if len(dues) >= missing else None


# --- What it all comes to ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Points between what is lost for certain (``best``) and what may be lost with what is still open (``worst``)."""

    best: Decimal
    worst: Decimal


def conclusion(judged: Sequence[Judged], part: Part = Part.VETO) -> Verdict:
    """单项否决: one failure fails the site (or the accounts); what is open leaves it open."""
    verdicts = {each.verdict for each in judged if each.indicator.part is part}
    if Verdict.FAIL in verdicts:
        return Verdict.FAIL
    return Verdict.REVIEW if verdicts & {Verdict.REVIEW, Verdict.UNKNOWN} else Verdict.PASS


def score(pack: Pack, judged: Iterable[Judged], *, has_services: bool = True) -> Score:
    """The points of a site. Without services the services are left out and the rest is scaled up to the whole (×4/3);
    above ``bonus_above`` the additions count, at most ``bonus``."""
    lost = open_ = won = may_win = Decimal(0)
    for each in judged:
        if each.indicator.part is Part.DEDUCTION and (has_services or not each.indicator.service):
            lost, open_ = lost + each.points, open_ + each.at_stake
        elif each.indicator.part is Part.ADDITION:
            won, may_win = won + each.points, may_win + each.at_stake
    whole = Decimal(pack.full if has_services else pack.full - pack.service)
    scale = Decimal(pack.full) / whole
    best, worst = (max(Decimal(0), (whole - minus) * scale) for minus in (lost, lost + open_))
    if best > pack.bonus_above:
        best += min(won + may_win, Decimal(pack.bonus))
    if worst > pack.bonus_above:
        worst += min(won, Decimal(pack.bonus))
    return Score(_tenth(best), _tenth(worst))


def passes(pack: Pack, found: Score) -> Verdict:
    """Under ``passing`` a site fails; where that depends on what is open, a person has to look first."""
    if found.best < pack.passing:
        return Verdict.FAIL
    return Verdict.PASS if found.worst >= pack.passing else Verdict.REVIEW


def _tenth(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.1"))


# --- The data ---------------------------------------------------------------------------------------------

PACK_FILES = ("indicators.toml", "indicators_suqian.toml")
_NEEDED = frozenset({"code", "part", "group", "title", "sureness"})
_KEYS = _NEEDED | {"text", "measure", "advice", "limit", "limit_code", "points", "each", "most", "service"}


@cache
def packs() -> Mapping[str, Pack]:
    """Every set of indicators that comes with this release, by its code."""
    found = [parse_pack(read_data(name)) for name in PACK_FILES]
    return {pack.code: pack for pack in found}


@cache
def guide_elements() -> Mapping[str, tuple[str, ...]]:
    """办事指南要素: the name of each, and the words by which a guide shows that it has it."""
    found: Mapping[str, list[str]] = tomllib.loads(read_data("indicators.toml"))["guide"]
    return {name: tuple(words) for name, words in found.items()}


def parse_pack(text: str, parameters: Parameters | None = None) -> Pack:
    """A pack of indicators from TOML; :class:`LawError` names the first that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LawError(f"指标文件不是有效的 TOML：{error}") from error
    head = data.get("pack", {})
    if missing := {"code", "title", "document", "since"} - set(head):
        raise LawError(f"指标文件的 [pack] 缺少：{'、'.join(sorted(missing))}。")
    known = parameters or standard_parameters()
    found = tuple(_indicator(head["code"], table, known) for table in data.get("indicator", []))
    codes = [each.code for each in found]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise LawError(f"指标 {'、'.join(sorted(twice))} 出现了不止一次。")
    numbers = {name: int(head.get(name, 0)) for name in ("full", "passing", "bonus", "bonus_above", "service")}
    local = bool(head.get("local", False))
    return Pack(
        head["code"], head["title"], head["document"], head["since"], local, note=head.get("note", ""),
        indicators=found, **numbers,
    )  # fmt: skip


def _indicator(pack: str, table: Mapping[str, Any], known: Parameters) -> Indicator:
    code = table.get("code", "（无 code）")
    if wrong := set(table) - _KEYS:
        raise LawError(f"指标 {code} 有不认识的项：{'、'.join(sorted(wrong))}。")
    if missing := _NEEDED - set(table):
        raise LawError(f"指标 {code} 缺少：{'、'.join(sorted(missing))}。")
    if table["part"] not in list(Part):
        raise LawError(f"指标 {code} 的 part 只能是 {'、'.join(Part)}。")
    if table["sureness"] not in get_args(Sureness):
        raise LawError(f"指标 {code} 的 sureness 只能是 {'、'.join(get_args(Sureness))}。")
    if (limit_code := table.get("limit_code", "")) and limit_code not in known.by_code:
        raise LawError(f"指标 {code} 所引的参数 {limit_code} 不存在。")
    limit = table.get("limit", 1)
    if not isinstance(limit, int) or limit < 1:
        raise LawError(f"指标 {code} 的 limit 应当是不小于 1 的整数。")
    points = Decimal(str(table.get("points", 0)))
    return Indicator(
        code, pack, Part(table["part"]), table["group"], table["title"], table.get("text", ""),
        table.get("measure", ""), table.get("advice", ""), limit, limit_code, points, bool(table.get("each", False)),
        Decimal(str(table.get("most", points))), bool(table.get("service", False)), table["sureness"],
    )  # fmt: skip
