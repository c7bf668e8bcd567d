"""What leaves the program: to whom, when, how often, and what becomes of it when nobody takes it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau.models import User
from gongkai.notices import outgoing, services
from gongkai.notices.models import Delivery, Notice, Preference
from gongkai.notices.outgoing import LEASE, PAUSES, Outcome, send_due, try_again
from gongkai.notices.schedule import ZONE
from gongkai.notices.services import mark_read, settle
from gongkai.notices.transports import NotSentError, Transport
from gongkai.notices.transports.email import Email
from gongkai.notices.transports.sms import Sms

from .servers import Gateway, Mailbox, free_port, mail_server, sms_gateway

State = Delivery.State
MONDAY = datetime(2020, 3, 2, 9, 0, tzinfo=ZONE)
MOBILE = "13800000000"


class Clock:
    """It is what it is set to."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with mail_server() as mailbox, smtp(mailbox.port):
        yield mailbox


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with sms_gateway() as gateway, override_settings(GONGKAI_SMS_URL=gateway.url, GONGKAI_SMS_TOKEN="secret-token"):
        yield gateway


def smtp(port: int) -> Any:
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        DEFAULT_FROM_EMAIL="政务公开 <gk@tjj.example.cn>",
        WAGTAILADMIN_BASE_URL="https://gk.example.cn",
    )


def tell(user: User, key: str, clock: Clock, **more: Any) -> None:
    assert services.notify(
        [user], more.pop("subject", f"事项 {key}"), "请及时办理。", key=key, not_before=clock(), **more
    )


def states() -> dict[str, str]:
    return dict(Delivery.objects.values_list("notice__key", "state"))


def test_a_mail_says_what_and_where(keeper: User, clock: Clock, mail: Mailbox) -> None:
    tell(keeper, "duty:1", clock, subject="栏目“统计数据”今天应当更新", url="/admin/duties/1/", urgent=True)
    assert send_due(clock=clock) == Outcome(sent=1)
    ((to, subject, text),) = mail.said
    assert (to, subject) == ("keeper@tjj.example.cn", "【紧急】栏目“统计数据”今天应当更新")
    assert "请及时办理。" in text
    assert "https://gk.example.cn/admin/duties/1/" in text
    assert "https://gk.example.cn/admin/notices/settings/" in text
    (sent,) = mail.mails
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"].endswith("@tjj.example.cn>")
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.sent_at) == (State.SENT, 1, MONDAY)
    assert send_due(clock=clock) == Outcome(), "once"


def test_what_waited_over_the_night_is_one_mail_in_the_morning(
    keeper: User, deputy: User, clock: Clock, mail: Mailbox
) -> None:
    clock.now = datetime(2020, 1, 23, 21, 0, tzinfo=ZONE)  # the evening before the Spring Festival
    for number in range(20):
        tell(keeper, f"duty:{number}", clock, url=f"/admin/duties/{number}/")
    tell(deputy, "duty:0", clock)
    assert send_due(clock=clock) == Outcome()
    clock.now = datetime(2020, 1, 30, 10, 0, tzinfo=ZONE)
    assert send_due(clock=clock) == Outcome(), "still the holiday"
    clock.now = datetime(2020, 2, 3, 8, 0, tzinfo=ZONE)
    assert send_due(clock=clock) == Outcome(sent=2)
    digest, single = sorted(mail.said, key=lambda each: -len(each[2]))
    assert digest[0] == "keeper@tjj.example.cn"
    assert digest[1].endswith("等 20 条提醒")
    assert all(f"事项 duty:{n}\n" in digest[2] for n in range(20))
    assert all(f"https://gk.example.cn/admin/duties/{n}/\n" in digest[2] for n in range(20))
    assert single[:2] == ("deputy@tjj.example.cn", "事项 duty:0")
    assert set(states().values()) == {State.SENT}


