"""What people write down by hand: where something appeared, who adopted it, press conferences. Each leaves an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, Role, roles_of
from gongkai.ledger.events import Event
from gongkai.ledger.services import append, lock

from .events import APPEARED, PRESS, Corrected, Entered, Hidden, Shown, Struck, Written
from .models import Adoption, Appearance, Level, PressConference, PressLink, PressQuestion

_FIELDS = ("title", "published_on", "issue", "item", "url", "reads", "reads_definition")
WRITERS = frozenset({Role.CLERK, Role.HANDLER, Role.REVIEWER, Role.LEADER})
PUBLISHERS = frozenset({Role.REVIEWER, Role.LEADER})


def writes_for(user: User, agency_id: int, roles: frozenset[Role] = WRITERS) -> bool:
    """Whether a person of the agency holds one of the posts; one query."""
    return user.agency_id == agency_id and bool(roles_of(user) & roles)


def _require(user: User, agency_id: int, roles: frozenset[Role] = WRITERS) -> None:
    if not writes_for(user, agency_id, roles):
        names = "、".join(role.label for role in Role if role in roles)
        raise NotPermittedError(f"须由本机关的{names}办理。")


@transaction.atomic
def save_appearance(appearance: Appearance, adoptions: Iterable[tuple[Level, str]], *, user: User) -> Appearance:
    """Keep what somebody wrote down, with who adopted it. Raises :class:`NotPermittedError`."""
    _require(user, appearance.agency_id)
    if appearance.channel.agency_id != appearance.agency_id:
        raise NotPermittedError("渠道不是本机关的。")
    if appearance.published_on > timezone.localdate():
        raise NotPermittedError("发布日期在今天之后。")
    lock(appearance.agency_id)
    is_new = appearance.pk is None
    appearance.is_demo = appearance.agency.is_demo
    appearance.save()
    told = set(adoptions)
    known = {(each.level, each.adopter): each.pk for each in appearance.adoptions.all()}
    Adoption.objects.filter(pk__in=[pk for pair, pk in known.items() if pair not in told]).delete()
    Adoption.objects.bulk_create(
        [
            Adoption(appearance=appearance, level=level, adopter=adopter)
            for level, adopter in sorted(told - known.keys())
        ]
    )
    event = (Entered if is_new else Corrected)(
        values=_values(appearance), adoptions=tuple(f"{level}:{adopter}" for level, adopter in sorted(told))
    )
    _append(APPEARED, appearance, event, user)
    return appearance


@transaction.atomic
def strike(appearance: Appearance, *, user: User) -> None:
    """Take away what was entered by mistake. What the program published stays."""
    _require(user, appearance.agency_id, PUBLISHERS)
    if getattr(appearance, "sending", None) is not None:
        raise NotPermittedError("这条是在“渠道发布”中登记的，不能删去；渠道上已经删除的，请在那里登记。")
    lock(appearance.agency_id)
    _append(APPEARED, appearance, Struck(values=_values(appearance)), user)
    appearance.delete()


def _values(appearance: Appearance) -> dict[str, str]:
    found = {name: getattr(appearance, name) for name in _FIELDS}
    return {"channel": str(appearance.channel_id)} | {
        name: str(value) for name, value in found.items() if value not in (None, "")
    }


@transaction.atomic
def save_conference(
    conference: PressConference,
    questions: Iterable[Mapping[str, Any]],
    links: Iterable[tuple[str, str]],
    *,
    user: User,
) -> PressConference:
    """Keep a press conference with its questions, in order, and its links. Once public, reviewers alone change it."""
    _require(user, conference.agency_id, PUBLISHERS if conference.is_public else WRITERS)
    lock(conference.agency_id)
    conference.is_demo = conference.agency.is_demo
    conference.save()
    conference.questions.all().delete()
    conference.links.all().delete()
    asked = [PressQuestion(conference=conference, order=at, **each) for at, each in enumerate(questions, 1)]
    led = [PressLink(conference=conference, title=title, url=url) for url, title in {u: t for t, u in links}.items()]
    PressQuestion.objects.bulk_create(asked)
    PressLink.objects.bulk_create(led)
    event = Written(topic=conference.topic, held_on=str(conference.held_on), questions=len(asked), links=len(led))
    _append(PRESS, conference, event, user)
    return conference


@transaction.atomic
def show_conference(conference: PressConference, public: bool, *, user: User) -> PressConference:
    """Put it on the site, or take it off."""
    _require(user, conference.agency_id, PUBLISHERS)
    if conference.is_public == public:
        raise NotPermittedError("已经在网站公开。" if public else "没有在网站公开。")
    lock(conference.agency_id)
    conference.is_public = public
    conference.save(update_fields=["is_public"])
    _append(PRESS, conference, Shown() if public else Hidden(), user)
    return conference


def _append(stream: str, record: models.Model, event: Event, user: User) -> None:
    agency: Any = record
    payload = event.model_dump(mode="json")
    append(agency.agency, stream, record.pk, event.kind, timezone.localdate(), payload, actor_id=user.pk)
