"""What the drafter of a letter fills in, by kind of letter: one table, from which the forms are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from gongkai.law.outcomes import Outcome, outcome

Kind = Literal[
    "line",
    "postcode",
    "text",
    "days",
    "date",
    "count",
    "earlier",
    "tariff",
    "delivery",
    "party",
    "partner",
    "severance",
]


@dataclass(frozen=True, slots=True)
class Ask:
    """A blank of a letter. ``name`` is also its place in the template; ``evidence`` the record of the case, by kind
    of :func:`gongkai.law.outcomes.evidence_kinds`, that it begins with.
    """

    name: str
    label: str
    kind: Kind = "text"
    required: bool = True
    help: str = ""
    evidence: str = ""


_OFFICER = Ask("officer", "经办人（联系人）", "line", help="印在文书上，供申请人联系。")
_DELIVERY = Ask("delivery", "拟送达方式", "delivery", help="电子送达的，文书同时告知网上申请行政复议的渠道。")
_ACCESS = Ask(
    "access",
    "提供的政府信息，或者获取的方式、途径和时间",
    help="随文书提供的，写明名称和份数。",
    evidence="access",
)
_REASONS = Ask("reasons", "理由", help="针对本件申请写明事实和理由，不要只抄法条。", evidence="reasons")
_LEGAL_BASIS = Ask(
    "legal_basis",
    "法律、行政法规的名称及条款",
    help="只能是法律、行政法规，规章和规范性文件不是依据。",
    evidence="legal_basis",
)
_RECIPIENT = Ask("recipient", "收件人（单位或者个人名称）", "line")
_ADDRESS = Ask("recipient_address", "收件地址", "line", required=False, help="打印信封用。")
_POSTCODE = Ask("recipient_postcode", "收件邮编", "postcode", required=False)
_INFORMATION = Ask(
    "information",
    "涉及的政府信息",
    help="只写政府信息的名称、内容，不要写申请人的姓名、单位和联系方式。",
)
_WORKING_DAYS = Ask("working_days", "期限（工作日）", "days", help="自收到之日起计算。")
_LAPSE = Ask("lapse", "期限届满的情况", help="写明期限何时届满、没有收到什么。")
_BASIS = Ask("basis", "依据", help="条例对这一办理结果没有直接的条款，请写明依据。")

_ASKS: Mapping[str, tuple[Ask, ...]] = {
    "receipt": (_OFFICER,),
    "correction": (
        Ask("unclear", "申请内容不明确之处"),
        Ask("to_supply", "需要补正的事项"),
        replace(_WORKING_DAYS, label="补正期限（工作日）", help="合理的期限，自收到告知书之日起计算。"),
        replace(_OFFICER, help="指导补正的人，姓名印在文书上。"),
        _DELIVERY,
    ),
    "reasons_asked": (
        Ask("situation", "申请的数量、频次情况", help="写明起止日期和件数。"),
        Ask("wanted", "要求说明的理由"),
        replace(_WORKING_DAYS, label="说明理由的期限（工作日）"),
        _OFFICER,
        _DELIVERY,
    ),
    "extension": (
        Ask("reason", "延期的理由"),
        replace(_WORKING_DAYS, label="延长多少个工作日", help="只能延长一次。"),
        _OFFICER,
        _DELIVERY,
    ),
    "third_party_consultation": (
        replace(_RECIPIENT, label="第三方的名称"),
        _ADDRESS,
        _POSTCODE,
        _INFORMATION,
        Ask("answer_way", "答复的方式", help="书面意见寄到哪里，或者发到哪个邮箱。"),
        _OFFICER,
    ),
    "co_maker_consultation": (
        replace(_RECIPIENT, label="共同制作机关的名称"),
        _ADDRESS,
        _POSTCODE,
        _INFORMATION,
        Ask("answer_way", "答复的方式", help="书面意见寄到哪里，或者发到哪个邮箱。"),
        _OFFICER,
    ),
    "consultation_notice": (
        Ask("party", "征求谁的意见", "party", help="只告知征求了谁一类的意见，不写第三方的名称。"),
        _OFFICER,
        _DELIVERY,
    ),
    "third_party_disclosure": (
        replace(_RECIPIENT, label="第三方的名称"),
        _ADDRESS,
        _POSTCODE,
        replace(_INFORMATION, label="决定公开的政府信息内容"),
        Ask("public_interest", "不公开会对公共利益造成重大影响的理由", evidence="public_interest_grounds"),
        _OFFICER,
        _DELIVERY,
    ),
    "assistance": (
        Ask("partner", "协办单位是", "partner", help="征求其他行政机关意见的，所需时间不计入答复期限。"),
        replace(_RECIPIENT, label="协办单位的名称"),
        _ADDRESS,
        _POSTCODE,
        Ask("matter", "需要协助的事项", help="不要写申请人的姓名、单位和联系方式。"),
        Ask("reply_by", "请在何时之前答复", "date"),
        _OFFICER,
    ),
    "fee_notice": (
        Ask("tariff", "计收方式", "tariff", help="同一件申请只能按一种方式计收。"),
        Ask(
            "count",
            "件数或者页数",
            "count",
            help="按件计收的，填同一申请人当月至本件的累计件数；按量的，填提供的页数。",
        ),
        Ask(
            "before",
            "其中此前各件（按件计收）",
            "earlier",
            required=False,
            help="累计件数中本件以前的件数，其费用不计入本件；按量计收的不填。",
        ),
        Ask("payment_way", "缴纳方式", help="收款账户、缴款码或者窗口。"),
        _OFFICER,
        _DELIVERY,
    ),
    "already_published": (replace(_ACCESS, label="获取该政府信息的方式、途径"), _OFFICER, _DELIVERY),
    "disclosure": (_ACCESS, _OFFICER, _DELIVERY),
    "partial_disclosure": (
        Ask("disclosed", "公开的部分", evidence="access"),
        Ask(
            "severance",
            "不予公开的部分及理由",
            "severance",
            help="每行一处：不予公开的部分｜理由。理由写“第三方权益”“国家秘密”等的，依据自动填入；其他的请写：部分｜理由｜依据。",
            evidence="severance_list",
        ),
        replace(_REASONS, label="对不予公开部分的说明"),
        _OFFICER,
        _DELIVERY,
    ),
    "denial": (replace(_REASONS, label="不予公开的理由"), _OFFICER, _DELIVERY),
    "administrative_inquiry": (
        replace(_LEGAL_BASIS, label="适用的法律、行政法规规定"),
        replace(_ACCESS, label="查询方式", help="到哪里、带什么材料、怎样查询。"),
        _OFFICER,
        _DELIVERY,
    ),
    "not_held": (
        Ask(
            "search",
            "检索情况及结果",
            help="检索了哪些库、档案、处室，用什么关键词，何时，结果如何。",
            evidence="search_record",
        ),
        _OFFICER,
        _DELIVERY,
    ),
    "not_responsible": (
        replace(_REASONS, label="不属于本机关负责公开的理由"),
        Ask("other_body", "能够确定的负责机关的名称、联系方式", required=False, evidence="other_body"),
        _OFFICER,
        _DELIVERY,
    ),
    "must_be_created": (replace(_REASONS, label="没有现成信息的理由"), _OFFICER, _DELIVERY),
    "unclear": (
        Ask("correction", "补正情况", evidence="correction_received"),
        replace(_REASONS, label="仍不明确之处"),
        _OFFICER,
        _DELIVERY,
    ),
    "not_processed": (
        replace(_REASONS, label="不予处理的理由"),
        Ask("elsewhere", "可以告知的其他渠道", required=False, evidence="proper_channel"),
        _OFFICER,
        _DELIVERY,
    ),
    "closed_uncorrected": (
        Ask("correction", "补正告知情况", evidence="correction_notice"),
        replace(_LAPSE, label="补正期限届满未补正的情况", evidence="correction_deadline_passed"),
        _OFFICER,
        _DELIVERY,
    ),
    "closed_unpaid": (
        Ask("fee_noticed", "收费通知情况", evidence="fee_notice"),
        replace(_LAPSE, label="缴费期限届满未缴纳的情况", evidence="fee_deadline_passed"),
        _OFFICER,
        _DELIVERY,
    ),
    "other_notice": (Ask("explanation", "处理情况及理由", evidence="explanation"), _OFFICER, _DELIVERY),
    "closure": (Ask("closing", "撤回或者合并办理的情况"), _OFFICER, _DELIVERY),
    "service_proof": (),
}
# What a decision adds to the blanks of its letter.
_BY_OUTCOME: Mapping[str, tuple[Ask, ...]] = {
    "denied.prohibited_by_law": (_LEGAL_BASIS,),
    "not_processed.published_material": (
        Ask("elsewhere", "公开出版物的获取途径", required=False, evidence="publication_source"),
    ),
    "other.other.withdrawn": (Ask("closing", "撤回的情况", evidence="withdrawal"),),
    "other.other.merged": (Ask("closing", "合并办理的情况", evidence="merged_into"),),
}


def asks(code: str, outcome_code: str = "") -> tuple[Ask, ...]:
    """The blanks of a letter of that kind, for that outcome; raises ``KeyError`` for a kind that is none."""
    found = _ASKS[code]
    extra = _BY_OUTCOME.get(outcome_code, ())
    if outcome_code and needs_basis(outcome(outcome_code)):
        extra = (*extra, _BASIS)
    replaced = {ask.name: ask for ask in extra}
    merged = [replaced.pop(ask.name, ask) for ask in found]
    return (*replaced.values(), *merged) if replaced else tuple(merged)


def needs_basis(found: Outcome) -> bool:
    """Whether the law names no article for an outcome that can be contested: its drafter says on what it rests."""
    return not found.rule and found.remedy != "none"