def test_what_is_urgent_goes_out_at_night_and_leaves_the_rest(keeper: User, clock: Clock, mail: Mailbox) -> None:
    clock.now = MONDAY.replace(hour=23)
    tell(keeper, "later", clock)
    tell(keeper, "now", clock, urgent=True)
    assert send_due(clock=clock) == Outcome(sent=1)
    assert states() == {"later": State.WAITING, "now": State.SENT}


def test_nothing_goes_out_before_its_time(keeper: User, clock: Clock, mail: Mailbox) -> None:
    services.notify([keeper], "以后", "", key="later", not_before=clock() + timedelta(hours=1))
    assert send_due(clock=clock) == Outcome()
    clock.now += timedelta(hours=1)
    assert send_due(clock=clock) == Outcome(sent=1)


def test_what_was_read_done_or_no_longer_wanted_is_not_sent(
    keeper: User, deputy: User, clock: Clock, mail: Mailbox
) -> None:
    for key in ("read", "done"):
        tell(keeper, key, clock)
    tell(deputy, "unwanted", clock)
    mark_read(keeper, [Notice.objects.get(key="read").pk])
    settle("done")
    Preference.objects.create(user=deputy, email="none")
    assert send_due(clock=clock) == Outcome()
    assert set(states().values()) == {State.DROPPED}


def test_who_left_meanwhile_is_not_written_to(keeper: User, clock: Clock, mail: Mailbox) -> None:
    tell(keeper, "duty", clock)
    User.objects.update(is_active=False)
    assert send_due(clock=clock) == Outcome()
    assert states() == {"duty": State.DROPPED}


def test_a_new_choice_holds_for_what_already_waits(keeper: User, clock: Clock, mail: Mailbox) -> None:
    clock.now = datetime(2100, 3, 1, 21, 0, tzinfo=ZONE)  # later than when it is chosen, whatever the machine says
    services.notify([keeper], "事项", "", key="duty")
    send_due(clock=clock)
    assert Delivery.objects.get().next_try_at == datetime(2100, 3, 2, 8, 0, tzinfo=ZONE)
    services.choose(Preference(user=keeper, quiet_from=time(23), quiet_until=time(7), working_days_only=False))
    assert send_due(clock=clock) == Outcome(sent=1)


# --- when nobody takes it ----------------------------------------------------------------------------


def test_without_a_mail_server_mails_wait_and_none_is_pretended_sent(keeper: User, clock: Clock) -> None:
    with override_settings(EMAIL_HOST=""):
        tell(keeper, "duty", clock)
        assert send_due(clock=clock) == Outcome()
    assert states() == {"duty": State.WAITING}
    assert Delivery.objects.get().attempts == 0
    with mail_server() as mailbox, smtp(mailbox.port):
        clock.now += timedelta(days=7)
        assert send_due(clock=clock) == Outcome(sent=1)


