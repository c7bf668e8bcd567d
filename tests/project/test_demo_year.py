"""The demonstration year: its ledgers, loaded as any ledger is, add up to the published report's figures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual.checks import Verdict, check
from gongkai.bureau.figures import Scope, figure
from gongkai.bureau.models import Agency
from gongkai.channels.models import Appearance
from gongkai.inquiries.models import Inquiry
from gongkai.ledger.services import verify
from gongkai.portal.models import Column, Publication
from gongkai.project.demo import organisation, previous, prose, targets
from gongkai.project.demo.dates import working_days
from gongkai.project.demo.ledgers import book_of, rows, write_ledgers
from gongkai.registers.models import Decision
from gongkai.reporting.services import current
from gongkai.sheets.importing import import_book

# The year is loaded once for the tests of this file.
pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture(scope="module")
def bureau(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demonstration bureau with its year, taken back when the file's tests are done."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        agency = organisation.establish()
        load(agency, tmp_path_factory.mktemp("ledgers"))
        yield agency
        transaction.set_rollback(True)


def load(agency: Agency, folder: Path) -> dict[str, Any]:
    done = {}
    for kind, path in write_ledgers(folder).items():
        result = import_book(book_of(kind), path, agency)
        assert not result.errors, [str(error) for error in result.errors[:5]]
        assert not result.extra_columns
        done[kind] = result.tally
    return done


def value(agency: Agency, name: str) -> Any:
    return figure(name).evaluate(Scope.of(agency, targets.YEAR))


def by(answer: dict[Any, Any], *places: int) -> dict[Any, Any]:
    """An answer summed over its other dimensions."""
    total: Counter[Any] = Counter()
    for key, count in answer.items():
        total[tuple(key[place] for place in places) if len(places) > 1 else key[places[0]]] += count
    return dict(total)


def test_the_site_has_the_columns_and_items_of_the_report(bureau: Agency) -> None:
    assert by(value(bureau, "portal.published"), 0) == targets.PUBLISHED
    assert sum(targets.PUBLISHED.values()) == 904
    columns = Column.objects.filter(agency=bureau)
    assert (columns.filter(parent=None).count(), columns.exclude(parent=None).count()) == (9, 30)


def test_the_other_channels_have_theirs(bureau: Agency) -> None:
    appeared = value(bureau, "channels.appearances")
    assert by(appeared, 0, 1) == targets.APPEARANCES
    assert by(appeared, 0) == {"wechat": 47 + 64, "gazette": 12, "media": 83}
    assert by(value(bureau, "channels.issues"), 1)["温州普查"] == 34
    assert by(value(bureau, "channels.subscribers"), 1) == {"温州统计": 3867, "温州普查": 6899}
    assert by(value(bureau, "channels.reads"), 1)["温州统计"] > 33_000
    assert value(bureau, "channels.adoptions") == {("national", "国家统计局"): 5, ("provincial", "浙江省统计局"): 13}
    assert value(bureau, "channels.press_conferences") == {(): 1}


def test_the_messages_have_theirs(bureau: Agency) -> None:
    assert value(bureau, "inquiries.received") == {(): 51}
    assert value(bureau, "inquiries.closed") == {(): 51}
    assert value(bureau, "inquiries.public_replies") == {(): 43}
    assert round(value(bureau, "inquiries.mean_days")[()], 1) == 1.5
    assert all(inquiry.closed_on in working_days() for inquiry in Inquiry.objects.filter(agency=bureau))
    # Whatever the published report says, a message from the public is no state secret.
    assert not Inquiry.objects.filter(agency=bureau, private_reason="state_secret").exists()


def test_the_registers_have_theirs(bureau: Agency) -> None:
    items = value(bureau, "registers.items")
    last_year = {kind: n for (kind, last, _), n in items.items() if last}
    this_year = by({key: n for key, n in items.items() if key[2]}, 0)
    assert last_year == {"other_services": 7, "penalties": 11, "fees": 1}
    assert this_year == {"other_services": 17, "penalties": 11, "fees": 1}
    assert value(bureau, "registers.decisions") == {("penalties",): 39}
    assert value(bureau, "registers.documents") == {}


def test_the_report_of_the_year_is_the_published_one_put_right(bureau: Agency) -> None:
    prose.write_prose(bureau)
    now = current(bureau, targets.YEAR)
    assert {
        cell: now.report.value(cell)
        for cell in (
            "2.other_services.last_year",
            "2.other_services.change",
            "2.penalties.last_year",
            "2.penalties.change",
            "2.penalties.decisions",
            "2.fees.last_year",
            "2.procurement.projects",
            "3.received.total",
            "3.carried_in.total",
            "3.total.total",
            "3.carried_out.total",
            "4.review.total",
        )
    } == {
        "2.other_services.last_year": 7,
        "2.other_services.change": 10,
        "2.penalties.last_year": 11,
        "2.penalties.change": 0,
        "2.penalties.decisions": 39,
        "2.fees.last_year": 1,
        "2.procurement.projects": 0,
        "3.received.total": 14,
        "3.carried_in.total": 0,
        "3.total.total": 14,
        "3.carried_out.total": 0,
        "4.review.total": 0,
    }
    assert now.assembled.findings == ()
    assert now.assembled.unfinished == []
    text = "".join(paragraph.text for _, paragraph in now.report.prose())
    assert "主动公开政府信息1110条" in text
    assert "发布信息34期64条，订阅数6899，其中5篇被国家统计局转发录用、13篇被省统计局转发录用" in text
    assert "全部内容为演示数据" in text


def test_the_year_before_agrees_with_the_year(bureau: Agency) -> None:
    before = previous.report(bureau.name)
    assert check(before) == ()
    now = current(bureau, targets.YEAR)
    assert [f for f in check(now.report, before) if f.verdict is Verdict.FAIL] == []
    for row in ("other_services", "penalties", "fees"):
        last, change = before.value(f"2.{row}.last_year"), before.value(f"2.{row}.change")
        assert last is not None
        assert change is not None
        assert last + change == now.report.value(f"2.{row}.last_year")


def test_every_record_is_marked_as_demonstration(bureau: Agency) -> None:
    for model in (Publication, Appearance, Inquiry, Decision):
        records: Any = model._default_manager
        assert records.filter(agency=bureau).exists()
        assert not records.filter(agency=bureau, is_demo=False).exists()
    assert not Agency.objects.filter(code__contains="tjj", is_demo=False).exists()


def test_loading_the_year_again_changes_nothing(bureau: Agency, tmp_path: Path) -> None:
    for tally in load(bureau, tmp_path).values():
        assert (tally.created, tally.updated) == (0, 0)
        assert tally.unchanged > 0
    assert verify(bureau) is None


def test_the_script_writes_the_same_year_every_time() -> None:
    def told() -> Any:
        return {kind: {title: list(part) for title, part in parts.items()} for kind, parts in rows().items()}

    assert told() == told()
