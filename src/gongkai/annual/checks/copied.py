"""COPY: how much of the prose was carried over word for word from last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..report import Report
from .finding import Finding, Verdict

# The preamble is prescribed; the parts with tables hold fixed phrases around figures.
_OWN_WORDS = (1, 5, 6)
_END = re.compile(r"[。！？!?；;\n]+")
_NOISE = re.compile(r"[\s，,、：:（）()“”\"'‘’·—\-*#]+")
_LONG_ENOUGH = 12
_ENOUGH_SENTENCES = 6
_WARN, _FAIL = 50, 90


def check_copied(report: Report, previous: Report) -> Iterator[Finding]:
    """The share of sentences found word for word in last year's report; headings and short sentences do not count."""
    before = {words for _, _, words in _sentences(previous)}
    here = list(_sentences(report))
    if len(here) < _ENOUGH_SENTENCES or len(before) < _ENOUGH_SENTENCES:
        return
    copied = [(quote, line) for quote, line, words in here if words in before]
    share = 100 * len(copied) / len(here)
    # Over 50 and over 90 in the strict sense: exactly half is no warning.
    verdict = Verdict.FAIL if share > _FAIL else Verdict.WARN if share > _WARN else Verdict.PASS
    quote, line = max(copied, key=lambda item: len(item[0]), default=("", 0))
    yield Finding(
        "COPY",
        verdict,
        f"叙述部分 {len(here)} 句中有 {len(copied)} 句（{share:.0f}%）与去年的报告一字不差"
        + ("；请如实写出本年的情况。" if verdict is not Verdict.PASS else "。"),
        stated=len(copied),
        computed=len(here),
        quote=quote if verdict is not Verdict.PASS else "",
        line=line if verdict is not Verdict.PASS else 0,
    )


def _sentences(report: Report) -> Iterator[tuple[str, int, str]]:
    for section in report.sections:
        if section.number not in _OWN_WORDS:
            continue
        for paragraph in section.paragraphs:
            for sentence in _END.split(paragraph.text):
                words = _NOISE.sub("", sentence)
                if len(words) >= _LONG_ENOUGH:
                    yield sentence.strip(), paragraph.line, words
