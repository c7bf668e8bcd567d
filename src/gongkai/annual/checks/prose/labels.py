"""Which figure of the report a phrase before (or around) a number names, in the words bodies use for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

# Words that may stand between the name of a figure and its number without changing its meaning.
_NOUN = r"[政府务信息依申请公开的事项办件书表类请求数据量总共计合为有是达了各到其约:等]{0,24}"
_TAIL = (
    r"(?:的|类|答复|情形|情况|决定|申请|政府|信息|公开|事项|案件|案|类型|件|共|计|为|有|是|数量|数|各|合计|总计|:|等|原因"
    r"|方面|书|表|[”\"’」』》]){0,6}"
)

Kind = Literal["received", "handled", "carried", "outcome", "applicant", "dispute", "stock"]


@dataclass(frozen=True, slots=True)
class Name:
    """A figure's name: ``key`` for the accepted values, ``plain`` when the words can mean nothing else."""

    key: str
    kind: Kind
    plain: bool = True


@dataclass(frozen=True, slots=True)
class _Pattern:
    words: re.Pattern[str]
    name: Name


def _row(words: str, key: str, kind: Kind = "outcome", plain: bool = True) -> _Pattern:
    return _Pattern(re.compile(rf"(?:{words}){_TAIL}$"), Name(key, kind, plain))


# Who asked, how and whom: 收到公民、法人或者其他组织通过网络、信函等方式向我局提出的…
_ASKED = (
    r"(?:(?:公民|自然人|个人)(?:、|和|及|或)法人(?:、|和|及|以及|或|或者)其[他它](?:社会)?组织"
    r"|社会公众|群众|公众|公民|申请人|各类|有效|提出|提交|递交|办理|的"
    r"|通过[^,，。;；:]{2,24}(?:方式|渠道|途径|形式)|向(?:我|本)(?:局|委|办|厅|院|部|镇|乡|街道|机关|单位|部门)){0,12}"
)
_RECEIVED = re.compile(
    r"(?:新收到?|新受理|新增受理|新接收|收到并受理|收到|收悉|共收|受理|接收|接受|接到|收办|接办|承接)"
    + _ASKED
    + _NOUN
    + "$"
)
_HANDLED = re.compile(
    rf"(?:(?<!共)收到(?:并|和|及)处理|办结|办理完?毕?|处理|答复|回复|办复|办毕|已办)(?:完毕|完成|反馈|了|结){{0,2}}{_NOUN}$"
)
# What follows 8份 in “收到8份政府信息公开申请” must be applications and nothing else.
_FOLLOWS = re.compile(r"(?:有效)?(?:的)?(?:政府|政务)?(?:信息)?(?:依)?(?:公开)?(?:政府)?(?:信息)?申请|依申请公开")
_NOT_HANDLED = re.compile(
    r"延期|延长|超期|逾期|超过|补正|当场|转|书面|率|满意|不予|无法|其他|部分|重复|未(?!发生|收)|行政复议|诉讼|撤|公开(?:答复|回复)|代|网民|同意|拟"
)

_CARRIED_IN = re.compile(
    r"(?:上年|上一年|上年度|上一年度|往年|去年|年初|(?P<year>20\d\d)年度?)(?:度)?(?:跨年|继续)?(?:结转|转结|接转|转入|遗留|延续)"
    rf"(?:办理|处理|至本年|到本年|本年度?|今年|而来|过来|来)?{_NOUN}$"
    rf"|(?:结转|转结|接转)(?:了)?(?:上一?年|去年)度?(?:继续)?(?:办理|处理)?{_NOUN}$"
)
_CARRIED_OUT = re.compile(
    r"(?:结转|转结|接转|转入?|顺延|延续|跨年)(?:到|至|入)?(?:下一?年度?|次年|翌年|明年|来年|(?P<year>20\d\d)年度?)"
    rf"(?:继续)?(?:办理|处理|答复|办结)?{_NOUN}$"
)
_CARRIED_OUT_AFTER = re.compile(
    r"^(?:政府信息公开|依申请公开|信息公开)?(?:申请|件)?(?:将|需|均|已)?(?:按规定|依法)?(?:结转|转结|接转|转入?|顺延|延续)"
    r"(?:到|至|入)?(?:下一?年|次年|翌年|明年|来年|20\d\d年)"
)

