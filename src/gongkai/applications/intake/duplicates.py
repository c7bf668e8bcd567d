"""Duplicates and repeats: the same applicant and a like text, or the same text from somebody else; with what was
answered (Article 36(6): 不予重复处理 takes an answer that was given).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from rapidfuzz.distance import DamerauLevenshtein

from gongkai.law.outcomes import outcome

from ..models import Applicant, Application

LIKE = 0.6  # from which share of common trigrams on two texts are shown as alike
SAME = 0.95
_MOST = 20  # shown
_OWN = 200  # earlier ones of one applicant that are compared
_SHORT = 400  # characters up to which the order of words is compared as well


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier application that may be the same. ``likeness`` from 0 to 1; ``answer`` what was answered, or ""."""

    application: Application
    likeness: float
    same_applicant: bool
    answer: str

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)

    @property
    def is_same(self) -> bool:
        return self.likeness >= SAME

    @property
    def can_be_repeat(self) -> bool:
        """Whether it can be the ground of 不予重复处理: the same applicant, the same matter, answered."""
        return self.same_applicant and self.application.closed_on is not None and self.likeness >= LIKE


def trigrams(text: str) -> frozenset[str]:
    """The runs of three characters of a text, without what does not tell texts apart."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())
    return frozenset(plain[place : place + 3] for place in range(max(1, len(plain) - 2))) if plain else frozenset()


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1, the same from either side. Of short texts a few changed characters spoil
    most trigrams, so there the distance in characters counts where it says more."""
    first, second = trigrams(one), trigrams(other)
    if not first or not second:
        return 0.0
    shared = 2 * len(first & second) / (len(first) + len(second))
    if max(len(one), len(other)) <= _SHORT:
        return max(shared, DamerauLevenshtein.normalized_similarity(one.strip(), other.strip()) if shared else 0.0)
    return shared


def alike(application: Application) -> list[Alike]:
    """What may be the same as this one, the likest first. Two queries.

    Texts of others are compared by their blind index alone: nobody's text is opened to look at another's.
    """
    return alike_to(application.agency_id, application.applicant, _text(application), application)


def alike_to(agency: int, applicant: Applicant, text: str, itself: Application | None = None) -> list[Alike]:
    """The same before anything is registered: ``applicant`` need not be saved."""
    earlier = Application.objects.filter(agency_id=agency)
    if itself is not None:
        earlier = earlier.exclude(pk=itself.pk)
    own = list(of_applicant(earlier, applicant).order_by("-received_on", "-pk")[:_OWN])
    found = [Alike(each, likeness(text, _text(each)), True, _answer(each)) for each in own]
    found = [each for each in found if each.likeness >= LIKE]
    description = itself.requested if itself else text
    index = Application._meta.get_field("text_index").candidates(description)
    known = {each.pk for each in own}
    if index:
        # The condition of the index, said again: SQLite takes it for nothing less.
        others = earlier.filter(~Q(text_index=""), text_index__in=index).defer("requested", "title", "reference")
        same = others.order_by("-received_on", "-pk")[: _MOST + len(known)]
        found += [Alike(each, 1.0, False, _answer(each)) for each in same if each.pk not in known]
    return sorted(found, key=lambda each: (-each.likeness, -each.application.pk))[:_MOST]


def of_applicant(earlier: QuerySet[Application], applicant: Applicant) -> QuerySet[Application]:
    """Applications of the same person: the same number of a document, or the same name where either has none."""
    fields = {name: Applicant._meta.get_field(name) for name in ("id_index", "name_index")}
    by_id = fields["id_index"].candidates(applicant.id_number)  # type: ignore[union-attr]
    by_name = fields["name_index"].candidates(applicant.name)  # type: ignore[union-attr]
    # The conditions of the indexes, said again: SQLite takes them for nothing less.
    same = Q(~Q(id_index=""), id_index__in=by_id) if by_id else Q(pk=None)
    if by_name:
        named = Q(~Q(name_index=""), name_index__in=by_name)
        same |= named & Q(id_index="") if by_id else named
    return earlier.filter(applicant__in=Applicant.objects.filter(same))


def _text(application: Application) -> str:
    return " ".join(filter(None, (application.title, application.reference, application.requested)))


def _answer(application: Application) -> str:
    return outcome(application.outcome).label if application.outcome else ""
