"""Wrong and sensitive words (错敏词) from lists that the office keeps, found in one pass whatever their number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from .finding import Finding, Severity, finding, safe
from .subject import Passage

_AROUND = 12  # characters shown on each side


class WordListError(ValueError):
    """A word list that cannot be used; the message says in Chinese which entry and why."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for. With a ``replacement`` it is wrong, without one it is sensitive.

    A word whose replacement is itself is right: where it stands, no shorter word inside it is found
    ("部署" against "署", "其他国家和地区" against "其他国家").
    """

    pattern: str
    advice: str = ""
    severity: Severity = Severity.WARN
    replacement: str = ""

    @property
    def is_right(self) -> bool:
        return self.replacement == self.pattern

    @property
    def rule(self) -> str:
        return "WORD-WRONG" if self.replacement else "WORD-SENSITIVE"

    @property
    def message(self) -> str:
        """What is wrong and what to do."""
        found = f"用了“{self.pattern}”"
        if self.replacement:
            found += f"，应为“{self.replacement}”"
        return f"{found}。{self.advice}" if self.advice else f"{found}。请核对。"


class Matcher:
    """An automaton over a word list."""

    def __init__(self, words: Sequence[Word]) -> None:
        # Of two entries for one pattern the later, the office's own, prevails.
        self.words = list({word.pattern.lower(): word for word in words if word.pattern.strip()}.values())
        patterns = [word.pattern.lower() for word in self.words]
        self.automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest) if patterns else None

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Number of the word, start and end of every place, the longest word from each place on."""
        return [] if self.automaton is None else self.automaton.find_matches_as_indexes(_lower(text))


def _lower(text: str) -> str:
    """Lower case without changing the length, so that places stay what they are."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


@lru_cache(maxsize=16)
def matcher_of(words: tuple[Word, ...]) -> Matcher:
    """The automaton of a list, made once. Looking it up costs as much as the list is long: not for each passage."""
    return Matcher(words)


def find_words(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every listed word in the passage, once each. The text is never changed by itself."""
    seen: set[int] = set()
    for index, start, end in matcher.find(passage.text):
        word = matcher.words[index]
        if word.is_right or index in seen:
            continue
        seen.add(index)
        around = safe(passage.text[max(0, start - _AROUND) : end + _AROUND])
        yield finding(
            word.rule,
            word.severity,
            passage.place,
            word.message,
            value=word.pattern,
            excerpt=around,
            anchor=passage.anchor,
        )


_SEVERITIES = {severity.name.lower(): severity for severity in Severity}
_KEYS = {"pattern", "advice", "severity", "replacement"}


def parse_words(text: str) -> tuple[Word, ...]:
    """The ``[[word]]`` tables of a TOML text; :class:`WordListError` names the first that is wrong."""
    try:
        tables = tomllib.loads(text).get("word", [])
    except tomllib.TOMLDecodeError as error:
        raise WordListError(f"词表不是有效的 TOML：{error}") from error
    words = []
    for place, table in enumerate(tables, 1):
        if wrong := set(table) - _KEYS:
            raise WordListError(f"词表第 {place} 项有不认识的内容：{'、'.join(sorted(wrong))}。")
        if not str(table.get("pattern", "")).strip():
            raise WordListError(f"词表第 {place} 项没有写词语（pattern）。")
        severity = table.get("severity", "warn")
        if severity not in _SEVERITIES:
            raise WordListError(f"词表第 {place} 项的 severity 只能是 {'、'.join(_SEVERITIES)}。")
        words.append(
            Word(table["pattern"], table.get("advice", ""), _SEVERITIES[severity], table.get("replacement", ""))
        )
    return tuple(words)


@lru_cache(maxsize=1)
def starter_words() -> tuple[Word, ...]:
    """The list that comes with this release: where an office starts, not where it ends."""
    return parse_words((Path(__file__).parent / "words.toml").read_text("utf-8"))
