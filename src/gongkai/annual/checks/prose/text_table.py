"""TEXT-TABLE: a figure in the prose that names a cell, or a group of cells, equals it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...report import Number, Report
from ..finding import Finding, Verdict, shown
from .accepted import Accepted, Tables
from .labels import Name, name_of
from .passages import Passage
from .quantities import COUNT_UNITS, Quantity
from .scope import about_applications, belongs_to_the_body, by_one_channel, of_another_time, speaks_for_many
from .zeros import nothing_stated

_BOUNDARY = re.compile(r"[，,；;。:()！？!?]")
_LONGEST_LABEL = 60
_CONTEXT = re.compile(r"信息公开|依申请|公开工作|公开申请|政务公开")
# Words that make a dispute figure something else than table 四: filed papers, cases decided as
# reviewing authority, instances counted one by one, what was lost.
_OTHER_DISPUTES = re.compile(
    r"备案|代理|(?<!在)审理(?!中)|复议机关|一审|二审|再审|上诉|开庭|应诉|撤回|调解|涉诉|结案|终止|立案|新增"
    r"|(?:办理|受理|承办|代为)[^，,；;。]{0,20}行政复议"
)
_AS_AUTHORITY = re.compile(r"作为(?:行政)?复议机关|审理[^，,；;。]{0,20}复议")
# 因行政处罚引发行政复议7件 has nothing to do with disclosure; 行政复议11件，其中信息公开类3件 has only in part.
_OTHER_CAUSES = re.compile(r"处罚|执法|行政许可|强制|工伤|征收|拆迁|法治|依法行政|领域|监管|履职|投诉|举报")
_PARTLY = re.compile(r"^[,，。；;(]*其中[^,，。；;]{0,12}(?:信息公开|依申请)")
_BARE_DISPUTE = re.compile(
    r"^(?:20\d\d年度?|全年|本年度?|年内|共|涉及|发生|引发|产生|有|被申请|被提起|提起|被|未经复议直接起诉|复议后起诉)*"
    r"(?:行政)?(?:复议|诉讼)?(?:案件|申请|案)?(?:数量|数)?(?:共|为|计)*$"
)
# Said before the number these make it a part; said behind it they only tell how the whole came out.
_SOME_DISPUTES = re.compile(r"败诉|胜诉|纠错|被纠正|撤销|维持|驳回|审结|办结")
_WITHIN = ("含", "包括", "包含", "其中")
# Applications may be told apart by these without having been answered so.
_ALSO_CONTENTS = frozenset(("not_processed.complaint", "not_processed.repeat"))
_RESULTS_OF_SOMETHING_ELSE = re.compile(r"制作|制发|公文|属性|文件(?!申请)")
_HEADED = 24
# 受理依申请公开12件，均已答复。行政复议1件，行政诉讼0件。 The dispute is about what was spoken of right before.
_OF_APPLICATIONS = re.compile(r"依申请公开|公开申请|信息公开[^，,。；;]{0,8}(?:复议|诉讼)")
_NEAR = 100


@dataclass(frozen=True, slots=True)
class _Statement:
    """One figure of the prose that names ``name``: the words as printed and where they stand."""

    name: Name
    value: Number
    words: str
    passage: Passage
    position: int
    own: bool
    within: bool = False


def check_text_table(report: Report, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Compare every figure that names cells with them; what may be another body's or another year's is never a FAIL."""
    tables = Tables(report)
    agreed: set[str] = set()
    same_body: set[int] = set()  # passages in which a figure above nought agrees: they speak of the body of the tables
    differing: list[tuple[_Statement, Accepted]] = []
    for passage in passages:
        for statement in _statements(report, passage):
            accepted = tables.accepted(statement.name.key)
            if accepted is None:
                continue
            if accepted.agrees(statement.value) or (statement.within and statement.value <= accepted.computed):
                if statement.own:
                    agreed.add(statement.name.key)
                    if statement.value and statement.name.plain:
                        same_body.add(id(passage))
                yield _passed(statement, accepted)
            else:
                differing.append((statement, accepted))
    government = speaks_for_many(report.agency)
    seen: set[tuple[str, Number]] = set()
    for statement, accepted in differing:
        if (mark := (statement.name.key, statement.value)) in seen:
            continue
        seen.add(mark)
        certain = statement.own and statement.name.plain
        if statement.name.key in agreed:
            # Stated rightly elsewhere: this one is likely of another body, or of a part.
            if certain:
                yield _differs(statement, accepted, Verdict.WARN)
            continue
        if government and statement.value < accepted.computed and id(statement.passage) not in same_body:
            certain = False  # a government's prose may count its office alone, its tables all its departments
        yield _differs(statement, accepted, Verdict.FAIL if certain else Verdict.WARN)


