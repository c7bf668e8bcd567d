"""发布前审查: everything that would become public with one item is looked at before anybody is asked to approve it.

Pure Python: no framework, no clock, no network. Other code turns an item into a :class:`Subject`, keeps the findings
and asks two named people before a blocking one is let pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .attachments import Content, contents
from .attachments.content import Budget
from .figures import find_figures
from .finding import Finding, Severity, capped, finding, ordered
from .grid import cells
from .links import as_passages, checker, find_links
from .metadata import find_metadata
from .personal.addresses import find_addresses
from .personal.minors import find_listed_minors, find_minors
from .personal.numbers import find_numbers
from .personal.runs import without_invisible
from .pictures import find_alt, find_told
from .settings import Settings
from .subject import Attachment, Link, Metadata, Passage, Picture, Subject, Table
from .survey import find_survey_units
from .words import Word, WordListError, find_words, parse_words, starter_words

__all__ = [
    "Attachment",
    "Finding",
    "Link",
    "Metadata",
    "Passage",
    "Picture",
    "Settings",
    "Severity",
    "Subject",
    "Table",
    "Word",
    "WordListError",
    "checker",
    "examine",
    "parse_words",
    "starter_words",
]

MOST = 20  # findings of one rule in the text, and in each attachment


def examine(subject: Subject, settings: Settings) -> list[Finding]:
    """Every fault of the item, blocking ones first. Never raises for what a file contains: a file that cannot be
    looked into is itself a finding."""
    found = list(capped(_of_text(subject, settings), "正文", MOST))
    budget = Budget()
    for attachment in subject.attachments:
        for content in contents(attachment, budget):
            kept = capped(_of_content(content, settings), content.place, MOST)
            found += [replace(each, anchor=attachment.anchor) for each in kept]
    return ordered(found)


def _of_text(subject: Subject, settings: Settings) -> Iterator[Finding]:
    yield from find_metadata(subject, settings)
    yield from _of_passages([Passage("标题", subject.metadata.title)], settings)
    yield from _of_passages(subject.passages, settings)
    for table in subject.tables:
        yield from _of_passages([Passage(f"{table.place}的标题", table.caption, table.anchor)], settings)
        yield from _of_passages(cells(table), settings)
    yield from _of_tables(subject.tables, settings)
    yield from find_figures(subject.passages, subject.tables, subject.metadata.title)
    yield from find_links(subject.links, settings)
    for passage in as_passages(subject.links):
        yield from find_numbers(passage, settings)
    yield from find_alt(subject.pictures)
    for picture in subject.pictures:
        words = [Passage(f"{picture.place}的文字说明", picture.alt, picture.anchor)]
        if picture.data is not None:
            told, more = _told(picture)
            yield from told
            words += more
        yield from _of_passages(words, settings)


def _told(picture: Picture) -> tuple[list[Finding], list[Passage]]:
    assert picture.data is not None
    try:
        data = picture.data()
    except OSError:
        message = "图片文件读不出来，没有查看其属性。请重新上传。"
        return [
            finding(
                "IMAGE-UNREADABLE",
                Severity.WARN,
                picture.place,
                message,
                value=picture.name,
                anchor=picture.anchor,
            )
        ], []
    return find_told(picture.place, picture.anchor, picture.name, data)


def _of_content(content: Content, settings: Settings) -> Iterator[Finding]:
    yield from content.findings
    yield from _of_passages(content.passages, settings)
    yield from _of_tables(content.tables, settings)
    yield from find_figures(content.passages, content.tables)
    for picture in content.pictures:
        place = f"{content.place}的图片" if picture.name else content.place
        told, words = find_told(place, "", picture.name, picture.data)
        yield from told
        yield from _of_passages(words, settings)


def _of_passages(passages: Iterable[Passage], settings: Settings) -> Iterator[Finding]:
    """The rules that look at text, whatever it belongs to."""
    for given in passages:
        text = without_invisible(given.text)
        passage = given if text == given.text else replace(given, text=text)
        yield from find_numbers(passage, settings)
        yield from find_addresses(passage, settings)
        yield from find_minors(passage, settings)
        yield from find_words(passage, settings.matcher)


def _of_tables(tables: Iterable[Table], settings: Settings) -> Iterator[Finding]:
    for table in tables:
        yield from find_listed_minors(table, settings)
        yield from find_survey_units(table, settings)
