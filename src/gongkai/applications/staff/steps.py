"""七步法: 补不补 → 是不是 → 谁负责 → 有没有 → 给不给 → 怎么给 → 怎么答, the order in which a request is judged.

Each step asks one question; each answer leads to the next step, or to outcomes that may be given. Data, so that the
page, its tests and a reader follow the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.exemptions import exemptions
from gongkai.law.outcomes import Outcome, outcome

from ..case import Case
from ..models import Status


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: it leads to the step ``next`` or to ``outcomes`` (codes), or to the verb ``verb``."""

    code: str
    label: str
    next: str = ""
    outcomes: tuple[str, ...] = ()
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A question. ``name`` is the step's own of the seven."""

    code: str
    name: str
    question: str
    choices: tuple[Choice, ...]
    advice: str = ""


def _withheld() -> tuple[str, ...]:
    """Everything that Articles 14 to 16 keep from the public."""
    return tuple(exemptions())


STEPS: Mapping[str, Step] = {
    step.code: step
    for step in (
        Step(
            "clear",
            "补不补",
            "申请内容是否明确，能够据以查找？",
            (
                Choice("yes", "明确", next="request"),
                Choice("ask", "不明确，要求补正", verb="correction"),
                Choice("still", "补正之后仍不明确", outcomes=("unavailable.unclear_after_correction",)),
                Choice("lapsed", "逾期没有补正", outcomes=("other.not_corrected_in_time",)),
            ),
            "补正只能告知一次，须一次性写明全部需要补正的事项。",
        ),
        Step(
            "request",
            "是不是",
            "是不是依法应当按政府信息公开申请办理的事项？",
            (
                Choice("yes", "是", next="whose"),
                Choice("complaint", "信访、投诉、举报等诉求", outcomes=("not_processed.complaint",)),
                Choice("repeat", "与此前已经答复的申请重复", outcomes=("not_processed.repeat",)),
                Choice("published", "要求提供公开出版物", outcomes=("not_processed.published_material",)),
                Choice("reasons", "申请的数量、频次明显超过合理范围，要求说明理由", verb="ask-reasons"),
                Choice("abusive", "理由不合理的大量、反复申请", outcomes=("not_processed.abusive",)),
                Choice("confirm", "要求确认或者重新出具已经获取的信息", outcomes=("not_processed.confirmation",)),
                Choice("inquiry", "属于行政查询事项", outcomes=("denied.administrative_inquiry",)),
                Choice("unpaid", "逾期没有缴纳信息处理费", outcomes=("other.fee_unpaid",)),
                Choice("other", "其他情形", outcomes=("other.other",)),
            ),
        ),
        Step(
            "whose",
            "谁负责",
            "是否由本机关负责公开？",
            (
                Choice("ours", "由本机关负责", next="held"),
                Choice("not", "不由本机关负责", outcomes=("unavailable.not_held.not_responsible",)),
            ),
            "本机关制作的，由本机关负责；从其他机关获取的，由制作或者最初获取的机关负责。能够确定负责机关的，告知其名称、联系方式。",
        ),
        Step(
            "held",
            "有没有",
            "经过检索，本机关有没有这项信息？",
            (
                Choice("yes", "有", next="may"),
                Choice("none", "没有：经检索没有所申请公开的信息", outcomes=("unavailable.not_held.not_found",)),
                Choice("make", "没有现成信息，需要另行加工、分析", outcomes=("unavailable.must_be_created",)),
            ),
            "先检索再判断：检索了哪些库、档案、处室，用什么关键词，记入检索记录。",
        ),
        Step(
            "may",
            "给不给",
            "能不能公开？",
            (
                Choice("yes", "可以公开", next="how"),
                Choice("part", "含有不应当公开的内容，能够区分处理", outcomes=("granted_in_part",)),
                Choice("third", "可能损害第三方合法权益，先征求意见", verb="consult"),
                Choice("no", "不能公开", outcomes=_withheld()),
            ),
            "能够区分处理的，提供可以公开的部分。第三方不同意的，只有不公开会对公共利益造成重大影响才予以公开。",
        ),
        Step(
            "how",
            "怎么给",
            "是不是已经主动公开？",
            (
                Choice("public", "已经主动公开：告知获取的方式、途径", outcomes=("granted.already_published",)),
                Choice("give", "没有公开过：向申请人提供", outcomes=("granted.provided",)),
            ),
        ),
    )
}
FIRST = "clear"
# 怎么答 is the page of the letter itself.
LAST = "怎么答"
_ENTERPRISE = ("企业", "公司", "单位", "个体", "法人", "一套表", "名录", "调查表", "报表", "原始数据")


@dataclass(frozen=True, slots=True)
class Answered:
    """A step that was answered."""

    step: Step
    choice: Choice


def walk(path: str) -> tuple[list[Answered], Step | None, Choice | None]:
    """Follow ``clear:yes.request:yes``: what was answered, the step to answer now, or the choice that ends the way.

    What makes no sense ends the reading: the step before it is asked again.
    """
    answered: list[Answered] = []
    step: Step | None = STEPS[FIRST]
    for part in path.split(".") if path else ():
        code, _, chosen = part.partition(":")
        choice = next((each for each in step.choices if each.code == chosen), None) if step else None
        if step is None or code != step.code or choice is None:
            break
        answered.append(Answered(step, choice))
        if not choice.next:
            return answered, None, choice
        step = STEPS[choice.next]
    return answered, step, None


def outcomes_of(choice: Choice) -> list[Outcome]:
    """What may be answered at the end of the way."""
    return [outcome(code) for code in choice.outcomes]


def starting_path(case: Case) -> str:
    """Where the way begins: a request that waits for its correction or fee can only end in that."""
    if case.status is Status.AWAITING_CORRECTION:
        return "clear:lapsed"
    if case.status is Status.AWAITING_FEE:
        return "clear:yes.request:unpaid"
    return ""


def asks_about_enterprises(requested: str) -> bool:
    """Whether a request may be for figures of single enterprises, which statistics law keeps secret."""
    return any(word in requested for word in _ENTERPRISE)
