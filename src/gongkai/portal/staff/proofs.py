"""Looking at what is not public yet: a proof and its files as the public would see them, and what it changes.

The public's own addresses refuse all of it; these are for staff who may see the item.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView, View

from gongkai.bureau.models import Department

from ..files import open_kept
from ..models import Column, Edition, Indicator, Item, StoredFile
from ..snapshot import cut, shown
from .base import ItemMixin
from .difference import difference
from .timeline import told_of

_PREFIX = 16  # digits of a digest in an address


class EditionMixin(ItemMixin):
    """A page about the proof of ``kwargs['edition']``, which belongs to the item."""

    @cached_property
    def edition(self) -> Edition:
        return get_object_or_404(Edition, pk=self.kwargs["edition"], item=self.item)


def as_public(request: HttpRequest, content: Mapping[str, Any], item: Item) -> HttpResponse:
    """The page of an item as the public would see it, with the masthead of the site, marked as a proof."""
    public = copy.copy(request)
    public.path = public.path_info = f"/art/{item.pk}.html"
    return render(public, "portal/article.html", shown(content, item))


@method_decorator([xframe_options_sameorigin, cache_control(private=True, no_store=True)], name="dispatch")
class ProofView(EditionMixin, View):
    """清样: what was sent for review, word for word; its pictures and files come from the staff's address."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_public(request, for_staff(self.edition, self.item), self.item)


def for_staff(edition: Edition, item: Item) -> Mapping[str, Any]:
    """The content of a proof with the addresses at which staff may read its files before the public does."""
    content = dict(edition.data)
    public = f'"/art/{item.pk}/'
    own = f'"{reverse("portal_items:edition", args=[item.pk, edition.pk])}files/'
    content["html"] = content["html"].replace(public, own)
    content["attachments"] = [
        {**each, "url": each["url"].replace(public[1:], own[1:], 1)} for each in content["attachments"]
    ]
    return content


@method_decorator([xframe_options_sameorigin, cache_control(private=True, no_store=True)], name="dispatch")
class DraftView(ItemMixin, View):
    """预览: the working copy as the public would see it. A link item shows where it leads."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_public(request, cut(self.item, keep_files=False).content, self.item)


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class ProofFileView(EditionMixin, View):
    """A file of a proof: only one that the proof names."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        prefix: str = self.kwargs["digest"]
        digest = next((each for each in self.edition.data["files"] if each[:_PREFIX] == prefix), None)
        stored = StoredFile.objects.filter(pk=digest).first() if digest else None
        if stored is None:
            raise Http404
        try:
            file = open_kept(stored)
        except OSError as error:
            raise Http404 from error
        is_picture = stored.media_type.startswith("image/") and "svg" not in stored.media_type
        return _safely(FileResponse(file, content_type=stored.media_type), self.kwargs["name"], inline=is_picture)


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class ProofDataView(EditionMixin, View):
    """The figures behind a chart or table of a proof."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = self.edition.data["data"].get(self.kwargs["block"])
        if data is None:
            raise Http404
        response = HttpResponse(data["csv"], content_type="text/csv; charset=utf-8")
        return _safely(response, f"{data['name'] or '数据'}.csv", inline=False)


def _safely(response: Any, name: str, *, inline: bool) -> Any:
    """Nothing in a file runs, and the browser does not guess what it is."""
    disposition = content_disposition_header(as_attachment=not inline, filename=name.replace("/", "／"))
    if disposition:
        response.headers["Content-Disposition"] = disposition
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class DifferenceView(EditionMixin, TemplateView):
    """与已公开内容的差别: what a proof changes of what the public reads."""

    template_name = "portal/staff/difference.html"

    def get_page_title(self) -> str:
        return "与已公开内容的差别"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("与已公开内容的差别")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        approved = told_of(self.item).case.approved_edition
        if approved is None:
            raise Http404
        public = Edition.objects.get(pk=approved)
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "public": public,
            "difference": difference(public.data, self.edition.data, self.names(public)),
            "proof_url": reverse("portal_items:edition", args=[self.item.pk, self.edition.pk]),
            "public_url": reverse("portal_items:edition", args=[self.item.pk, public.pk]),
        }

    def names(self, public: Edition) -> dict[str, dict[int, str]]:
        """What the numbers in both contents name."""
        models = {"column": Column, "department": Department, "indicator": Indicator, "interprets": Item}
        numbers = {
            name: {content[name] for content in (public.data, self.edition.data) if content[name]} for name in models
        }
        return {
            name: {pk: str(record) for pk, record in model._default_manager.in_bulk(list(numbers[name])).items()}
            for name, model in models.items()
        }