_BOTH = r"(?:予以|同意|决定)?(?:全部)?公开(?:及|和|与|或者?|以及|、|/|\(含)(?:予以)?部分(?:予以)?公开\)?"
_OUTCOMES = (
    _row(_BOTH, "granted+part"),
    _row(r"(?:予以|同意)?部分(?:予以)?公开|区分处理", "granted_in_part"),
    _row(r"(?<!不)(?<!部分)予以公开|全部公开|(?<!不)同意公开|(?<!不)决定公开", "granted"),
    _row(r"不予公开|不同意公开", "denied"),
    _row(r"无法提供|不能提供|未能提供", "unavailable"),
    _row(r"不予处理", "not_processed"),
    _row(r"(?:作|按|做)?其[他它]处理|其[他它]方式处理|其[他它]办理", "other"),
    _row(r"其[他它]", "other", plain=False),
    _row(r"国家秘密", "denied.state_secret"),
    _row(r"(?:其他)?法律、?行政法规禁止公开", "denied.prohibited_by_law"),
    _row(r"三安全一稳定[”\"]?", "denied.security_and_stability"),
    _row(r"第三方(?:合法)?权益", "denied.third_party_rights"),
    _row(r"内部事务(?:性)?(?:信息)?", "denied.internal_affairs"),
    _row(r"过程性+(?:信息)?", "denied.process_information"),
    _row(r"(?:行政)?执法案卷(?:信息)?", "denied.enforcement_file"),
    _row(r"行政查询(?:事项)?", "denied.administrative_inquiry"),
    _row(r"不掌握(?:相关|该|所申请)?(?:的)?(?:政府)?(?:信息)?", "unavailable.not_held"),
    _row(
        r"(?:信息)?不存在|非本机关(?:职责|掌握|公开)?(?:范围)?|不属于本机关(?:职责|公开)?(?:范围)?",
        "unavailable.not_held",
        plain=False,
    ),
    _row(r"没有现成信息(?:、?需要?另行制作)?|需要?另行制作", "unavailable.must_be_created"),
    _row(r"补正后(?:申请)?(?:内容)?仍?不明确", "unavailable.unclear_after_correction"),
    _row(r"信访、?举报、?投诉(?:类|等)?|信访投诉举报(?:类)?|信访类", "not_processed.complaint"),
    _row(r"重复申请|不予重复处理", "not_processed.repeat"),
    _row(r"公开出版物", "not_processed.published_material"),
    _row(r"大量反复申请|反复大量申请", "not_processed.abusive"),
    _row(r"重新出具已获取信息|确认或重新出具", "not_processed.confirmation"),
    _row(r"逾期不补正|逾期未补正", "other.not_corrected_in_time"),
    _row(r"逾期未?(?:按收费通知要求)?(?:缴费|缴纳费用)", "other.fee_unpaid"),
)
_APPLICANTS = (
    _row(r"自然人(?:提出|提交|递交|提起)?|(?:^|其中)公民(?:个人)?(?:提出|提交|递交)", "natural_person", "applicant"),
    # 公民、法人或者其他组织 are all applicants there can be.
    _row(
        r"(?<!公民[、和及或与])(?<!公民)法人(?:(?:或者?|和|及|、|与)?(?:其他)?组织)?(?:提出|提交|递交)?",
        "organisations",
        "applicant",
    ),
    _row(r"商业企业", "business", "applicant"),
    _row(r"科研机构", "research", "applicant"),
    _row(r"社会公益组织", "public_welfare", "applicant"),
    _row(r"法律服务机构", "legal_service", "applicant"),
)
_DISPUTE_TAIL = r"(?:案件|的|申请|案|数量|事项|事件|情况|量|数|共计|共|为|有|是|发生|计|总计|合计|:|了|被|件数){0,5}"
_REVIEW_AND_SUIT = re.compile(
    rf"复议(?:案件)?(?:、|和|及|与|或|以及)?(?:被)?(?:提起)?(?:行政)?(?:诉讼){_DISPUTE_TAIL}$"
)
_REVIEW = re.compile(rf"复议{_DISPUTE_TAIL}$")
_SUIT = re.compile(rf"诉讼{_DISPUTE_TAIL}$")
_SUIT_AFTER = re.compile(rf"(?:经)?复议后(?:再)?(?:提起|起诉)(?:行政)?(?:诉讼)?{_DISPUTE_TAIL}$")
_SUIT_DIRECT = re.compile(rf"(?:未经复议)?直接(?:起诉|提起)(?:行政)?(?:诉讼)?{_DISPUTE_TAIL}$")
_STOCK = (
    _row(r"现行有效(?:的)?行政规范性文件", "2.normative_documents.in_force", "stock"),
    _row(r"现行有效(?:的)?规章", "2.rules.in_force", "stock"),
    _row(r"(?:制发|制定|出台|印发)(?:的)?行政规范性文件", "2.normative_documents.made", "stock", plain=False),
    _row(r"废止(?:的)?行政规范性文件", "2.normative_documents.repealed", "stock", plain=False),
    _row(r"(?:作出|做出)(?:的)?行政许可(?:处理)?决定", "2.permits.decisions", "stock", plain=False),
    _row(r"(?:作出|做出)(?:的)?行政处罚(?:处理)?决定", "2.penalties.decisions", "stock", plain=False),
    _row(r"(?:作出|做出)(?:的)?行政强制(?:处理)?决定", "2.coercion.decisions", "stock", plain=False),
)
# 对其中3件予以公开，1件部分公开: the result behind its number, and nothing but pointing words before it.
_RESULTS = {
    "予以公开": "granted",
    "部分公开": "granted_in_part",
    "不予公开": "denied",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
}
_OUTCOME_AFTER = re.compile(rf"(?:申请)?(?:依法|决定|作出)?({'|'.join(_RESULTS)})(?:答复|处理|决定)?$")
_ONLY_POINTS = re.compile(r"^(?:对?其中的?|对|有|另有|另|和|、|分别)?$")
# 发生2起因政府信息公开引发的行政诉讼案件
_DISPUTE_AFTER = re.compile(
    r"(?:因|关于|有关|涉及|涉)?(?:政府)?(?:信息公开)?(?:工作|申请|答复)?(?:引起|引发|提起)?的?行政(复议|诉讼)(?:案件?|申请)?$"
)
_HAPPENED = re.compile(r"(?:发生|产生|引发|涉及|共有|存在)了?$")
_NAMES = (*_OUTCOMES, *_APPLICANTS, *_STOCK)
_ANY_NAME = re.compile("|".join(pattern.words.pattern for pattern in _NAMES))


