"""Keeping what people say of the year."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError

from ..roles import may_edit
from .forms import form_of
from .models import Answer


def latest(agency: Agency, year: int) -> dict[str, Answer]:
    """What counts for each field that somebody answered; one query."""
    found = Answer.objects.filter(agency=agency, year=year).select_related("entered_by").order_by("pk")
    return {answer.field: answer for answer in found}


@transaction.atomic
def answer(agency: Agency, year: int, values: Mapping[str, str], actor: User) -> int:
    """Keep what is new or different; how many that were. An empty value takes an answer back.

    Raises :class:`NotPermittedError`, and ``KeyError`` for a field that nobody is asked for.
    """
    if not may_edit(actor, agency):
        raise NotPermittedError("只有本机关的经办、审核人员和负责人可以填写工作报表。")
    Agency.objects.select_for_update().get(pk=agency.pk)  # two people at once do not answer twice
    fields, before = form_of(year).fields, latest(agency, year)
    changed = []
    for code, value in values.items():
        if not fields[code].is_asked:
            raise KeyError(code)
        known = before[code].value if code in before else ""
        if value != known:
            changed.append(Answer(agency=agency, year=year, field=code, value=value, entered_by=actor))
    Answer.objects.bulk_create(changed)
    return len(changed)
