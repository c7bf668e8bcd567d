"""Documents on the site stand in table 二: counted from their dates, compared with a plain count in Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.bureau.figures import Scope
from gongkai.law.validity import ended_on
from gongkai.portal import figures
from gongkai.portal.models import Publication

from . import world

YEAR = 2020
LAST = date(2020, 12, 31)
LONG_AGO = world.moment("2010-01-04 09:00")
DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
MAYBE = st.none() | DAYS
KINDS = st.sampled_from(["rules", "normative_documents", "other", ""])


@st.composite
def documents(draw: Any) -> tuple[str, date | None, date, date | None, date | None, date | None]:
    published = draw(DAYS)
    withdrawn = draw(st.none() | st.integers(0, 900))
    return (
        draw(KINDS),
        draw(MAYBE),
        published,
        draw(MAYBE),
        draw(MAYBE),
        None if withdrawn is None else published + timedelta(days=withdrawn),
    )


def in_year(day: date | None) -> bool:
    return day is not None and day.year == YEAR


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(documents(), min_size=3, max_size=3))
def test_documents_are_counted_as_their_dates_say(bureau: SimpleNamespace, drawn: list[Any]) -> None:
    """Three that went through the gate, given other dates for each example."""
    known = list(Publication.objects.order_by("pk"))
    while len(known) < len(drawn):
        known.append(world.published(bureau, f"文件{len(known)}", at=LONG_AGO).publication)
    for publication, (kind, formed, published, expires, repealed, withdrawn) in zip(known, drawn, strict=True):
        Publication.objects.filter(pk=publication.pk).update(
            document_class=kind,
            formed_on=formed,
            published_on=published,
            live_from=datetime.combine(published, time(9), world.SHANGHAI),
            expires_on=expires,
            repealed_on=repealed,
            ended_on=ended_on(repealed, expires),
            withdrawn_on=withdrawn,
        )
    scope = Scope.of(bureau.agency, YEAR)
    answer = figures.DOCUMENTS.evaluate(scope)
    expected: dict[str, Callable[..., bool]] = {
        "made": lambda made, published, ended, withdrawn: in_year(made),
        "published": lambda made, published, ended, withdrawn: in_year(published),
        "in_public": lambda made, published, ended, withdrawn: (
            published <= LAST and not (withdrawn and withdrawn <= LAST)
        ),
        "repealed": lambda made, published, ended, withdrawn: in_year(ended),
        "in_force": lambda made, published, ended, withdrawn: made <= LAST and not (ended and ended <= LAST),
    }
    for place, (name, holds) in enumerate(expected.items(), start=1):
        for kind in ("rules", "normative_documents"):
            rows = [
                (formed or published, published, ended_on(repealed, expires), withdrawn)
                for found, formed, published, expires, repealed, withdrawn in drawn
                if found == kind and ((formed or published) <= LAST or published <= LAST)
            ]
            count = sum(holds(*row) for row in rows)
            assert sum(number for key, number in answer.items() if key[0] == kind and key[place]) == count, name
            assert figures.DOCUMENTS.drill(scope, {"document_class": kind, name: True}).count() == count
    assert {key[0] for key in answer} <= {"rules", "normative_documents"}


def test_what_a_ledger_says_was_published_is_no_document_of_the_site(bureau: SimpleNamespace) -> None:
    Publication.objects.create(
        agency=bureau.agency,
        column=bureau.column,
        kind="catalogue",
        title="x",
        published_on=LAST,
        document_class="rules",
    )
    assert figures.DOCUMENTS.evaluate(Scope.of(bureau.agency, YEAR)) == {}
