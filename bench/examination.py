"""Examination of a 20-page docx before publishing, in seconds, and against opening and walking it with python-docx.

Ours: :func:`gongkai.examination.examine` of an article with that one attachment: every rule over some 16,000
characters and twelve tables, hidden text, revisions, comments, properties, and the starter list of words with 5,000
more. Theirs: ``Document`` and the text of every paragraph and cell. Both read the file from disk. A page is taken for
800 characters, tables included. The promise is the seconds; the ratio explains them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import docx

from bench.check import walk_docx
from bench.measure import Measured, in_turns, run
from bench.reports import reports
from gongkai.annual.report import Report
from gongkai.examination import (
    Attachment,
    Finding,
    Metadata,
    Settings,
    Subject,
    Word,
    examine,
    starter_words,
)

LIMIT = 1.0
PAGE = 800  # characters
PAGES = 20
_TABLES = 12
_MORE_WORDS = 5_000


def measure(*, quick: bool = False) -> Iterator[Measured]:
    pages, rounds = (2, 1) if quick else (PAGES, 15)
    settings = Settings(date(2020, 12, 1), words=(*starter_words(), *_more_words()))
    with TemporaryDirectory(prefix="gongkai-bench-") as folder:
        path = Path(folder) / "gongbao.docx"
        _write(path, pages)
        found = examine_file(path, settings)  # builds the automaton, which one process does once
        if faults := [each.rule for each in found if not each.rule.startswith("DOCUMENT")]:
            raise AssertionError(f"a document without fault has some: {faults}")
        pair = in_turns(partial(examine_file, path, settings), partial(walk_docx, path), rounds)
    yield Measured(f"examination: a docx of {pages} pages", median(pair.ours), LIMIT, "s", pair.note)
    yield Measured("examination: against opening and walking it", pair.ratio, note=pair.note)


def examine_file(path: Path, settings: Settings) -> list[Finding]:
    """The article with the file attached, as an editor has it examined."""
    metadata = Metadata("统计公报", openness="主动公开")
    return examine(Subject(metadata, attachments=(Attachment(path.name, partial(path.open, "rb")),)), settings)


def _more_words() -> Iterator[Word]:
    """Words such as an office adds, none of which is in the text."""
    random = Random(711)
    for number in range(_MORE_WORDS):
        yield Word("".join(chr(random.randint(0x4E00, 0x9FA5)) for _ in range(3)) + f"第{number}", "请核对。")


def _write(path: Path, pages: int) -> None:
    """Paragraphs of annual reports, tables between them, until there are as many characters as pages hold."""
    document = docx.Document()
    left = pages * PAGE
    texts = _paragraphs(reports(10_000))
    for number in range(_TABLES):
        table = document.add_table(10, 6)
        for place, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                cell.text = f"指标{column}" if place == 0 else f"{number}{place}.{column}"
        left -= 10 * 6 * 4
        for _ in range(3):
            text = next(texts)
            document.add_paragraph(text)
            left -= len(text)
    while left > 0:
        text = next(texts)
        document.add_paragraph(text)
        left -= len(text)
    document.save(str(path))


def _paragraphs(given: Iterator[Report]) -> Iterator[str]:
    for report in given:
        for section in report.sections:
            for paragraph in section.paragraphs:
                yield paragraph.text


if __name__ == "__main__":
    sys.exit(run(measure))
