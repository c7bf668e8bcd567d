"""The page of an item, and the one that says that it was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry

from ..events import STREAM
from ..listing import Row, rows_of
from ..models import EffectKind, ItemType, Publication
from ..queries import public, public_edition
from ..site import Portal, portal_of
from .base import agency_of, linked_data, public_page

# Items whose page looks for others that belong to it; the rest are spared the query.
_RELATED = frozenset({ItemType.DOCUMENT, ItemType.INTERPRETATION, ItemType.NOTICE})


@dataclass(slots=True)
class Related:
    """What belongs to an item: the document that it explains, what explains it, what it ended, what ended it."""

    explains: list[Row] = field(default_factory=list)
    explained_by: list[Row] = field(default_factory=list)
    affects: list[tuple[str, str, Row]] = field(default_factory=list)
    affected_by: Row | None = None


@public_page
def article(request: HttpRequest, item: int) -> HttpResponse:
    """The page of an item, from its approved proof; 410 for one that was withdrawn."""
    agency, portal = agency_of(request), portal_of(request)
    found = public_edition(agency.pk, item)
    if found is None:
        return gone(request, agency, item)
    publication, edition = found
    content = edition.data
    if publication.type == ItemType.LINK:
        return _leave(request, portal, publication, content)
    related = _related(agency, publication, content)
    context = {
        "content": content,
        "column": publication.column,
        "publication": publication,
        "is_proof": False,
        "related": related,
        "updated_on": _updated_on(publication, edition.round),
        "here": (publication.column.parent or publication.column).path,
        "linked_data": linked_data(_description(portal, publication, content)),
    }
    return render(request, "portal/article.html", context)


def gone(request: HttpRequest, agency: Agency, item: int) -> HttpResponse:
    """410 with a sentence for what was public and is no more; 404 for what never was.

    Browsers keep a bare 410 for ever: what is restored would stay gone for whoever looked meanwhile.
    """
    withdrawn = Publication.objects.filter(
        agency_id=agency.pk, item_id=item, withdrawn_on__isnull=False, live_from__lte=timezone.now()
    )
    if not withdrawn.exists():
        raise Http404
    response = render(request, "portal/gone.html", status=410)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _leave(request: HttpRequest, portal: Portal, publication: Publication, content: Mapping[str, Any]) -> HttpResponse:
    """A link: straight on when it stays on this site, otherwise a page that says where it leads."""
    target = str(content["link"])
    if target.startswith(f"{portal.root}/"):
        return HttpResponseRedirect(target)
    context = {"publication": publication, "column": publication.column, "content": content, "target": target}
    return render(request, "portal/leaving.html", context)


def _related(agency: Agency, publication: Publication, content: Mapping[str, Any]) -> Related:
    """One query, for the kinds of items that others belong to."""
    related, effects, ended_by = Related(), content["effects"], publication.ended_by_id
    if publication.type not in _RELATED and not (content["interprets"] or effects or ended_by):
        return related
    wanted = Q(interprets_id=publication.item_id) | Q(item_id=content["interprets"]) | Q(pk=ended_by)
    wanted |= Q(pk__in=[effect["target"] for effect in effects])
    by_id = {row.id: row for row in rows_of(public(agency.pk).filter(wanted))}
    related.affected_by = by_id.get(ended_by or 0)
    related.explains = [row for row in by_id.values() if row.item == content["interprets"]]
    related.explained_by = [row for row in by_id.values() if row.interprets == publication.item_id]
    related.affects = [
        (EffectKind(effect["kind"]).label, effect["on"], by_id[effect["target"]])
        for effect in effects
        if effect["target"] in by_id
    ]
    return related


def _updated_on(publication: Publication, rounds: int) -> date | None:
    """The day of the latest approval where there was more than one; asked only of items sent for review again."""
    if rounds < 2 or publication.item_id is None:
        return None
    days = Entry.objects.of_stream(STREAM, publication.item_id).filter(kind="approved")
    approved = list(days.values_list("occurred_on", flat=True))
    return max(approved) if len(approved) > 1 else None


def _description(portal: Portal, publication: Publication, content: Mapping[str, Any]) -> dict[str, Any]:
    """JSON-LD of an item: a data release is a dataset, the rest are articles."""
    kind = "Dataset" if publication.type == ItemType.RELEASE else "NewsArticle"
    publisher = {"@type": "GovernmentOrganization", "name": portal.name, "url": f"{portal.root}/"}
    moment = publication.live_from.isoformat(timespec="minutes") if publication.live_from else ""
    found = {
        "@type": kind,
        "headline" if kind == "NewsArticle" else "name": publication.title,
        "description": content["summary"] or publication.title,
        "datePublished": moment,
        "url": f"{portal.root}{publication.get_absolute_url()}",
        "inLanguage": "zh-CN",
        "publisher": publisher,
    }
    if kind == "Dataset":
        found |= {
            "temporalCoverage": content["period"],
            "creator": publisher,
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "name": data["name"],
                    "contentUrl": f"{portal.root}/art/{publication.item_id}/data/{block}.csv",
                }
                for block, data in content["data"].items()
            ],
        }
    return {name: value for name, value in found.items() if value}
