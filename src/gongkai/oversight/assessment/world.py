"""The records that the measures look at, each read once however many measures look: a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from gongkai.bureau.models import Agency
from gongkai.law.indicators import Stated, Verdict
from gongkai.law.parameters import standard_parameters
from gongkai.law.validity import add_months
from gongkai.portal.duties.watch import Watched, watch

from .models import SERVICES
from .queries import stated


@dataclass
class World:
    """What is known of an agency on a day."""

    agency: Agency
    day: date

    @cached_property
    def columns(self) -> list[Watched]:
        return watch(self.agency, self.day)

    @cached_property
    def said(self) -> dict[str, Stated]:
        return stated(self.agency, self.day)

    @cached_property
    def has_services(self) -> bool | None:
        """Whether the body renders services to the public, as somebody said; ``None`` when nobody did.

        It is no verdict that lapses: it holds until somebody says otherwise.
        """
        found = self.said.get(SERVICES)
        return None if found is None else found.verdict is not Verdict.EXEMPT

    @cached_property
    def year_ago(self) -> date:
        return add_months(self.day, -12)

    def number(self, code: str) -> int:
        """A parameter of the indicators on the day."""
        return standard_parameters().on(code, self.day).number

    def address(self, name: str, *args: object, **asked: object) -> str:
        """A page of the back office about the records of this body."""
        query = "&".join(f"{key}={value}" for key, value in {"agency": self.agency.code, **asked}.items())
        return f"{reverse(name, args=args)}?{query}"


def late(day: date, due: date) -> str:
    """How long ago the last day in time was."""
    return f"已超期 {(day - due).days} 天"


def left(day: date, due: date) -> str:
    """How long there is."""
    return "今天到期" if due == day else f"还有 {(due - day).days} 天"
