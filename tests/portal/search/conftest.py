"""Publications for search to find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gongkai.bureau.models import Agency
from gongkai.portal.search.index import Text, put

START = datetime(2020, 3, 1, 1, tzinfo=UTC)

Publish = Callable[..., Text]


@pytest.fixture
def publish(agency: Agency) -> Publish:
    """Put one publication into the index; each is a day newer than the one before."""
    count = 0

    def publish(title: str, body: str = "", **more: Any) -> Text:
        nonlocal count
        count += 1
        values: dict[str, Any] = {
            "agency_id": agency.pk,
            "kind": "article",
            "object_id": count,
            "url": f"/art/art_{count}.html",
            "published_at": START + timedelta(days=count),
        }
        text = Text(title=title, body=body, **{**values, **more})
        put([text])
        return text

    return publish