def _statements(report: Report, passage: Passage) -> Iterator[_Statement]:
    """Every figure of the passage that names cells, and what it says there was none of."""
    for key, words, position, own in nothing_stated(report, passage):
        yield _Statement(Name(key, "dispute" if key != "received" else "received"), 0, words, passage, position, own)
    end = 0
    counted = passage.section == 3 or "依申请" in passage.heading or "依申请" in passage.text[:_HEADED]
    waiting: list[_Statement] = []
    for index, quantity in enumerate(passage.quantities):
        start, end = _label_start(passage.text, end, quantity.start), quantity.end
        if not quantity.exact or quantity.unit not in COUNT_UNITS:
            continue
        following = passage.quantities[index + 1].start if index + 1 < len(passage.quantities) else len(passage.text)
        statement = _statement(report, passage, quantity, start, following)
        if statement is None:
            continue
        if statement.name.kind in ("received", "handled", "carried"):
            counted = True
        elif statement.name.kind == "outcome":
            # 不予公开1535条 of 3021 documents made is no outcome: results follow what was received or answered.
            if counted:
                waiting.append(statement)
            continue
        yield statement
    yield from waiting


def _label_start(text: str, previous_end: int, position: int) -> int:
    """Where the words that name the number begin: after the last boundary or number before it."""
    start = max(previous_end, position - _LONGEST_LABEL)
    for match in _BOUNDARY.finditer(text, start, position):
        if match[0] != ":" or match.end() < position:
            start = match.end()
    return start


def _statement(report: Report, passage: Passage, quantity: Quantity, start: int, following: int) -> _Statement | None:
    text = passage.text
    before = text[start : quantity.start].rstrip(":")
    stop = _BOUNDARY.search(text, quantity.end, following)
    after = text[quantity.end : min(stop.start() if stop else following, quantity.end + 30)]
    name = name_of(before, after or text[quantity.end : quantity.end + 1], report.year)
    if name is None or (name.kind != "carried" and of_another_time(passage, before, quantity.start, report.year)):
        return None
    own = belongs_to_the_body(passage, quantity.start, report.agency)
    sentence = text[passage.sentence_start(quantity.start) : passage.sentence_end(quantity.end)]
    within = False
    if name.kind == "dispute":
        told = _CONTEXT.search(sentence) or passage.section == 4 or _CONTEXT.search(passage.heading)
        if not (told or _OF_APPLICATIONS.search(text, max(0, quantity.start - _NEAR), quantity.start)):
            return None
        if _AS_AUTHORITY.search(sentence, 0, quantity.start - passage.sentence_start(quantity.start)):
            return None
        if _PARTLY.match(text[quantity.end : quantity.end + 40]):
            return None
        lead = before if told else text[passage.sentence_start(quantity.start) : quantity.start]
        own = own and not _OTHER_CAUSES.search(lead) and bool(told or _BARE_DISPUTE.match(before))
        own = own and not (_OTHER_DISPUTES.search(sentence) or _SOME_DISPUTES.search(before))
    elif name.kind == "stock":
        pass
    else:
        if not about_applications(passage, quantity.start, quantity.end + len(after)):
            return None
        if name.kind in ("received", "handled", "applicant") and by_one_channel(before):
            return None
        if name.kind == "carried":
            # Of those answered, some were carried in: not more than table 三 says, but perhaps fewer.
            within = quantity.depth > 0 or before.startswith(_WITHIN)
        if name.kind in ("received", "handled") and quantity.depth:
            return None
        if name.kind == "outcome" and _RESULTS_OF_SOMETHING_ELSE.search(sentence):
            return None
        if name.key in _ALSO_CONTENTS and "不予处理" not in text[passage.sentence_start(quantity.start) : quantity.end]:
            return None
    words = passage.shown[start : quantity.end + (len(after) if not before.strip() else 0)].strip("，、。；:： ")
    return _Statement(name, quantity.value, words, passage, quantity.start, own, within)


def _passed(statement: _Statement, accepted: Accepted) -> Finding:
    return Finding(
        "TEXT-TABLE",
        Verdict.PASS,
        f"正文“{statement.words}”与{accepted.label}相符。",
        accepted.cells,
        statement.value,
        statement.value,
        statement.passage.quote(statement.position),
        statement.passage.line(statement.position),
    )


def _differs(statement: _Statement, accepted: Accepted, verdict: Verdict) -> Finding:
    advice = (
        "请核对登记台账后改正其一。"
        if verdict is Verdict.FAIL
        else "如果说的不是本机关本年度的同一个数，请写明口径；否则请改正其一。"
    )
    return Finding(
        "TEXT-TABLE",
        verdict,
        f"正文写“{statement.words}”，{accepted.label}为 {shown(accepted.computed)}；{advice}",
        accepted.cells,
        statement.value,
        accepted.computed,
        statement.passage.quote(statement.position),
        statement.passage.line(statement.position),
    )
