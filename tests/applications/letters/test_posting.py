"""Letters by mail: what proves them, what is tried again, and who is told when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings
from django.utils import timezone

from gongkai.applications import services, vault
from gongkai.applications.letters import issue, posting, send_by_email
from gongkai.applications.models import Application, Dispatch, Letter, Status
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.models import Entry
from gongkai.notices.models import Notice

from ...notices.servers import free_port
from ..cases import PERSON
from .test_drafting import reviewed, sign
from .world import DAY, World, fields

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
State = Dispatch.State


class Server:
    """A mail server that does what a test says."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.recipient, self.answer = "250 OK", "250 2.0.0 taken as 4711"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.taken.append(envelope.content)
        return self.answer


@pytest.fixture
def server() -> Iterator[Server]:
    handler = Server()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    with override_settings(
        EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False, EMAIL_HOST_USER="", DEFAULT_FROM_EMAIL="gk@tj.cn"
    ):
        yield handler
    controller.stop()


@pytest.fixture
def letter(world: World) -> Letter:
    world.agency.review_online = "掌上复议小程序"
    world.agency.save()
    made = reviewed(world)
    return sign(world.application, made, world.leader, DAY) and Letter.objects.select_related(
        "application__agency", "application__applicant", "file"
    ).get(pk=made.pk)


def deliver(at: datetime | None = None) -> str:
    moment = at or timezone.now()
    return posting.deliver(moment, clock=lambda: moment)


def test_the_servers_word_is_the_proof(world: World, letter: Letter, server: Server) -> None:
    dispatch = send_by_email(letter, world.clerk)
    assert Letter.objects.get().sent_on is None, "nothing is sent before the server has it"
    assert deliver() == "发出 1 份，未发出 0 份"
    sent = Letter.objects.get()
    today = timezone.localdate()
    assert (sent.mode, sent.sent_on, sent.served_on) == ("email", today, today)
    assert sent.proof is not None
    proof = vault.read(sent.proof, None).decode()
    for told in (
        "taken as 4711",
        f"<gongkai.{dispatch.pk.hex}@tj.cn>",
        "温统信公〔2025〕1号",
        PERSON.email,
        sent.file.digest,
    ):  # type: ignore[union-attr]
        assert told in proof
    assert Application.objects.get().status == Status.CLOSED
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.address) == (State.SENT, "")
    mail = message_from_bytes(server.taken[0], policy=policy.default)
    assert mail["To"] == PERSON.email
    (attached,) = mail.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "政府信息不存在告知书.pdf")
    assert attached.get_content().startswith(b"%PDF")
    assert deliver() == "", "it goes out once"
    assert len(server.taken) == 1


def test_a_server_that_is_busy_is_asked_again(world: World, letter: Letter, server: Server) -> None:
    dispatch = send_by_email(letter, world.clerk)
    server.recipient = "451 later"
    assert deliver() == "发出 0 份，未发出 1 份"
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts) == (State.FAILED, 1)
    assert PERSON.email not in dispatch.last_error
    assert deliver() == ""
    server.recipient = "250 OK"
    assert deliver(timezone.now() + timedelta(minutes=2)) == "发出 1 份，未发出 0 份"
    assert "第几次发送：2" in vault.read(Letter.objects.get().proof, None).decode()  # type: ignore[arg-type]


def test_an_address_that_does_not_exist_is_told_to_whoever_sent_it(
    world: World, letter: Letter, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    send_by_email(letter, world.clerk)
    server.recipient = f"550 no such user {PERSON.email}"
    deliver()
    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.address) == (State.GIVEN_UP, "")
    notice = Notice.objects.get(recipient=world.clerk, key__startswith="applications:dispatch")
    assert "文书邮件没有发出" in notice.subject
    told = caplog.text + notice.subject + notice.text + dispatch.last_error
    assert [value for value in (PERSON.email, PERSON.name, "550 no") if value in told] == []
    assert Letter.objects.get().sent_on is None, "it can still be posted"
    server.recipient = "250 OK"
    posting.try_again(dispatch, world.clerk)
    deliver()
    assert Letter.objects.get().served_on == timezone.localdate()


def test_without_a_mail_server_letters_wait(world: World, letter: Letter) -> None:
    send_by_email(letter, world.clerk)
    with override_settings(EMAIL_HOST=""):
        assert deliver() == "没有设置 EMAIL_URL"
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        assert deliver() == "发出 0 份，未发出 1 份"
    assert Dispatch.objects.get().state == State.FAILED


def test_what_was_sent_another_way_meanwhile_is_not_mailed(world: World, letter: Letter, server: Server) -> None:
    send_by_email(letter, world.clerk)
    services.send_letter(letter.application, timezone.localdate(), letter, "hand", actor=world.clerk)
    deliver()
    assert server.taken == []
    assert Dispatch.objects.get().state == State.GIVEN_UP


def test_a_letter_is_queued_once(world: World, letter: Letter) -> None:
    send_by_email(letter, world.clerk)
    with pytest.raises(NotPermittedError, match="已经在发送"):
        send_by_email(letter, world.clerk)
    assert Entry.objects.filter(kind="letter_sent").count() == 0, "asking changes nothing"


def test_what_may_not_be_sent_is_not_queued(world: World, letter: Letter) -> None:
    with pytest.raises(NotPermittedError, match="须由"):
        send_by_email(letter, world.leader)
    applicant = letter.application.applicant
    applicant.email = ""
    applicant.save()
    with pytest.raises(NotPermittedError, match="没有填写可用的电子邮箱"):
        send_by_email(letter, world.clerk)
    other = issue(letter.application, "assistance", fields("assistance"), world.clerk, DAY)
    with pytest.raises(NotPermittedError, match="不是给申请人的"):
        send_by_email(other, world.clerk)
    assert not Dispatch.objects.exists()


def test_a_reply_that_does_not_tell_how_to_apply_online_is_not_mailed(world: World) -> None:
    made = sign(world.application, reviewed(world), world.leader, DAY)
    with pytest.raises(NotPermittedError, match="不能电子送达"):
        send_by_email(made, world.clerk)


def test_the_address_is_not_readable_in_the_database(world: World, letter: Letter) -> None:
    from django.db import connection

    send_by_email(letter, world.clerk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM applications_dispatch")
        (stored,) = cursor.fetchone()
    assert PERSON.email not in stored
