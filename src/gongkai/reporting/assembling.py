"""A report as it stands now: tables from the records, prose filled with their numbers, and what the checks say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.annual import draft
from gongkai.annual.checks import Finding, Verdict, check
from gongkai.annual.prose import Bound, Lookup, ProseError, escape, render
from gongkai.annual.report import Paragraph, Report, Section

# Bound prose by part: "0" is the preamble, "1" to "6" the sections; each a list of paragraphs.
Prose = Mapping[str, Sequence[str]]
PREAMBLE = "0"


@dataclass(frozen=True, slots=True)
class Assembled:
    """A report with its numbers.

    Every paragraph carries a running ``line``, by which ``bound`` (the numbers in it) and findings point to it.
    ``unfilled`` are paragraphs with placeholders that cannot be filled: each of these is a FAIL among the findings.
    """

    report: Report
    bound: Mapping[int, tuple[Bound, ...]]
    findings: tuple[Finding, ...]
    unfilled: frozenset[int] = frozenset()

    @property
    def failures(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.FAIL)

    @property
    def unfinished(self) -> list[Paragraph]:
        """Paragraphs that still ask the clerk for words."""
        return [paragraph for _, paragraph in draft.unfinished(self.report)]


def first_prose(tables: Report, lookup: Lookup) -> dict[str, list[str]]:
    """The bound prose that a report begins with."""
    drafted = draft.draft(tables, lookup)
    parts = {PREAMBLE: [paragraph.text for paragraph in drafted.preamble]}
    for section in drafted.sections:
        parts[str(section.number)] = [paragraph.text for paragraph in section.paragraphs]
    return parts


def assemble(tables: Report, prose: Prose, lookup: Lookup, previous: Report | None = None) -> Assembled:
    """Fill the prose from the tables and the lookup, and check the whole against itself and last year's report."""
    filler = _Filler(tables, lookup)
    report = replace(
        tables,
        preamble=filler.paragraphs(prose.get(PREAMBLE, ())),
        sections=tuple(
            Section(head.number, head.title, filler.paragraphs(prose.get(str(head.number), ())))
            for head in tables.form.sections
        ),
    )
    findings = (*filler.errors, *check(report, previous))
    return Assembled(report, filler.bound, findings, frozenset(finding.line for finding in filler.errors))


def errors_of(tables: Report, prose: Prose, lookup: Lookup) -> dict[str, list[str]]:
    """What is wrong with the placeholders of each part, in Chinese; empty when all can be filled."""
    found: dict[str, list[str]] = {}
    for part, paragraphs in prose.items():
        for number, text in enumerate(paragraphs, 1):
            try:
                render(text, tables, lookup)
            except ProseError as error:
                found.setdefault(part, []).append(f"第 {number} 段：{error}")
    return found


class _Filler:
    """Fills paragraphs one after the other and numbers them."""

    def __init__(self, tables: Report, lookup: Lookup) -> None:
        self.tables, self.lookup = tables, lookup
        self.line = 0
        self.bound: dict[int, tuple[Bound, ...]] = {}
        self.errors: list[Finding] = []

    def paragraphs(self, texts: Sequence[str]) -> tuple[Paragraph, ...]:
        return tuple(self.paragraph(text) for text in texts)

    def paragraph(self, text: str) -> Paragraph:
        """The paragraph with its numbers; a placeholder that cannot be filled stands as it was written."""
        self.line += 1
        while True:
            try:
                filled = render(text, self.tables, self.lookup)
            except ProseError as error:
                written = error.expression if error.expression in {"{", "}"} else f"{{{error.expression}}}"
                self.errors.append(Finding("TEXT-TABLE", Verdict.FAIL, str(error), quote=written, line=self.line))
                end = error.position + len(written)
                text = text[: error.position] + escape(written) + text[end:]
                continue
            self.bound[self.line] = filled.bound
            return Paragraph(filled.text, self.line)
