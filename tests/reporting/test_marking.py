"""Text cut into pieces stays the text; what is questioned is marked where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.checks import Finding, Verdict
from gongkai.annual.forms import FORM_2019
from gongkai.annual.report import Paragraph, Report, Section
from gongkai.reporting.marking import Span, cut, find, place

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=5)


@given(st.text(max_size=30), spans, spans)
def test_the_pieces_together_are_the_text_and_each_knows_its_spans(
    text: str, links: list[list[int]], questions: list[list[int]]
) -> None:
    inside = [Span(min(a, len(text)), min(b, len(text)), n) for n, (a, b) in enumerate(questions, 1)]
    linked = [Span(min(a, len(text)), min(b, len(text)), f"/{n}") for n, (a, b) in enumerate(links)]
    pieces = cut(text, linked, inside)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        for place_ in range(at, at + len(piece.text)):
            assert set(piece.findings) == {span.key for span in inside if span.start <= place_ < span.end}
            assert bool(piece.link) == any(span.start <= place_ < span.end for span in linked)
        at += len(piece.text)
    shown = [span for span in inside if span.start < span.end]
    assert sorted(number for piece in pieces for number in piece.opens) == [span.key for span in shown]
    assert sorted(number for piece in pieces for number in piece.closes) == [span.key for span in shown]


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("收到14件", "全年收到14件。", "收到14件"),
        ("收到14件", "全年 收 到\u300014 件。", "收 到\u300014 件"),
        ("收到14件……", "全年收到14件。", "收到14件"),
        ("收 到14件", "全年**收到**14件。", "收到**14件"),
        ("没有这句", "全年收到14件。", None),
        ("", "全年", None),
        ("  ", "全 年", None),
    ],
)
def test_a_quote_is_found_whatever_spaces_there_are(quote: str, text: str, found: str | None) -> None:
    where = find(quote, text)
    assert (None if where is None else text[where[0] : where[1]]) == found


def report(*paragraphs: Paragraph) -> Report:
    return Report("某局", 2020, FORM_2019, sections=(Section(1, "总体情况", paragraphs),))


def test_of_two_equal_sentences_the_one_at_the_findings_line_is_marked() -> None:
    text = report(Paragraph("收到3件。", 5), Paragraph("别的。", 8), Paragraph("收到3件。", 9))
    asked = [Finding("TEXT-TABLE", Verdict.FAIL, "", quote="收到3件", line=9)]
    assert list(place(text, asked)) == [2]
    asked = [Finding("TEXT-TABLE", Verdict.FAIL, "", quote="收到3件", line=6)]
    assert list(place(text, asked)) == [0]


def test_a_quote_that_is_not_in_the_prose_has_no_place() -> None:
    assert place(report(Paragraph("收到3件。")), [Finding("T3-ROW", Verdict.FAIL, "", quote="合计 7 8")]) == {}
