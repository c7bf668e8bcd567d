"""The index says what the entries say, whatever happens to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction

from gongkai.bureau.models import Agency
from gongkai.portal.search import tokens
from gongkai.portal.search.finding import Query, find
from gongkai.portal.search.index import Text, put, rebuild, remove
from gongkai.portal.search.models import SearchEntry
from gongkai.portal.search.tokens import newest

from .conftest import START, Publish


def found(words: str, agency: Agency) -> list[int]:
    return [hit.entry.object_id for hit in find(Query(words, agency.pk, order="date")).hits]


def indexed(token: str) -> int:
    return len(newest([token], 2**62, 10_000))


def test_what_is_put_again_replaces_what_was_there(agency: Agency, publish: Publish) -> None:
    text = publish("旧标题", "人口", numbers=("旧号",))
    put([replace(text, title="新标题", body="经济", numbers=(), published_at=START)])
    assert [found(words, agency) for words in ("旧标题", "人口", "旧号", "旧")] == [[], [], [], []]
    assert found("新标题", agency) == found("经济", agency) == [text.object_id]
    assert SearchEntry.objects.count() == 1
    assert indexed("人口") == 0


def test_of_two_words_on_one_object_the_last_counts(agency: Agency, publish: Publish) -> None:
    text = publish("人口")
    put([replace(text, title="经济"), replace(text, title="工业")])
    assert [found(words, agency) for words in ("人口", "经济", "工业")] == [[], [], [text.object_id]]


def test_kinds_with_the_same_number_do_not_replace_each_other(agency: Agency, publish: Publish) -> None:
    text = publish("人口")
    put([replace(text, kind="page", title="人口二"), replace(text, kind="report", title="人口三")])
    assert find(Query("人口", agency.pk)).total == 3
    remove("page", [text.object_id, 99])
    assert {hit.entry.kind for hit in find(Query("人口", agency.pk)).hits} == {"article", "report"}
    remove("page", [])


@pytest.mark.parametrize("way", ["remove", "queryset", "agency"])
def test_what_is_gone_is_not_found_and_leaves_nothing_in_the_index(agency: Agency, publish: Publish, way: str) -> None:
    text = publish("人口公报", "普查", column_id=3)
    if way == "remove":
        remove("article", [text.object_id])
    elif way == "queryset":
        SearchEntry.objects.all().delete()
    else:
        agency.delete()
    assert [indexed(token) for token in ("人口", "普查", "人", "\ue000人口", "\ue003c3")] == [0] * 5


def test_what_changes_behind_our_back_on_sqlite_is_indexed_anew(agency: Agency, publish: Publish) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("triggers cut tokens on SQLite only")
    publish("人口")
    SearchEntry.objects.update(title_folded=" 经济 ", folded=" 经济 ")
    assert (indexed("人口"), indexed("经济")) == (0, 1)


def test_a_transaction_that_fails_takes_its_entries_with_it(agency: Agency, publish: Publish) -> None:
    text = publish("人口")
    with transaction.atomic():
        put([replace(text, title="经济")])
        transaction.set_rollback(True)
    assert (found("人口", agency), found("经济", agency)) == ([text.object_id], [])


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_has_an_empty_index() -> None:
    for _ in range(2):
        agency = Agency.add_root(code="330300-tj", name="温州市统计局")
        put([Text(agency.pk, "article", 1, "/", "人口公报", START)])
        assert indexed("人口") == 1
        with transaction.atomic():
            # As ``flush`` empties it: no signals, no cascades of Django's.
            statements = connection.ops.sql_flush(no_style(), [SearchEntry._meta.db_table])
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        assert indexed("人口") == 0
        agency.delete()


def test_thousands_of_one_minute_are_all_kept_in_the_order_of_their_numbers(agency: Agency) -> None:
    put(Text(agency.pk, "article", number, "/", "同日", START) for number in range(1, 4200))
    put([Text(agency.pk, "page", number, "/", "同日", START) for number in (1, 2, 3)])
    put([Text(agency.pk, "article", 9999, "/", "同日", START + timedelta(days=1))])
    assert SearchEntry.objects.count() == indexed("同日") == 4203
    assert found("同日", agency)[0] == 9999


def test_dates_long_past_and_far_ahead_keep_their_order(agency: Agency) -> None:
    years = (1949, 1969, 1970, 2000, 2020)
    put(Text(agency.pk, "law", year, "/", "条例", datetime(year, 10, 1, tzinfo=UTC)) for year in years)
    assert found("条例", agency) == sorted(years, reverse=True)


def test_a_moment_without_a_time_zone_is_refused(agency: Agency) -> None:
    with pytest.raises(ValueError, match="time zone"):
        put([Text(agency.pk, "article", 1, "/", "公报", datetime(2020, 1, 1))])


def test_entries_are_taken_as_they_come(agency: Agency) -> None:
    def stream() -> Iterator[Text]:
        for number in range(1, 1201):
            yield Text(agency.pk, "article", number, "/", "公报", START - timedelta(hours=number))

    put(stream())
    assert found("公报", agency) == list(range(1, 21))


def test_a_text_from_a_broken_file_is_kept_without_what_cannot_be_stored(agency: Agency, publish: Publish) -> None:
    text = publish("人口\x00公报", "经济\ud800", attachments="表\x00格", numbers=("温\x00统",))
    assert found("经济", agency) == [text.object_id]
    assert found("表 格", agency) == [text.object_id]


def test_a_very_long_attachment_is_found_to_its_end(agency: Agency, publish: Publish) -> None:
    """More different pairs than PostgreSQL's own text search could hold in one document."""
    words = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(300_000))
    text = publish(
        "长", attachments=f"{words}榨菜厂。" + " ".join(str(number) for number in range(30_000)) + " " + "x" * 9000
    )
    assert found("榨菜厂", agency) == found("29999", agency) == [text.object_id]


def test_the_index_can_be_taken_away_and_laid_again(agency: Agency, publish: Publish) -> None:
    """As the migration does it, backwards and forwards; twice does no harm."""
    for _ in range(2):
        tokens.uninstall(connection)
    for _ in range(2):
        tokens.install(connection)
    text = publish("人口")
    assert found("人口", agency) == [text.object_id]


def test_a_lost_index_is_laid_anew_from_the_entries(agency: Agency, publish: Publish) -> None:
    ids = [publish(f"人口{number}", "普查").object_id for number in range(3)]
    tokens.clear()
    assert indexed("人口") == 0
    for _ in range(2):
        rebuild()
        assert found("人口", agency) == found("普查", agency) == ids[::-1]
    remove("article", ids)
    assert indexed("人口") == 0
