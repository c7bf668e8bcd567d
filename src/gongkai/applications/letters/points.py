"""Where in a template the points of a letter stand: each point of the law has its place, or a template is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.letters import letters

from .asks import asks

# What every letter may print.
COMMON = {
    "title": "文书名称",
    "agency": "本机关名称",
    "office": "政府信息公开工作机构",
    "document_number": "文号",
    "date": "落款日期",
    "recipient": "收件人",
    "application_number": "申请编号",
    "officer": "经办人",
    "contact": "本机关联系方式",
}
# Of the application; letters to third parties have none of it.
_OF_APPLICATION = {
    "received_on": "收到申请之日",
    "channel": "收到渠道",
    "requested": "申请内容",
}
_GROUNDS = {"grounds": "法律依据"}
_REMEDIES = {"remedies": "救济途径"}
_SAID = {"said": "法律规定的内容"}
_PERIOD = {"said": "提出意见的期限", "silence": "逾期不提出意见的后果"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point stands: the placeholders that say it, and words that the template itself must have."""

    names: tuple[str, ...]
    words: tuple[str, ...] = ()


def _at(*names: str) -> Place:
    return Place(names)


_RECEIVED = {"收到申请之日": _at("received_on")}
_REPLY = _RECEIVED | {"申请内容": _at("requested"), "依据": _at("grounds"), "救济途径": _at("remedies")}

POINTS: Mapping[str, Mapping[str, Place]] = {
    "receipt": {
        "申请编号": _at("application_number"),
        "收到渠道": _at("channel"),
        "收到申请之日及依据": _at("received_text", "grounds"),
        "答复期限": _at("due_on"),
        "经办人": _at("officer"),
    },
    "correction": _RECEIVED
    | {
        "申请内容不明确之处": _at("unclear"),
        "需要补正的事项": _at("to_supply"),
        "合理的补正期限": _at("working_days"),
        "逾期不补正的后果": _at("said"),
        "指导联系方式": _at("officer", "contact"),
    },
    "reasons_asked": {
        "申请数量、频次情况": _at("situation"),
        "要求说明的理由": _at("wanted"),
        "期限": _at("working_days"),
        "理由不合理的后果": _at("said"),
    },
    "extension": {
        "原答复期限": _at("due_before"),
        "延期理由": _at("reason"),
        "政府信息公开工作机构负责人批准": _at("said"),
        "延长后的答复期限": _at("due_after"),
    },
    "third_party_consultation": {
        "涉及的政府信息": _at("information"),
        "自收到之日起十五个工作日内提出意见": _at("said"),
        "答复方式": _at("answer_way"),
        "逾期不提出意见的由本机关决定": _at("silence"),
        "回执": Place((), ("回执",)),
    },
    "co_maker_consultation": {
        "涉及的政府信息": _at("information"),
        "自收到之日起十五个工作日内提出意见": _at("said"),
        "逾期不提出意见视为同意公开": _at("silence"),
        "回执": Place((), ("回执",)),
    },
    "consultation_notice": {"已征求意见": _at("party"), "征求意见所需时间不计入答复期限": _at("said")},
    "third_party_disclosure": {
        "决定公开的政府信息内容": _at("information"),
        "不公开会对公共利益造成重大影响的理由": _at("public_interest"),
        "救济途径": _at("remedies"),
    },
    "assistance": {
        "需协助事项": _at("matter"),
        "答复期限": _at("reply_by"),
        "联系人": _at("officer", "contact"),
    },
    "fee_notice": {
        "收费依据": _at("grounds"),
        "收费标准": _at("reckoning"),
        "收费数额": _at("amount"),
        "缴纳方式": _at("payment_way"),
        "二十个工作日的缴费期限及逾期后果": _at("said"),
    },
    "already_published": _REPLY | {"获取该政府信息的方式、途径": _at("access")},
    "disclosure": _REPLY | {"提供的政府信息或者获取的方式、途径和时间": _at("access")},
    "partial_disclosure": _REPLY
    | {"公开的部分": _at("disclosed"), "不予公开的部分及理由": _at("severance", "reasons")},
    "denial": _REPLY | {"不予公开的决定及理由": _at("decision", "reasons")},
    "administrative_inquiry": _RECEIVED
    | {
        "申请内容": _at("requested"),
        "适用的法律、行政法规规定": _at("legal_basis"),
        "查询方式": _at("access"),
        "救济途径": _at("remedies"),
    },
    "not_held": _REPLY | {"检索情况及结果": _at("search")},
    "not_responsible": _REPLY
    | {
        "不属于本机关负责公开的理由": _at("reasons"),
        "负责机关的名称、联系方式（能够确定的）": _at("other_body"),
    },
    "must_be_created": _REPLY | {"没有现成信息的理由": _at("reasons")},
    "unclear": _REPLY | {"补正情况": _at("correction"), "仍不明确之处": _at("reasons")},
    "not_processed": _REPLY | {"不予处理的理由": _at("reasons"), "可以告知的其他渠道": _at("elsewhere")},
    "closed_uncorrected": _RECEIVED
    | {
        "补正告知情况": _at("correction"),
        "补正期限届满未补正": _at("lapse"),
        "依据": _at("grounds"),
        "救济途径": _at("remedies"),
    },
    "closed_unpaid": _RECEIVED
    | {
        "收费通知情况": _at("fee_noticed"),
        "缴费期限届满未缴纳": _at("lapse"),
        "依据": _at("grounds"),
        "救济途径": _at("remedies"),
    },
    "other_notice": _REPLY | {"处理情况及理由": _at("explanation")},
    "closure": _RECEIVED | {"撤回或者合并办理的情况": _at("closing")},
    "service_proof": {
        "送达文书": _at("document", "document_number"),
        "受送达人": _at("recipient"),
        "送达方式": _at("mode"),
        "送达日期": _at("served_on"),
        "签收或者邮寄单号": _at("tracking"),
    },
}
# Letters to somebody else than the applicant: nothing of the application is told that they need not know.
TO_OTHERS = frozenset({"third_party_consultation", "co_maker_consultation", "third_party_disclosure", "assistance"})
UNNUMBERED = frozenset({"receipt", "service_proof"})
_ADDED: Mapping[str, Mapping[str, str]] = {
    "receipt": _GROUNDS | {"received_text": "收到申请之日的说明", "due_on": "答复期限"},
    "correction": _GROUNDS | _SAID,
    "reasons_asked": _GROUNDS | _SAID,
    "extension": _GROUNDS | _SAID | {"due_before": "原答复期限", "due_after": "延长后的答复期限"},
    "third_party_consultation": _GROUNDS | _PERIOD,
    "co_maker_consultation": _GROUNDS | _PERIOD,
    "consultation_notice": _GROUNDS | _SAID,
    "third_party_disclosure": _GROUNDS | _SAID | _REMEDIES,
    "fee_notice": _GROUNDS | _SAID | {"reckoning": "计收标准和算式", "amount": "收费数额（元）"},
    "denial": {"decision": "不予公开的决定", "legal_basis": "法律、行政法规的名称及条款"},
    "service_proof": {
        "document": "送达文书",
        "mode": "送达方式",
        "served_on": "送达日期",
        "tracking": "签收或者邮寄单号",
        "sent_on": "发出日期",
    },
}
# Columns of the one table that templates may repeat rows for.
ROWS = {"severance": ("part", "reason", "rule")}


