"""Messages of today on the desks of the demonstration, and what of 互动交流 its site shows; the year's own ledger of
messages stays as it was reported."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.inquiries import services
from gongkai.inquiries.drafting import Words
from gongkai.inquiries.models import Answer, Faq, Interview, Survey
from gongkai.inquiries.reviewed import services as texts

from .organisation import LEADER

# Subject, what is asked, department, the reply where there is one.
_MESSAGES = (
    (
        "居民消费价格指数每月什么时候发布",
        "想知道每月几号能看到居民消费价格指数。",
        "综合核算处",
        "居民消费价格指数按国家统计局的发布日程公布，我市数据随后在本网站“统计数据”栏目发布，具体日期见发布日程。",
    ),
    (
        "企业怎样申报纳入规模以上工业统计",
        "我们是一家新办的工厂，怎样纳入规上工业统计？",
        "工业能源处",
        "达到规模标准的工业企业，可以向所在地县级统计机构申报，经逐级审核后纳入。所需材料见办事指南。",
    ),
    ("人口变动抽样调查要不要上门", "调查员会不会上门，要带什么证件？", "人口就业处", ""),
    ("建议增加分行业用电量数据", "建议在网站公布分行业的用电量。", "工业能源处", ""),
    ("统计年鉴在哪里可以看到", "请问哪里可以看到历年统计年鉴？", "", ""),
)
_HANDLERS = {"综合核算处": "chengban", "工业能源处": "gongye-cb"}


def fill(bureau: Agency) -> None:
    """Bring them in, unless they are there."""
    if Answer.objects.filter(agency=bureau).exists() or Survey.objects.filter(agency=bureau).exists():
        return
    people = {user.username: user for user in User.objects.filter(agency=bureau).select_related("department")}
    with transaction.atomic():
        for number, (subject, text, department, reply) in enumerate(_MESSAGES, 1):
            _message(bureau, people, number, subject, text, department, reply)
        _texts(bureau, people)


def _message(
    bureau: Agency, people: dict[str, User], number: int, subject: str, text: str, department: str, reply: str
) -> None:
    today = timezone.localdate()
    inquiry = services.register(
        bureau,
        received_on=today - timedelta(days=number * 3),
        subject=subject,
        text=text,
        name=f"演示网友{number}",
        contact=f"visitor{number}@example.invalid",
    )
    if not department:
        return
    own = next(each for each in bureau.departments.all() if each.name == department)
    services.assign(inquiry, today, own, actor=people["jingban"])
    if reply:
        handler = people[_HANDLERS[department]]
        services.submit(inquiry, today, Words(reply, title=subject, question=text), actor=handler)
        services.approve(inquiry, today, actor=people[LEADER])


def _texts(bureau: Agency, people: dict[str, User]) -> None:
    today, writer, leader = timezone.localdate(), people["jingban"], people[LEADER]
    entry: Faq = texts.begin_faq(Answer.objects.filter(agency=bureau).earliest("pk"), writer)
    texts.edit(entry, writer, topic="数据发布")
    survey = texts.begin(
        Survey,
        bureau,
        writer,
        title="征集对明年统计数据发布日程的意见",
        text="为了方便公众查阅，现就明年统计数据的发布时间和内容征集意见。",
        opens_on=today,
        closes_on=today + timedelta(days=30),
        question="您最关心哪一类数据",
        options="价格\n就业和收入\n工业和能源\n人口",
    )
    interview = texts.begin(
        Interview,
        bureau,
        writer,
        title="人口普查数据怎样使用",
        guests="人口就业处处长（演示）",
        held_on=today + timedelta(days=14),
        text="介绍人口数据的口径和用途。欢迎提问。",
    )
    for piece in (entry, survey, interview):
        texts.submit(piece, writer)
        texts.publish(piece, leader)
