"""The self-assessment of a day: every indicator of a set with its verdict, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.bureau.models import Agency
from gongkai.law.indicators import (
    Judged,
    Pack,
    Part,
    Score,
    Verdict,
    conclusion,
    judge,
    packs,
    passes,
    score,
)

from .measures import MEASURES
from .world import World

NEAR = 14  # days before something fails from which it is marked; a practice of ours


@dataclass(frozen=True)
class Assessment:
    """A set of indicators held against the records of a day."""

    agency: Agency
    pack: Pack
    day: date
    judged: tuple[Judged, ...]
    has_services: bool | None

    @property
    def title(self) -> str:
        return f"{self.agency.name}网站自评（{self.pack.title}）"

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        return {verdict: sum(each.verdict is verdict for each in self.judged) for verdict in Verdict}

    @cached_property
    def near(self) -> list[Judged]:
        """What passes now and will not for long, the first to fail first."""
        soon = [each for each in self.judged if is_near(each)]
        return sorted(soon, key=lambda each: each.days or 0)

    @property
    def is_portal(self) -> bool:
        """政府门户网站: parts 2 and 3 are asked of it; of other sites they are read for comparison."""
        return self.agency.kind == Agency.Kind.GOVERNMENT

    @property
    def has_vetoes(self) -> bool:
        return any(each.indicator.part in (Part.VETO, Part.MEDIA_VETO) for each in self.judged)

    def veto(self, part: Part = Part.VETO) -> Verdict:
        return conclusion(self.judged, part)

    @property
    def media_veto(self) -> Verdict:
        return self.veto(Part.MEDIA_VETO)

    @cached_property
    def score(self) -> Score:
        """By what is known of the body; where nobody said, as if it renders services."""
        return score(self.pack, self.judged, has_services=self.has_services is not False)

    @property
    def passes(self) -> Verdict | None:
        """Whether the score is enough; a set without such a mark says nothing."""
        return passes(self.pack, self.score) if self.pack.passing else None

    @property
    def conclusion(self) -> Verdict:
        """Of the site: the vetoes, and for a government portal also the score."""
        veto = self.veto()
        if not self.is_portal or veto is Verdict.FAIL or self.passes is None:
            return veto
        return self.passes if veto is Verdict.PASS or self.passes is Verdict.FAIL else veto

    def groups(self) -> list[tuple[Part, list[tuple[str, list[Judged]]]]]:
        """The indicators by part and group, in the order of the set."""
        found: dict[Part, dict[str, list[Judged]]] = {}
        for each in self.judged:
            found.setdefault(each.indicator.part, {}).setdefault(each.indicator.group, []).append(each)
        return [(part, list(groups.items())) for part, groups in found.items()]


def is_near(each: Judged) -> bool:
    """Whether something that passes by the records will fail within so many days."""
    passes_now = each.verdict is Verdict.PASS and each.stated is None
    return passes_now and each.days is not None and each.days <= NEAR


def assess(agency: Agency, pack: Pack, day: date) -> Assessment:
    """Hold a set against the records as they are on a day; the queries are as many whatever is recorded."""
    world = World(agency, day)
    judged = tuple(
        judge(
            each,
            MEASURES[each.measure](world) if each.measure else None,
            day,
            world.said.get(f"{pack.code}:{each.code}"),
        )
        for each in pack.indicators
    )
    return Assessment(agency, pack, day, judged, world.has_services)


def packs_on(day: date) -> list[Pack]:
    """The sets in use on a day, the national one first."""
    return [pack for pack in packs().values() if pack.since <= day]
