"""Table 二 of the annual report on both forms (国办公开办函〔2019〕60号 and 〔2021〕30号), from the registers' dates.

Five queries give the table of 2019 (documents, items, decisions, procurement twice), three that of 2021
(documents, decisions, fees). Documents and items carry several answers in one query: each record is split by
flags, and the figure of a cell is the sum over the keys in which its flag is true; ``drill`` with a mapping
(``{"kind": "rules", "made": True}``) gives the records behind it.

The wording of what a cell of 2019 means is UNVERIFIED (law.md B1): 本年新制作 is what was made in the year, 本年新公开
what was first made public in it, 对外公开总数量 what is public at its end.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet, Sum

from gongkai.bureau.figures import Figure, Scope, flag

from .models import Decision, Document, FeeReceipt, Procurement, ServiceItem


def _documents(scope: Scope) -> QuerySet[Document]:
    """Documents made or made public up to the end of the year, each with what the year did to it.

    ``repealed`` are those that ceased to be in force in the year, by repeal (废止) or because their period ran
    out (失效), so that in force = last year's + made − repealed holds from year to year.
    """
    end = scope.last_day
    return Document.objects.filter(scope.of_agencies(), Q(made_on__lte=end) | Q(published_on__lte=end)).annotate(
        made=flag(scope.during("made_on")),
        published=flag(scope.during("published_on")),
        in_public=flag(Q(published_on__lte=end) & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=end))),
        repealed=flag(scope.during("ended_on")),
        in_force=flag(Q(made_on__lte=end) & (Q(ended_on=None) | Q(ended_on__gt=end))),
    )


def _items(scope: Scope) -> QuerySet[ServiceItem]:
    """Items valid at the end of last year (``last_year``), of this one (``this_year``), or of both."""
    before = scope.first_day - timedelta(days=1)
    return (
        ServiceItem.objects.filter(scope.of_agencies(), valid_from__lte=scope.last_day)
        .filter(Q(valid_until=None) | Q(valid_until__gte=before))
        .annotate(
            last_year=flag(Q(valid_from__lte=before)),
            this_year=flag(Q(valid_until=None) | Q(valid_until__gte=scope.last_day)),
        )
    )


def _decisions(scope: Scope) -> QuerySet[Decision]:
    return Decision.objects.filter(scope.of_agencies(), scope.during("decided_on"))


def _receipts(scope: Scope) -> QuerySet[FeeReceipt]:
    return FeeReceipt.objects.filter(scope.of_agencies(), scope.during("received_on"))


def _procurement(scope: Scope) -> QuerySet[Procurement]:
    return Procurement.objects.filter(scope.of_agencies(), scope.during("purchased_on"))


DOCUMENTS = Figure(
    "registers.documents",
    "规章和行政规范性文件（件）",
    _documents,
    dimensions=("kind", "made", "published", "in_public", "repealed", "in_force"),
)
# 上一年项目数量 = those with last_year; 本年增/减 = those with this_year − those with last_year.
ITEMS = Figure("registers.items", "事项（项）", _items, dimensions=("kind", "last_year", "this_year"))
DECISIONS = Figure("registers.decisions", "本年处理决定数量（件）", _decisions, dimensions=("kind",))
FEE_AMOUNT = Figure("registers.fee_amount", "本年收费金额（元）", _receipts, Sum("amount"))
PROCUREMENT_PROJECTS = Figure("registers.procurement_projects", "政府集中采购项目数量（个）", _procurement)
PROCUREMENT_AMOUNT = Figure("registers.procurement_amount", "政府集中采购总金额（元）", _procurement, Sum("amount"))
