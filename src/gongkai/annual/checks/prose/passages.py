"""The running text, cut for reading: one passage a paragraph, with its figures found once for all rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...report import Report
from .quantities import Percent, Quantity, percents, quantities

_HALF_WIDTH = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B)},
        "（": "(",
        "）": ")",
        "％": "%",
        "．": ".",
        "﹪": "%",
    }
)
_CJK = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
# Spaces mean nothing beside a Chinese character; between digits they may.
_SPACE = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])|(?<=[\d%,(])\s+(?=[,%)])")
_HEADING = 30
_ENDS = re.compile(r"[。！？!?]")
_STOPS = re.compile(r"[。！？!?；;]")


@dataclass(frozen=True)
class Passage:
    """One paragraph: ``text`` is what is matched, ``shown`` (same length) what is quoted."""

    text: str
    shown: str
    line: int
    section: int
    heading: str = ""

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities(self.text)

    @cached_property
    def percents(self) -> list[Percent]:
        return percents(self.text) if "%" in self.text else []

    def sentence_start(self, position: int) -> int:
        """Where the sentence around ``position`` begins."""
        return max((self.text.rfind(mark, 0, position) for mark in "。！？!?"), default=-1) + 1

    def sentence_end(self, position: int) -> int:
        match = _ENDS.search(self.text, position)
        return match.start() if match else len(self.text)

    def clause_start(self, position: int) -> int:
        """Like `sentence_start`, but a semicolon ends a clause too."""
        return max((self.text.rfind(mark, 0, position) for mark in "。！？!?；;"), default=-1) + 1

    def clauses(self) -> Iterator[tuple[int, str]]:
        start = 0
        for match in _STOPS.finditer(self.text):
            yield start, self.text[start : match.start()]
            start = match.end()
        if start < len(self.text):
            yield start, self.text[start:]

    def quote(self, position: int, end: int | None = None) -> str:
        """The sentence around ``position`` (to the one around ``end``) as it is printed."""
        start, stop = self.sentence_start(position), self.sentence_end(position if end is None else end)
        return self.shown[start : stop + 1].strip()


def passages(report: Report) -> list[Passage]:
    """Every paragraph of the six parts that holds words; the preamble holds no figures of the year."""
    found: list[Passage] = []
    for section in report.sections:
        heading = ""
        for paragraph in section.paragraphs:
            shown = _SPACE.sub("", paragraph.text)
            text = shown.translate(_HALF_WIDTH)
            found.append(Passage(text, shown, paragraph.line, section.number, heading))
            if len(text) <= _HEADING and not text.endswith(("。", "；")):
                heading = text
    return found
