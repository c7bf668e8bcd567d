"""Pages of the interface for machines at depth: the last pages of all publications against the first, 20,000 items.

Ours: the page at nine tenths of the list, by the key that the page before gave; theirs: the first page. Pages by key
cost the same wherever they are; by number, the last would read everything before it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from bench.database import installation, settle, vendor
from bench.measure import Measured, in_turns, run

LIMIT = 1.3


def measure(*, quick: bool = False) -> Iterator[Measured]:
    items, rounds = (300, 3) if quick else (20_000, 40)
    with installation():
        from django.test import Client

        from bench.items import fill

        fill(items)
        settle()
        client = Client(HTTP_HOST="localhost")

        def page(after: str) -> dict[str, object]:
            found: dict[str, object] = json.loads(client.get(f"/api/publications?limit=100&after={after}").content)
            return found

        deep = ""
        for _ in range(items * 9 // 1000):
            deep = str(page(deep)["next"])
        pair = in_turns(lambda: page(deep), lambda: page(""), rounds)
        yield Measured(f"api: page at nine tenths of {items:,} on {vendor()}", pair.ratio, LIMIT, note=pair.note)


if __name__ == "__main__":
    sys.exit(run(measure))
