"""`check` over 1,000 reports against merely opening and walking the same files with the underlying library.

Ours: :func:`gongkai.annual.read.read` of the file and :func:`gongkai.annual.checks.check` of what was read: every cell
of three tables found, every rule judged. Theirs: docx with python-docx (``Document``, the text of every paragraph
and of every cell of every table), html with selectolax (parse, the text of every text node). Both read the file from
disk. Half of the files are docx, half html, as :mod:`gongkai.annual.write` writes them. The promise is for the
1,000 files together; the formats by themselves are shown beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from selectolax.lexbor import LexborHTMLParser

from bench.measure import Measured, Pair, over_pieces, run
from bench.reports import reports
from gongkai.annual.checks import Finding, check
from gongkai.annual.read import read
from gongkai.annual.write import write

LIMIT = 1.5
FORMATS = ("docx", "html")
_PIECE = 25


def measure(*, quick: bool = False) -> Iterator[Measured]:
    count, rounds = (10, 1) if quick else (1000, 3)
    with TemporaryDirectory(prefix="gongkai-bench-") as folder:
        files = list(written(Path(folder), count))
        pairs: dict[str, Pair] = {}
        for ending in FORMATS:
            mine = [path for path in files if path.suffix == f".{ending}"]
            pieces = [mine[start : start + _PIECE] for start in range(0, len(mine), _PIECE)]
            walk = {"docx": walk_docx, "html": walk_html}[ending]
            check_all(pieces[0][:1])
            pairs[ending] = over_pieces(pieces, check_all, partial(walk_all, walk), rounds)
    both = pairs["docx"] + pairs["html"]
    yield Measured(f"check: {count} reports, docx and html", both.ratio, LIMIT, note=both.note)
    for ending, pair in pairs.items():
        yield Measured(f"check: the {ending} among them", pair.ratio, note=pair.note)


def written(folder: Path, count: int) -> Iterator[Path]:
    """Random reports as files, in turns of each format."""
    for number, report in enumerate(reports(count)):
        path = folder / f"{number:04d}.{FORMATS[number % len(FORMATS)]}"
        write(report, path)
        yield path


def check_all(paths: Sequence[Path]) -> list[tuple[Finding, ...]]:
    return [check(read(path)) for path in paths]


def walk_all(walk: Callable[[Path], int], paths: Sequence[Path]) -> int:
    return sum(map(walk, paths))


def walk_docx(path: Path) -> int:
    """Open a document and look at all its text; returns how much there is."""
    document = docx.Document(str(path))
    length = sum(len(paragraph.text) for paragraph in document.paragraphs)
    for table in document.tables:
        length += sum(len(cell.text) for row in table.rows for cell in row.cells)
    return length


def walk_html(path: Path) -> int:
    """Parse a page and look at all its text; returns how much there is."""
    root = LexborHTMLParser(path.read_bytes()).root
    if root is None:
        return 0
    return sum(len(node.text(deep=False)) for node in root.traverse(include_text=True) if node.tag == "-text")


if __name__ == "__main__":
    sys.exit(run(measure))
