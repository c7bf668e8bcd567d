"""统计信用公示 as staff work on it and as the public reads it, from the decision to its end by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.bureau.roles import NotPermittedError
from gongkai.law.credit import Longer
from gongkai.ledger.models import Entry
from gongkai.notices.models import Notice
from gongkai.registers.credit import services
from gongkai.registers.credit.models import CreditRecord, Status
from gongkai.registers.credit.projection import rebuild
from gongkai.registers.credit.reminders import end_what_is_over, remind

from ..conftest import As, World

pytestmark = pytest.mark.anywhere

PUBLIC = "/fdzdgknr/xinyong/"
GIVEN = {
    "day": "2021-03-01",
    "number": "温统信认〔2021〕1号",
    "enterprise": "演示甲有限公司",
    "credit_code": "91350100m000100y43",
    "address": "温州市鹿城区",
    "representative": "欧阳测试",
    "grade": "general",
    "violation": "提供不真实统计资料",
    "handling": "警告，并处罚款",
}


def register(world: World, **more: object) -> CreditRecord:
    given = {name: value for name, value in GIVEN.items() if name != "day"} | more
    return services.decide(world.agency, world.clock.today, actor=world.people["clerk"], **given)  # type: ignore[arg-type]


def publish(world: World, record: CreditRecord) -> CreditRecord:
    day, seen = world.clock.today, services.seal(record)
    return services.publish(record, day, seen=seen, actor=world.people["leader"])


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def do(client: Client, record: CreditRecord, verb: str, **given: object) -> str:
    answer = client.post(f"/admin/credit/{record.pk}/do/{verb}/", given)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer.url).content.decode()


def test_a_decision_is_registered_reviewed_shown_repaired_and_removed(world: World, signed: As, client: Client) -> None:
    clerk, leader = signed("clerk"), signed("leader")
    assert "登记认定决定" in clerk.get("/admin/credit/").content.decode()
    assert clerk.get("/admin/credit/new/").status_code == 200
    bad = clerk.post("/admin/credit/new/", GIVEN | {"credit_code": "91350100M000100Y44"})
    assert bad.status_code == 422
    assert "末位是校验位" in bad.content.decode()
    assert "演示甲有限公司" in bad.content.decode()
    page = clerk.get(clerk.post("/admin/credit/new/", GIVEN).url).content.decode()
    record = CreditRecord.objects.get()
    for words in ("待公示", "国统字〔2019〕33号", "20 个工作日", "2021年3月29日", "欧阳测试", "更正登记内容"):
        assert words in page, words
    assert "/do/publish/" not in page
    again = clerk.post("/admin/credit/new/", GIVEN)
    assert again.status_code == 409
    assert "已经登记" in again.content.decode()
    assert client.get(f"{PUBLIC}{record.pk}.html").status_code == 404
    assert "演示甲" not in client.get(PUBLIC).content.decode()

    form = leader.get(f"/admin/credit/{record.pk}/do/publish/").content.decode()
    assert "将要公示的内容" in form
    seen = services.seal(record)
    do(clerk, record, "amend", **GIVEN | {"handling": "警告"})
    stale = leader.post(f"/admin/credit/{record.pk}/do/publish/", {"day": "2021-03-01", "seen": seen, "checked": "on"})
    assert stale.status_code == 409
    assert "请重新核对" in stale.content.decode()
    page = do(leader, record, "publish", day="2021-03-01", seen=services.seal(record), checked="on")
    assert "公示到2022年2月28日" in page
    shown = client.get(f"{PUBLIC}{record.pk}.html").content.decode()
    for words in ("欧阳测试", "91350100M000100Y43", "提供不真实统计资料", "2022年2月28日", "温统信认〔2021〕1号"):
        assert words in shown, words

    do(clerk, record, "verify", day="2021-03-01", evidence="现场核查")
    do(clerk, record, "apply", day="2021-03-01")
    assert leader.post(f"/admin/credit/{record.pk}/do/remove/", {"day": "2021-03-01"}).status_code == 409
    assert leader.get(f"/admin/credit/{record.pk}/do/remove/").status_code == 302
    world.clock.today = date(2021, 9, 1)
    page = do(leader, record, "remove", day="2021-09-01")
    assert "停止公示后已清除" in page
    record.refresh_from_db()
    assert (record.status, record.representative) == (Status.REMOVED, "")
    assert client.get(f"{PUBLIC}{record.pk}.html").status_code == 404
    assert "欧阳测试" not in "".join(Entry.objects.values_list("payload", flat=True))
    assert rebuild(world.agency, write=False) == []
    CreditRecord.objects.filter(pk=record.pk).update(status="published", closed_on=None)
    assert len(rebuild(world.agency)) == 1
    record.refresh_from_db()
    assert record.status == Status.REMOVED


def test_nobody_publishes_what_they_wrote_and_every_verb_has_its_page(world: World, signed: As) -> None:
    record = register(world)
    services.amend(
        record,
        world.clock.today,
        actor=world.people["writing_leader"],
        **{name: value for name, value in GIVEN.items() if name != "day"},  # type: ignore[arg-type]
    )
    with pytest.raises(NotPermittedError, match="不能是同一个人"):
        services.publish(record, world.clock.today, seen=services.seal(record), actor=world.people["writing_leader"])
    publish(world, record)
    leader, clerk = signed("leader"), signed("clerk")
    page = do(leader, record, "extend", day="2021-03-01", longer="not_mended", reason="逾期没有整改")
    assert "公示到2023年2月28日" in page
    do(clerk, record, "apply", day="2021-03-01")
    do(leader, record, "refuse", day="2021-03-01", reason="没有整改")
    for client, verbs in ((clerk, ("verify", "apply")), (leader, ("extend", "revoke"))):
        for verb in verbs:
            assert client.get(f"/admin/credit/{record.pk}/do/{verb}/").status_code == 200
            assert client.post(f"/admin/credit/{record.pk}/do/{verb}/", {"day": "x"}).status_code == 422
    page = do(leader, record, "revoke", day="2021-03-01", explanation="认定决定已由复议决定撤销。")
    gone = Client().get(f"{PUBLIC}{record.pk}.html")
    assert gone.status_code == 410
    assert "认定决定已由复议决定撤销" in gone.content.decode()
    assert "演示甲" not in gone.content.decode()
    assert clerk.get(f"/admin/credit/{record.pk}/do/nothing/").status_code == 404
    assert clerk.get("/admin/credit/999999/").status_code == 404


def test_the_period_ends_by_itself_on_the_day_even_if_no_job_runs(world: World) -> None:
    record = publish(world, register(world))
    later = publish(world, register(world, number="温统信认〔2021〕2号", enterprise="演示乙有限公司"))
    services.extend(later, world.clock.today, Longer.NOT_MENDED, "没有整改", actor=world.people["leader"])
    address = f"{PUBLIC}{record.pk}.html"
    world.clock.today = date(2022, 2, 28)
    assert end_what_is_over(at(world.clock.today)) == "停止公示 0 条"
    assert Client().get(address).status_code == 200
    world.clock.today = date(2022, 3, 1)
    assert Client().get(address).status_code == 404
    assert end_what_is_over(at(world.clock.today)) == "停止公示 1 条"
    assert end_what_is_over(at(world.clock.today)) == "停止公示 0 条"
    record.refresh_from_db()
    assert (record.status, record.closed_on, record.representative) == (Status.ENDED, date(2022, 3, 1), "")
    last = Entry.objects.of_stream("registers.credit", record.pk).last()
    assert last is not None
    assert (last.kind, last.actor_id) == ("ended", None)


def test_the_office_is_told_before_it_is_late(world: World) -> None:
    record = register(world)
    for day, words in (
        (date(2021, 3, 22), "还剩 5 个工作日"),
        (date(2021, 3, 29), "今天到期"),
        (date(2021, 3, 30), "公示已逾期"),
    ):
        world.clock.today = day
        remind(at(day))
        subjects = set(Notice.objects.filter(settled_at=None).values_list("subject", flat=True))
        assert len(subjects) == 1
        assert words in subjects.pop()
    assert remind(at(world.clock.today)) == "新提醒 0 条"
    publish(world, record)
    remind(at(world.clock.today))
    assert not Notice.objects.filter(settled_at=None).exists()
    world.clock.today = date(2022, 3, 10)
    remind(at(world.clock.today))
    told = Notice.objects.filter(settled_at=None).values_list("subject", "text")
    assert {subject for subject, _ in told} == {"温统信认〔2021〕1号：公示即将期满"}
    assert "演示甲" not in str(list(told))


def test_the_public_finds_by_name_and_code_and_counts_of_queries_hold(world: World, signed: As) -> None:
    def asked(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(address).status_code == 200
        return len(found)

    first = publish(world, register(world))
    clerk, public = signed("clerk"), Client()
    pages = ((clerk, "/admin/credit/"), (clerk, f"/admin/credit/{first.pk}/"), (public, PUBLIC))
    before = [asked(*page) for page in pages]
    for number in range(2, 25):
        publish(world, register(world, number=f"温统信认〔2021〕{number}号", enterprise=f"演示丙{number}有限公司"))
    services.verify(first, world.clock.today, "现场核查", actor=world.people["clerk"])
    assert [asked(*page) for page in pages] == before
    assert "第 1 页，共 2 页，24 条" in public.get(PUBLIC).content.decode()
    found = public.get(PUBLIC, {"q": "演示甲"}).content.decode()
    assert "演示甲有限公司" in found
    assert "演示丙" not in found
    assert "演示甲有限公司" in public.get(PUBLIC, {"q": "91350100m000100y43", "p": "2"}).content.decode()
    assert "没有查到" in public.get(PUBLIC, {"q": "9135"}).content.decode()
    assert public.get(PUBLIC, {"q": "\0", "p": "x"}).status_code == 200
    assert public.post(PUBLIC).status_code == 405
    kept = public.get(PUBLIC)
    assert public.get(PUBLIC, headers={"If-None-Match": kept["ETag"]}).status_code == 304
    table = public.get(f"{PUBLIC}tongjixinyong.csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 25
    assert table[0].startswith("企业名称,统一社会信用代码,地址,法定代表人")
    for query in ("?due=late", "?due=shown&status=published&grade=general&year=2021", "?q=演示甲", "?export=xlsx"):
        assert clerk.get(f"/admin/credit/{query}").status_code == 200
    assert clerk.get("/admin/credit/results/").status_code == 200
