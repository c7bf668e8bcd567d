"""Whatever is published and whatever is asked: search finds what a plain look for the word finds, no more, no less."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.bureau.models import Agency
from gongkai.portal.search.finding import Query, find, similar, suggest
from gongkai.portal.search.index import Text, put

from .conftest import START

# Few characters, so that pairs repeat, words overlap and runs end everywhere.
SCRAPS = st.text(st.sampled_from(list("人口普查人口统计a1，。 ")), max_size=12)
WORDS = st.text(st.sampled_from(list("人口普查统计")), min_size=1, max_size=5)
ANYTHING = st.text() | st.text(st.sampled_from(list("人口\"'*()^:-+{}%_\\\x00 ORANDNOTNEAR“”a1")))


@pytest.fixture
def rolled_back(agency: Agency) -> Any:
    """Runs a check and undoes what it published, since Hypothesis tries many in one test."""

    def run(check: Any) -> None:
        with transaction.atomic():
            check()
            transaction.set_rollback(True)

    return run


tried = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@tried
@given(texts=st.lists(st.tuples(SCRAPS, SCRAPS, SCRAPS), max_size=6), word=WORDS)
def test_every_word_is_found_where_it_stands(
    agency: Agency, rolled_back: Any, texts: list[tuple[str, str, str]], word: str
) -> None:
    def check() -> None:
        entries = [
            Text(agency.pk, "article", number, "/", title, START, body, attachments=attached)
            for number, (title, body, attached) in enumerate(texts, 1)
        ]
        put(entries)
        standing = {
            entry.object_id
            for entry in entries
            if any(word in part for part in (entry.title, entry.body, entry.attachments))
        }
        for order in ("relevance", "date"):
            found = find(Query(word, agency.pk, order=order))
            assert {hit.entry.object_id for hit in found.hits} == standing
            assert found.total == len(standing)

    rolled_back(check)


@tried
@given(texts=st.lists(st.tuples(SCRAPS, SCRAPS), max_size=6), words=st.lists(WORDS, min_size=1, max_size=3))
def test_titles_come_before_texts_and_the_newest_first(
    agency: Agency, rolled_back: Any, texts: list[tuple[str, str]], words: list[str]
) -> None:
    def check() -> None:
        entries = [
            Text(agency.pk, "article", number, "/", title, START + timedelta(days=80 * number), body)
            for number, (title, body) in enumerate(texts, 1)
        ]
        put(entries)

        def place(entry: Text) -> tuple[bool, bool, int]:
            exact = entry.title.strip(" ，。") == " ".join(words)
            return not exact, not all(word in entry.title for word in words), -entry.object_id

        standing = [entry for entry in entries if all(word in entry.title or word in entry.body for word in words)]
        expected = [entry.object_id for entry in sorted(standing, key=place)]
        assert [hit.entry.object_id for hit in find(Query(" ".join(words), agency.pk)).hits] == expected

    rolled_back(check)


@tried
@given(typed=ANYTHING, published=ANYTHING)
def test_nothing_that_is_typed_or_published_is_an_error(
    agency: Agency, rolled_back: Any, typed: str, published: str
) -> None:
    def check() -> None:
        text = Text(agency.pk, "article", 1, published, published, START, published, (published,), published)
        put([replace(text, url="/", item_type=published, topic=published, category=published)])
        for order in ("relevance", "date"):
            found = find(Query(typed, agency.pk, item_type=typed, topic=typed, category=typed, order=order))
            assert found.total == len(found.hits)
        assert isinstance(suggest(typed, agency.pk), list)
        assert isinstance(similar(typed, agency.pk), list)
        whole = find(Query(published, agency.pk))
        if whole.asked and not whole.cut:
            assert whole.total == 1, "what was published is found by its own words"
        assert connection.is_usable()

    rolled_back(check)
