"""What a letter says: the case's data, what the drafter filled in, and what the law has it say on its day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency
from gongkai.law.errors import LawError
from gongkai.law.exemptions import exemptions
from gongkai.law.fees import fee
from gongkai.law.letters import letters, says
from gongkai.law.limits import LimitKind, limit
from gongkai.law.outcomes import outcome as outcome_of
from gongkai.law.receipt import Channel, receipt
from gongkai.law.remedies import Bodies, remedies
from gongkai.law.wording import chinese_date, cited
from gongkai.ledger.models import Entry

from ..case import Case
from ..deadlines import due
from ..events import STREAM
from ..models import Application
from ..projection import fold
from .asks import asks
from .forms import ELECTRONIC
from .points import TO_OTHERS, names

Context = dict[str, Any]
# What is only known when the letter is signed; everything else is what was reviewed.
OF_THE_DAY = ("document_number", "date", "remedies")
# A third party contests that something is disclosed: what stands open is what stands open against any disclosure.
_DISCLOSED = "granted.provided"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter needs to know of its case. Holds personal data: made, used and forgotten within one request."""

    agency: Agency
    number: str
    applicant: str
    requested: str
    case: Case = field(repr=False)
    confirmed_on: date | None = None


def matter_of(application: Application) -> Matter:
    """The case behind an application; two queries where agency and applicant are loaded."""
    entries = list(Entry.objects.of_stream(STREAM, application.pk))
    confirmed = [entry.occurred_on for entry in entries if entry.kind == "receipt_confirmed"]
    return Matter(
        application.agency,
        application.number,
        application.applicant.name,
        application.requested,
        fold((entry.kind, entry.occurred_on, entry.data) for entry in entries),
        min(confirmed, default=None),
    )


def context_of(
    application: Application, code: str, outcome: str, fields: Mapping[str, Any], on: date, number: str = ""
) -> Context:
    """What the places of a template of ``code`` are filled with; ``fields`` as :meth:`LetterForm.values` gives them.

    Raises :class:`LawError`, with what to do, where the law or the settings of the agency have no answer.
    """
    return context(matter_of(application), code, outcome, fields, on, number)


def context(matter: Matter, code: str, outcome: str, fields: Mapping[str, Any], on: date, number: str = "") -> Context:
    """The same of a case that is at hand."""
    agency, letter = matter.agency, letters()[code]
    found: Context = dict.fromkeys(names(code), "")
    kinds = {ask.name: ask.kind for ask in asks(code, outcome)}
    for name, value in fields.items():
        if name in found:
            found[name] = sentence(value) if kinds.get(name) == "text" else value
    found.update(
        title=letter.title,
        agency=agency.name,
        office=agency.office,
        contact=contact(agency),
        document_number=number,
        date=chinese_date(on),
        application_number=matter.number,
    )
    if code not in TO_OTHERS:
        found.update(
            recipient=matter.applicant or "申请人",
            received_on=chinese_date(_received(matter.case)),
            channel=Channel(matter.case.channel).label if matter.case.channel else "申请人提交",
            requested=matter.requested or "（申请内容不再保存）",
        )
    if write := _OF_LAW.get(code):
        found.update(write(matter, fields, on))
    if outcome and letter.stage == "decision":
        found.update(_of_outcome(matter, outcome, fields, on))
    elif "remedies" in found:
        found["remedies"] = _remedies(matter, _DISCLOSED, fields, on)
    return {name: found[name] for name in names(code)}


def _of_outcome(matter: Matter, outcome: str, fields: Mapping[str, Any], on: date) -> Context:
    known = outcome_of(outcome)
    if known.remedy == "none":
        return {}
    told: Context = {
        "grounds": cited(known.rule) or str(fields.get("basis", "")).rstrip("。"),
        "remedies": _remedies(matter, outcome, fields, on),
    }
    if exemption := exemptions().get(outcome):
        told["decision"] = f"属于{exemption.text.partition('（')[0]}，本机关决定不予公开"
    return told


def _remedies(matter: Matter, outcome: str, fields: Mapping[str, Any], on: date) -> str:
    agency, known = matter.agency, outcome_of(outcome)
    bodies = Bodies(agency.review_government, agency.court, agency.review_superior, agency.review_online)
    electronic = fields.get("delivery") in ELECTRONIC or bool(agency.review_online)
    found = remedies(known, on, bodies, letter=letters()[known.letter].name, electronic=electronic)
    return found.text if found else ""


