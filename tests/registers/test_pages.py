"""The registers as staff keep them and as the public reads them: nothing public that a named person did not publish."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.ledger.models import Entry as LedgerEntry
from gongkai.notices.models import Notice
from gongkai.registers import services
from gongkai.registers.clocks import due, of_lateness
from gongkai.registers.events import EVENTS
from gongkai.registers.models import Decision, FeeReceipt, Procurement, ServiceItem
from gongkai.registers.queries import changes
from gongkai.registers.reminders import remind
from gongkai.registers.transitions import TRANSITIONS, State, check_table, hindrance

from .conftest import As, World

pytestmark = pytest.mark.anywhere

PUBLIC, STAFF = "/fdzdgknr/mingxi/", "/admin/registers/"
DECISION = {
    "kind": "penalties",
    "document_number": "温统罚决字〔2021〕1号",
    "decided_on": "2021-03-01",
    "party_kind": "natural_person",
    "person": "欧阳测试",
    "summary": "警告",
}
ITEM = {
    "kind": "penalties",
    "name": "对提供不真实统计资料的处罚",
    "basis": "统计法第四十四条",
    "valid_from": "2015-01-01",
}


def decide(world: World, **more: Any) -> Decision:
    given = {**DECISION, "decided_on": world.clock.today, **more}
    found = services.write(Decision(agency=world.agency, **given), actor=world.people["clerk"])
    assert isinstance(found, Decision)
    return found


def review(client: Client, code: str, *entries: Any) -> Any:
    seen = [f"{each.pk}:{services.digest(each)}" for each in entries]
    return client.post(f"{STAFF}{code}/review/", {"seen": seen})


def test_a_decision_is_registered_reviewed_revoked_and_withdrawn(world: World, signed: As, client: Client) -> None:
    clerk, reviewer, leader = signed("clerk"), signed("reviewer"), signed("leader")
    assert "还没有处理决定" in clerk.get(f"{STAFF}decisions/").content.decode()
    assert clerk.get(f"{STAFF}decisions/new/").status_code == 200
    refused = clerk.post(f"{STAFF}decisions/new/", DECISION | {"organization": "某公司", "decided_on": "2999-01-01"})
    assert refused.status_code == 422
    for words in ("不填单位名称", "日期在今天之后", "欧阳测试"):
        assert words in refused.content.decode()
    page = clerk.get(clerk.post(f"{STAFF}decisions/new/", DECISION).url).content.decode()
    decision = Decision.objects.get()
    for words in ("待审核公开", "2021年3月10日", "国办发〔2018〕118号", "欧阳**", "修改"):
        assert words in page, words
    assert clerk.get(f"{STAFF}decisions/review/").status_code == 404
    assert client.get(f"{PUBLIC}chufa/{decision.pk}.html").status_code == 404
    assert "温统罚决字〔2021〕1号" in reviewer.get(f"{STAFF}decisions/review/").content.decode()
    stale = [f"{decision.pk}:{services.digest(decision)}"]
    clerk.post(f"{STAFF}decisions/{decision.pk}/edit/", DECISION | {"summary": "警告，并处罚款"})
    assert reviewer.post(f"{STAFF}decisions/review/", {"seen": stale}).status_code == 409
    assert reviewer.post(f"{STAFF}decisions/review/", {"seen": ["x", "9" * 30]}).status_code == 422
    decision.refresh_from_db()
    assert review(reviewer, "decisions", decision).status_code == 302
    shown = client.get(f"{PUBLIC}chufa/{decision.pk}.html").content.decode()
    assert "警告，并处罚款" in shown
    assert "欧阳**" in shown
    assert "欧阳测试" not in shown + client.get(f"{PUBLIC}chufa/mingxi.csv").content.decode()
    assert clerk.get(f"{STAFF}decisions/{decision.pk}/edit/").status_code == 302, "what is public is not rewritten"

    world.clock.today = date(2021, 8, 2)
    revoking = {"day": "2021-08-02", "how": "revoked"}
    assert clerk.post(f"{STAFF}decisions/{decision.pk}/do/revoke/", revoking).status_code == 302
    page = leader.get(f"{STAFF}decisions/{decision.pk}/").content.decode()
    assert "2021年8月5日" in page
    assert "行政处罚法第四十八条" in page
    assert leader.get(f"{STAFF}decisions/{decision.pk}/do/withdraw/").status_code == 200
    empty = leader.post(f"{STAFF}decisions/{decision.pk}/do/withdraw/", {"day": "2021-08-02"})
    assert "请写明撤下的理由" in empty.content.decode()
    told = {"day": "2021-08-02", "explanation": "已由复议决定撤销。"}
    assert clerk.post(f"{STAFF}decisions/{decision.pk}/do/withdraw/", told).status_code == 409
    assert leader.post(f"{STAFF}decisions/{decision.pk}/do/withdraw/", told).status_code == 302
    gone = client.get(f"{PUBLIC}chufa/{decision.pk}.html").content.decode()
    assert "已由复议决定撤销" in gone
    assert "罚款" not in gone
    assert "欧阳" not in gone
    kept = "".join(LedgerEntry.objects.values_list("payload", flat=True))
    assert "欧阳" not in kept
    assert leader.get(f"{STAFF}decisions/{decision.pk}/do/war/").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_the_whole_matrix(world: World, role: Role) -> None:
    """Role by state by event, as an office would write it down."""
    check_table()
    with pytest.raises(ValueError, match="once"):
        check_table(TRANSITIONS[1:])
    day = world.clock.today
    shown = {"shown_by": world.people["leader"], "shown_on": day, "shown_digest": "x"}
    states = {
        None: None,
        State.WAITING: Decision(),
        State.SHOWN: Decision(**shown),
        State.WITHHELD: Decision(withheld="理由"),
        State.TO_WITHDRAW: Decision(revoked_on=day, **shown),
        State.REVOKED: Decision(revoked_on=day),
        State.WITHDRAWN: Decision(revoked_on=day, withdrawn_on=day, **shown),
    }
    writers, deciders = {Role.CLERK, Role.HANDLER}, {Role.REVIEWER, Role.LEADER}
    both = writers | deciders
    expected: dict[State | None, dict[str, set[Role]]] = {
        None: {"written": writers},
        State.WAITING: {"written": writers, "published": deciders, "withheld": deciders, "revoked": both},
        State.SHOWN: {"revoked": both},
        State.WITHHELD: {"published": deciders, "revoked": both},
        State.TO_WITHDRAW: {"withdrawn": deciders},
        State.REVOKED: {},
        State.WITHDRAWN: {},
    }
    actor = type("A", (), {"roles": frozenset({role})})()
    assert set(states) == {None, *State}
    for state, decision in states.items():
        for kind, event in EVENTS.items():
            may = hindrance(event, decision, actor, decision=True) is None
            assert may is (role in expected[state].get(kind, set())), (state, kind)
    item = ServiceItem(**shown)
    assert (hindrance(EVENTS["written"], item, actor) is None) is (role in writers)
    assert hindrance(EVENTS["revoked"], item, actor) is not None


def test_what_changes_is_public_no_longer_whoever_changes_it(world: World, signed: As) -> None:
    clerk, reviewer, public = signed("clerk"), signed("reviewer"), Client()
    clerk.post(f"{STAFF}items/new/", ITEM)
    item = ServiceItem.objects.get()
    doubled = clerk.post(f"{STAFF}items/new/", ITEM)
    assert doubled.status_code == 422
    late = clerk.post(f"{STAFF}items/new/", ITEM | {"name": "二", "valid_until": "2014-12-31"})
    assert "早于列入日期" in late.content.decode()
    with pytest.raises(NotPermittedError, match="审核、负责人"):
        services.publish(ServiceItem, {item.pk: services.digest(item)}, actor=world.people["clerk"])
    review(reviewer, "items", item)
    address = f"{PUBLIC}zhifa/{item.pk}.html"
    assert "统计法第四十四条" in public.get(address).content.decode()
    assert "已经公开" in clerk.get(f"{STAFF}items/{item.pk}/edit/").content.decode()
    clerk.post(f"{STAFF}items/{item.pk}/edit/", ITEM | {"basis": "改过的依据"})
    assert public.get(address).status_code == 404
    item.refresh_from_db()
    review(reviewer, "items", item)
    ServiceItem.objects.filter(pk=item.pk).update(source_key="k", basis="导入改的")
    assert services.lapse(ServiceItem, world.agency.pk, ["k"]) == 1
    assert public.get(address).status_code == 404
    own = services.write(
        ServiceItem(agency=world.agency, **ITEM | {"name": "自写", "valid_from": date(2015, 1, 1)}),
        actor=world.people["writing_leader"],
    )
    with pytest.raises(NotPermittedError, match="不能是同一个人"):
        services.publish(ServiceItem, {own.pk: services.digest(own)}, actor=world.people["writing_leader"])
    with pytest.raises(NotPermittedError, match="已经不在"):
        services.publish(ServiceItem, {999999: "x"}, actor=world.people["leader"])
    assert "由您登记" in signed("writing_leader").get(f"{STAFF}items/review/").content.decode()


def test_fees_are_counted_by_year_in_ten_thousands(world: World, signed: As) -> None:
    clerk, reviewer = signed("clerk"), signed("reviewer")
    fee = services.write(
        ServiceItem(agency=world.agency, kind="fees", name="考务费", valid_from=date(2015, 1, 1)),
        actor=world.people["clerk"],
    )
    given = {"item": fee.pk, "received_on": "2020-06-30", "number": "1", "amount": "-1"}
    assert "金额不能小于 0" in clerk.post(f"{STAFF}fees/new/", given).content.decode()
    for number, (day, amount) in enumerate((("2020-06-30", "12345.60"), ("2020-12-31", "654.40"), ("2021-01-31", "5"))):
        answer = clerk.post(f"{STAFF}fees/new/", given | {"received_on": day, "amount": amount, "number": str(number)})
        assert answer.status_code == 302, answer.content.decode()
    assert "1.3 万元" in clerk.get(f"{STAFF}fees/?year=2020").content.decode()
    review(reviewer, "fees", *FeeReceipt.objects.filter(received_on__year=2020))
    review(reviewer, "items", fee)
    page = Client().get(f"{PUBLIC}shoufei/").content.decode()
    assert ">1.3<" in page
    assert "2021年</td>" not in page
    bought = {"name": "设备", "purchased_on": "2020-05-06", "amount": "50000", "supplier": "某公司", "number": ""}
    clerk.post(f"{STAFF}procurement/new/", bought)
    review(reviewer, "procurement", Procurement.objects.get())
    assert "50000.00" in Client().get(f"{PUBLIC}caigou/").content.decode()


def test_by_when_a_decision_is_published_and_who_is_told(world: World) -> None:
    penalty, coercion = decide(world), decide(world, kind="coercion", document_number="强〔2021〕1号")
    limits = {each.kind: found.last for each in (penalty, coercion) if (found := due(each))}
    assert limits == {"penalties": date(2021, 3, 10), "coercion": date(2021, 3, 29)}
    for day, late in (
        (date(2021, 3, 10), set()),
        (date(2021, 3, 11), {penalty}),
        (date(2021, 3, 30), {penalty, coercion}),
    ):
        assert set(Decision.objects.filter(of_lateness(day))) == late, day

    def told(day: date) -> str:
        world.clock.today = day
        remind(datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
        found = Notice.objects.filter(settled_at=None)
        return " ".join(sorted({f"{subject}{text}" for subject, text in found.values_list("subject", "text")}))

    assert told(date(2021, 3, 2)) == ""
    assert "有 1 件处理决定应当公开或者撤下最早的期限是2021年3月10日" in told(date(2021, 3, 8))
    assert "已有逾期" in told(date(2021, 3, 11))
    services.withhold(penalty, "没有社会影响", actor=world.people["leader"])
    assert told(date(2021, 3, 12)) == ""
    old = decide(world, document_number="旧", decided_on=date(2017, 3, 1))
    assert due(old) is None
    assert old not in Decision.objects.filter(of_lateness(world.clock.today))
    world.clock.today = date(2021, 8, 2)
    seen = {coercion.pk: services.digest(coercion)}
    assert services.publish(Decision, seen, actor=world.people["reviewer"]) == 1
    for day, says in ((date(2021, 2, 1), "早于决定日期"), (date(2021, 9, 1), "今天之后")):
        with pytest.raises(NotPermittedError, match=says):
            services.revoke(coercion, day, "void", actor=world.people["leader"])
    revoked = services.revoke(coercion, world.clock.today, "void", actor=world.people["leader"])
    limit = due(revoked)
    assert limit is not None
    assert limit.last == date(2021, 8, 5)
    assert "撤下" in told(date(2021, 8, 6))
    assert coercion in Decision.objects.filter(of_lateness(date(2021, 8, 6)))


def test_table_two_is_that_of_the_report_and_held_against_the_year_before(world: World, signed: As) -> None:
    for name, first, last in (
        ("一", "2015-01-01", "2020-06-30"),
        ("二", "2020-03-01", None),
        ("三", "2015-01-01", None),
    ):
        ServiceItem.objects.create(
            agency=world.agency,
            kind="penalties",
            name=name,
            valid_from=date.fromisoformat(first),
            valid_until=date.fromisoformat(last) if last else None,
        )
    found = next(each for each in changes(world.agency.pk, [2020]) if each.kind == "行政处罚")
    assert (found.before, found.added, found.removed, found.after) == (2, 1, 1, 2)
    page = signed("clerk").get(f"{STAFF}tables/?year=2020").content.decode()
    for words in ("2019年版", "2021年版", "没有发现不一致", "以门户网站发布的为准", "2019年的记录"):
        assert words in page, words
    assert signed("clerk").get(f"{STAFF}tables/?year=x").status_code == 200


def test_lists_search_pages_and_counts_of_queries(world: World, signed: As) -> None:
    clerk, public = signed("clerk"), Client()

    def add(number: int) -> Decision:
        firm = {"party_kind": "organization", "person": "", "organization": f"演示{number}公司"}
        made = decide(world, document_number=f"罚〔2021〕{number}号", **firm)
        services.publish(Decision, {made.pk: services.digest(made)}, actor=world.people["leader"])
        return made

    first = add(1)
    pages = [
        (clerk, f"{STAFF}decisions/"),
        (clerk, f"{STAFF}decisions/{first.pk}/"),
        (signed("leader"), f"{STAFF}decisions/review/"),
        (public, f"{PUBLIC}chufa/"),
        (public, f"{PUBLIC}chufa/{first.pk}.html"),
        (public, "/fdzdgknr/penalties_and_coercion/"),
    ]

    def count() -> list[int]:
        counted = []
        for who, address in pages:
            who.get(address)
            with CaptureQueriesContext(connection) as found:
                assert who.get(address).status_code == 200, address
            counted.append(len(found))
        return counted

    before = count()
    for number in range(2, 25):
        add(number)
    decide(world, document_number="待审")
    assert count() == before
    assert "第 1 页，共 2 页，24 条" in public.get(f"{PUBLIC}chufa/").content.decode()
    found = public.get(f"{PUBLIC}chufa/", {"q": "演示24", "year": "2021"}).content.decode()
    assert "罚〔2021〕24号" in found
    assert "罚〔2021〕23号" not in found
    assert "没有符合条件" in public.get(f"{PUBLIC}chufa/", {"q": "待审"}).content.decode()
    table = public.get(f"{PUBLIC}chufa/mingxi.csv", {"year": "2021"}).content.decode("utf-8-sig").splitlines()
    assert len(table) == 25
    for address in ("", "fuwu/", "xuke/", "zhifa/", "shoufei/", "caigou/"):
        assert public.get(f"{PUBLIC}{address}").status_code == 200
    for address in ("war/", "war/1.html", "chufa/999.html"):
        assert public.get(f"{PUBLIC}{address}").status_code == 404
    assert f"{PUBLIC}chufa/" in public.get("/fdzdgknr/penalties_and_coercion/").content.decode()
    assert PUBLIC in public.get("/fdzdgknr/").content.decode()
    for query in ("?due=late", "?due=near", "?shown=yes&kind=penalties&party_kind=organization&year=2021", "?q=演示"):
        assert clerk.get(f"{STAFF}decisions/{query}").status_code == 200
    sheet = clerk.get(f"{STAFF}decisions/?export=xlsx")
    assert sheet.content[:2] == b"PK"
    for code in ("items", "fees", "procurement"):
        assert clerk.get(f"{STAFF}{code}/").status_code == 200
        assert clerk.get(f"{STAFF}{code}/results/").status_code == 200
        assert clerk.get(f"{STAFF}{code}/new/").status_code == 200


def test_a_sheet_cannot_be_made_to_run_formulas(world: World) -> None:
    made = Procurement(agency=world.agency, name="=1+1", purchased_on=date(2021, 2, 1), amount=Decimal(1))
    entry = services.write(made, actor=world.people["clerk"])
    services.publish(Procurement, {entry.pk: services.digest(entry)}, actor=world.people["leader"])
    assert "'=1+1" in Client().get(f"{PUBLIC}caigou/mingxi.csv").content.decode()