def names(code: str) -> dict[str, str]:
    """Every placeholder that a template of this kind may use, with what it stands for."""
    letter = letters()[code]
    found = dict(COMMON)
    if code not in TO_OTHERS and code != "service_proof":
        found |= _OF_APPLICATION
    found |= _ADDED.get(code, {})
    if letter.stage == "decision" and code != "closure":
        found |= _GROUNDS | _REMEDIES
    return found | {ask.name: ask.label for ask in asks(code) if ask.name not in _UNPRINTED}


_UNPRINTED = {"delivery", "tariff", "count", "before", "recipient_address", "recipient_postcode", "partner"}


def required(code: str) -> dict[str, str]:
    """The placeholders that a template must have, each with the point of the law that it answers.

    A letter that can be contested says on what ground, and what may be done against it, whatever else it must say.
    """
    found = {name: point for point, place in POINTS[code].items() for name in place.names}
    offered = names(code)
    for name in ("grounds", "remedies", "said"):
        if name in offered:
            found.setdefault(name, offered[name])
    if code not in UNNUMBERED:
        found.setdefault("document_number", COMMON["document_number"])
    for name in ("agency",) if code == "service_proof" else ("agency", "date"):
        found.setdefault(name, COMMON[name])
    if code != "receipt":
        found.setdefault("recipient", COMMON["recipient"])
    if code == "denial":
        found.setdefault("legal_basis", offered["legal_basis"])
    return found


def required_words(code: str) -> dict[str, str]:
    """Words that a template must have, each with the point that it answers."""
    return {word: point for point, place in POINTS[code].items() for word in place.words}
