"""A connection to the mail server that remembers what the server answered: Django's own forgets it."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class _Remembering:
    """Keeps the answer to the last DATA: the server's word that it has taken the message."""

    answer: tuple[int, bytes] = (0, b"")

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.answer = super().data(msg)  # type: ignore[misc]
        return self.answer


class _Smtp(_Remembering, smtplib.SMTP):
    pass


class _SmtpSsl(_Remembering, smtplib.SMTP_SSL):
    pass


class Connection(EmailBackend):
    """Django's backend, for one message at a time."""

    connection: Any

    @property
    def connection_class(self) -> type[Any]:
        return _SmtpSsl if self.use_ssl else _Smtp

    def send(self, mail: EmailMessage) -> str:
        """Hand a message over and give the server's answer. Raises what smtplib does."""
        # Not send_messages: that says nothing of a connection that is not open.
        self._send(mail)  # type: ignore[attr-defined]
        code, text = self.connection.answer
        return f"{code} {text.decode('utf-8', 'replace')}"


@contextmanager
def open_connection() -> Iterator[Connection]:
    """A connection to the server of ``EMAIL_URL``. Raises ``SMTPException`` or ``OSError``."""
    connection = Connection()
    try:
        connection.open()
        yield connection
    finally:
        # What the server has taken is taken, whatever happens to the farewell: no reason to send it again.
        with suppress(smtplib.SMTPException, OSError):
            connection.close()
