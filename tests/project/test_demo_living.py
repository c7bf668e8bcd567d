"""The applications that a newcomer finds on the desk of the demonstration: one at every step, around today."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gongkai.applications.coordination.models import Asked, Standing
from gongkai.applications.disclosed.models import Disclosed
from gongkai.applications.models import Application, Letter, Stage, Status
from gongkai.applications.projection import rebuild
from gongkai.bureau.figures import Scope, figures
from gongkai.bureau.queries import site_agency
from gongkai.disputes.models import Dispute
from gongkai.ledger.services import verify
from gongkai.portal.models import Column, Item
from gongkai.portal.moving.columns import column_set, lay
from gongkai.project.demo import living, organisation
from gongkai.project.demo.targets import YEAR
from gongkai.project.joining import join

pytestmark = pytest.mark.anywhere


@pytest.mark.django_db
def test_there_is_an_application_at_every_step_and_none_in_the_year_of_the_report(tmp_path: Path) -> None:
    bureau = organisation.establish()
    organisation.people(tmp_path)
    lay(bureau, column_set("city"))
    join()
    assert site_agency() == bureau, "though its superior stands above it"
    living.fill(bureau)
    found = list(Application.objects.filter(agency=bureau))
    today = living.timezone.localdate()
    assert Counter(each.stage for each in found) == {
        Stage.NEW: 2,
        Stage.WORKING: 6,
        Stage.REVIEW: 1,
        Stage.SIGNING: 1,
        Stage.DONE: 1,
    }
    assert {each.status for each in found} >= {Status.AWAITING_CORRECTION, Status.CONSULTING, Status.CLOSED}
    opened = [each for each in found if each.closed_on is None]
    assert sum(each.due_on is not None and each.due_on < today and each.status == "handling" for each in opened) == 1
    assert [each.received_on for each in found].count(today) == 1
    assert Application.objects.exclude(extended_on=None).count() == 1
    assert Letter.objects.exclude(served_on=None).count() == 1
    assert Asked.objects.get().standing == Standing.WAITING
    assert Dispute.objects.get().status == "answering"
    assert Item.objects.get(pk=Disclosed.objects.get().item).column == Column.objects.get(name="依申请公开目录")
    assert all(each.is_demo for each in found)
    assert rebuild(bureau) == []
    assert verify(bureau) is None
    assert figures()["applications.received"].evaluate(Scope.of(bureau, YEAR)) == {}
    living.fill(bureau)
    assert Application.objects.filter(agency=bureau).count() == len(found)
