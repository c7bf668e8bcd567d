"""A paragraph cut into pieces, so that its numbers can be links and its questioned sentences marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual.checks import Finding, Verdict
from gongkai.annual.report import Paragraph, Report

_TRIFLES = re.compile(r"[\s*#|]+")


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` of a paragraph belongs to ``key``."""

    start: int
    end: int
    key: str | int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text inside the same spans: ``link`` an address, ``findings`` the numbers of those that ask.

    ``opens`` are the findings whose questioned text begins here, ``closes`` those whose text ends here.
    """

    text: str
    link: str = ""
    findings: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()


def cut(text: str, links: Iterable[Span] = (), questions: Iterable[Span] = ()) -> list[Piece]:
    """The paragraph as pieces in reading order; together they are the text."""
    linked, asked = list(links), list(questions)
    edges = sorted({0, len(text)} | {edge for span in (*linked, *asked) for edge in (span.start, span.end)})
    pieces = []
    for start, end in pairwise(edges):
        inside = [span for span in asked if span.start <= start and end <= span.end]
        link = next((str(span.key) for span in linked if span.start <= start and end <= span.end), "")
        pieces.append(
            Piece(
                text[start:end],
                link,
                tuple(int(span.key) for span in inside),
                tuple(int(span.key) for span in inside if span.start == start),
                tuple(int(span.key) for span in inside if span.end == end),
            )
        )
    return pieces


def find(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, whatever spaces and marks either has: (start, end), or ``None``."""
    kept = [at for at, char in enumerate(text) if not _TRIFLES.match(char)]
    bare = "".join(text[at] for at in kept)
    wanted = _TRIFLES.sub("", quote).strip("…")
    if not wanted or (at := bare.find(wanted)) < 0:
        return None
    return kept[at], kept[at + len(wanted) - 1] + 1


def place(report: Report, findings: Sequence[Finding]) -> dict[int, list[Span]]:
    """Where each finding's quote stands: spans by the place of the paragraph in ``report.prose()``.

    Findings are numbered from 1. The line that a finding names decides between paragraphs that say the same;
    a finding whose quote is a whole table row, or is nowhere in the prose, has no place.
    """
    paragraphs = [paragraph for _, paragraph in report.prose()]
    spans: dict[int, list[Span]] = {}
    for number, finding in enumerate(findings, 1):
        if not finding.quote or finding.verdict is Verdict.PASS:
            continue
        places = ((at, find(finding.quote, paragraph.text)) for at, paragraph in enumerate(paragraphs))
        found = [(at, where) for at, where in places if where is not None]
        if not found:
            continue
        at, (start, end) = min(found, key=lambda item: _distance(paragraphs[item[0]], finding.line))
        spans.setdefault(at, []).append(Span(start, end, number))
    return spans


def _distance(paragraph: Paragraph, line: int) -> int:
    """How far a paragraph is from the line of a finding; one that begins behind it is further than any before."""
    gap = line - paragraph.line
    return gap if gap >= 0 else 1_000_000 - gap
