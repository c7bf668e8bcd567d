"""文号: a series for each family of letters and year, by the agency's own pattern, without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from django.db import transaction

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.letters import letters
from gongkai.ledger.models import Counter
from gongkai.ledger.services import lock, next_number

from ..models import NumberSeries
from .points import UNNUMBERED
from .store import may_keep

FAMILIES: Mapping[str, str] = {
    "reply": "答复类（各种告知书）",
    "notice": "程序类（补正、延期、说明理由、收费等）",
    "consult": "函件类（征求意见、协办）",
}
_SIGNS = {"reply": "信公", "notice": "信公告", "consult": "信公函"}
_CONSULT = {"third_party_consultation", "co_maker_consultation", "assistance"}
_MOST = 40


def family_of(code: str) -> str:
    """The family of a kind of letter; "" for those that have no number."""
    if code in UNNUMBERED:
        return ""
    if code in _CONSULT:
        return "consult"
    return "reply" if letters()[code].stage == "decision" else "notice"


def patterns(agency: Agency) -> dict[str, str]:
    """How each family is numbered: as the agency set it, or a usual form; one query."""
    told = dict(NumberSeries.objects.filter(agency=agency).values_list("family", "pattern"))
    sign = (agency.short_name or agency.name)[:20]
    return {family: told.get(family) or f"{sign}{_SIGNS[family]}〔{{year}}〕{{number}}号" for family in FAMILIES}


def allocate(agency: Agency, code: str, on: date) -> str:
    """The next number of a letter of that kind, inside the caller's transaction; "" where it has none.

    When the transaction fails its number is given back, so that the series has no gap.
    """
    family = family_of(code)
    if not family:
        return ""
    pattern = patterns(agency)[family]
    return _written(pattern, on.year, str(next_number(agency, _series(pattern, on.year))))


def unnumbered(agency: Agency, code: str, on: date) -> str:
    """The number as a draft shows it: with room where the number will stand."""
    family = family_of(code)
    return _written(patterns(agency)[family], on.year, "　　") if family else ""


def used(agency: Agency, pattern: str, year: int) -> int:
    """The last number given out by a pattern in a year; 0 when there was none."""
    found = Counter.objects.filter(agency=agency, series=_series(pattern, year)).values_list("value", flat=True)
    return found.first() or 0


@transaction.atomic
def set_pattern(
    agency: Agency, family: str, pattern: str, *, year: int, last: int | None = None, actor: User | None = None
) -> NumberSeries:
    """Set how a family is numbered. ``last``: the number that was used last on paper in ``year``; the next one follows.

    Two families with the same pattern share one series. Raises :class:`NotPermittedError`.
    """
    if actor is not None and not may_keep(actor, agency):
        raise NotPermittedError("文号由本机关的经办人员或者负责人维护。")
    pattern = pattern.strip()
    if reason := fault(pattern):
        raise NotPermittedError(reason)
    if family not in FAMILIES:
        raise NotPermittedError("没有这一类文书。")
    lock(agency.pk)
    if last is not None:
        given = used(agency, pattern, year)
        if last < given:
            raise NotPermittedError(f"{year} 年已经编到 {given} 号，不能退回到 {last} 号。")
        if last > given:
            next_number(agency, _series(pattern, year), last - given)
    row, _ = NumberSeries.objects.update_or_create(agency=agency, family=family, defaults={"pattern": pattern})
    return row


def fault(pattern: str) -> str:
    """What is wrong with a pattern (Chinese); "" when nothing is."""
    if pattern.count("{year}") != 1 or pattern.count("{number}") != 1:
        return "文号格式里须有一个 {year}（年份）和一个 {number}（序号），例如：温统信公〔{year}〕{number}号。"
    rest = pattern.replace("{year}", "").replace("{number}", "")
    if set(rest) & set("{}<>\r\n\t") or not rest.strip():
        return "文号格式里除 {year}、{number} 以外不能有大括号、尖括号和换行，并且要有机关代字。"
    return f"文号格式不得超过 {_MOST} 个字。" if len(pattern) > _MOST else ""


def _written(pattern: str, year: int, number: str) -> str:
    return pattern.replace("{year}", str(year)).replace("{number}", number)


def _series(pattern: str, year: int) -> str:
    """The counter of a pattern: whoever changes the pattern begins at 1, and nobody gives a number out twice."""
    return f"letters-{year}-{sha256(pattern.encode()).hexdigest()[:16]}"
