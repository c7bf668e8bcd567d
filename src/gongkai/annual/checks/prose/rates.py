"""TEXT-RATE: percentages and growth rates follow from the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ...report import Number, Report
from ..finding import Finding, Verdict, shown
from .accepted import Tables
from .labels import name_of
from .passages import Passage
from .quantities import COUNT_UNITS, Percent, Quantity
from .scope import belongs_to_the_body

# 208件（17.46%）, 49件，占50%, 5条，占比41%, 占总数的8%
_SHARE = re.compile(
    r"^(?:[,，]?\(|[,，]?\(?(?:约|均)?占(?:比|总数|全部|办结|申请|答复|受理|总量|全年|收到|数|的|比例|为|到|总|量|件|约)*"
    r"|[,，]?(?:平均|主动|按时|信息)*公开(?:率|比例)(?:为|达|达到|约)?)$"
)
_NEAR = 24
_LONGEST_RUN = 40
_LEAD = 80
_GROWTH = re.compile(
    r"(?:同比|(?:较|比|与)(?:去年|上年|上一年度?|20\d\d年)(?:同期|度)?(?:\(\d+\w\))?(?:相比)?)[,，]?(?:显著|大幅|略有|小幅)?(?P<way>增长|上升|增加|提高|提升|下降|减少|降低|回落)(?:了|约|近)?$"
)
_CHANGE = re.compile(
    r"(?:同比|(?:较|比|与)(?:去年|上年|上一年度?|20\d\d年)(?:同期|度)?(?:相比)?)[,，]?(?P<way>增加|增长|多|减少|下降|少)(?:了)?$"
)
_LAST_YEAR = re.compile(
    r"(?:去年|上年|上一年度?|20\d\d年)(?:同期|度)?(?:收到|受理|为|是|共|的|新收|办理|[政府信息公开申请]){0,12}\(?$"
)
_WORDS_OF_FALL = ("下降", "减少", "降低", "回落", "少")
_RATE_AFTER_CHANGE = re.compile(
    r"^[,，、]?\(?(?:同比|增长率|增幅|降幅|幅度)?(?:增长|上升|增加|提高|下降|减少|降低)?(?:率|幅度?)?(?:为|达|约|了)*$"
)


def check_rates(report: Report, passages: Iterable[Passage], previous: Report | None) -> Iterator[Finding]:
    """Shares against their whole, and growth against last year's figure where it is known."""
    tables = Tables(report)
    before = Tables(previous) if previous is not None else None
    for passage in passages:
        if passage.percents and passage.quantities:
            yield from _shares(passage, tables)
            yield from _growths(report, passage, before)


@dataclass(frozen=True, slots=True)
class _Share:
    part: Quantity
    percent: Percent


def _shares(passage: Passage, tables: Tables) -> Iterator[Finding]:
    """Percentages directly behind their part.

    The whole is looked for; a rate is false when its neighbours share one and it does not fit.
    """
    runs: list[list[_Share]] = []
    for percent in passage.percents:
        part = next(iter(passage.before(percent.start, 1)), None)
        if (
            part is None
            or percent.start - part.end > _NEAR
            or _SHARE.match(passage.text[part.end : percent.start]) is None
        ):
            continue
        share = _Share(part, percent)
        if (
            runs
            and runs[-1][-1].part.unit == part.unit
            and "。" not in passage.text[runs[-1][-1].percent.end : part.start]
        ):
            runs[-1].append(share)
        else:
            runs.append([share])
    for run in runs:
        yield from _run(passage, run, tables)


def _run(passage: Passage, run: list[_Share], tables: Tables) -> Iterator[Finding]:
    wholes = _wholes(passage, run, tables)
    fits = {whole: sum(1 for share in run if _is_share(share, whole)) for whole in wholes if whole}
    if not fits:
        return
    whole, held = max(fits.items(), key=lambda item: item[1])
    for share in run:
        if _is_share(share, whole):
            yield _rate(passage, share.part, share.percent, Verdict.PASS, whole, "")
        elif any(_is_share(share, other) for other in wholes if other):
            continue
        elif held >= 2 and held >= len(run) - 1 and share.part.exact:
            due = _rounded(Decimal(share.part.value) * 100 / Decimal(whole), share.percent.decimals)
            message = (
                f"正文写“{_words(passage, share.part, share.percent)}”，同列各项都以 {shown(whole)} 为总数，"
                f"{shown(share.part.value)} 应占 {due}%；请改正。"
            )
            yield _rate(passage, share.part, share.percent, Verdict.FAIL, whole, message)


def _wholes(passage: Passage, run: list[_Share], tables: Tables) -> list[Number]:
    """Everything the shares may be shares of, the likeliest first."""
    found: list[Number] = []
    unit = run[0].part.unit
    found.extend(q.value for q in reversed(passage.before(run[0].part.start)) if q.unit == unit)
    total: Number = 0
    for share in run:
        total += share.part.value
    found.append(total)
    for key in ("handled", "received"):
        if (accepted := tables.accepted(key)) is not None:
            found.extend(sorted(accepted.values, reverse=True))
    return list(dict.fromkeys(found))


def _is_share(share: _Share, whole: Number) -> bool:
    return _close(Decimal(share.part.value) * 100 / Decimal(whole), share.percent)


