"""Nothing is read by the public that was not approved, whoever tries and however."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger import services as ledger
from gongkai.portal import gate, services
from gongkai.portal.models import Edition, Item, Publication, Status
from gongkai.portal.models.edition import ImmutableError
from gongkai.portal.snapshot import cut, digest_of

from . import world

pytestmark = pytest.mark.django_db


def edition_of(item: Item) -> Edition:
    """A proof that nobody sent for review."""
    proof = cut(item)
    return Edition.objects.create(
        agency=item.agency, item=item, round=90, content=proof.text, digest=proof.digest, submitted_at=timezone.now()
    )


def face(item: Item, edition: Edition) -> Publication:
    now = timezone.now()
    return Publication(
        agency=item.agency,
        item=item,
        edition=edition,
        column=item.column,
        kind="news",
        title=item.title,
        published_on=timezone.localdate(now),
        live_from=now,
    )


def refused() -> pytest.RaisesExc[DatabaseError]:
    return pytest.raises(DatabaseError, match="not approved")


def test_a_draft_cannot_be_shown_by_saving_a_publication(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    edition = edition_of(item)
    with refused(), transaction.atomic():
        face(item, edition).save()
    with refused(), transaction.atomic():
        Publication.objects.bulk_create([face(item, edition)])


def test_what_is_under_review_cannot_be_shown(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    edition = services.submit(item, bureau.author)
    services.review(item, bureau.chief, "department", edition.digest)
    with refused(), transaction.atomic():
        face(item, edition).save()


def test_an_approved_item_cannot_be_made_to_show_another_proof(bureau: SimpleNamespace) -> None:
    item = world.published(bureau)
    item.title = "换了标题"
    item.save()
    other = edition_of(item)
    with refused(), transaction.atomic():
        Publication.objects.filter(item=item).update(edition=other)
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE portal_publication SET edition_id = %s WHERE item_id = %s", [other.pk, item.pk])
    shown = Publication.objects.select_related("edition").get(item=item)
    assert shown.edition is not None
    assert shown.edition.data["title"] == "一季度统计工作会议召开"


def test_the_proof_of_one_item_cannot_be_shown_as_another(bureau: SimpleNamespace) -> None:
    first, second = world.published(bureau), world.published(bureau, "第二条")
    with refused(), transaction.atomic():
        Publication.objects.filter(item=first).update(edition=Publication.objects.get(item=second).edition_id)


def test_what_was_withdrawn_does_not_come_back_by_clearing_the_day(bureau: SimpleNamespace) -> None:
    item = world.published(bureau)
    services.withdraw(item, bureau.security, "误发")
    with refused(), transaction.atomic():
        Publication.objects.filter(item=item).update(withdrawn_on=None)
    services.restore(item, bureau.leader, "核实无误")
    assert Publication.objects.get(item=item).withdrawn_on is None


@pytest.mark.parametrize("statement", ["UPDATE portal_edition SET round = 9", "DELETE FROM portal_edition"])
def test_a_proof_cannot_be_changed_in_the_database(bureau: SimpleNamespace, statement: str) -> None:
    world.published(bureau)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_proof_cannot_be_changed_by_the_program(bureau: SimpleNamespace) -> None:
    edition = edition_of(world.draft(bureau))
    for change in (edition.save, edition.delete, Edition.objects.all().delete, lambda: Edition.objects.update(round=2)):
        with pytest.raises(ImmutableError):
            change()


def test_a_proof_whose_digest_is_another_texts_is_refused(bureau: SimpleNamespace) -> None:
    item = world.published(bureau)
    approved = Edition.objects.get(item=item)
    content = approved.content.replace("会议", "密件")
    assert digest_of(content) != approved.digest
    with pytest.raises(DatabaseError, match="digest"), transaction.atomic():
        Edition.objects.create(
            agency=item.agency,
            item=item,
            round=91,
            content=content,
            digest=approved.digest,
            submitted_at=timezone.now(),
        )


def test_writing_on_a_live_item_changes_nothing_that_the_public_reads(bureau: SimpleNamespace) -> None:
    item = world.published(bureau)
    before = Publication.objects.get(item=item).edition_id
    item.title, item.status, item.is_live = "改了", Status.PUBLISHED, True
    item.save()
    item.save_revision(user=bureau.leader)
    assert Publication.objects.get(item=item).edition_id == before
    assert Edition.objects.get(pk=before).data["title"] == "一季度统计工作会议召开"


def test_wagtails_own_ways_to_publish_do_not_exist(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    revision = item.save_revision(user=bureau.leader)
    for name in ("publish", "unpublish", "live", "go_live_at", "expire_at"):
        assert not hasattr(item, name)
    with pytest.raises(AttributeError):
        revision.publish()
    assert not Publication.objects.exists()


def test_a_forged_event_outside_the_ledgers_chain_is_found(bureau: SimpleNamespace) -> None:
    """Whoever can write to the ledger's table can forge an approval; the chain then no longer holds."""
    world.published(bureau)
    assert ledger.verify(bureau.agency) is None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (agency_id, position, stream, stream_id, kind, occurred_on, recorded_at, payload,"
            " previous, digest) SELECT agency_id, position + 1, stream, stream_id, kind, occurred_on, recorded_at,"
            " payload, digest, digest FROM ledger_entry ORDER BY position DESC LIMIT 1"
        )
    assert ledger.verify(bureau.agency) is not None


