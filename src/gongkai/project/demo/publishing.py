"""The year of the demonstration bureau, published: every item drafted, examined and passed by its people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from gongkai.bureau.models import Agency, Department, User
from gongkai.portal import services
from gongkai.portal.events import STEPS, Step
from gongkai.portal.models import Attachment, Column, Effect, EffectKind, Item, Openness, Publication
from gongkai.portal.moving.columns import column_set, lay

from . import bodies, files, indicators
from .organisation import LEADER, OFFICE_CHIEF, PEOPLE, chief_of, writer_of
from .site import Planned, planned
from .targets import MARK
from .titles import Document
from .writing import BUREAU_NAME, Pen, Text

_PICTURES = 12
# How long before it went public each step was done: drafted, sent, passed by department, office and leader.
_BEFORE = {"drafted": 300, "sent": 240, "department": 120, "office": 45, "leader": 0}


@dataclass
class Desk:
    """The bureau with everybody and everything that publishing needs, looked up once."""

    bureau: Agency
    columns: Mapping[tuple[str, str], Column]
    departments: Mapping[str, Department]
    people: Mapping[str, User]
    pictures: list[Any]
    indicators: Mapping[str, Any]
    documents: dict[int, Item] = field(default_factory=dict)

    @classmethod
    def of(cls, bureau: Agency) -> Desk:
        """Lay the columns and look up the people. Raises ``User.DoesNotExist`` before they have been made."""
        lay(bureau, column_set("city"))
        columns = Column.objects.filter(agency=bureau).select_related("parent")
        for column in columns:
            column.agency = bureau
        people = User.objects.filter(username__in=[person.username for person in PEOPLE]).select_related("department")
        found = {user.username: user for user in people}
        for user in found.values():
            if user.agency_id == bureau.pk:
                user.agency = bureau
        return cls(
            bureau,
            {(c.first_level, c.name): c for c in columns if c.parent_id},
            {department.name: department for department in bureau.departments.all()},
            found,
            _pictures(found[LEADER]),
            indicators.establish(bureau),
        )

    def keep(self, name: str, make: Callable[[], bytes]) -> Any:
        """A file of the library."""
        title = name.rsplit(".", 1)[0]
        file = ContentFile(make(), name=name)
        return get_document_model().objects.create(title=title, file=file, uploaded_by_user=self.people[LEADER])

    def draft(self, plan: Planned, text: Text, key: str, at: datetime) -> Item:
        """Save a text as its author did, with its files."""
        fields = dict(text.fields)
        release = fields.pop("release", None)
        document: Document | None = fields.pop("document", None)
        interprets: Document | None = fields.pop("interprets", None)
        if release is not None:
            series = self.indicators[release.series.name]
            fields |= {"indicator": series, "period": release.period, "value": release.value, "growth": release.growth}
        item = Item(
            agency=self.bureau,
            column=self.columns[plan.column.first, plan.column.second],
            department=self.departments[plan.department],
            title=plan.title,
            summary=_summary(text),
            source=BUREAU_NAME,
            issuer=BUREAU_NAME if document else "",
            keywords="，".join((plan.column.second, MARK)),
            body=text.blocks,
            interprets=self.documents[interprets.number] if interprets else None,
            source_key=key,
            is_demo=True,
            created_at=at,
            **fields,
        )
        item.save()
        Attachment.objects.bulk_create(
            Attachment(item=item, document=self.keep(name, make), sort_order=place)
            for place, (name, make) in enumerate(text.files)
        )
        if document is not None:
            self.documents[document.number] = item
            if document.repeals is not None:
                target = Publication.objects.get(item=self.documents[document.repeals])
                Effect.objects.create(item=item, target=target, kind=EffectKind.REPEALED, on=document.published)
        services.edited(item, self.author(plan), at=at)
        return item

    def author(self, plan: Planned) -> User:
        return self.people[writer_of(plan.department)]

    def pass_steps(self, item: Item, plan: Planned, until: int | None = None, *, at: datetime | None = None) -> None:
        """Send an item through its route, or through the first ``until`` steps of it; ``at`` is when it goes public."""
        edition = services.submit(item, self.author(plan), at=_before(at, "sent"))
        for step in [step for step in STEPS if step in item.column.route.split("+")][:until]:
            office = step == "office"
            services.review(
                item,
                self.reviewer(step, plan),
                step,
                edition.digest,
                opinion="同意。",
                openness=Openness.PROACTIVE if office else None,
                secrecy_checked=office,
                at=_before(at, step),
            )

    def reviewer(self, step: Step, plan: Planned) -> User:
        """Who passes a step."""
        names = {"department": chief_of(plan.department), "office": OFFICE_CHIEF, "leader": LEADER}
        return self.people[names[step]]


def publish_year(bureau: Agency) -> int:
    """Publish what is not there yet, item by item in the order of the year; returns how many that were."""
    with transaction.atomic():
        desk = Desk.of(bureau)
        made = sum(1 for _ in _publish(desk, planned()))
        # As if each had been written in its time.
        Item.objects.filter(agency=bureau, is_live=True).update(updated_at=F("created_at"))
    return made


def _publish(desk: Desk, plans: Iterable[Planned]) -> Iterable[Item]:
    there = {item.source_key: item for item in Item.objects.filter(agency=desk.bureau, source_key__startswith="演示")}
    for place, plan in enumerate(plans, start=1):
        key = f"演示:{place}"
        if key in there:
            continue
        moment = timezone.make_aware(plan.moment)
        text = bodies.write(Pen(plan, bodies.random_of(place), desk.pictures))
        item = desk.draft(plan, text, key, _before(moment, "drafted") or moment)
        desk.pass_steps(item, plan, at=moment)
        yield item


def _before(moment: datetime | None, step: str) -> datetime | None:
    return moment - timedelta(minutes=_BEFORE[step]) if moment is not None else None


def _summary(text: Text) -> str:
    """The first words of the first paragraph."""
    first = next((value for kind, value in text.blocks if kind == "paragraph"), "")
    plain = first.replace("</p>", "\n").replace("</h2>", "\n").replace("<p>", "").replace("<h2>", "")
    return next((line for line in plain.split("\n") if len(line) > 20), plain.split("\n")[0])[:150]


def _pictures(owner: User) -> list[Any]:
    """The drawings of the library, made on first use."""
    model = get_image_model()
    there = {image.title: image for image in model.objects.filter(title__startswith="演示图片")}
    for number in range(_PICTURES):
        title = f"演示图片{number + 1}"
        if title not in there:
            content = ContentFile(files.drawing(number), name=f"demo-{number + 1}.png")
            there[title] = model.objects.create(
                title=title, description="演示图片：山与城", file=content, uploaded_by_user=owner
            )
    return list(there.values())
