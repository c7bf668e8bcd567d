"""What search knows of publications: put in and taken out in the transaction that publishes or withdraws."""

from __future__ import annotations

from collections.abc import Iterable

from .models import Edition, Publication


def put(shown: Iterable[tuple[Publication, Edition]]) -> None:
    """Index publications as their editions are, or forget those that were withdrawn."""


def forget(items: Iterable[int]) -> None:
    """Take the publications of items out of search."""
