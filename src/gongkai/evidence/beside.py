"""What belongs to a case and has a stream of its own: 会商 with other bodies, and 代为转送."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from gongkai.applications.coordination.events import EVENTS, PASSING, STREAM
from gongkai.applications.coordination.events import PassedOn as PassedOnEvent
from gongkai.applications.coordination.models import Asked, Coordination, PassedOn
from gongkai.applications.coordination.queries import of_application
from gongkai.applications.models import Application
from gongkai.bureau.staff import names_of
from gongkai.law.wording import chinese_day
from gongkai.ledger.models import Entry

from .ledger import Stream
from .masking import Mask
from .paper import Part, Table

_KEPT_BACK = "各机关的往来文字不向第三方提供；台账中有其摘要。"
_TITLES = {(STREAM, kind): event.title for kind, event in EVENTS.items()}
_TITLES[PASSING, PassedOnEvent.kind] = PassedOnEvent.title


@dataclass(frozen=True, slots=True)
class Beside:
    """The 会商 about an application, and how it was passed on, where it was."""

    coordinations: Sequence[Coordination]
    passed: PassedOn | None

    @classmethod
    def of(cls, application: Application) -> Beside:
        return cls(of_application(application), PassedOn.objects.filter(application=application).first())

    @property
    def streams(self) -> list[Stream]:
        """Their places in the ledger."""
        found = [(STREAM, each.pk) for each in self.coordinations]
        return found if self.passed is None else [*found, (PASSING, self.passed.pk)]

    def parts(self, mask: Mask) -> list[Part]:
        """The page that tells them: nothing where there was none. Words between bodies are for the tribunal alone."""
        found = [part for each in self.coordinations for part in (_words(each, mask), _course(STREAM, each.pk))]
        if self.passed is None:
            return found
        said = _KEPT_BACK if mask.is_on else f"申请人同意的情况：{self.passed.consent or '已按保存期限清除'}"
        return [*found, Part("代为转送", [said]), _course(PASSING, self.passed.pk)]


def _words(one: Coordination, mask: Mask) -> Part:
    """What was asked of whom, and what each said."""
    heads, widths = ("机关", "发出、答复期限、答复", "公开属性", "意见、依据"), (20, 24, 16, 40)
    rows = [_row(each, mask) for each in one.organs.all()]
    told = [f"缘由：{one.get_trigger_display()}；形式：{one.get_form_display()}；状态：{one.get_status_display()}。"]
    if mask.is_on:
        told.append(_KEPT_BACK)
    else:
        said = {
            "会商事项": one.question,
            "所涉政府信息": one.shown,
            "分歧及理由": one.dispute,
            "结论": one.conclusion,
        }
        told += [f"{label}：{words}" for label, words in said.items() if words]
    if one.concluded_on is not None:
        agreed = f"{one.get_openness_display()}，{one.get_answerer_display()}"
        told.append(f"{chinese_day(one.concluded_on)}形成结论：{agreed}。")
    return Part(f"会商 {one.number}", told, Table(heads, widths, rows) if rows else None)


def _row(asked: Asked, mask: Mask) -> tuple[str, ...]:
    days = [asked.asked_on, asked.reply_by, *([asked.answered_on] if asked.answered_on else [])]
    said = "" if mask.is_on else "\n".join(each for each in (asked.opinion, asked.basis) if each)
    openness = str(asked.get_openness_display()) or str(asked.get_standing_display())
    return asked.body_name, "\n".join(map(chinese_day, days)), openness, said


def _course(stream: str, pk: int) -> Part:
    """Every event with its place and digest in the ledger."""
    entries = list(Entry.objects.of_stream(stream, pk))
    names = names_of(entry.actor_id for entry in entries)
    rows = [
        (
            str(entry.position),
            chinese_day(entry.occurred_on),
            _TITLES[stream, entry.kind],
            names.get(entry.actor_id, names[None]),
            f"{timezone.localtime(entry.recorded_at):%Y-%m-%d %H:%M:%S}\n{entry.digest[:16]}",
        )
        for entry in entries
    ]
    return Part("", (), Table(("台账序号", "日期", "事项", "经办", "记录时间、摘要"), (10, 22, 22, 20, 26), rows))
