"""The registers on the site: what there is, a register with search and years, an entry, the same as CSV."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gongkai.bureau.models import Agency

from ..models import Decision, FeeReceipt
from ..queries import charged, public
from .base import DOOR, agency_of_site, as_csv, leaf_of, public_page, searched
from .kinds import SHOWN, Shown


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """Every register, under the heading of Article 20 to which it belongs."""
    return render(request, "registers/public/index.html", {"door": DOOR, "registers": SHOWN.values()})


@public_page
def entries(request: HttpRequest, code: str) -> HttpResponse:
    """A register; a fixed number of queries however much there is."""
    register, agency = _register(code), agency_of_site()
    every = _entries(register, agency)
    span = every.aggregate(first=Min(register.day), last=Max(register.day))
    years = list(range(span["last"].year, span["first"].year - 1, -1)) if span["first"] else []
    wanted, year = searched(request), _year(request, years)
    found = _narrowed(register, every, wanted, year)
    leaf = leaf_of(request, found)
    context = {
        "door": DOOR,
        "register": register,
        "wanted": wanted,
        "year": year,
        "years": years,
        "leaf": leaf,
        "heads": [head for head, _ in register.says[: register.lists]],
        "rows": [(each.pk, [say(each) for _, say in register.says[: register.lists]]) for each in leaf.object_list],
        "charged": charged(public(FeeReceipt, agency.pk)) if register.code == "shoufei" else None,
    }
    return render(request, "registers/public/list.html", context)


@public_page
def table(request: HttpRequest, code: str) -> HttpResponse:
    """What the list shows, whole, as CSV."""
    register, agency = _register(code), agency_of_site()
    every = _entries(register, agency)
    found = _narrowed(register, every, searched(request), _year(request, None))
    rows = ([say(each) for _, say in register.says] for each in found.iterator(1000))
    return as_csv(register.title, [head for head, _ in register.says], rows)


@public_page
def entry(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """An entry; of a decision that was withdrawn, that it was, and why."""
    register, agency = _register(code), agency_of_site()
    found = _entries(register, agency).filter(pk=pk).first()
    if found is None:
        raise Http404
    told = [(head, say(found)) for head, say in register.says]
    context = {
        "door": DOOR,
        "register": register,
        "title": told[0][1],
        "told": [(head, value) for head, value in told[1:] if value],
        "is_withdrawn": isinstance(found, Decision) and found.withdrawn_on is not None,
    }
    return render(request, "registers/public/entry.html", context)


def panel(request: HttpRequest, agency: Agency, category: str) -> SafeString | str:
    """What 法定主动公开内容 shows of the registers under a category; with none, the way to all of them."""
    found = [each for each in SHOWN.values() if each.category == category]
    if category and not found:
        return ""
    return render_to_string("registers/public/panel.html", {"registers": found}, request)


def _register(code: str) -> Shown:
    if code not in SHOWN:
        raise Http404
    return SHOWN[code]


def _entries(register: Shown, agency: Agency) -> QuerySet[Any]:
    return public(register.model, agency.pk).filter(register.condition).order_by(f"-{register.day}", "-pk")


def _narrowed(register: Shown, entries: QuerySet[Any], wanted: str, year: int | None) -> QuerySet[Any]:
    if year is not None:
        span = {f"{register.day}__gte": date(year, 1, 1), f"{register.day}__lte": date(year, 12, 31)}
        entries = entries.filter(**span)
    if not wanted:
        return entries
    found = reduce(or_, (Q(**{f"{name}__contains": wanted}) for name in register.search))
    if register.model is Decision:  # whom a decision named that was withdrawn is not found by it
        found &= Q(withdrawn_on=None) | Q(document_number__contains=wanted)
    return entries.filter(found)


def _year(request: HttpRequest, years: list[int] | None) -> int | None:
    """The year that the address asks for, one of those that there are where they are known."""
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and text > "1900" else None
    return year if years is None or year in years else None
