"""What the page of a case shows of matters beside it: 会商, 数量提示, 公开目录. Each registers how it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .case import Case
from .models import Application

if TYPE_CHECKING:
    from gongkai.bureau.models import User


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: its heading, and a template with what it needs."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


# Nothing to show is ``None``. Asked once a page, so it asks the database a fixed number of times.
Tell = Callable[[Application, Case, "User"], "Panel | None"]
_tellers: list[Tell] = []


def register(tell: Tell) -> None:
    """Have the page of a case show one more part. Told once, when the program starts."""
    if tell not in _tellers:
        _tellers.append(tell)


def panels(request: HttpRequest, application: Application, case: Case, user: User) -> list[tuple[str, SafeString]]:
    """Heading and content of every part that has something to show."""
    found = (tell(application, case, user) for tell in _tellers)
    return [
        (panel.title, render_to_string(panel.template, {**panel.context, "application": application}, request))
        for panel in found
        if panel is not None
    ]
