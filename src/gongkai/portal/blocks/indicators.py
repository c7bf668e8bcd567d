"""Indicators that a chart can follow instead of a pasted table. Who keeps the data releases registers them here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from wagtail.blocks import FieldBlock

from gongkai.portal.charts import Grid

Choices = Callable[[], Iterable[tuple[str, str]]]
SeriesOf = Callable[[str, int], Grid | None]

MOST_PERIODS = 120


def _no_choices() -> Iterable[tuple[str, str]]:
    return ()


def _no_series(indicator: str, count: int) -> Grid | None:
    return None


_registry: dict[str, Any] = {"choices": _no_choices, "series_of": _no_series}


def register_indicators(choices: Choices, series_of: SeriesOf) -> None:
    """Say which indicators there are (key and Chinese name), and how their last ``count`` periods are looked up.

    ``series_of`` gives a `Grid`, oldest period first, or ``None`` when the indicator has no published figure.
    Call it in ``AppConfig.ready``; both are asked only when a form or a chart needs them.
    """
    _registry.update(choices=choices, series_of=series_of)


def indicator_choices() -> list[tuple[str, str]]:
    return [("", "不选，用下面粘贴的表格"), *_registry["choices"]()]


def series_of(indicator: str, count: int) -> Grid | None:
    """The last ``count`` published periods of an indicator, oldest first; ``None`` when there is none."""
    grid: Grid | None = _registry["series_of"](indicator, count)
    return grid


class IndicatorBlock(FieldBlock):
    """Chooses an indicator. Its list is asked for by the form only, never when a page is read."""

    def __init__(self, required: bool = False, help_text: str | None = None, **kwargs: Any) -> None:
        self.field = forms.ChoiceField(choices=indicator_choices, required=required, help_text=help_text or "")
        super().__init__(**kwargs)

    class Meta:
        icon = "history"
        default = ""
