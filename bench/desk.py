"""The desk over 100,000 cases of one bureau: the longest that 95 of 100 pages take on the server, against 150 ms.

Asked for through the whole of the program, from the request to the last byte of the page, by people who are signed
in: the first screen; the list by every way of narrowing it that the desk or the list itself offers (what a list that
somebody saved is made of), alone, searched and ordered; pages of cases taken at random. Theirs: the same questions
about applications that a page put, on the driver's own cursor. Every page puts as many questions with 100,000 cases
as with 1,000; that difference has the limit 0. The processor's time stands beside: a busy machine does not stretch it.

On PostgreSQL run it as ``python scripts/with_postgres.py python -m bench.desk``.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from bench.database import installation, settle, vendor
from bench.measure import Measured, run

if TYPE_CHECKING:
    from django.test import Client

    from bench.cases import People

LIMIT = 150
_LIST = "/admin/applications/"
_OF_CASES = ("applications_application", "ledger_entry")


@dataclass(frozen=True, slots=True)
class View:
    """A page as one person asks for it."""

    name: str
    address: str
    who: str = "clerk"


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds by the clock, and those of this process's processor among them."""

    wall: list[float]
    processor: list[float]

    def __add__(self, other: Took) -> Took:
        return Took(self.wall + other.wall, self.processor + other.processor)

    @property
    def note(self) -> str:
        wall = f"p50 {median(self.wall):.1f}, max {max(self.wall):.1f} of {len(self.wall)}"
        return f"{wall}; processor p50 {median(self.processor):.1f}, p95 {p95(self.processor):.1f}"


def measure(*, quick: bool = False) -> Iterator[Measured]:
    # First one case of each history: no list is empty that is not with all of them.
    few, cases, rounds, opened = (200, 240, 2, 10) if quick else (1_000, 100_000, 20, 300)
    with installation():
        from bench.cases import fill, lay

        people, histories = lay(few)
        clients = signed_in(people)
        views = [View("home", "/admin/", who) for who in clients] + list(lists(people))[:: 6 if quick else 1]
        fill(people, histories, 1, few)
        after_a_night()
        before = {view: len(asked(clients, view)) for view in views}
        one = View("case", f"{_LIST}{few}/")
        before_case = len(asked(clients, one))
        for first in range(few + 1, cases + 1, 20_000):
            fill(people, histories, first, min(first + 19_999, cases))
        after_a_night()
        more = [f"{view.name}: {len(asked(clients, view)) - count:+}" for view, count in before.items()]
        more = [told for told in more if not told.endswith("+0")]
        if (extra := len(asked(clients, one)) - before_case) != 0:
            more.append(f"case: {extra:+}")
        most = max(before.values())
        note = "; ".join(more) or f"at most {most} a list or first screen, {before_case} a case"
        yield Measured(f"desk: pages that ask more of {cases:,} cases on {vendor()}", len(more), 0, "", note)
        took = {view: timed(clients, view, rounds) for view in views}
        bare = {view: replayed(asked(clients, view), rounds) for view in views}
        for what in ("home", "list"):
            mine = [view for view in views if view.name.startswith(what)]
            slowest = max(mine, key=lambda view: p95(took[view].wall))
            note = f"of {len(mine)}: {slowest.name} ({slowest.who}); {took[slowest].note}"
            yield Measured(f"desk: slowest {what}, p95 on {vendor()}", p95(took[slowest].wall), LIMIT, "ms", note)
            every = sum((took[view] for view in mine), Took([], []))
            yield Measured(f"desk: every {what}, p95 on {vendor()}", p95(every.wall), LIMIT, "ms", every.note)
            ratio = median(median(took[view].wall) / median(bare[view]) for view in mine)
            note = f"bare p95 {p95([one for view in mine for one in bare[view]]):.1f} ms"
            yield Measured(f"desk: {what} against its bare queries on {vendor()}", ratio, note=note)
        numbers = Random(7).sample(range(1, cases + 1), opened)
        pages = [View(f"case {pk}", f"{_LIST}{pk}/", "leader") for pk in numbers]
        _get(clients["leader"], pages[0].address)
        opened_pages = sum((timed(clients, view, 1, warm=False) for view in pages), Took([], []))
        yield Measured(
            f"desk: page of a case, p95 on {vendor()}", p95(opened_pages.wall), LIMIT, "ms", opened_pages.note
        )
        theirs = [one for view in pages[:20] for one in replayed(asked(clients, view), 1)]
        ratio = median(opened_pages.wall) / median(theirs)
        yield Measured(f"desk: page of a case against its bare queries on {vendor()}", ratio)


