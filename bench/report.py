"""The whole report over 1,000,000 applications and 1,000,000 publications, against the same aggregates as bare SQL.

Ours: :func:`gongkai.reporting.cells.compute` (every cell of tables 二, 三 and 四) and every named figure that prose
may use, from one :class:`~gongkai.reporting.terms.Readings`, as the report page and ``gongkai report`` do it.
Theirs: the aggregates below, one statement each, written by hand and run on the driver's own cursor (sqlite3 or
psycopg), rows fetched. As many statements on both sides, over the same tables and indexes; before anything is timed
both are asked to agree on every number. Six rows of ten are of the body and year reported on (:mod:`bench.records`).

Also shown: how many of our aggregates must read a whole table of records by the database's own plan; there are to be
none. PostgreSQL is told to avoid that where it can, since it rightly reads a small table from end to end.
On PostgreSQL run it as ``python scripts/with_postgres.py python -m bench.report``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bench.database import driver_rows, installation, settle, vendor
from bench.measure import Measured, in_turns, run

if TYPE_CHECKING:
    from gongkai.bureau.figures import Scope
    from gongkai.bureau.models import Agency

LIMIT = 1.3

_CHANNELS = """FROM channels_appearance a JOIN channels_channel c ON c.id = a.channel_id
    WHERE a.agency_id = :body AND a.published_on BETWEEN :first AND :last"""
_IN_YEAR = "agency_id = :body AND {} BETWEEN :first AND :last"
_ASKED = """FROM inquiries_question q JOIN inquiries_interview i ON i.id = q.interview_id
    WHERE i.agency_id = :body AND i.held_on BETWEEN :first AND :last AND i.is_public AND q.from_public"""

_ON_SITE = """{0}.document_class IN ('rules', 'normative_documents') AND NOT {0}.document_class = ''
    AND {0}.edition_id IS NOT NULL"""
# The body of this measurement has no site of its own, only ledgers of what was published.
WITHOUT_RECORDS = frozenset({"portal.documents", "reporting.documents_twice"})

# Name of the figure: the statement that a person would write for it.
BARE = {
    "registers.documents": """
        SELECT kind, made_on BETWEEN :first AND :last, COALESCE(published_on BETWEEN :first AND :last, FALSE),
            COALESCE(published_on <= :last AND (withdrawn_on IS NULL OR withdrawn_on > :last), FALSE),
            COALESCE(ended_on BETWEEN :first AND :last, FALSE),
            made_on <= :last AND (ended_on IS NULL OR ended_on > :last), COUNT(*)
        FROM registers_document WHERE agency_id = :body AND (made_on <= :last OR published_on <= :last)
        GROUP BY 1, 2, 3, 4, 5, 6""",
    "portal.documents": f"""
        SELECT document_class, COALESCE(formed_on, published_on) BETWEEN :first AND :last,
            published_on BETWEEN :first AND :last,
            COALESCE(published_on <= :last AND (withdrawn_on IS NULL OR withdrawn_on > :last), FALSE),
            COALESCE(ended_on BETWEEN :first AND :last, FALSE),
            COALESCE(formed_on, published_on) <= :last AND (ended_on IS NULL OR ended_on > :last), COUNT(*)
        FROM portal_publication p WHERE agency_id = :body AND {_ON_SITE.format("p")}
            AND (COALESCE(formed_on, published_on) <= :last OR published_on <= :last)
        GROUP BY 1, 2, 3, 4, 5, 6""",
    "reporting.documents_twice": f"""
        SELECT kind, made_on BETWEEN :first AND :last, COALESCE(published_on BETWEEN :first AND :last, FALSE),
            COALESCE(published_on <= :last AND (withdrawn_on IS NULL OR withdrawn_on > :last), FALSE),
            COALESCE(ended_on BETWEEN :first AND :last, FALSE),
            made_on <= :last AND (ended_on IS NULL OR ended_on > :last), COUNT(*)
        FROM registers_document d WHERE agency_id = :body AND (made_on <= :last OR published_on <= :last)
            AND (EXISTS (SELECT 1 FROM portal_publication p WHERE p.agency_id = d.agency_id AND {_ON_SITE.format("p")}
                AND p.document_number = d.document_number AND NOT p.document_number = '')
            OR EXISTS (SELECT 1 FROM portal_publication p WHERE p.agency_id = d.agency_id AND {_ON_SITE.format("p")}
                AND p.title = d.title AND p.formed_on = d.made_on))
        GROUP BY 1, 2, 3, 4, 5, 6""",
    "registers.decisions": f"""SELECT kind, COUNT(*) FROM registers_decision
        WHERE {_IN_YEAR.format("decided_on")} GROUP BY kind""",
    "registers.fee_amount": f"SELECT SUM(amount) FROM registers_feereceipt WHERE {_IN_YEAR.format('received_on')}",
    "applications.received": f"""SELECT applicant_kind, COUNT(*) FROM applications_application
        WHERE {_IN_YEAR.format("received_on")} GROUP BY applicant_kind""",
    "applications.carried_in": """SELECT applicant_kind, COUNT(*) FROM applications_application
        WHERE agency_id = :body AND received_on < :first AND (closed_on IS NULL OR closed_on >= :first)
        GROUP BY applicant_kind""",
    "applications.closed": f"""SELECT outcome_row, applicant_kind, COUNT(*) FROM applications_application
        WHERE {_IN_YEAR.format("closed_on")} GROUP BY outcome_row, applicant_kind""",
    "applications.carried_out": """SELECT applicant_kind, COUNT(*) FROM applications_application
        WHERE agency_id = :body AND received_on <= :last AND (closed_on IS NULL OR closed_on > :last)
        GROUP BY applicant_kind""",
    "applications.overdue": """SELECT COUNT(*) FROM applications_application
        WHERE agency_id = :body AND received_on <= :last
            AND ((closed_on BETWEEN :first AND :last AND closed_on > due_on)
            OR ((closed_on IS NULL OR closed_on > :last) AND due_on < :last))""",
    "disputes.concluded": f"""SELECT kind, result, COUNT(*) FROM disputes_dispute
        WHERE {_IN_YEAR.format("concluded_on")} GROUP BY kind, result""",
    "disputes.pending": """SELECT kind, COUNT(*) FROM disputes_dispute
        WHERE agency_id = :body AND filed_on <= :last AND (concluded_on IS NULL OR concluded_on > :last)
        GROUP BY kind""",
    "portal.published": f"""SELECT kind, COUNT(*) FROM portal_publication
        WHERE {_IN_YEAR.format("published_on")} GROUP BY kind""",
    "channels.appearances": f"SELECT c.kind, c.name, c.id, COUNT(*) {_CHANNELS} GROUP BY c.kind, c.name, c.id",
    "channels.issues": f"""SELECT c.kind, c.name, c.id, COUNT(DISTINCT a.issue) {_CHANNELS} AND a.issue <> ''
        GROUP BY c.kind, c.name, c.id""",
    "channels.reads": f"""SELECT c.kind, c.name, c.id, a.reads_definition, SUM(a.reads) {_CHANNELS}
        AND a.reads IS NOT NULL GROUP BY c.kind, c.name, c.id, a.reads_definition""",
    "channels.subscribers": """SELECT c.kind, c.name, c.id, SUM(s.count)
        FROM channels_subscribercount s JOIN channels_channel c ON c.id = s.channel_id
        WHERE s.agency_id = :body AND s.counted_on = (SELECT MAX(t.counted_on) FROM channels_subscribercount t
            WHERE t.channel_id = s.channel_id AND t.counted_on BETWEEN :first AND :last)
        GROUP BY c.kind, c.name, c.id""",
    "channels.adoptions": """SELECT d.level, d.adopter, COUNT(*)
        FROM channels_adoption d JOIN channels_appearance a ON a.id = d.appearance_id
        WHERE a.agency_id = :body AND a.published_on BETWEEN :first AND :last GROUP BY d.level, d.adopter""",
    "channels.press_conferences": f"SELECT COUNT(*) FROM channels_pressconference WHERE {_IN_YEAR.format('held_on')}",
    "inquiries.received": f"SELECT COUNT(*) FROM inquiries_inquiry WHERE {_IN_YEAR.format('received_on')}",
    "inquiries.closed": f"SELECT COUNT(*) FROM inquiries_inquiry WHERE {_IN_YEAR.format('closed_on')}",
    "inquiries.public_replies": f"""SELECT COUNT(*) FROM inquiries_inquiry
        WHERE {_IN_YEAR.format("closed_on")} AND closing = 'public'""",
    "inquiries.mean_days": f"SELECT AVG(days) FROM inquiries_inquiry WHERE {_IN_YEAR.format('closed_on')}",
    "inquiries.surveys": f"SELECT COUNT(*) FROM inquiries_survey WHERE {_IN_YEAR.format('published_on')}",
    "inquiries.survey_results": f"SELECT COUNT(*) FROM inquiries_survey WHERE {_IN_YEAR.format('results_on')}",
    "inquiries.survey_opinions": """SELECT COUNT(*)
        FROM inquiries_opinion o JOIN inquiries_survey s ON s.id = o.survey_id
        WHERE s.agency_id = :body AND o.received_on BETWEEN :first AND :last AND NOT o.use = 'invalid'""",
    "inquiries.interviews": f"""SELECT COUNT(*) FROM inquiries_interview
        WHERE {_IN_YEAR.format("held_on")} AND is_public""",
    "inquiries.interview_messages": f"SELECT COUNT(*) {_ASKED}",
    "inquiries.interview_replies": f"SELECT COUNT(*) {_ASKED} AND NOT q.answer = ''",
}


def measure(*, quick: bool = False) -> Iterator[Measured]:
    rows, others, rounds = (3000, 600, 1) if quick else (1_000_000, 20_000, 21)
    with installation():
        from bench.records import YEAR, fill
        from gongkai.bureau.figures import Scope

        body = fill(rows, rows, others)
        settle()
        scope = Scope.of(body, YEAR)
        values = places(scope)
        require_agreement(whole_report(body, scope), bare(values))
        pair = in_turns(lambda: whole_report(body, scope), lambda: bare(values), rounds)
        yield Measured(f"report: {rows:,} + {rows:,} rows on {vendor()}", pair.ratio, LIMIT, note=pair.note)
        scanning = sorted(name for name in BARE if scans(name, scope))
        note = "、".join(scanning) or f"of {len(BARE)} aggregates"
        yield Measured(f"report: aggregates without an index on {vendor()}", len(scanning), 0, "", note)


def whole_report(body: Agency, scope: Scope) -> Mapping[str, Any]:
    """Tables and named figures; returns what the database was asked, by figure."""
    from gongkai.bureau.figures import Figure
    from gongkai.reporting.cells import compute
    from gongkai.reporting.named import NamedFigures
    from gongkai.reporting.terms import Readings

    asked: dict[str, Any] = {}

    class Noted(Readings):
        """Readings that tell which figures they asked for."""

        def ask(self, figure: Figure) -> Any:
            asked[figure.name] = super().ask(figure)
            return asked[figure.name]

    readings = Noted(scope)
    compute(body, scope, readings=readings)
    list(NamedFigures(readings).all())
    return asked


def places(scope: Scope) -> dict[str, Any]:
    """The values of the named places in the statements, as the driver takes them."""
    from django.db import connection

    days = {"first": scope.first_day, "last": scope.last_day}
    text = connection.vendor == "sqlite"
    return {"body": scope.agencies[0]} | {name: day.isoformat() if text else day for name, day in days.items()}


def bare(values: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    return {name: driver_rows(sql, values) for name, sql in BARE.items()}


def require_agreement(ours: Mapping[str, Any], theirs: Mapping[str, list[tuple[Any, ...]]]) -> None:
    """Raises ``SystemExit`` unless both sides ran the same aggregates and found the same numbers, and found some."""
    if set(ours) != set(theirs):
        raise SystemExit(f"not the same aggregates: {sorted(set(ours) ^ set(theirs))}")
    for name, found in ours.items():
        mine = {tuple(key): float(value or 0) for key, value in found.items()}
        hand = {tuple(key): float(value or 0) for *key, value in theirs[name]}
        if mine != hand or (name not in WITHOUT_RECORDS and not any(mine.values())):
            raise SystemExit(f"{name}: {mine} by us, {hand} by hand")


def scans(name: str, scope: Scope) -> bool:
    """Whether our statement reads a table of records from end to end because no index serves it."""
    from django.db import connection, transaction

    from gongkai.bureau.figures import figure

    found = figure(name)
    rows = found.records(scope).order_by()
    # Without dimensions the rows are those of the aggregate, by the same filter.
    statement = rows.values_list(*found.dimensions).annotate(value=found.measure) if found.dimensions else rows
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
        plan = statement.explain()
    return any(("SCAN" in step or "Seq Scan" in step) and "channels_channel" not in step for step in plan.splitlines())


if __name__ == "__main__":
    sys.exit(run(measure))