def _close(exact: Decimal, percent: Percent) -> bool:
    """Rounded, cut off, or one unit off in the last printed place."""
    return abs(exact - percent.value) < Decimal("1.5").scaleb(-percent.decimals)


def _growths(report: Report, passage: Passage, before: Tables | None) -> Iterator[Finding]:
    for percent in passage.percents:
        start = passage.sentence_start(percent.start)
        lead = passage.text[max(start, percent.start - _LEAD) : percent.start]
        numbers = [q for q in passage.before(percent.start, 12) if start <= q.start and q.unit in COUNT_UNITS]
        if not numbers:
            continue
        if (finding := _from_change(passage, percent, numbers)) is not None:
            yield finding
        elif (match := _GROWTH.search(lead)) is not None:
            sign = -1 if match["way"] in _WORDS_OF_FALL else 1
            yield from _from_last_year(report, passage, percent, numbers, sign, before)


def _from_change(passage: Passage, percent: Percent, numbers: list[Quantity]) -> Finding | None:
    """受理120件，较上年增加20件，增长20%: all three figures stand in the sentence."""
    change = numbers[-1]
    if (
        len(numbers) < 2
        or not change.exact
        or _RATE_AFTER_CHANGE.match(passage.text[change.end : percent.start]) is None
    ):
        return None
    match = _CHANGE.search(passage.text[max(passage.sentence_start(change.start), change.start - _LEAD) : change.start])
    if match is None:
        return None
    sign = -1 if match["way"] in _WORDS_OF_FALL else 1
    current = [q for q in numbers[:-1] if q.exact and q.unit == change.unit]
    rates = {q.value: _growth(q.value, q.value - sign * change.value) for q in current}
    known = {value: rate for value, rate in rates.items() if rate is not None}
    if any(_close(abs(rate), percent) for rate in known.values()):
        return _rate(passage, change, percent, Verdict.PASS, change.value, "")
    if len(known) != 1:
        return None
    value, rate = next(iter(known.items()))
    message = (
        f"正文写{shown(value)}{change.unit}、{match['way']}{shown(change.value)}{change.unit}、{percent.value}%，"
        f"按前两个数应为 {_rounded(abs(rate), percent.decimals)}%；请改正。"
    )
    return _rate(passage, change, percent, Verdict.FAIL, value, message)


def _from_last_year(
    report: Report, passage: Passage, percent: Percent, numbers: list[Quantity], sign: int, before: Tables | None
) -> Iterator[Finding]:
    """受理120件，同比增长20%: against last year's figure in the same sentence, or in last year's report."""
    text = passage.text
    stated = [q for q in numbers if _LAST_YEAR.search(text[max(0, q.start - 24) : q.start])]
    current = [q for q in numbers if q.exact and q not in stated]
    if not current:
        return
    if len(stated) == 1 and stated[0].exact and stated[0].unit == current[-1].unit:
        wholes: set[Number] = {stated[0].value}
        source = f"正文所写上年的 {shown(stated[0].value)}{stated[0].unit}"
    elif before is not None and len(current) == 1 and belongs_to_the_body(passage, current[0].start, report.agency):
        label = text[max(passage.sentence_start(current[0].start), current[0].start - 40) : current[0].start]
        label = re.split(r"[，,。；;:()]", label)[-1]
        name = name_of(label, text[current[0].end : current[0].end + 1], report.year)
        accepted = before.accepted(name.key) if name is not None and name.plain and name.kind != "carried" else None
        if accepted is None:
            return
        wholes = set(accepted.values)
        source = f"去年报告的 {shown(accepted.computed)}"
    else:
        return
    rates = [(q, rate) for q in current for whole in wholes if (rate := _growth(q.value, whole)) is not None]
    if any(_close(sign * rate, percent) for _, rate in rates):
        yield _rate(passage, current[-1], percent, Verdict.PASS, max(wholes), "")
    elif rates and len(current) == 1:
        quantity, rate = rates[0]
        way = "增长" if rate >= 0 else "下降"
        message = (
            f"正文写 {shown(quantity.value)}{quantity.unit}、同比{'下降' if sign < 0 else '增长'} {percent.value}%，"
            f"按{source}计算应为{way} {_rounded(abs(rate), percent.decimals)}%；请改正。"
        )
        yield _rate(passage, quantity, percent, Verdict.FAIL, max(wholes), message)


def _growth(now: Number, before: Number) -> Decimal | None:
    return (Decimal(now) - Decimal(before)) * 100 / Decimal(before) if before > 0 else None


def _rounded(rate: Decimal, decimals: int) -> str:
    return str(round(rate, decimals)) if decimals else str(round(rate))


def _words(passage: Passage, part: Quantity, percent: Percent) -> str:
    return passage.shown[part.start : percent.end]


def _rate(passage: Passage, part: Quantity, percent: Percent, verdict: Verdict, whole: Number, message: str) -> Finding:
    return Finding(
        "TEXT-RATE",
        verdict,
        message or f"“{_words(passage, part, percent)}”与正文的数相符。",
        (),
        percent.value,
        whole,
        passage.quote(part.start, percent.end),
        passage.line(part.start),
    )
