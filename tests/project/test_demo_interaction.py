"""What 互动交流 of the demonstration shows, beside the year's own ledger of messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.bureau.figures import Scope, figure
from gongkai.inquiries.models import Inquiry
from gongkai.inquiries.projection import rebuild
from gongkai.project.demo import interaction, organisation, targets

pytestmark = pytest.mark.anywhere


@pytest.mark.django_db
def test_messages_of_today_lie_on_the_desks_and_the_year_stays_as_reported(tmp_path: Path) -> None:
    bureau = organisation.establish()
    organisation.people(tmp_path)
    for _ in range(2):  # a second call starts from what is there
        interaction.fill(bureau)
    stages = sorted(Inquiry.objects.values_list("stage", flat=True))
    assert stages == [
        "closed",
        "closed",
        "handling",
        "handling",
        "new",
    ]
    assert all(Inquiry.objects.values_list("is_demo", flat=True))
    assert rebuild(bureau) == []
    received = figure("inquiries.received")
    assert received.evaluate(Scope.of(bureau, targets.YEAR)) == {(): 0}
    assert figure("inquiries.surveys").evaluate(Scope.of(bureau, targets.YEAR)) == {(): 0}
