"""What the prose says there was none of: 未收到政府信息公开申请, 没有发生行政复议和行政诉讼, 无结转."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...report import Report
from .passages import Passage
from .scope import belongs_to_the_body, by_one_channel

_NONE = re.compile(
    r"(?:(?:均|都|也|且|并|暂|尚|从|而)?(?:未|没有|未曾|没)(?:收到|受理|接到|接收|发生|产生|出现|引发|涉及|被|因)|无(?!法|锡|为|人机|正当|障碍|条件|需|论|缝|效|关|不|偿|害|误|故|权|证|违)|零(?=(?:申请|复议|诉讼)))"
    r"(?P<what>[^，,；;。！!()“”]{0,60})"
)
_APPLICATION = re.compile(
    r"^(?:过|任何|到|有关|相关|关于|公民|法人|群众|公众|社会公众|单位|个人|申请人|其他组织|和|或者?|的|、|各类|提出|提交|申请公开)*(?:要求)?(?:政府信息|信息|政务)?(?:依申请|公开申请|申请公开|依申请公开|信息公开申请|政府信息公开申请|信息申请)"
    r"(?:公开)?(?:政府)?(?:信息)?(?:公开)?(?:的)?(?:申请|事项|件|信息|事宜|要求|请求|办件|公开|情况)*(?:数量|\d件)?$"
)
_REVIEW, _SUIT = re.compile(r"复议"), re.compile(r"诉讼")
# 因答复不当引发的复议被纠正、败诉 are kinds of cases, 新增 is a change, 投诉 is neither.
_QUALIFIED = re.compile(
    r"败诉|胜诉|纠错|被?纠正|不当|违法|撤销|新增|新发|有效|投诉|举报|责任|超期|逾期|信函|邮|网|当面|现场|重复|收费|结转|二审|一审|因行政|确认|应诉|不服|不满|质量"
)
_CARRIED = re.compile(r"(?:上年度?|上一年度?|去年)?(?:度)?结转")
_OTHER_TIME = re.compile(r"去年|上年(?!度?结转)|截至|季度|半年|历年|以来|\d月份?")
_CONTEXT = re.compile(r"信息公开|依申请|政务公开|公开工作|公开申请")


def nothing_stated(report: Report, passage: Passage) -> Iterator[tuple[str, str, int, bool]]:
    """``(key, words, position, own)`` for each figure of the tables that the passage says is nought."""
    text = passage.text
    if "未" not in text and "没" not in text and "无" not in text and "零" not in text:
        return
    for start, clause in passage.clauses():
        for match in _NONE.finditer(clause):
            position = start + match.start()
            sentence = text[passage.sentence_start(position) : passage.sentence_end(position)]
            if _OTHER_TIME.search(clause[: match.end()]):
                continue
            # The list may go on behind a comma or a 顿号: 未发生行政复议、行政诉讼.
            what = match["what"]
            own = belongs_to_the_body(passage, position, report.agency)
            words = passage.shown[position : position + len(match[0])]
            if _REVIEW.search(what) or _SUIT.search(what):
                if _QUALIFIED.search(what) or not (_CONTEXT.search(sentence) or passage.section == 4):
                    continue
                if _REVIEW.search(what):
                    yield "review", words, position, own
                if _SUIT.search(what):
                    yield "suit", words, position, own
            elif _APPLICATION.match(what) and not _QUALIFIED.search(what) and not by_one_channel(clause[: match.end()]):
                yield "received", words, position, own
