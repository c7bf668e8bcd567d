"""常见问题, 征集调查, 在线访谈: from the draft to the site and back, what the public sends, what is counted."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.bureau.figures import Scope
from gongkai.bureau.roles import Actor, Role
from gongkai.inquiries import figures
from gongkai.inquiries.models import Faq, Interview, Opinion, Question, State, Survey
from gongkai.inquiries.projection import rebuild
from gongkai.inquiries.reviewed.case import Case
from gongkai.inquiries.reviewed.events import EVENTS, Begun, Published, Returned, Submitted, Withdrawn
from gongkai.inquiries.reviewed.transitions import TRANSITIONS, check_table, permitted, refusal

from .conftest import As, World

WRITE = "/admin/inquiries/write/"
DAY = timezone.localdate
_BEGUN, _SUBMITTED, _PUBLISHED = Begun(number="1"), Submitted(digest="d", by=3), Published(digest="d")
STATES: dict[str, list[Any]] = {
    "none": [],
    "draft": [_BEGUN],
    "review": [_BEGUN, _SUBMITTED],
    "published": [_BEGUN, _SUBMITTED, _PUBLISHED],
    "review of a change": [_BEGUN, _SUBMITTED, _PUBLISHED, _SUBMITTED],
    "withdrawn": [_BEGUN, _SUBMITTED, _PUBLISHED, Withdrawn()],
}
PEOPLE = {
    "clerk": Actor(1, frozenset({Role.CLERK})),
    "handler": Actor(2, frozenset({Role.HANDLER})),
    "reviewer who sent it": Actor(3, frozenset({Role.HANDLER, Role.REVIEWER})),
    "reviewer": Actor(4, frozenset({Role.REVIEWER})),
    "leader": Actor(5, frozenset({Role.LEADER})),
    "security officer": Actor(6, frozenset({Role.SECURITY_OFFICER})),
}
_WRITERS = {"clerk", "handler", "reviewer who sent it"}
_PASSES = {"published": {"reviewer", "leader"}, "returned": {"reviewer", "leader"}}
_TAKES = {"withdrawn": {"clerk", "reviewer who sent it", "reviewer", "leader"}}
EXPECTED: dict[str, dict[str, set[str]]] = {
    "none": {"begun": _WRITERS},
    "draft": {"submitted": _WRITERS},
    "review": _PASSES,
    "published": {"submitted": _WRITERS, **_TAKES},
    "review of a change": {**_PASSES, **_TAKES},
    "withdrawn": {"submitted": _WRITERS},
}
PROBES = {
    "begun": _BEGUN,
    "submitted": _SUBMITTED,
    "published": _PUBLISHED,
    "returned": Returned(),
    "withdrawn": Withdrawn(),
}


@pytest.mark.parametrize("state", STATES)
def test_every_person_in_every_state_may_do_what_the_table_says_and_nothing_else(state: str) -> None:
    check_table()
    assert set(PROBES) == set(EVENTS) == {row.event.kind for row in TRANSITIONS}
    case = Case()
    for event in STATES[state]:
        case.apply(event.kind, DAY(), event.model_dump(mode="json"))
    for name, actor in PEOPLE.items():
        wanted = {kind for kind, who in EXPECTED[state].items() if name in who}
        assert {event.kind for event in permitted(case, actor)} == wanted, name
        assert {kind for kind, event in PROBES.items() if refusal(case, event, DAY(), actor) is None} == wanted, name


def write(signed: As, kind: str, model: type[Any], **words: Any) -> Any:
    """A text written by the handler, not yet sent for review."""
    assert signed("handler").post(f"{WRITE}{kind}/new/", words).status_code == 302
    return model.objects.latest("pk")


def pass_on(signed: As, kind: str, piece: Any) -> Any:
    """Sent for review by the handler and published by the reviewer."""
    signed("handler").post(f"{WRITE}{kind}/{piece.pk}/do/submitted/")
    signed("reviewer").post(f"{WRITE}{kind}/{piece.pk}/do/published/")
    piece.refresh_from_db()
    return piece


def send(client: Client, url: str, **given: str) -> Any:
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode())
    assert token is not None
    return client.post(url, {**given, "token": token[1]})


@pytest.mark.django_db
def test_a_public_answer_becomes_a_reviewed_entry_that_is_found(client: Client, world: World, signed: As) -> None:
    answer = world.answered().answer
    page = signed("handler").get(f"/admin/inquiries/{answer.inquiry_id}/").content.decode()
    assert "转为常见问题" in page
    signed("handler").post(f"{WRITE}faq/new/", {"from_answer": answer.pk})
    entry = Faq.objects.get()
    url = f"{WRITE}faq/{entry.pk}/"
    assert (entry.source, entry.question, entry.state) == (answer, answer.title, State.DRAFT)
    wrong = signed("handler").post(url, {"question": "", "answer": "好", "topic": ""})
    assert wrong.status_code == 422
    signed("handler").post(url, {"question": "什么时候发布？", "answer": "请致电 13812345678", "topic": "价格"})
    signed("handler").post(f"{url}do/submitted/")
    entry.refresh_from_db()
    assert entry.state == State.DRAFT, "a telephone number of a person does not even go to review"
    signed("handler").post(url, {"question": "什么时候发布？", "answer": "每月 9 日", "topic": "价格"})
    signed("handler").post(f"{url}do/submitted/")
    assert signed("handler").post(url, {"question": "改", "answer": "改", "topic": ""}).status_code == 409
    signed("reviewer").post(f"{url}do/returned/", {"remark": "写明月份"})
    assert "写明月份" in signed("handler").get(url).content.decode()
    assert "每月 9 日" not in client.get("/hdjl/wenti/").content.decode()
    pass_on(signed, "faq", entry)
    for query, shows in (
        ("", True),
        ("q=每月 发布", True),
        ("q=粮食", False),
        ("topic=价格", True),
        ("topic=x", False),
    ):
        assert ("每月 9 日" in client.get(f"/hdjl/wenti/?{query}").content.decode()) is shows, query
    signed("handler").post(url, {"question": "什么时候发布？", "answer": "每月 10 日", "topic": "价格"})
    assert "每月 9 日" in client.get("/hdjl/wenti/").content.decode(), "what is read is what was reviewed"
    pass_on(signed, "faq", entry)
    assert "每月 10 日" in client.get("/hdjl/wenti/").content.decode()
    signed("clerk").post(f"{url}do/withdrawn/")
    assert "每月 10 日" not in client.get("/hdjl/wenti/").content.decode()
    assert rebuild(world.agency) == []


@pytest.mark.django_db
def test_a_survey_collects_opinions_and_says_how_they_were_used(client: Client, world: World, signed: As) -> None:
    today = DAY()
    words = {
        "title": "征集对发布日程的意见",
        "text": "请提意见。",
        "opens_on": today.isoformat(),
        "closes_on": today.isoformat(),
        "question": "几日发布",
        "options": "9 日\n10 日",
    }
    handler = signed("handler")
    for change in ({"options": "9 日"}, {"closes_on": "1999-01-01"}, {"result": "好", "used": "好"}):
        assert handler.post(f"{WRITE}surveys/new/", {**words, **change}).status_code == 422
    survey = write(signed, "surveys", Survey, **words)
    url = f"/hdjl/zhengji/{survey.pk}.html"
    assert client.get(url).status_code == 404
    pass_on(signed, "surveys", survey)
    assert "正在征集" in client.get("/hdjl/zhengji/").content.decode()
    assert send(client, url, text="").status_code == 400
    assert send(client, url, choice="8 日").status_code == 400
    for text, choice in (("我是王小明，支持", "9 日"), ("", "10 日"), ("http://spam.example", "")):
        assert send(client, url, text=text, choice=choice).status_code == 302
    first, _, spam = Opinion.objects.all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM inquiries_opinion WHERE id = %s", [first.pk])
        assert "王小明" not in cursor.fetchone()[0]
    assert "links" in spam.suspicion
    page = f"{WRITE}surveys/{survey.pk}/"
    for opinion, use in ((first, "adopted"), (spam, "invalid")):
        handler.post(f"{page}sent/{opinion.pk}/", {"use": use})
    assert handler.post(f"{page}sent/{first.pk}/", {"use": "x"}).status_code == 404
    yesterday = today - timedelta(days=1)
    over = {**words, "opens_on": yesterday.isoformat(), "closes_on": yesterday.isoformat()}
    handler.post(page, {**over, "result": "多数支持 9 日。", "used": "采纳 1 条。"})
    pass_on(signed, "surveys", survey)
    shown = client.get(url).content.decode()
    for part in ("共收到意见 2 条", "多数支持 9 日", "采纳 1 条", "<td>1</td>"):
        assert part in shown
    assert "王小明" not in shown
    assert 'name="token"' not in shown
    scope = Scope.of(world.agency, today.year)
    numbers = [each.evaluate(scope)[()] for each in (figures.SURVEYS, figures.OPINIONS, figures.SURVEY_RESULTS)]
    assert numbers == [1, 2, 1]


@pytest.mark.django_db
def test_an_interview_takes_questions_and_is_read_afterwards(client: Client, world: World, signed: As) -> None:
    today = DAY()
    words = {"title": "价格统计怎么做", "guests": "王某，城市调查处处长", "held_on": today.isoformat(), "text": "介绍"}
    interview = pass_on(signed, "interviews", write(signed, "interviews", Interview, **words))
    url = f"/hdjl/fangtan/{interview.pk}.html"
    assert send(client, url, text="").status_code == 400
    assert send(client, url, text="我是王小明，怎么采价？").status_code == 302
    assert send(client, url, text="还有一个").status_code == 302
    asked = Question.objects.first()
    assert asked is not None
    page, handler = f"{WRITE}interviews/{interview.pk}/", signed("handler")
    handler.post(f"{page}sent/", {"question": "请介绍一下", "answer": "好。"})
    handler.post(f"{page}sent/", {"question": " "})
    handler.post(f"{page}sent/{asked.pk}/", {"question": "怎么采价？", "answer": "定点定时。"})
    assert handler.post(f"{page}sent/999999/", {"question": "x"}).status_code == 404
    pass_on(signed, "interviews", interview)
    shown = client.get(url).content.decode()
    assert "定点定时。" in shown
    assert "王小明" not in shown
    assert "还有一个" not in shown
    scope = Scope.of(world.agency, today.year)
    told = (figures.INTERVIEWS, figures.INTERVIEW_MESSAGES, figures.INTERVIEW_REPLIES)
    assert [each.evaluate(scope)[()] for each in told] == [1, 2, 1]
    assert rebuild(world.agency) == []


@pytest.mark.django_db
def test_lists_and_pages_take_the_same_queries_however_much_there_is(client: Client, world: World, signed: As) -> None:
    def queries(reader: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(url).status_code == 200
        return len(captured)

    def entry() -> Faq:
        written: Faq = write(signed, "faq", Faq, question="问", answer="答", topic="价格")
        return pass_on(signed, "faq", written)

    entry()
    staff = signed("clerk")
    pages = ((client, "/hdjl/wenti/"), (staff, f"{WRITE}faq/"), (client, "/hdjl/zhengji/"), (client, "/hdjl/fangtan/"))
    for reader, url in pages:
        queries(reader, url)
    before = [queries(reader, url) for reader, url in pages]
    entry()
    entry()
    assert [queries(reader, url) for reader, url in pages] == before
    assert staff.get(f"{WRITE}nothing/").status_code == 404
    assert signed("reviewer").get(f"{WRITE}faq/new/").status_code == 302
