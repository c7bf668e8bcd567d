"""What two rooms have in common, so that no record is counted twice: floor 5 sees both."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.bureau.figures import Figure, Scope
from gongkai.portal.figures import NORMATIVE_ON_SITE
from gongkai.portal.models import Publication
from gongkai.registers import figures as registers
from gongkai.registers.models import Document


def _twice(scope: Scope) -> QuerySet[Document]:
    """Documents of the ledgers that the site has published as well: those are counted as the site has them.

    The same is one of the same number (文号); or, for one without, of the same title made on the same day.
    """
    on_site = Publication.objects.filter(NORMATIVE_ON_SITE, agency=OuterRef("agency"))
    same = on_site.filter(~Q(document_number=""), document_number=OuterRef("document_number"))
    alike = on_site.filter(title=OuterRef("title"), formed_on=OuterRef("made_on"))
    # Each has an index of its own; one question with an OR in it would have none.
    return registers.DOCUMENTS.records(scope).filter(Exists(same) | Exists(alike))


DOCUMENTS_TWICE = Figure(
    "reporting.documents_twice",
    "台账和门户网站都有的规章和行政规范性文件（件）",
    _twice,
    dimensions=registers.DOCUMENTS.dimensions,
)
