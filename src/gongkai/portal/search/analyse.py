"""Text as search sees it. Pure functions; what is stored and what is asked go through the same ones.

Characters are *folded*: compatibility forms (全角), case, diacritics and traditional forms (統計) no longer
differ, and whatever is neither letter nor digit separates. What is left are *runs*: of Han characters (统计公报),
or of other letters and digits (gdp, 2020). A Han run is found by its overlapping pairs, so that every word
of two or more characters is found wherever it stands, with no dictionary; single characters are indexed too.
A run of letters or digits is found whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b
from operator import add

HAN = "々〇㐀-䶿一-鿿\U00020000-\U000323af"
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN_RUN = re.compile(rf"[{HAN}]+")

# Tokens that do not come from running text begin with a character of private use, which no run contains.
IN_TITLE = "\ue000"
TITLE_PREFIX = "\ue001"  # a word of letters or digits in the title, as far as it is typed
EXACTLY = "\ue002"  # the whole title, a whole number
FACET = "\ue003"

_LONGEST = 40  # characters of a run of letters that tell it apart in the index


@cache
def _simplifier() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def _fold_character(character: str) -> str:
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", character.lower()) if not unicodedata.combining(part)
    )
    folded = unicodedata.normalize("NFC", plain).lower()
    if _HAN_RUN.search(folded):
        folded = _simplifier()(folded)
    return "".join(part if part.isalnum() else " " for part in folded)


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that learns each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _fold_character(chr(code))
        return found


class _FoldingInPlace(dict[int, str]):
    """The same, but every character stays one character, so that places in the text stay what they were."""

    def __missing__(self, code: int) -> str:
        folded = _FOLDING[code]
        found = self[code] = folded if len(folded) == 1 else " "
        return found


_FOLDING = _Folding()
_FOLDING_IN_PLACE = _FoldingInPlace()


def runs(text: str) -> list[str]:
    """The runs of a text, folded: ``"《统计法》GDP１"`` gives 统计法, gdp1."""
    return _RUN.findall(text.translate(_FOLDING))


def fold(text: str) -> str:
    """A text as it is compared: its runs, each with one space before and after; ``""`` when there is none."""
    found = runs(text)
    return f" {' '.join(found)} " if found else ""


def fold_in_place(text: str) -> str:
    """A text folded character by character: as long as it was; what separates has become a space."""
    return text.translate(_FOLDING_IN_PLACE)


def is_han(run: str) -> bool:
    return _HAN_RUN.match(run) is not None


def grams(run: str) -> Iterator[str]:
    """What a run is found by: the pairs of a Han run, or its only character; other runs as they are."""
    if len(run) > 1 and is_han(run):
        yield from map(add, run, run[1:])
    else:
        yield run[:_LONGEST]


def analyse(text: str) -> str:
    """A text as grams in their order, separated by spaces: 统计公报 2020 gives 统计 计公 公报 2020."""
    return " ".join(gram for run in runs(text) for gram in grams(run))


def tokens(title: str, text: str, extra: str) -> str:
    """All tokens of an entry, each once, separated by spaces.

    ``title`` and ``text`` are folded (the text contains the title); ``extra`` are tokens already.
    """
    found = dict.fromkeys(extra.split())
    for run in dict.fromkeys(text.split()):
        found.update(dict.fromkeys(grams(run)))
        if is_han(run):
            found.update(dict.fromkeys(run))
    for run in title.split():
        found.update(dict.fromkeys(IN_TITLE + gram for gram in grams(run)))
        if is_han(run):
            found.update(dict.fromkeys(IN_TITLE + character for character in run))
        else:
            found.update(dict.fromkeys(TITLE_PREFIX + run[:end] for end in range(1, min(len(run), _LONGEST) + 1)))
    return " ".join(found)


def exactly(text: str) -> str:
    """The token of a whole title or number, however it is punctuated; ``""`` for a text without a run."""
    folded = fold(text)
    return EXACTLY + blake2b(folded.encode(), digest_size=12).hexdigest() if folded else ""


def facet(name: str, value: str | int) -> str:
    """The token by which entries are filtered: ``name`` is one letter. It is letters and digits, whatever is given."""
    return f"{FACET}{name}{_number(value) if isinstance(value, int) else value.encode('utf-8', 'surrogatepass').hex()}"


def _number(value: int) -> str:
    return f"n{-value}" if value < 0 else str(value)
