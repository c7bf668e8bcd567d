"""The figure protocol: sums, means, nothing, and names that collide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Avg, Sum

from gongkai.bureau import figures as protocol
from gongkai.bureau.figures import Figure, Scope
from gongkai.bureau.models import Agency
from gongkai.ledger.models import Counter


def counters(scope: Scope) -> Any:
    return Counter.objects.filter(scope.of_agencies())


SUM = Figure("tests.sum", "和", counters, Sum("value"))
MEAN = Figure("tests.mean", "平均", counters, Avg("value"))
COUNT = Figure("tests.count", "件数", counters)


def test_nothing_adds_up_to_zero_and_has_no_mean(agency: Agency) -> None:
    scope = Scope.of(agency, 2020)
    assert SUM.evaluate(scope) == {(): 0}
    assert COUNT.evaluate(scope) == {(): 0}
    assert MEAN.evaluate(scope) == {(): None}


def test_sums_and_means_are_taken_of_the_records_of_the_scope(agency: Agency) -> None:
    other = Agency.add_root(code="other", name="另一机关")
    Counter.objects.bulk_create(
        Counter(agency=owner, series=series, value=value)
        for owner, series, value in ((agency, "a", 1), (agency, "b", 4), (other, "a", 9))
    )
    assert SUM.evaluate(Scope.of(agency, 2020)) == {(): 5}
    assert float(MEAN.evaluate(Scope.of(agency, 2020))[()] or 0) == 2.5
    assert SUM.evaluate(Scope((agency.pk, other.pk), 2020)) == {(): 14}
    by_series = Figure("tests.series", "分列", counters, Sum("value"), ("series",))
    assert by_series.evaluate(Scope((agency.pk, other.pk), 2020)) == {("a",): 10, ("b",): 4}


@pytest.fixture
def fresh_registry() -> Iterator[None]:
    protocol.figures.cache_clear()
    yield
    protocol.figures.cache_clear()


def test_two_figures_cannot_share_a_name(fresh_registry: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.applications import figures as declared

    monkeypatch.setattr(declared, "RECEIVED_TWICE", Figure("applications.received", "", counters), raising=False)
    with pytest.raises(ValueError, match=r"two figures are named applications\.received"):
        protocol.figures()