def lists(people: People) -> Iterator[View]:
    """The list in every way that it offers to be narrowed; by each person what waits for that person."""
    from gongkai.applications.queries import WAITING_BY_ROLE, Urgency
    from gongkai.applications.staff.filters import rows_of_table
    from gongkai.bureau.roles import Role

    row = rows_of_table()[0][0]
    year = 2023
    queries = ["", "urgency=open", *(f"urgency={each.value}" for each in Urgency)]
    queries += ["status=consulting", "stage=archived", f"lead={people.handler.department_id}", "channel=fax"]
    queries += ["applicant_kind=business", f"outcome_row={row}", f"year={year}", f"closed={year}", "days_from=12"]
    queries += [f"closed={year}&outcome_row={row}&lead={people.handler.department_id}", "q=000042", "q=zzz", "p=40"]
    queries += ["ordering=due_on", "ordering=-due_on", "ordering=number", "ordering=-closed_on&columns=closed_on"]
    for query in queries:
        yield View(f"list ?{query}", f"{_LIST}?{query}")
    by_role = {Role.CLERK: "clerk", Role.HANDLER: "handler", Role.REVIEWER: "chief", Role.LEADER: "leader"}
    for role, kinds in WAITING_BY_ROLE.items():
        for kind in kinds:
            yield View(f"list ?waiting={kind.value}", f"{_LIST}?waiting={kind.value}", by_role[role])


def after_a_night() -> None:
    """What the worker and the server have done by the next morning."""
    from django.utils import timezone

    from gongkai.notices.tasks import measure_tables

    measure_tables(timezone.now())
    settle()


def signed_in(people: People) -> dict[str, Client]:
    """A browser for each of the people; the program's own caches are warm, as on a server that has run for a minute."""
    from django.test import Client

    found = {}
    for who in ("clerk", "handler", "chief", "leader"):
        found[who] = Client(HTTP_HOST="localhost")
        found[who].force_login(getattr(people, who))
        for address in ("/admin/", _LIST):
            _get(found[who], address)
    return found


def _get(client: Client, address: str) -> bytes:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    return bytes(response.content)


def timed(clients: Mapping[str, Client], view: View, rounds: int, *, warm: bool = True) -> Took:
    """Each round, on a heap that was clean before the first."""
    if warm:
        _get(clients[view.who], view.address)
    took = Took([], [])
    gc.collect()
    for _ in range(rounds):
        start, busy = perf_counter(), process_time()
        _get(clients[view.who], view.address)
        took.wall.append((perf_counter() - start) * 1000)
        took.processor.append((process_time() - busy) * 1000)
    return took


def asked(clients: Mapping[str, Client], view: View) -> list[str]:
    """What a page asks of the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _get(clients[view.who], view.address)
    return [query["sql"] for query in captured.captured_queries]


def replayed(queries: list[str], rounds: int) -> list[float]:
    """Milliseconds that the driver alone takes for those of the queries that are about applications."""
    from django.db import connection

    mine = [sql for sql in queries if any(table in sql for table in _OF_CASES)]
    connection.ensure_connection()
    raw: Any = connection.connection
    took = []
    gc.collect()
    for _ in range(rounds):
        cursor = raw.cursor()
        start = perf_counter()
        for sql in mine:
            cursor.execute(sql)
            cursor.fetchall()
        took.append((perf_counter() - start) * 1000)
        cursor.close()
    return took


def p95(took: list[float]) -> float:
    return quantiles(took, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    sys.exit(run(measure))
