"""What somebody typed into the search box, understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .analyse import HAN, grams, is_han, runs

LONGEST = 200
"""Characters of a query that are read; who pastes more is looking for its beginning."""

_QUOTES = '"“”„‟＂「」『』'
_PART = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|([^\s{_QUOTES}]+)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase that must stand in the text as it is, whatever punctuation lies between its runs."""

    runs: tuple[str, ...]

    @property
    def tokens(self) -> tuple[str, ...]:
        """What the index is asked for; an entry without all of these does not contain the word."""
        return tuple(dict.fromkeys(gram for run in self.runs for gram in grams(run)))

    @property
    def needle(self) -> str:
        """What is part of a folded text (:func:`.analyse.fold`) just when the word stands in it."""
        before = "" if is_han(self.runs[0]) else " "
        after = "" if is_han(self.runs[-1]) else " "
        return before + " ".join(self.runs) + after

    @property
    def told_by_its_token(self) -> bool:
        """Whether an entry with the word's only token contains the word, so that the text need not be looked at."""
        return len(self.runs) == 1 and self.tokens == self.runs

    @property
    def pattern(self) -> str:
        """A regular expression that finds the word in a text folded in place."""
        first, *rest = self.runs
        parts = [re.escape(first)]
        for last, run in zip(self.runs, rest, strict=False):
            parts.append((" +" if is_han(last) == is_han(run) else " *") + re.escape(run))
        before = "" if is_han(first) else f"(?<![^ {HAN}])"
        after = "" if is_han(self.runs[-1]) else f"(?![^ {HAN}])"
        return before + "".join(parts) + after


def parse(text: str) -> tuple[Word, ...]:
    """The words of a query, all of which are wanted; ``()`` when there is nothing but punctuation.

    Spaces separate words; what stands in quotation marks is one phrase. Nothing that is typed is an error.
    """
    words: dict[Word, None] = {}
    for quoted, plain in _PART.findall(text[:LONGEST]):
        found = tuple(runs(quoted or plain))
        if found:
            words[Word(found)] = None
    return tuple(words)
