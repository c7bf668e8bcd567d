"""Papers of several applications in one print: which of each would be printed, and why others would not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.bureau.models import User

from .. import letters
from ..letters.printing import addressee
from ..models import Application, Letter


@dataclass(slots=True)
class Papers:
    """What of one application would be printed, what each is called, and why something would not be."""

    things: list[Any] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


Found = Mapping[int, Papers]


@dataclass(frozen=True, slots=True)
class Printing:
    """One kind of print: ``find`` says what there is of each application, ``make`` the PDF of all of it."""

    find: Callable[[Sequence[Application]], Found]
    make: Callable[[list[Any], User], bytes]


def _receipts(applications: Sequence[Application]) -> Found:
    """One each, unless nobody is known any more to whom it could be given."""
    found = {}
    for each in applications:
        erased = each.applicant.erased_at is not None
        found[each.pk] = Papers(lacking=["申请人信息已按保存期限清除"]) if erased else Papers([each], ["接收回执"])
    return found


def _letters(applications: Sequence[Application]) -> Found:
    """The letters that have their number and have not arrived yet; one query."""
    found = {each.pk: Papers() for each in applications}
    for letter in _underway(applications):
        found[letter.application_id].things.append(letter)
        found[letter.application_id].titles.append(str(letter))
    for papers in found.values():
        if not papers.things:
            papers.lacking.append("没有已经编号、尚未送达的文书")
    return found


def _with_address(applications: Sequence[Application]) -> Found:
    """The same, of those whose envelope could be written."""
    found = {}
    for pk, papers in _letters(applications).items():
        kept = found[pk] = Papers(lacking=papers.lacking)
        for letter, title in zip(papers.things, papers.titles, strict=True):
            name, address, _ = addressee(letter)
            if name and address:
                kept.things.append(letter)
                kept.titles.append(title)
            else:
                kept.lacking.append(f"{title}没有填写收件人或者收件地址")
    return found


def _underway(applications: Iterable[Application]) -> Iterable[Letter]:
    waiting = Letter.objects.filter(application__in=applications, served_on=None).exclude(document_number="")
    return waiting.select_related("application__agency", "application__applicant", "file").order_by("application", "pk")


RECEIPTS = Printing(_receipts, lambda chosen, user: letters.receipts(chosen, user=user))
ENVELOPES = Printing(_with_address, lambda chosen, user: letters.envelopes(chosen, user=user))
SERVICE_PROOFS = Printing(_letters, lambda chosen, user: letters.service_proofs(chosen, user=user))
