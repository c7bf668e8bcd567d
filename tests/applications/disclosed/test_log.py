"""公开目录: what was answered reaches the public through the gate of the site, and never who asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.applications import services as of_case
from gongkai.applications.disclosed import services
from gongkai.applications.disclosed.case import Case
from gongkai.applications.disclosed.checking import faults
from gongkai.applications.disclosed.demands import groups_of, look
from gongkai.applications.disclosed.models import COLUMN, Demand, DemandState, Disclosed, Status
from gongkai.applications.disclosed.projection import rebuild
from gongkai.applications.disclosed.publishing import ItemDraft
from gongkai.applications.disclosed.services import Words
from gongkai.applications.disclosed.transitions import TABLE, check_table
from gongkai.applications.flow import Table
from gongkai.applications.models import Application
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Actor, NotPermittedError, Role
from gongkai.ledger.models import Entry
from gongkai.portal import services as of_site
from gongkai.portal.models import Column, Item, Openness
from gongkai.portal.moving.columns import column_set, lay
from gongkai.project.disclosure_log import draft_item

from ..cases import PERSON
from ..matters_world import DAY, RECEIVED, register, signed_in, staff, today

__all__ = ["today"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
WORDS = Words("2023年分乡镇粮食播种面积", "某地2023年分乡镇粮食播种面积。", "已提供统计表一份。")


@pytest.fixture
def bureau(db: None) -> SimpleNamespace:
    made = staff(Agency.add_root(code="330300-tj", name="温州市统计局", telephone="0577-88960000"))
    made.column = Column.objects.create(agency=made.agency, name=COLUMN)
    return made


def answered(bureau: SimpleNamespace, outcome: str = "granted.provided", **fields: Any) -> Application:
    made = register(bureau.agency, **fields)
    return of_case.decide(made, DAY, outcome=outcome, evidence=["access", "reasons", "search_record", "explanation"])


def proposed(bureau: SimpleNamespace) -> Disclosed:
    return services.propose(answered(bureau), DAY, WORDS, actor=bureau.clerk)


def approved(bureau: SimpleNamespace) -> Disclosed:
    one = proposed(bureau)
    return services.approve(one, DAY, one.digest, actor=bureau.chief)


def test_an_approved_entry_becomes_a_draft_and_nothing_of_it_is_public_yet(bureau: SimpleNamespace) -> None:
    one = services.draft(approved(bureau), DAY, bureau.clerk)
    item = Item.objects.get(pk=one.item)
    assert (item.title, item.status, item.is_live, item.column) == (WORDS.title, "draft", False, bureau.column)
    assert "某地2023年" in str(item.body)
    page = Client().get("/ysqgk/mulu/")
    assert page.status_code == 200
    assert WORDS.title not in page.content.decode()
    assert rebuild(bureau.agency) == []


def test_the_public_reads_it_once_the_gate_has_let_it_out(bureau: SimpleNamespace) -> None:
    one = services.draft(approved(bureau), DAY, bureau.clerk)
    item = Item.objects.get(pk=one.item)
    bureau.chief2 = bureau.security
    bureau.chief2.groups.add(*bureau.chief.groups.all())
    bureau.chief.department = bureau.clerk.department
    bureau.chief.save()
    edition = of_site.submit(item, bureau.clerk)
    for who, step in ((bureau.chief, "department"), (bureau.chief2, "office"), (bureau.leader, "leader")):
        told: dict[str, Any] = {}
        if step == "office":
            told = {"openness": Openness.PROACTIVE, "secrecy_checked": True}
        of_site.review(item, who, step, edition.digest, **told)  # type: ignore[arg-type]
    page = Client().get("/ysqgk/mulu/").content.decode()
    assert f'<a href="/art/{item.pk}.html">{WORDS.title}</a>' in page
    assert "/ysqgk/mulu/" in Client().get("/ysqgk/").content.decode()
    of_site.withdraw(item, bureau.leader, "更正")
    assert WORDS.title not in Client().get("/ysqgk/mulu/").content.decode()


def test_its_column_is_made_with_the_first_entry_beside_the_part_of_applications(bureau: SimpleNamespace) -> None:
    bureau.column.delete()
    Column.objects.filter(agency=bureau.agency).delete()
    entry = approved(bureau)
    with pytest.raises(NotPermittedError, match="网站还没有“依申请公开”栏目"):
        services.draft(entry, DAY, bureau.clerk)
    assert Disclosed.objects.get().status == Status.APPROVED
    lay(bureau.agency, column_set("city"))
    services.draft(entry, DAY, bureau.clerk)
    made = Column.objects.get(agency=bureau.agency, name="依申请公开目录")
    made.full_clean()
    assert (made.first_level, made.path, made.presentation) == ("政务公开", "zwgk/ysqgkml", "list")
    Item.objects.all().delete()
    Column.objects.filter(pk=made.pk).update(retired_on=DAY)
    with pytest.raises(NotPermittedError, match="已经停用"):
        draft_item(ItemDraft(bureau.agency, "依申请公开目录", "题", "要", (("", "文"),)), bureau.clerk)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"wanted": "欧阳测试申请的面积"}, "姓名或者名称"),
        ({"answered": "已寄至温州市鹿城区某路1号"}, "通信地址"),
        ({"title": "１３８００１３８０００ 的申请"}, "联系电话"),
        ({"answered": "身份证号 11010519491231002X"}, "证件号码"),
        ({"answered": "村民李某某，手机 13912345678"}, "答复的内容："),
        ({"wanted": " "}, "请写明"),
    ],
)
def test_words_that_name_somebody_do_not_go_on(bureau: SimpleNamespace, changes: dict[str, str], told: str) -> None:
    with pytest.raises(NotPermittedError, match=told):
        services.propose(answered(bureau), DAY, replace(WORDS, **changes), actor=bureau.clerk)
    assert not Disclosed.objects.exists()


def test_the_office_telephone_is_nobodys(bureau: SimpleNamespace) -> None:
    application = answered(bureau)
    assert faults(bureau.agency, application.applicant, {"答复的内容": "请致电 0577-88960000"}) == []


def test_it_is_looked_at_again_when_it_is_approved(bureau: SimpleNamespace) -> None:
    one = proposed(bureau)
    Disclosed.objects.filter(pk=one.pk).update(wanted="欧阳测试要的")
    one = Disclosed.objects.get()
    with pytest.raises(NotPermittedError, match="申请人的姓名"):
        services.approve(one, DAY, one.digest, actor=bureau.chief)


@pytest.mark.parametrize("ending", ["open", "withdrawn"])
def test_what_was_not_answered_is_not_told(bureau: SimpleNamespace, ending: str) -> None:
    made = register(bureau.agency)
    if ending == "withdrawn":
        of_case.withdraw(made, DAY)
    with pytest.raises(NotPermittedError, match="已经答复的申请"):
        services.propose(made, DAY, WORDS, actor=bureau.clerk)


def test_nobody_approves_their_own_words_nor_others_than_they_saw(bureau: SimpleNamespace) -> None:
    one = proposed(bureau)
    bureau.clerk.groups.add(*bureau.chief.groups.all())
    with pytest.raises(NotPermittedError, match="自己提议的"):
        services.approve(one, DAY, one.digest, actor=bureau.clerk)
    services.propose(one.application, DAY, replace(WORDS, title="另一标题"), actor=bureau.handler)
    with pytest.raises(NotPermittedError, match="已经变动"):
        services.approve(Disclosed.objects.get(), DAY, one.digest, actor=bureau.chief)


def test_returned_words_are_written_again_and_dropped_ones_stay_out(bureau: SimpleNamespace) -> None:
    one = proposed(bureau)
    services.send_back(one, DAY, "请概括", actor=bureau.chief)
    again = services.propose(one.application, DAY, replace(WORDS, title="新标题"), actor=bureau.clerk)
    assert (again.pk, again.status) == (one.pk, Status.PROPOSED)
    services.drop(again, DAY, "内容涉及他人", actor=bureau.clerk)
    with pytest.raises(NotPermittedError, match="不公开的公开目录不能"):
        services.propose(one.application, DAY, WORDS, actor=bureau.clerk)
    assert rebuild(bureau.agency) == []


def test_no_words_are_in_the_ledger(bureau: SimpleNamespace) -> None:
    services.draft(approved(bureau), DAY, bureau.clerk)
    told = " ".join(Entry.objects.filter(stream__startswith="applications").values_list("payload", flat=True))
    assert [words for words in (*WORDS.by_place.values(), PERSON.name) if words in told] == []


# --- The table as a matrix ------------------------------------------------------------------------------

FIRST = [("proposed", {"application": 1, "digest": "d", "by": 11})]
REACHED: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "none": [],
    "proposed": FIRST,
    "returned": [*FIRST, ("returned", {})],
    "approved": [*FIRST, ("approved", {})],
    "drafted": [*FIRST, ("approved", {}), ("drafted", {"item": 1})],
    "dropped": [*FIRST, ("dropped", {})],
}
PEOPLE = {role.value: Actor(20 + at, frozenset({role})) for at, role in enumerate(Role)}
PEOPLE["author"] = Actor(11, frozenset({Role.REVIEWER}))
_OFFICE = ("clerk", "handler")
MATRIX: dict[tuple[str, str], set[str]] = {
    **{("none", who): {"proposed"} for who in _OFFICE},
    **{(state, who): {"proposed", "dropped"} for state in ("proposed", "returned") for who in _OFFICE},
    **{("proposed", who): {"approved", "returned"} for who in ("reviewer", "leader")},
    ("proposed", "author"): {"returned"},
    **{("approved", who): {"drafted", "dropped"} for who in _OFFICE},
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("situation", REACHED)
def test_what_each_person_may_do_in_each_situation(situation: str, who: str) -> None:
    case = Case()
    for kind, payload in REACHED[situation]:
        case.apply(kind, DAY, payload)
    found = {event.kind for event in TABLE.permitted(case, PEOPLE[who], "own")}
    assert found == MATRIX.get((situation, who), set())


def test_a_table_that_contradicts_itself_does_not_start() -> None:
    check_table()
    with pytest.raises(ValueError, match="stands in the table once"):
        check_table(Table("公开目录", {}, TABLE.rows[:-1]))


# --- Article 44 -------------------------------------------------------------------------------------------

OTHER = replace(PERSON, name="诸葛测试", id_number="110105194912310038")
THIRD = replace(PERSON, name="司马测试", id_number="110105194912310046")
ASKED = "瑞安市2023年分乡镇粮食播种面积统计表"
LIKE = "请公开瑞安市2023年分乡镇粮食播种面积统计表"


def test_like_texts_of_several_people_are_one_matter(bureau: SimpleNamespace) -> None:
    first = register(bureau.agency, ASKED)
    register(bureau.agency, LIKE, person=OTHER)
    register(bureau.agency, "全市商品房销售价格", person=OTHER)
    assert look(bureau.agency, DAY) == 1
    demand = Demand.objects.get()
    assert (demand.first, demand.applicants, demand.cases.count()) == (first, 2, 2)
    assert look(bureau.agency, DAY) == 0, "found once"


@pytest.mark.parametrize("second", ["the same person", "long ago", "another office"])
def test_what_is_no_such_matter(bureau: SimpleNamespace, second: str) -> None:
    register(bureau.agency, ASKED)
    if second == "the same person":
        register(bureau.agency, LIKE)
    elif second == "long ago":
        register(bureau.agency, LIKE, date(2021, 6, 1), person=OTHER)
    else:
        register(bureau.agency.add_child(code="x", name="别的局"), LIKE, person=OTHER)
    assert look(bureau.agency, DAY) == 0


def test_what_was_refused_each_time_is_not_suggested(bureau: SimpleNamespace) -> None:
    for person in (PERSON, OTHER):
        made = register(bureau.agency, ASKED, person=person)
        of_case.decide(made, DAY, outcome="denied.prohibited_by_law", evidence=["reasons", "legal_basis"])
    assert look(bureau.agency, DAY) == 0


def test_a_matter_that_was_decided_is_open_again_when_more_ask(bureau: SimpleNamespace) -> None:
    register(bureau.agency, ASKED)
    register(bureau.agency, LIKE, person=OTHER)
    look(bureau.agency, DAY)
    services.drop_demand(Demand.objects.get(), DAY, "年鉴已有", bureau.clerk)
    assert look(bureau.agency, DAY) == 0
    assert Demand.objects.get().state == DemandState.DROPPED
    register(bureau.agency, ASKED, person=THIRD)
    assert look(bureau.agency, DAY) == 1
    assert Demand.objects.get().state == DemandState.OPEN


def test_many_texts_are_grouped_without_comparing_each_with_each(bureau: SimpleNamespace) -> None:
    """The same text of everybody is one group; nobody is in two."""
    made = [register(bureau.agency, f"第{at % 7}类：{'甲乙丙丁戊己庚'[at % 7] * 9}", RECEIVED) for at in range(21)]
    groups = groups_of(made)
    assert sorted(len(group.cases) for group in groups) == [3] * 7


def test_one_click_makes_the_draft(bureau: SimpleNamespace) -> None:
    register(bureau.agency, ASKED)
    register(bureau.agency, LIKE, person=OTHER)
    client = signed_in(bureau.clerk)
    assert client.post("/admin/disclosed/demands/").status_code == 302
    demand = Demand.objects.get()
    page = client.get("/admin/disclosed/demands/").content.decode()
    assert "2 人" in page
    base = f"/admin/disclosed/demands/{demand.pk}/"
    assert client.get(base).status_code == 200
    named = client.post(base, {"action": "draft", "draft-title": "面积", "draft-note": "诸葛测试要的面积"})
    assert (named.status_code, "诸葛测试要的面积" in named.content.decode()) == (409, True)
    assert client.post(base, {"action": "drop", "drop-reason": ""}).status_code == 422
    given = {"action": "draft", "draft-title": "2023年播种面积", "draft-note": "公开分乡镇面积。"}
    assert client.post(base, given).status_code == 302
    assert Item.objects.get().title == "2023年播种面积"
    assert Demand.objects.get().state == DemandState.DRAFTED
    assert client.post(base, given).status_code == 409
    other = staff(bureau.agency.add_child(code="x", name="别的局"), "x-")
    assert signed_in(other.clerk).get(base).status_code == 404


# --- Pages ----------------------------------------------------------------------------------------------


def test_it_is_proposed_checked_and_drafted_on_its_pages(bureau: SimpleNamespace) -> None:
    application = answered(bureau)
    clerk, chief = signed_in(bureau.clerk), signed_in(bureau.chief)
    assert "列入公开目录" in clerk.get(f"/admin/applications/{application.pk}/").content.decode()
    address = f"/admin/disclosed/case/{application.pk}/"
    assert clerk.get(address).status_code == 200
    given = {"title": WORDS.title, "wanted": WORDS.wanted, "answered": WORDS.answered}
    assert clerk.post(address, {"title": "x"}).status_code == 422
    named = clerk.post(address, {**given, "wanted": "欧阳测试要的面积"})
    assert (named.status_code, "欧阳测试要的面积" in named.content.decode()) == (409, True)
    assert clerk.post(address, given).status_code == 302
    one = Disclosed.objects.get()
    base = f"/admin/disclosed/{one.pk}/"
    assert "没有发现个人信息" in chief.get(base).content.decode()
    assert clerk.post(f"{base}do/approve/", {"digest": one.digest}).status_code == 409
    assert chief.post(f"{base}do/approve/", {"digest": one.digest}).status_code == 302
    assert clerk.post(f"{base}do/draft/").status_code == 302
    assert f"/admin/portal/items/{Item.objects.get().pk}/" in clerk.get(base).content.decode()
    assert WORDS.title in clerk.get("/admin/disclosed/?status=drafted").content.decode()
    other = signed_in(staff(bureau.agency.add_child(code="x", name="别的局"), "x-").clerk)
    for path in (base, f"{base}do/approve/", address):
        assert other.get(path).status_code == 404
    assert WORDS.title not in other.get("/admin/disclosed/").content.decode()


def test_lists_ask_as_often_for_many_as_for_one(bureau: SimpleNamespace) -> None:
    client, asked = signed_in(bureau.clerk), []
    for count in (1, 8):
        for at in range(count):
            services.draft(approved(bureau), DAY, bureau.clerk)
            person = replace(PERSON, name=f"测试{count}{at}", id_number="")
            register(bureau.agency, f"{'子丑寅卯辰巳午未'[at] * 8}{count}", person=person)
            register(bureau.agency, f"{'子丑寅卯辰巳午未'[at] * 8}{count}", person=OTHER)
        look(bureau.agency, DAY)
        counts = []
        for path in ("/admin/disclosed/", "/admin/disclosed/demands/", "/ysqgk/mulu/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