def name_of(before: str, after: str, year: int | None) -> Name | None:
    """What the number between ``before`` and ``after`` counts; ``None`` when its words name no figure of the tables."""
    if (carried := _carried(before, after, year)) is not None:
        return carried
    if "复议" in before or "诉讼" in before or "起诉" in before:
        return _dispute(before)
    # All patterns end at the number, so the longest is the one that begins first.
    if _ANY_NAME.search(before):
        matches = [(match.start(), pattern.name) for pattern in _NAMES if (match := pattern.words.search(before))]
        return min(matches, key=lambda item: item[0])[1]
    if (match := _OUTCOME_AFTER.match(after)) is not None and _ONLY_POINTS.search(before):
        return Name(_RESULTS[match[1]], "outcome")
    if (match := _DISPUTE_AFTER.match(after)) is not None and _HAPPENED.search(before):
        return Name("review" if match[1] == "复议" else "suit", "dispute")
    if after and not _bare(after) and not _FOLLOWS.match(after):
        return None
    if _RECEIVED.search(before):
        return Name("received", "received")
    if (match := _HANDLED.search(before)) is not None and not _NOT_HANDLED.search(before):
        return Name("handled", "handled", plain=not match[0].startswith(("处理", "办理")))
    return None


def _bare(after: str) -> bool:
    return after[0] in "，,、；;。)(:" or after[:2] in ("均已", "均按", "已全", "全部", "，均", "，已")


def _carried(before: str, after: str, year: int | None) -> Name | None:
    if (match := _CARRIED_OUT.search(before)) is not None:
        named = match["year"]
        if named is None or year is None or int(named) == year + 1:
            return Name("carried_out", "carried")
        return Name("carried_in", "carried") if int(named) == year else None
    if (match := _CARRIED_IN.search(before)) is not None:
        named = match["year"]
        if named is None or year is None or int(named) == year - 1:
            return Name("carried_in", "carried")
        return Name("carried_out", "carried") if int(named) == year else None
    if _CARRIED_OUT_AFTER.match(after):
        return Name("carried_out", "carried")
    return None


def _dispute(before: str) -> Name | None:
    if _REVIEW_AND_SUIT.search(before):
        return Name("review+suit", "dispute", plain=False)
    if _SUIT_AFTER.search(before):
        return Name("suit_after_review", "dispute")
    if _SUIT_DIRECT.search(before):
        return Name("suit_direct", "dispute")
    if _SUIT.search(before):
        return Name("suit", "dispute")
    if _REVIEW.search(before):
        return Name("review", "dispute")
    return None