def test_the_gate_is_there(bureau: SimpleNamespace) -> None:
    assert gate.installed(connection)


def test_a_superuser_passes_no_step(bureau: SimpleNamespace) -> None:
    admin = world.user(bureau.agency, "admin", is_superuser=True)
    item = world.draft(bureau)
    with pytest.raises(NotPermittedError, match="须由"):
        services.submit(item, admin)
    edition = services.submit(item, bureau.author)
    with pytest.raises(NotPermittedError, match="须由"):
        services.review(item, admin, "department", edition.digest)


def test_an_embargo_cannot_be_lifted_by_moving_the_moment(bureau: SimpleNamespace) -> None:
    later = timezone.now() + timedelta(hours=2)
    item = world.published(bureau, release_at=later)
    publication = Publication.objects.get(item=item)
    assert publication.live_from >= later.replace(second=0, microsecond=0)
    with refused(), transaction.atomic():
        Publication.objects.filter(item=item).update(live_from=timezone.now())


def test_a_title_in_a_list_is_the_approved_one(bureau: SimpleNamespace) -> None:
    item = world.published(bureau)
    with refused(), transaction.atomic():
        Publication.objects.filter(item=item).update(title="另一个标题")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("published_on", date(2019, 1, 1)),
        ("document_number", "温统〔2019〕1号"),
        ("index_number", "000000000/2019-00001"),
        ("type", "link"),
    ],
)
def test_what_a_list_shows_of_a_text_is_what_was_approved(bureau: SimpleNamespace, name: str, value: object) -> None:
    item = world.published(bureau)
    with refused(), transaction.atomic():
        Publication.objects.filter(item=item).update(**{name: value})


def test_a_text_stays_in_its_column_and_on_the_site_of_its_agency(bureau: SimpleNamespace) -> None:
    item = world.published(bureau)
    other = Agency.add_root(code="other", name="别的局", region_code="330300")
    with refused(), transaction.atomic():
        Publication.objects.filter(item=item).update(agency=other)
    with refused(), transaction.atomic():
        Publication.objects.filter(item=item).update(column=bureau.first)


def test_an_approval_that_was_stopped_lifts_no_later_embargo(bureau: SimpleNamespace) -> None:
    item = world.published(bureau, release_at=timezone.now() + timedelta(hours=1))
    sooner = Publication.objects.get(item=item).live_from
    services.withdraw(item, bureau.leader, "数据有误")
    item.release_at = timezone.now() + timedelta(days=3)
    item.save()
    world.approve(bureau, Item.objects.get(pk=item.pk))
    with refused(), transaction.atomic():
        Publication.objects.filter(item=item).update(live_from=sooner, published_on=timezone.localdate(sooner))