def sentence(text: str) -> str:
    """A text of the drafter's as it stands in a letter: with a full stop where it has none."""
    return text + "。" if text and text[-1] not in _ENDS else text


_ENDS = "。！？；：…”」』）)!?;:."


def contact(agency: Agency) -> str:
    """How the office is reached, in a line."""
    told = (
        ("电话", agency.telephone),
        ("传真", agency.fax),
        ("电子邮箱", agency.email),
        ("地址", agency.address),
        ("邮编", agency.postcode),
    )
    return "，".join(f"{label}：{value}" for label, value in told if value) or agency.name


# --- What the law has a kind of letter say --------------------------------------------------------------


def _receipt(matter: Matter, fields: Mapping[str, Any], on: date) -> Context:
    received, channel = _received(matter.case), matter.case.channel
    last, provisional = due(matter.case)
    told: Context = {"due_on": chinese_date(last) + ("（以国务院放假通知为准）" if provisional else "")}
    if not channel:
        return told | {
            "received_text": f"以{chinese_date(received)}为收到申请之日。",
            "grounds": cited("条例第三十一条"),
        }
    found = receipt(Channel(channel), received, confirmed=matter.confirmed_on)
    return told | {"received_text": found.text, "grounds": cited(found.rule)}


def _said(code: str) -> Callable[[Matter, Mapping[str, Any], date], Context]:
    def write(matter: Matter, fields: Mapping[str, Any], on: date) -> Context:
        said, rule = says(code, on)
        return {"said": said, "grounds": cited(rule.reference)}

    return write


def _extension(matter: Matter, fields: Mapping[str, Any], on: date) -> Context:
    before, _ = due(matter.case)
    after = deepcopy(matter.case)
    after.apply("extended", on, {"working_days": int(fields["working_days"])})
    last, _ = due(after)
    if last <= before:
        raise LawError("延长后的答复期限没有晚于原答复期限，请核对延长的工作日数和日期。")
    return _said("extension")(matter, fields, on) | {
        "due_before": chinese_date(before),
        "due_after": chinese_date(last),
    }


def _consultation(code: Literal["third_party_consultation", "co_maker_consultation"], kind: LimitKind) -> Any:
    def write(matter: Matter, fields: Mapping[str, Any], on: date) -> Context:
        days = limit(kind, on, working_calendar()).parameter.number
        said, rule = says(code, on, days)
        return {"said": said, "silence": says(f"{code}.silence", on)[0], "grounds": cited(rule.reference)}

    return write


def _fee(matter: Matter, fields: Mapping[str, Any], on: date) -> Context:
    tariff, count, before = fields["tariff"], int(fields["count"]), int(fields.get("before") or 0)
    if before and tariff != "items":
        raise LawError("按量计收只计本件，请不要填此前各件的件数。")
    if before >= count:
        raise LawError("此前各件的件数应当少于累计件数，请核对。")
    whole, earlier = fee(tariff, count, on), fee(tariff, before, on)
    amount, reckoning = whole.amount - earlier.amount, whole.text.rstrip("。")
    if amount == 0:
        raise LawError(f"{whole.text}没有超出免费的数量，不能收费。")
    if earlier.amount:
        reckoning += f"；扣除此前{before}件的{earlier.amount}元，本件{amount}元"
    days = limit(LimitKind.FEE_PAYMENT, on, working_calendar()).parameter.number
    said, rule = says("fee_notice", on, days)
    return {
        "said": said,
        "grounds": cited(rule.reference),
        "reckoning": reckoning,
        "amount": str(amount),
    }


def _assistance(matter: Matter, fields: Mapping[str, Any], on: date) -> Context:
    return {"reply_by": chinese_date(date.fromisoformat(str(fields["reply_by"])))}


_OF_LAW: Mapping[str, Callable[[Matter, Mapping[str, Any], date], Context]] = {
    "receipt": _receipt,
    "correction": _said("correction"),
    "reasons_asked": _said("reasons_asked"),
    "extension": _extension,
    "third_party_consultation": _consultation("third_party_consultation", LimitKind.THIRD_PARTY_ANSWER),
    "co_maker_consultation": _consultation("co_maker_consultation", LimitKind.CO_MAKER_ANSWER),
    "consultation_notice": _said("consultation_notice"),
    "third_party_disclosure": _said("third_party_disclosure"),
    "assistance": _assistance,
    "fee_notice": _fee,
}


def _received(case: Case) -> date:
    if case.received_on is None:
        raise LawError("申请还没有登记，不能制作文书。")
    return case.received_on
