"""PERIOD: title, statistical period and prose speak of one calendar year (articles 49 and 50)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..report import Paragraph, Report
from .finding import Finding, Verdict

_NAMED = re.compile(
    r"统计(?:期限|时限|时段|时间|周期|期间|区间|范围|日期)|(?:数据|报告)[^。]{0,8}(?:期限|时限|时段|期间)"
)
_NAMED_STRICTLY = re.compile(r"统计(?:期限|时限|时段|周期|期间)")
_PERIOD = re.compile(
    r"(?P<y1>20\d\d)(?:年度?|[.\-/])(?P<m1>\d{1,2})[月.\-/](?P<d1>\d{1,2})日?起?"
    r"(?:[^\d。]{0,6}?)(?:至|到|—|-|－|~|～|–)+(?:[^\d。]{0,6}?)"
    r"(?:(?P<y2>20\d\d)(?:年度?|[.\-/]))?(?P<m2>\d{1,2})[月.\-/](?P<d2>\d{1,2})(?:日|(?=\D|$))"
)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?")
# “2021年，我局…”: the year a sentence of the report proper is about, when it opens the sentence.
_OPENING = re.compile(
    r"^[（(]?[一二三四五六七八九十]?[）)、]?\s*(?P<year>20\d\d)年度?[，,](?=[^。]{0,12}(?:我|本|全|共|局|委|办|厅|区|市|县|镇|街道|认真|严格|坚持|深入))"
)


def check_period(report: Report) -> Iterator[Finding]:
    """The stated period is 1 January to 31 December of the report's year, and the prose opens with that year."""
    yield from _stated_period(report)
    yield from _prose_year(report)


def _stated_period(report: Report) -> Iterator[Finding]:
    for paragraph, named in _front(report):
        text = "".join(paragraph.text.split()).translate(_DIGITS)
        for sentence in _SENTENCE.findall(text):
            if named.search(sentence) is None:
                continue
            if (match := _PERIOD.search(sentence)) is None:
                continue
            yield _judge(report, match, sentence, paragraph.line)
            return


def _front(report: Report) -> Iterator[tuple[Paragraph, re.Pattern[str]]]:
    """Where the period is stated: before 一、, at its beginning, or, with some bodies, among other matters.

    Inside the parts other periods are spoken of too, so there only the exact name counts.
    """
    for paragraph in report.preamble:
        yield paragraph, _NAMED
    for section in report.sections:
        if section.number in (1, 6):
            for paragraph in section.paragraphs:
                yield paragraph, _NAMED_STRICTLY


def _judge(report: Report, match: re.Match[str], sentence: str, line: int) -> Finding:
    first, last = int(match["y1"]), int(match["y2"] or match["y1"])
    begin = (int(match["m1"]), int(match["d1"]))
    end = (int(match["m2"]), int(match["d2"]))
    period = match[0]

    def finding(verdict: Verdict, message: str, stated: int | None = None) -> Finding:
        computed = report.year if stated is not None else None
        return Finding("PERIOD", verdict, message, (), stated, computed, sentence, line)

    if first != last:
        return finding(
            Verdict.FAIL, f"统计期限写“{period}”，起止不在同一年；应为一个公历年的 1 月 1 日至 12 月 31 日。"
        )
    if begin != (1, 1) or end != (12, 31):
        return finding(Verdict.FAIL, f"统计期限写“{period}”，不是 1 月 1 日至 12 月 31 日；请改正。")
    if report.year is None or report.year == first:
        return finding(Verdict.PASS, "统计期限是报告年度的公历年。", first)
    if not report.title:
        return finding(Verdict.WARN, f"统计期限写 {first} 年，而正文多处写 {report.year} 年；请核对报告年度。", first)
    return finding(Verdict.FAIL, f"标题是 {report.year} 年的报告，统计期限却写“{period}”；请改正其一。", first)


def _prose_year(report: Report) -> Iterator[Finding]:
    """Another year opens sentences of part 一 and the report's own never does: probably last year's text."""
    if report.year is None:
        return
    own = 0
    others: list[tuple[str, str, int]] = []
    for section in report.sections:
        if section.number != 1:
            continue
        for paragraph in section.paragraphs:
            text = "".join(paragraph.text.split()).translate(_DIGITS)
            own += text.count(f"{report.year}年")
            others.extend(
                (match["year"], sentence, paragraph.line)
                for sentence in _SENTENCE.findall(text)
                if (match := _OPENING.match(sentence)) is not None and int(match["year"]) != report.year
            )
    if others and not own:
        year, sentence, line = others[0]
        yield Finding(
            "PERIOD",
            Verdict.WARN,
            f"这是 {report.year} 年的报告，总体情况却以“{year}年”开头，没有提到本年；请核对是否沿用了旧稿。",
            (),
            int(year),
            report.year,
            sentence,
            line,
        )
