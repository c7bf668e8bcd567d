"""What an indicator counts, found in the records: a function a measure, by the name that the indicators call it."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.law.indicators import Measured, packs

from ..world import World
from . import columns, interaction, local, site

Measure = Callable[[World], Measured]

MEASURES: dict[str, Measure] = {
    "tampering": site.tampering,
    "misdated": site.misdated,
    "visits": site.visits,
    "dead_links": site.dead_links,
    "identity": site.identity,
    "home": columns.home,
    "stale_columns": columns.stale,
    "late_columns": columns.overdue,
    "blank_columns": columns.blank,
    "document_columns": columns.documents,
    "labels": columns.labels,
    "services": columns.services,
    "guides": columns.guides,
    "channel_for_questions": interaction.channel_for_questions,
    "unanswered": interaction.unanswered,
    "late_inquiries": interaction.overdue,
    "answers_published": interaction.answers_published,
    "surveys": interaction.surveys,
    "survey_results": interaction.survey_results,
    "media": interaction.media,
    "uninterpreted": local.uninterpreted,
    "guide": local.guide,
    "policies": local.policies,
    "annual_report": local.annual_report,
    "validity": local.validity,
    "request_channels": local.request_channels,
    "overdue_replies": local.overdue_replies,
    "lost_disputes": local.lost_disputes,
    "cleanup": local.cleanup,
}


def check_measures() -> None:
    """Raises ``ValueError`` for an indicator whose measure nobody takes, or a measure that no indicator needs."""
    wanted = {each.measure for pack in packs().values() for each in pack.indicators if each.measure}
    if wanted != set(MEASURES):
        raise ValueError(f"measures without a counterpart: {sorted(wanted ^ set(MEASURES))}")
