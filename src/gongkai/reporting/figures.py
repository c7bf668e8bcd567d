"""What two rooms have in common, so that no record is counted twice: floor 5 sees both."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.bureau.figures import Figure, Scope
from gongkai.portal.figures import NORMATIVE
from gongkai.portal.models import Publication
from gongkai.registers import figures as registers
from gongkai.registers.models import Document


def _twice(scope: Scope) -> QuerySet[Document]:
    """Documents of the ledgers that the site has published as well: those are counted as the site has them.

    The same is one of the same number (文号); or, for one without, of the same title made on the same day.
    """
    same = Q(document_number=OuterRef("document_number")) & ~Q(document_number="")
    alike = Q(title=OuterRef("title"), formed_on=OuterRef("made_on"))
    on_site = Publication.objects.filter(
        same | alike, agency=OuterRef("agency"), edition__isnull=False, document_class__in=NORMATIVE
    )
    return registers.DOCUMENTS.records(scope).filter(Exists(on_site))


DOCUMENTS_TWICE = Figure(
    "reporting.documents_twice",
    "台账和门户网站都有的规章和行政规范性文件（件）",
    _twice,
    dimensions=registers.DOCUMENTS.dimensions,
)
