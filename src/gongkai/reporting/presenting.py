"""A report as templates print it: sections, paragraphs cut into pieces, tables of the form, findings by number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from gongkai.annual.checks import VERDICTS_IN_CHINESE, Finding, Verdict
from gongkai.annual.forms import Cell
from gongkai.annual.prose import Bound
from gongkai.annual.report import Paragraph, Report, Section
from gongkai.annual.write.html import table_html
from gongkai.annual.write.outline import clean, numeral

from .marking import Piece, Span, cut, place

Link = Callable[[Cell], str | None]


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph of prose; ``is_note`` says that it stands under the table (注：…)."""

    pieces: Sequence[Piece]
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A part of the report; ``table`` is the HTML of its table, ``missing`` why there is none."""

    title: str
    paragraphs: Sequence[ShownParagraph]
    table: SafeString | str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding under its number, with where on the page it points to."""

    number: int
    finding: Finding
    cells: Sequence[tuple[Cell, str]]
    in_prose: bool

    @property
    def verdict(self) -> str:
        """The verdict in Chinese, which always stands beside its colour."""
        return VERDICTS_IN_CHINESE[self.finding.verdict]

    @property
    def kind(self) -> str:
        return str(self.finding.verdict).lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole report as printed on a page."""

    preamble: Sequence[ShownParagraph]
    sections: Sequence[ShownSection]
    findings: Sequence[ShownFinding]

    @property
    def by_verdict(self) -> list[tuple[str, str, list[ShownFinding]]]:
        """Findings in groups: (kind, verdict in Chinese, findings), the gravest first."""
        groups = {verdict: [each for each in self.findings if each.finding.verdict is verdict] for verdict in Verdict}
        return [(found[0].kind, VERDICTS_IN_CHINESE[verdict], found) for verdict, found in groups.items() if found]


def show(
    report: Report,
    findings: Sequence[Finding] = (),
    *,
    bound: Mapping[int, Sequence[Bound]] | None = None,
    link: Link | None = None,
    link_of: Callable[[Bound], str] | None = None,
) -> Shown:
    """Lay a report out.

    ``link`` gives the address of a cell, ``link_of`` that of a number in the prose (``bound``, by the line of its
    paragraph). What holds (PASS) is left out; the rest is numbered in the order given.
    """
    asked = [finding for finding in findings if finding.verdict is not Verdict.PASS]
    places = place(report, asked)
    in_prose = {int(span.key) for spans in places.values() for span in spans}
    shown = [
        ShownFinding(number, finding, [(cell, report.form.label(cell)) for cell in finding.cells], number in in_prose)
        for number, finding in enumerate(asked, 1)
    ]
    return _Layout(report, shown, places, bound or {}, link, link_of).shown()


class _Layout:
    def __init__(
        self,
        report: Report,
        findings: Sequence[ShownFinding],
        places: Mapping[int, Sequence[Span]],
        bound: Mapping[int, Sequence[Bound]],
        link: Link | None,
        link_of: Callable[[Bound], str] | None,
    ) -> None:
        self.report, self.findings, self.places, self.bound = report, findings, places, bound
        self.link, self.link_of = link, link_of
        self.at = 0
        self.asked: dict[Cell, list[int]] = {}
        for shown in findings:
            for cell in shown.finding.cells:
                self.asked.setdefault(cell, []).append(shown.number)

    def shown(self) -> Shown:
        preamble = [self.paragraph(paragraph) for paragraph in self.report.preamble]
        # Paragraphs are counted in the order of ``Report.prose``, whatever order they are printed in.
        counted = [(section, [self.paragraph(each) for each in section.paragraphs]) for section in self.report.sections]
        return Shown(preamble, list(self.sections(counted)), self.findings)

    def sections(self, counted: Sequence[tuple[Section, list[ShownParagraph]]]) -> Iterator[ShownSection]:
        """The sections in the order of the form, each table under the last section of its number."""
        for head in self.report.form.sections:
            own = [(section, paragraphs) for section, paragraphs in counted if section.number == head.number]
            if not own and head.table in self.report.tables:
                own = [(Section(head.number, head.title), [])]
            for section, paragraphs in own:
                yield self.section(section, paragraphs, head.table if section is own[-1][0] else None)
        known = {head.number for head in self.report.form.sections}
        for section, paragraphs in counted:
            if section.number not in known:
                yield self.section(section, paragraphs, None)

    def section(self, section: Section, paragraphs: Sequence[ShownParagraph], table: str | None) -> ShownSection:
        title = f"{numeral(section.number)}、{clean(section.title)}"
        if table is None:
            return ShownSection(title, paragraphs)
        if table not in self.report.tables:
            return ShownSection(title, paragraphs, missing=clean(self.report.missing.get(table, "")) or "没有数据")
        html = table_html(self.report, self.report.form.tables[table], self.link, self.note)
        # The writer escapes all that it prints.
        return ShownSection(title, paragraphs, table=mark_safe(html))  # noqa: S308

    def note(self, cell: Cell) -> str | None:
        numbers = self.asked.get(cell)
        return f"疑问{'、'.join(map(str, numbers))}" if numbers else None

    def paragraph(self, paragraph: Paragraph) -> ShownParagraph:
        links = [
            Span(bound.start, bound.end, self.link_of(bound))
            for bound in self.bound.get(paragraph.line, ())
            if self.link_of is not None
        ]
        pieces = cut(paragraph.text, links, self.places.get(self.at, ()))
        self.at += 1
        return ShownParagraph(pieces, paragraph.text.startswith("注"))