def test_a_dead_server_is_tried_less_and_less_often_and_given_up_in_the_end(
    keeper: User, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    tell(keeper, "duty", clock, urgent=True)
    with smtp(free_port()), caplog.at_level(logging.WARNING):
        for pause in PAUSES:
            assert send_due(clock=clock) == Outcome(failed=1)
            assert states() == {"duty": State.FAILED}
            clock.now += timedelta(minutes=pause) - timedelta(seconds=1)
            assert send_due(clock=clock) == Outcome(), "not yet"
            clock.now += timedelta(seconds=1)
        assert send_due(clock=clock) == Outcome(failed=1)
        assert states() == {"duty": State.GIVEN_UP}
        clock.now += timedelta(days=30)
        assert send_due(clock=clock) == Outcome()
    assert Delivery.objects.get().last_error == "ConnectionRefusedError"
    assert "keeper" not in caplog.text
    assert "请及时办理" not in caplog.text
    assert try_again() == 1
    with mail_server() as mailbox, smtp(mailbox.port):
        assert send_due() == Outcome(sent=1)
        assert len(mailbox.mails) == 1


def test_a_dead_server_is_asked_once_a_pass_and_the_others_wait(keeper: User, deputy: User, clock: Clock) -> None:
    tell(keeper, "a", clock)
    tell(deputy, "b", clock)
    with smtp(free_port()):
        assert send_due(clock=clock) == Outcome(failed=1)
    assert sorted(states().values()) == [State.FAILED, State.WAITING]


@pytest.mark.parametrize(
    ("refuse", "reject", "state", "error"),
    [
        ("550 No such user keeper@tjj.example.cn", "", State.GIVEN_UP, "SMTPRecipientsRefused 550"),
        ("450 Greylisted, keeper@tjj.example.cn", "", State.FAILED, "SMTPRecipientsRefused 450"),
        ("", "554 Spam", State.GIVEN_UP, "SMTPDataError 554"),
        ("", "451 Later", State.FAILED, "SMTPDataError 451"),
    ],
)
def test_one_who_cannot_be_written_to_does_not_keep_the_others_waiting(
    keeper: User, deputy: User, clock: Clock, mail: Mailbox, refuse: str, reject: str, state: str, error: str
) -> None:
    tell(keeper, "refused", clock)
    mail.refuse, mail.reject = refuse, reject
    assert send_due(clock=clock) == Outcome(failed=1)
    mail.refuse = mail.reject = ""
    tell(deputy, "taken", clock)
    assert send_due(clock=clock) == Outcome(sent=1)
    assert states() == {"refused": state, "taken": State.SENT}
    assert Delivery.objects.get(notice__key="refused").last_error == error, "the kind, and nobody's address"


def test_an_address_that_is_none_is_given_up_at_once(keeper: User, clock: Clock, mail: Mailbox) -> None:
    keeper.email = "keeper@tjj.example.cn\nBcc: others@example.cn"
    keeper.save()
    tell(keeper, "duty", clock)
    assert send_due(clock=clock) == Outcome(failed=1)
    assert states() == {"duty": State.GIVEN_UP}
    assert mail.mails == []


class Broken(Email):
    """Fails in a way that nobody foresaw, for one person."""

    def missing(self) -> str:
        return ""

    def send(self, message: Any) -> None:
        if message.to.startswith("keeper"):
            raise ZeroDivisionError("keeper@tjj.example.cn")


def test_a_message_that_breaks_the_program_does_not_keep_the_others_in(
    keeper: User, deputy: User, clock: Clock
) -> None:
    tell(keeper, "breaks", clock)
    tell(deputy, "goes", clock)
    assert send_due([Broken()], clock=clock) == Outcome(sent=1, failed=1)
    assert states() == {"breaks": State.FAILED, "goes": State.SENT}
    assert "ZeroDivisionError" in Delivery.objects.get(notice__key="breaks").last_error
    assert "@" not in Delivery.objects.get(notice__key="breaks").last_error


class Killed(Email):
    """Its worker dies while it sends."""

    def missing(self) -> str:
        return ""

    def send(self, message: Any) -> None:
        raise KeyboardInterrupt


def test_what_a_killed_worker_was_sending_is_sent_after_its_lease(keeper: User, clock: Clock, mail: Mailbox) -> None:
    tell(keeper, "duty", clock)
    killed: list[Transport] = [Killed()]
    with pytest.raises(KeyboardInterrupt):
        send_due(killed, clock=clock)
    assert send_due(clock=clock) == Outcome(), "it may still be at it"
    clock.now += LEASE
    assert send_due(clock=clock) == Outcome(sent=1)
    assert Delivery.objects.get().attempts == 2


def test_sending_to_one_costs_the_same_however_much_waits_for_them(
    keeper: User, clock: Clock, mail: Mailbox, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 31):
        tell(keeper, f"duty:{number}", clock)
        if number in {1, 30}:
            with django_assert_num_queries(9):
                assert send_due([Email()], clock=clock) == Outcome(sent=1)


# --- text messages -----------------------------------------------------------------------------------


def test_urgent_notices_go_out_as_one_text_message(keeper: User, clock: Clock, gateway: Gateway) -> None:
    Preference.objects.create(user=keeper, email="none", mobile=MOBILE)
    tell(keeper, "a", clock)
    tell(keeper, "b", clock, urgent=True, subject='栏目"数据"已超期 3 天')
    tell(keeper, "c", clock, urgent=True, subject='栏目"数据"已超期 3 天')
    assert send_due(clock=clock) == Outcome(sent=1)
    ((headers, body),) = gateway.posted
    assert headers["Authorization"] == "Bearer secret-token"
    assert body == {"mobile": MOBILE, "content": '【紧急】栏目"数据"已超期 3 天等 2 条提醒，请登录工作台查看。'}


@pytest.mark.parametrize(
    ("status", "answer", "accepted", "state", "error"),
    [
        (200, "", "", State.SENT, ""),
        (200, '{"code": 0}', "code=0", State.SENT, ""),
        (200, '{"code": 17}', "code=0", State.FAILED, "短信平台没有接受"),
        (200, "not json", "code=0", State.FAILED, "短信平台没有接受"),
        (400, f"bad number {MOBILE}", "", State.GIVEN_UP, "HTTP 400"),
        (401, "", "", State.FAILED, "HTTP 401"),
        (503, "", "", State.FAILED, "HTTP 503"),
    ],
)
def test_what_the_gateway_answers_is_believed(
    keeper: User, clock: Clock, gateway: Gateway, status: int, answer: str, accepted: str, state: str, error: str
) -> None:
    Preference.objects.create(user=keeper, email="none", mobile=MOBILE)
    tell(keeper, "a", clock, urgent=True)
    gateway.status, gateway.answer = status, answer
    with override_settings(GONGKAI_SMS_ACCEPTED=accepted):
        send_due(clock=clock)
    assert states() == {"a": state}
    assert Delivery.objects.get().last_error == error


def test_the_body_is_the_gateways_own_and_no_text_can_change_it(keeper: User, clock: Clock, gateway: Gateway) -> None:
    Preference.objects.create(user=keeper, email="none", mobile=MOBILE)
    tell(keeper, "a", clock, urgent=True, subject='","to":"all" $mobile')
    body = '{"to": ["$mobile"], "template": "T1", "retry": 2, "params": {"msg": "$text"}}'
    with override_settings(GONGKAI_SMS_BODY=body):
        assert send_due(clock=clock) == Outcome(sent=1)
    assert gateway.posted[0][1] == {
        "to": [MOBILE],
        "template": "T1",
        "retry": 2,
        "params": {"msg": '【紧急】","to":"all" $mobile，请登录工作台查看。'},
    }


def test_a_gateway_that_is_away_or_wrongly_set_loses_nothing(keeper: User, clock: Clock) -> None:
    Preference.objects.create(user=keeper, email="none", mobile=MOBILE)
    tell(keeper, "a", clock, urgent=True)
    with override_settings(GONGKAI_SMS_URL=f"http://127.0.0.1:{free_port()}/", GONGKAI_SMS_BODY="{"):
        assert Sms().missing() == "GONGKAI_SMS_BODY 不是 JSON"
        assert send_due(clock=clock) == Outcome()
    with override_settings(GONGKAI_SMS_URL=f"http://127.0.0.1:{free_port()}/"):
        assert send_due(clock=clock) == Outcome(failed=1)
    assert states() == {"a": State.FAILED}
    assert Delivery.objects.get().last_error == "ConnectError"


def test_an_error_names_its_kind_only() -> None:
    assert str(NotSentError("HTTP 503", down=True)) == "HTTP 503"
    assert tuple(sorted(outgoing.PAUSES)) == outgoing.PAUSES, "less and less often"
