"""How things are timed: both sides in the same run, in turns, rubbish collected before each; the median of ratios."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its limit; without one it only explains another. ``unit`` is "×", "s" or ""."""

    figure: str
    value: float
    limit: float | None = None
    unit: str = "×"
    note: str = ""

    @property
    def over(self) -> bool:
        return self.limit is not None and self.value > self.limit


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds that ours and theirs took, a round each."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def note(self) -> str:
        return f"{shown(median(self.ours))} : {shown(median(self.theirs))}"

    def __add__(self, other: Pair) -> Pair:
        """Both pieces of work in each round."""
        return Pair(
            tuple(a + b for a, b in zip(self.ours, other.ours, strict=True)),
            tuple(a + b for a, b in zip(self.theirs, other.theirs, strict=True)),
        )


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes, on a clean heap."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turns(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> Pair:
    """Time two pieces of work ``rounds`` times, each going first every other time."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for side in (0, 1) if number % 2 == 0 else (1, 0):
            took[side].append(seconds((ours, theirs)[side]))
    return Pair(tuple(took[0]), tuple(took[1]))


def over_pieces(
    pieces: Sequence[Any], ours: Callable[[Any], object], theirs: Callable[[Any], object], rounds: int
) -> Pair:
    """The same for work that comes in pieces: each round adds them up, and sides take turns piece by piece, so
    that a busy moment of the machine falls on both alike."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        pairs = [in_turns(partial(ours, piece), partial(theirs, piece), 1) for piece in pieces]
        took[0].append(sum(pair.ours[0] for pair in pairs))
        took[1].append(sum(pair.theirs[0] for pair in pairs))
    return Pair(tuple(took[0]), tuple(took[1]))


def shown(took: float) -> str:
    return f"{took * 1000:.1f} ms" if took < 1 else f"{took:.2f} s"


def run(measure: Callable[..., Iterable[Measured]]) -> int:
    """Run one module by itself; ``--quick`` on little data, ``--json`` a line a figure for :mod:`bench.__main__`."""
    arguments = set(sys.argv[1:])
    if unknown := arguments - {"--quick", "--json"}:
        print(f"unknown: {' '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    over = False
    for measured in measure(quick="--quick" in arguments):
        over = over or measured.over
        print(json.dumps(asdict(measured), ensure_ascii=False) if "--json" in arguments else line(measured), flush=True)
    return int(over)


def line(measured: Measured) -> str:
    """A figure as a line of the table."""
    value = f"{measured.value:.2f} {measured.unit}".rstrip()
    limit = "" if measured.limit is None else f"≤ {measured.limit:g}"
    verdict = "" if measured.limit is None else "OVER" if measured.over else "ok"
    return f"{measured.figure:<58} {value:>9}  {limit:<7} {verdict:<5} {measured.note}"
