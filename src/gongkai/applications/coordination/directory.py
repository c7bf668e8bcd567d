"""不属于本机关: which other body is the right one, and what the applicant is told of it (Article 36(5))."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.urls import NoReverseMatch, reverse

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.law.receipt import Channel
from gongkai.ledger.services import append, lock
from gongkai.notices.services import notify

from .. import services
from ..models import Applicant, Application, Evidence
from ..services import Person, Wanted
from . import events
from .models import OtherBody, PassedOn
from .telling import people

_MOST = 10
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_PLACE = re.compile(r"^.{2,8}?(?:省|市|州|盟|县|区|旗)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A body that may be the right one; ``why`` are the words that speak for it. ``key`` names it in a form."""

    body: Agency | OtherBody
    why: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{'agency' if isinstance(self.body, Agency) else 'body'}:{self.body.pk}"

    @property
    def is_here(self) -> bool:
        """Whether it works with this installation."""
        return isinstance(self.body, Agency)

    @property
    def contact(self) -> str:
        return contact_of(self.body)


def directory(agency: Agency) -> list[Agency | OtherBody]:
    """Every other body that an agency knows: those of the installation, then its own list; two queries."""
    here: list[Agency | OtherBody] = list(Agency.objects.exclude(pk=agency.pk).order_by("path"))
    return here + list(OtherBody.objects.filter(agency=agency).order_by("name"))


def propose(agency: Agency, text: str) -> list[Proposal]:
    """Bodies whose name or matters are named in a text, the likeliest first."""
    plain = _plain(text)
    scored = [(_score(body, plain), body) for body in directory(agency)] if plain else []
    found = [(points, why, body) for (points, why), body in scored if points]
    found.sort(key=lambda each: (-each[0], each[2].name))
    return [Proposal(body, why) for _, why, body in found[:_MOST]]


def search(agency: Agency, words: str) -> list[Proposal]:
    """Bodies whose name or matters contain every word that somebody typed; all of them for none."""
    wanted = [_plain(word) for word in _SEPARATORS.split(words) if word]
    return [Proposal(body, ()) for body in directory(agency) if all(word in _haystack(body) for word in wanted)]


def of_key(agency: Agency, key: str) -> Agency | OtherBody | None:
    """The body that a form named; ``None`` for one that the agency does not know."""
    kind, _, number = key.partition(":")
    if not number.isdecimal():
        return None
    if kind == "agency":
        return Agency.objects.exclude(pk=agency.pk).filter(pk=int(number)).first()
    return OtherBody.objects.filter(agency=agency, pk=int(number)).first() if kind == "body" else None


def contact_of(body: Agency | OtherBody) -> str:
    """How a body is reached, as the reply says it (名称、联系方式)."""
    office = body.office if body.office and body.office != "办公室" else ""
    parts = [f"{body.name}{office}"]
    if body.address:
        parts.append(f"地址：{body.address}" + (f"（邮编 {body.postcode}）" if body.postcode else ""))
    if body.telephone:
        parts.append(f"电话：{body.telephone}")
    if body.website:
        parts.append(f"网站：{body.website}")
    return "，".join(parts)


def tell(application: Application, day: date, body: Agency | OtherBody, *, actor: User | None = None) -> Evidence:
    """告知并提示: the body and how it is reached go on file, from where the reply takes them."""
    return services.file_evidence(application, day, "other_body", contact_of(body), actor=actor)


@transaction.atomic
def pass_on(application: Application, day: date, body: Agency | OtherBody, consent: str, *, actor: User) -> PassedOn:
    """代为转送 to a body of this installation, as an application of its own there; only with the applicant's consent.

    The right body has it from the day it is passed on. Raises :class:`NotPermittedError`.
    """
    if not isinstance(body, Agency):
        raise NotPermittedError(f"{body.name}不在本系统中，不能代为转送；请告知申请人向其提出。")
    if not consent.strip():
        raise NotPermittedError("未经申请人同意不能转送，请写明申请人何时、以何种方式同意。")
    for pk in sorted((application.agency_id, body.pk)):
        lock(pk)
    if PassedOn.objects.filter(application=application).exists():
        raise NotPermittedError("这件申请已经转送过。")
    tell(application, day, body, actor=actor)
    received = services.register(
        body,
        day,
        _person(application.applicant),
        application.requested,
        channel=Channel.INTERNET,
        wanted=_wanted(application),
    )
    received.note = f"由{application.agency.name}经申请人同意代为转送"
    received.save(update_fields=["note"])
    passed = PassedOn.objects.create(application=application, received=received, consent=consent.strip(), by=actor)
    event = events.PassedOn(application=application.pk, agency=body.pk, received=received.pk)
    payload = event.model_dump(mode="json")
    append(application.agency, events.PASSING, passed.pk, event.kind, day, payload, actor_id=actor.pk)
    notify(
        people(body.pk, Role.CLERK),
        f"收到转送的政府信息公开申请 {received.number}",
        f"由{application.agency.name}经申请人同意代为转送，请与申请人确认收到。",
        url=_address(received),
        key=f"applications:{received.pk}:received",
    )
    return passed


def _address(application: Application) -> str:
    try:
        return reverse("applications:case", args=[application.pk])
    except NoReverseMatch:
        return reverse("desk:records", args=["applications"])


def _person(applicant: Applicant) -> Person:
    names = [name for name in asdict(Person(applicant.kind)) if name != "kind"]  # type: ignore[arg-type]
    return Person(applicant.kind, **{name: getattr(applicant, name) for name in names})  # type: ignore[arg-type]


def _wanted(application: Application) -> Wanted:
    return Wanted(**{name: getattr(application, name) for name in asdict(Wanted())})


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def _haystack(body: Agency | OtherBody) -> str:
    return _plain(" ".join((body.name, getattr(body, "short_name", ""), getattr(body, "keywords", ""))))


def _names(body: Agency | OtherBody) -> Iterable[tuple[str, int]]:
    """What a body may be called in a request, and how much it tells."""
    yield body.name, 10
    short = getattr(body, "short_name", "")
    if short:
        yield short, 8
    place = _PLACE.match(body.name)
    if place is not None:
        yield place[0], 3  # 瑞安市 of 瑞安市统计局
        rest = body.name[place.end() :]
        if len(rest) > 2:
            yield rest, 2


def _score(body: Agency | OtherBody, text: str) -> tuple[int, tuple[str, ...]]:
    points, why = 0, list[str]()
    named = [*_names(body), *((word, 5) for word in _SEPARATORS.split(getattr(body, "keywords", "")) if len(word) > 1)]
    for word, worth in named:
        if _plain(word) and _plain(word) in text and not any(word in longer for longer in why):
            points += worth
            why.append(word)
    return points, tuple(why)
