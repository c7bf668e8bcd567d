"""The portal's search over 100,000 articles: the longest that 95 of 100 questions take, against 50 ms.

Ours: :func:`gongkai.portal.search.finding.find` from the typed words to the marked hits, counted. The words are of
two, three and four characters: frequent ones (in 40 to 99 of 100 articles), middling and rare ones; each is asked by
relevance and by date, within a column, a year, a kind of item and in force only. Theirs: counting the articles that
contain the same word with LIKE, which is also asked whether we found as many (recall). Beside each figure stands
the processor's time, ours and the database session's, which a busy machine does not stretch.

On PostgreSQL run it as ``python scripts/with_postgres.py python -m bench.search``.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from bench.database import driver_rows, installation, settle, vendor
from bench.measure import Measured, run

if TYPE_CHECKING:
    from gongkai.portal.search.finding import Query

LIMIT = 50


@dataclass(frozen=True)
class Took:
    """Milliseconds by the clock, and those of the processor among them, a question each."""

    wall: list[float]
    processor: list[float]

    def __add__(self, other: Took) -> Took:
        return Took(self.wall + other.wall, self.processor + other.processor)

    def measured(self, figure: str, limit: float | None = None) -> Measured:
        note = f"p50 {median(self.wall):.1f}, max {max(self.wall):.1f} of {len(self.wall)}"
        busy = f"processor p50 {median(self.processor):.1f}, p95 {p95(self.processor):.1f}"
        return Measured(f"search: {figure} on {vendor()}", p95(self.wall), limit, "ms", f"{note}; {busy}")


def measure(*, quick: bool = False) -> Iterator[Measured]:
    articles, rounds = (600, 1) if quick else (100_000, 3)
    with installation():
        from bench.articles import WORDS, fill
        from gongkai.portal.search.finding import Query, find, similar, suggest

        start = perf_counter()
        agency = fill(articles)
        built = perf_counter() - start
        settle()
        yield Measured(f"search: indexing {articles:,} articles on {vendor()}", built, None, "s", size())
        missed, every_took = 0, Took([], [])
        for frequency, words in WORDS.items():
            counts, like_took = [], []
            for word in words:
                start = perf_counter()
                counts.append(counted_by_like(word))
                like_took.append((perf_counter() - start) * 1000)
                missed += len(found_by_us(word, agency) ^ found_by_like(word))
            yield Measured(
                f"search: {frequency} words are in, of 100 articles, on {vendor()}",
                100 * max(counts) / articles,
                note=f"at least {100 * min(counts) / articles:.2g}",
                unit="%",
            )
            took = Took([], [])
            for shape, questions in shapes(words, agency, Query).items():
                mine = timed(find, questions, rounds)
                took += mine
                if frequency == "frequent":
                    yield mine.measured(f"frequent, {shape}")
            every_took += took
            yield took.measured(f"{frequency} words", LIMIT)
            against = f"LIKE counts in p50 {median(like_took):.0f} ms"
            ratio = median(took.wall) / median(like_took)
            yield Measured(f"search: {frequency} words against LIKE on {vendor()}", ratio, None, note=against)
        yield every_took.measured("p95 of all questions", LIMIT)
        yield Measured(f"search: hits that only LIKE or only we found on {vendor()}", missed, 0, "")
        every = [word for words in WORDS.values() for word in words]
        yield timed(lambda word: suggest(word, agency), every, rounds).measured("suggestions", LIMIT)
        texts = [f"我想申请公开2020年全市{one}和{other}的有关数据" for one, other in pairwise(every)]
        yield timed(lambda text: similar(text, agency), texts, rounds).measured("documents like a request")


def shapes(words: Sequence[str], agency: int, query: type[Query]) -> dict[str, list[Query]]:
    """Every word in each way of asking."""
    return {
        "by relevance": [query(word, agency) for word in words],
        "by date": [query(word, agency, order="date") for word in words],
        "page 40 by relevance": [query(word, agency, page=40) for word in words],
        "in a column": [query(word, agency, column=3) for word in words],
        "of a year": [query(word, agency, year=2019) for word in words],
        "of a kind, in force": [query(word, agency, item_type="notice", in_force_only=True) for word in words],
        "two words": [query(f"{one} {other}", agency) for one, other in pairwise(words)],
    }


def timed(work: Callable[[Any], object], questions: Sequence[Any], rounds: int) -> Took:
    """Each question in each round, after a round that nobody counts."""
    took = Took([], [])
    for number in range(rounds + 1):
        gc.collect()
        for question in questions:
            start, busy = perf_counter(), processor()
            work(question)
            if number:
                took.wall.append((perf_counter() - start) * 1000)
                took.processor.append((processor() - busy) * 1000)
    return took


def processor() -> float:
    """Seconds of the processor that this process and its session in PostgreSQL have had."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return process_time()
    session = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")  # of Linux; nanoseconds
    return process_time() + (int(session.read_text().split()[0]) / 1e9 if session.exists() else 0)


def found_by_us(word: str, agency: int) -> set[int]:
    """The articles that we find, by the machinery of :func:`find` without its end at a thousand."""
    from django.utils import timezone

    from gongkai.portal.search.analyse import facet
    from gongkai.portal.search.matching import matching
    from gongkai.portal.search.words import parse

    return set(matching(parse(word), [facet("a", agency)], timezone.now(), 10_000_000))


_LIKE = "FROM portal_search_entry WHERE title LIKE :word OR body LIKE :word OR attachments LIKE :word"


def found_by_like(word: str) -> set[int]:
    """The articles that contain the word."""
    return {found for (found,) in driver_rows(f"SELECT id {_LIKE}", {"word": f"%{word}%"})}


def counted_by_like(word: str) -> int:
    return int(driver_rows(f"SELECT count(*) {_LIKE}", {"word": f"%{word}%"})[0][0])


def p95(took: Sequence[float]) -> float:
    return quantiles(took, n=20, method="inclusive")[-1]


def size() -> str:
    """What the database takes on disk, with all its texts."""
    sql = {
        "SQLite": "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)",
        "PostgreSQL": "SELECT pg_database_size(current_database())",
    }
    return f"{driver_rows(sql[vendor()], {})[0][0] / 1e6:.0f} MB"


if __name__ == "__main__":
    sys.exit(run(measure))
