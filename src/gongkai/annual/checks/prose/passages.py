"""The running text, cut for reading: one passage a paragraph, with its figures found once for all rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ...report import Paragraph, Report
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
# What nearly every paragraph has are only the brackets, and those are replaced faster one by one.
_WIDE = re.compile(r"[％．﹪０-９Ａ-ｚ]")
_CJK = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
# Spaces mean nothing beside a Chinese character; between digits they may.
_SPACE = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])|(?<=[\d%,(])\s+(?=[,%)])")
_HEADING = 30
# A paragraph is never this long; what is (a file without line ends) is read in pieces.
_LONGEST = 6000
# A line shorter than this is a heading rather than half a sentence.
_CUT = 20
_FINISHED = "。！？!?；;：:”）)】…"
_ITEM = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|^[一二三四五六七八九十]是|^20\d\d年")
_ENDS = re.compile(r"[。！？!?]")
_STOPS = re.compile(r"[。！？!?；;]")


@dataclass(frozen=True)
class Passage:
    """One paragraph: ``text`` is what is matched, ``shown`` (same length) what is quoted.

    ``lines`` holds where each of its printed pieces begins, and on which line of the source.
    """

    text: str
    shown: str
    lines: tuple[tuple[int, int], ...]
    section: int
    heading: str = ""

    def line(self, position: int) -> int:
        """The line of the source on which the piece around ``position`` begins."""
        return next((line for start, line in reversed(self.lines) if start <= position), self.lines[0][1])

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [quantity.start for quantity in self.quantities]

    def before(self, position: int, most: int = 40) -> list[Quantity]:
        """The numbers that end before ``position``, in reading order; no more than the nearest ``most``."""
        index = bisect_left(self._starts, position)
        return self.quantities[max(index - most, 0) : index]

    def after(self, position: int, most: int = 80) -> list[Quantity]:
        """The numbers that begin at ``position`` or behind it; no more than the nearest ``most``."""
        index = bisect_left(self._starts, position)
        return self.quantities[index : index + most]

    @cached_property
    def percents(self) -> list[Percent]:
        return percents(self.text) if "%" in self.text else []

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in _ENDS.finditer(self.text)]

    def sentence_start(self, position: int) -> int:
        """Where the sentence around ``position`` begins."""
        index = bisect_left(self._ends, position)
        return self._ends[index - 1] + 1 if index else 0

    def sentence_end(self, position: int) -> int:
        """Where it ends: at its full stop, or at the end of the passage."""
        index = bisect_left(self._ends, position)
        return self._ends[index] if index < len(self._ends) else len(self.text)

    def last(self, words: re.Pattern[str], position: int) -> int:
        """Where ``words`` were said last before ``position``; -1 when not. Found once a passage, not once a number."""
        found = self._said.get(words)
        if found is None:
            found = self._said[words] = [match.start() for match in words.finditer(self.text)]
        index = bisect_left(found, position)
        return found[index - 1] if index else -1

    @cached_property
    def _said(self) -> dict[re.Pattern[str], list[int]]:
        return {}

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
        for shown, lines in _joined(section.paragraphs):
            text = _half_width(shown)
            found.append(Passage(text, shown, lines, section.number, heading))
            if len(text) <= _HEADING and not text.endswith(("。", "；")):
                heading = text
    return found


def _half_width(text: str) -> str:
    """Digits, letters, brackets and % in half width, character for character."""
    if _WIDE.search(text):
        return text.translate(_HALF_WIDTH)
    return text.replace("（", "(").replace("）", ")")


def _joined(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """Paragraphs with their lines; one that a page break cut in mid-sentence is put together again."""
    text = ""
    lines: list[tuple[int, int]] = []
    for paragraph in paragraphs:
        for piece in _pieces(_SPACE.sub("", paragraph.text)):
            if text and (len(text) > _LONGEST or not _goes_on(text, piece)):
                yield text, tuple(lines)
                text, lines = "", []
            lines.append((len(text), paragraph.line))
            text += piece
    if text:
        yield text, tuple(lines)


def _goes_on(before: str, after: str) -> bool:
    return len(before) >= _CUT and before[-1] not in _FINISHED and _ITEM.match(after) is None


def _pieces(text: str) -> Iterator[str]:
    while len(text) > _LONGEST:
        end = text.rfind("。", 0, _LONGEST) + 1 or _LONGEST
        yield text[:end]
        text = text[end:]
    yield text
