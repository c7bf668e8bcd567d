"""A template filled with an invented case, so that whoever changes it sees what it looks like."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from gongkai.bureau.models import Agency
from gongkai.law.letters import letters
from gongkai.law.outcomes import outcomes

from ..case import Case
from ..models import ApplicantKind
from .asks import Ask, asks
from .context import Context, Matter, context
from .forms import form_for
from .numbers import family_of, patterns
from .points import names

RECEIVED, DAY = date(2025, 6, 3), date(2025, 6, 16)
_INVENTED = "（此处为示例文字，由承办人填写。）"
_VALUES: dict[str, Any] = {
    "line": "某某某",
    "postcode": "325000",
    "days": 15,
    "date": DAY.isoformat(),
    "count": 45,
    "earlier": 44,
    "tariff": "items",
    "delivery": "email",
    "party": "第三方",
    "partner": "department",
    "severance": "第2页上部｜第三方权益\n第5页全页｜过程性信息",
}


def sample(agency: Agency, code: str) -> Context:
    """What a template of that kind is filled with for a look: the agency's own names where it has them."""
    if code == "service_proof":
        return _service_proof(agency)
    outcome = ""
    if letters()[code].stage == "decision":
        # The last one has all the blanks that an outcome may add.
        known = [each.code for each in outcomes().values() if each.letter == code and each.choosable]
        outcome = next((each for each in known if len(asks(code, each)) > len(asks(code))), known[0])
    form = form_for(code, outcome)({ask.name: _value(ask) for ask in asks(code, outcome)})
    if not form.is_valid():
        raise ValueError(f"the invented {code} does not fit its form: {form.errors.as_data()}")
    matter = Matter(_whole(agency), "2025-00012", "张某某", "2024年全市粮食播种面积及产量的汇总数据", _case())
    number = patterns(agency)[family_of(code)] if family_of(code) else ""
    return context(
        matter, code, outcome, form.values(), DAY, number.replace("{year}", "2025").replace("{number}", "12")
    )


def _value(ask: Ask) -> Any:
    return _VALUES.get(ask.kind, _INVENTED)


def _case() -> Case:
    case = Case()
    case.apply(
        "registered",
        RECEIVED,
        {"number": "2025-00012", "applicant_kind": ApplicantKind.NATURAL_PERSON.value, "channel": "internet"},
    )
    return case


def _whole(agency: Agency) -> Agency:
    """The agency with words in the place of what is not set yet, so that the look does not wait for it."""
    found = copy(agency)
    for name, words in (
        ("review_government", "（行政复议机关）"),
        ("review_superior", "（上一级主管部门）"),
        ("court", "（有管辖权的人民法院）"),
        ("review_online", "（网上申请行政复议的渠道）"),
    ):
        setattr(found, name, getattr(found, name) or words)
    return found


def _service_proof(agency: Agency) -> Context:
    invented = dict.fromkeys(names("service_proof"), "　")
    return invented | {
        "title": letters()["service_proof"].title,
        "agency": agency.name,
        "application_number": "2025-00012",
        "document": letters()["disclosure"].title,
        "document_number": patterns(agency)["reply"].replace("{year}", "2025").replace("{number}", "12"),
        "recipient": "张某某",
        "mode": "邮寄（挂号、快递）",
        "sent_on": "2025年6月16日",
        "tracking": "EMS0000000000",
        "served_on": "2025年6月18日",
    }
