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
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.portal import queries
from gongkai.portal.models import Column, Duty, Finding, Indicator, Item, Publication, Status
from gongkai.portal.projection import rebuild
from gongkai.project.demo import desk, duties, organisation, previous, prose, publishing, site, targets
from gongkai.project.demo.dates import working_days
from gongkai.project.demo.ledgers import book_of, rows, write_ledgers
from gongkai.registers.models import Decision
from gongkai.reporting.services import current
from gongkai.sheets.importing import import_book

# The year is loaded once for the tests of this file.
pytestmark = [pytest.mark.django_db(transaction=False), pytest.mark.anywhere]


@pytest.fixture(scope="module")
def bureau(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demonstration bureau with its year, taken back when the file's tests are done."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        agency = organisation.establish()
        organisation.people(tmp_path_factory.mktemp("home"))
        publishing.publish_year(agency)
        duties.assign(agency)
        desk.fill(agency)
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


def test_every_item_went_through_the_steps_of_its_column(bureau: Agency) -> None:
    published = Publication.objects.filter(agency=bureau, published_on__year=targets.YEAR)
    assert published.count() == published.filter(edition__isnull=False).count() == 904
    passed: Counter[int] = Counter()
    entries = Entry.objects.filter(stream="portal.item", stream_id__in=published.values("item"))
    for item, kind, payload in entries.values_list("stream_id", "kind", "payload"):
        passed[item] += kind == "reviewed"
        assert kind != "approved" or '"basis":"review"' in payload
    routes = dict(published.values_list("item", "column__route"))
    assert passed == {item: len(route.split("+")) for item, route in routes.items()}
    assert set(passed.values()) == {2, 3}


def test_each_goes_public_on_the_day_of_the_ledger_and_the_texts_are_all_there(bureau: Agency) -> None:
    shown = queries.public(bureau.pk).select_related("edition")
    days = Counter(shown.values_list("published_on", "title"))
    assert days == Counter((item.day, item.title) for item in site.planned())
    for publication in shown:
        html = publication.edition.data["html"]
        assert len(html) > 100, publication.title
        assert "暂时不能" not in html
        assert "{" not in html, publication.title


def test_figures_documents_and_interpretations_hang_together(bureau: Agency) -> None:
    shown = queries.public(bureau.pk)
    headlines = Indicator.objects.filter(agency=bureau, headline__isnull=False)
    assert headlines.count() == 4
    assert all(shown.filter(indicator=headline).count() == 12 for headline in headlines)
    ended = shown.get(repealed_on__isnull=False)
    assert ended.title.endswith("办法（试行）")
    assert ended.ended_by is not None
    assert ended.ended_by.title == "温州市统计局统计数据发布管理办法"
    assert shown.filter(interprets__isnull=False).count() == 2


def test_the_desks_are_alive(bureau: Agency) -> None:
    waiting = Counter(
        Item.objects.filter(agency=bureau, source_key__startswith="演示桌面").values_list("status", flat=True)
    )
    assert waiting == {Status.DRAFT: 3, Status.DEPARTMENT: 1, Status.OFFICE: 1, Status.LEADER: 1}
    stopped = Item.objects.get(agency=bureau, title=desk.STOPPED[0])
    assert Finding.objects.filter(item=stopped, severity="block").exists()
    others = Finding.objects.filter(item__agency=bureau, severity="block").exclude(item=stopped)
    assert not others.exists()
    kept = Duty.objects.filter(column__agency=bureau, until=None)
    second = Column.objects.filter(agency=bureau).exclude(parent=None)
    assert set(second.exclude(pk__in=kept.values("column")).values_list("name", flat=True)) == {duties.NOBODYS}


def test_the_projections_are_those_of_the_events(bureau: Agency) -> None:
    assert rebuild(bureau, write=False) == []


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
    for model in (Item, Publication, Appearance, Inquiry, Decision):
        records: Any = model._default_manager
        assert records.filter(agency=bureau).exists()
        assert not records.filter(agency=bureau, is_demo=False).exists()
    assert not Agency.objects.filter(code__contains="tjj", is_demo=False).exists()


def test_loading_the_year_again_changes_nothing(bureau: Agency, tmp_path: Path) -> None:
    assert publishing.publish_year(bureau) == 0
    before = Item.objects.count(), Duty.objects.count()
    duties.assign(bureau)
    desk.fill(bureau)
    assert (Item.objects.count(), Duty.objects.count()) == before
    for tally in load(bureau, tmp_path).values():
        assert (tally.created, tally.updated) == (0, 0)
        assert tally.unchanged > 0
    assert verify(bureau) is None


def test_the_script_writes_the_same_year_every_time() -> None:
    def told() -> Any:
        return {kind: {title: list(part) for title, part in parts.items()} for kind, parts in rows().items()}

    assert told() == told()
