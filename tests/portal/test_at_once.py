"""Two people press at the same moment: one of them is told that it has happened already."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from django.db import connection

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.portal import services
from gongkai.portal.models import Edition, Finding, Item, Openness, Publication

from . import world

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgres,
]


def at_once(*verbs: Callable[[], object]) -> list[str]:
    """Carry out each in a thread of its own; gives what was refused."""
    together, refused = Barrier(len(verbs)), []

    def run(verb: Callable[[], object]) -> None:
        together.wait()
        try:
            verb()
        except NotPermittedError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def kinds(item: Item) -> list[str]:
    return list(Entry.objects.of_stream("portal.item", item.pk).values_list("kind", flat=True))


def test_two_who_send_a_text_send_it_once(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau, body=[("paragraph", "<p>会议总结了一季度的工作,详见附件。</p>")])
    own = [Item.objects.get(pk=item.pk) for _ in range(2)]
    refused = at_once(*(lambda each=each: services.submit(each, bureau.author) for each in own))
    assert len(refused) == 1
    assert kinds(item) == ["edited", "submitted"]
    assert Edition.objects.get().item == item
    places = list(Finding.objects.values_list("order", flat=True))
    assert len(places) == len(set(places)), "what was found is told once"


def test_two_who_sign_a_text_sign_it_once(bureau: SimpleNamespace) -> None:
    second: User = world.user(bureau.agency, "second", Role.LEADER, department=bureau.office)
    item = world.draft(bureau)
    edition = services.submit(item, bureau.author)
    services.review(item, bureau.chief, "department", edition.digest)
    services.review(item, bureau.reviewer, "office", edition.digest, openness=Openness.PROACTIVE, secrecy_checked=True)
    refused = at_once(
        *(
            lambda leader=leader: services.review(Item.objects.get(pk=item.pk), leader, "leader", edition.digest)
            for leader in (bureau.leader, second)
        )
    )
    assert len(refused) == 1
    assert kinds(item).count("approved") == 1
    assert Publication.objects.get().item == item
    assert verify(bureau.agency) is None
