"""The published figures of an indicator as a series: for charts that follow it, its own page, the home page."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from .charts import Grid
from .models import Indicator, Publication
from .periods import period_words


def indicator_choices() -> Iterable[tuple[str, str]]:
    """Every indicator, with its agency where there are several."""
    found = list(Indicator.objects.select_related("agency").order_by("agency__path", "headline", "name"))
    several = len({indicator.agency_id for indicator in found}) > 1
    for indicator in found:
        yield str(indicator.pk), f"{indicator.agency.name}：{indicator}" if several else str(indicator)


def series_of(indicator: str, count: int) -> Grid | None:
    """The last ``count`` published periods of an indicator, oldest first; ``None`` when none is public.

    A period that was released again, as a revision, counts with its latest release.
    """
    if not indicator.isdigit():
        return None
    known = Indicator.objects.filter(pk=indicator).first()
    values = latest_values(int(indicator), count)
    if known is None or not values:
        return None
    rows = tuple((period_words(period), figure(value)) for period, value in values)
    return Grid(("时期", known.name), rows)


def latest_values(indicator: int, count: int) -> list[tuple[str, Decimal]]:
    """The last ``count`` periods with their values, oldest first; one query over the index of the series."""
    shown = Publication.objects.filter(
        Publication.SHOWN, indicator=indicator, value__isnull=False, live_from__lte=timezone.now()
    )
    rows = shown.order_by("period", "live_from").values_list("period", "value")
    latest = {period: value for period, value in rows if value is not None}
    return list(latest.items())[-count:]


def figure(value: Decimal) -> str:
    """A number as people write it: no zeros at its end, no exponent."""
    return f"{value.normalize():f}"
