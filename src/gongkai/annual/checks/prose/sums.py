"""TEXT-SUM: where the prose states a whole and its parts, they agree.

Parts may fall short of their whole without fault (其中, 含, 余 need not exhaust); parts of one kind
that together exceed it contradict it. 分别为 states all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...report import Number
from ..finding import Finding, Verdict, shown
from .passages import Passage
from .quantities import Quantity

_MARK = re.compile(
    r"其中[,，:]?|分别[为是]|(?:具体|主要)?(?:包括|包含)[了:]?|具体为|(?:内容|主要)?(?:涵盖|涉及)|\((?=含|其中)含?|(?:具体)?(?:如下)?[:](?!//)|——|分别"
)
_EXHAUSTIVE = ("分别为", "分别是")
# 100条，门户网站、微信公众号、政府公报分别为…: the parts are named before their numbers.
_NAMED = re.compile(r"^[,，][^,，。；;:]+$")
_NAMES = 60
# A whole and the mark of its parts stand close together: 1110条，其中…; 8769条。其中，…
_REACH = 12
_BEFORE_MARK = re.compile(
    r"^[\s,，。;；(]*(?:以?上述?)?(?:信息|数据|政府信息|申请|件|均为[^，。]{1,8}|，)*[\s,，。;；(]*$"
)
# What follows is no part of the list any more: a word of another count, or a clause with a new subject.
_BREAK = re.compile(
    r"其中|分别|此外|另外|同时|截[至止]|转载|转发|原创|阅读|浏览|点击|访问|同比|收到|受理|办结|结转|转结|撤回|解读率"
    r"|报送|上报|推送|投稿|约稿|提供给|被.{0,6}(?:采用|录用)"
    r"|关注|粉丝|订阅|^[，,；;、。)\s]*(?:另|还|全年|[一二三四五六]是|年内|今年|本年|[我本全][局区市县委办厅]|较|答复|办理|其余)"
)
# Of a list these end a part's name only where the list goes on to its rest: A 12条、B共计110条、其他30条.
_SUBTOTAL = re.compile(r"累计|共计|总计")
_REST = re.compile(r"[,，、；;]其[他它余][^,，。；;]{0,12}\d")
# 受理54件，办理上年结转2件，其中予以公开45件…: the results are those of what came in and was carried in.
_CARRIED = re.compile(r"结转|转结|上一?年")
# Things that may be counted under several heads at once.
_OVERLAPPING = re.compile(r"解读|涉及|图解|图文|视频|图表|动漫|文字|H5")
_CHANNEL = re.compile(
    r"网站|门户|微信|微博|公众号|新媒体|媒体|公报|客户端|抖音|头条|APP|app|电视|广播|报刊|报纸|公开栏|电子屏|平台|渠道|网|信函|当面|邮寄|邮件|窗口"
)
_EXCLUSIVE_PAIR = re.compile(
    r"自然人[^。]*(?:法人|组织|企业)|(?:法人|组织|企业)[^。]*自然人|当面[^。]*网|网[^。]*当面|信函[^。]*网|网[^。]*信函"
)
# Applicants are natural persons or organisations (article 29); there is no third kind.
_ALL_APPLICANTS = re.compile(
    r"自然人(?:提出|提交|递交)?的?(?:申请)?\d+\w[,，、]?(?:法人(?:或者?|和|及|、)(?:其他)?组织)(?:提出|提交|递交)?的?(?:申请)?\d+\w$"
)
_ASIDE = re.compile(r"\([^()]*\)")
_DOMINANT = 0.85
_COUNTED = frozenset("件条宗例份起篇项")


@dataclass(frozen=True, slots=True)
class _List:
    """Parts that follow a mark, and the wholes they may belong to, the nearest first."""

    wholes: tuple[Quantity, ...]
    parts: tuple[Quantity, ...]
    mark: str


def check_sums(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Every list of parts in the prose against the whole it is said to be part of."""
    for passage in passages:
        if len(passage.quantities) >= 3:
            for parts in _lists(passage):
                if (finding := _judge(passage, parts)) is not None:
                    yield finding


def _lists(passage: Passage) -> Iterator[_List]:
    text = passage.text
    for mark in _MARK.finditer(text):
        before = passage.before(mark.start(), 6)
        if not before or not _follows(text[before[-1].end : mark.start()], mark[0]):
            continue
        after = _parts(passage, passage.after(mark.end()), mark.end())
        if len(after) < 2:
            continue
        unit = after[0].unit
        sentence = passage.sentence_start(before[-1].start)
        wholes = tuple(q for q in reversed(before) if q.unit == unit and q.start >= sentence and not q.word)
        if wholes:
            yield _List(wholes, tuple(after), mark[0])


def _follows(between: str, mark: str) -> bool:
    """Whether a mark this far behind a number speaks of it: at once, or with the names of the parts between."""
    if mark.startswith(_EXHAUSTIVE):
        return len(between) <= _NAMES and _NAMED.match(between) is not None
    return len(between) <= _REACH and _BEFORE_MARK.match(between) is not None


def _parts(passage: Passage, following: list[Quantity], start: int) -> list[Quantity]:
    """The numbers of one list: same unit, same depth of brackets, up to the end of the sentence or a new subject."""
    text = passage.text
    end = passage.sentence_end(start)
    parts: list[Quantity] = []
    depth = following[0].depth if following else 0
    position = start
    for quantity in following:
        if quantity.start >= end or quantity.depth < depth:
            break
        if quantity.depth > depth:
            position = quantity.end
            continue
        between = text[position : quantity.start]
        if parts and (
            _BREAK.search(between) or (_SUBTOTAL.search(between) and not _REST.search(text, quantity.end, end))
        ):
            break
        position = quantity.end
        if quantity.word:
            continue
        if parts and quantity.unit != parts[0].unit:
            continue
        parts.append(quantity)
    if len(parts) > 1 and parts[0].unit != parts[1].unit:
        return []
    return parts


def _judge(passage: Passage, found: _List) -> Finding | None:
    whole = found.wholes[0]
    parts = list(found.parts)
    sums = [_total(parts[: n + 1]) for n in range(len(parts))]
    holding = next((w for w in found.wholes if w.value in sums[1:]), None)
    if holding is not None:
        return _finding(passage, Verdict.PASS, holding, parts[: sums.index(holding.value, 1) + 1])
    if parts[0].value == sums[-1] - parts[0].value and len(parts) > 3:
        return _finding(
            passage, Verdict.PASS, parts[0], parts[1:]
        )  # “其中网站5469条，解读2620条…” names its whole again
    # 含上年结转30件。其中，… speaks of the whole before; a part larger than its whole is not its part.
    while any(part.value > whole.value for part in parts):
        larger = [w for w in found.wholes if w.value > whole.value]
        if not larger:
            return None
        whole = larger[0]
    if not whole.exact:
        return None
    total = sums[-1]
    if total > whole.value and _CARRIED.search(passage.text, whole.end, parts[0].start):
        return None  # table 三 tells whether these results are right
    if total > whole.value:
        return _finding(passage, _of_excess(passage, whole, parts), whole, parts)
    if whole is not found.wholes[0]:
        return None
    exact = all(part.exact for part in parts)
    if exact and len(parts) == 2 and _ALL_APPLICANTS.search(text := passage.text[whole.end : parts[-1].end]):
        return None if "含" in text else _finding(passage, Verdict.FAIL, whole, parts)
    if exact and found.mark.startswith(_EXHAUSTIVE) and _as_many_as_named(passage, whole, parts):
        return _finding(passage, Verdict.FAIL, whole, parts)
    if exact and len(parts) >= 3 and total * 10 >= whole.value * 9 and found.mark[0] not in "(包":
        return _finding(passage, Verdict.WARN, whole, parts)
    return None


def _as_many_as_named(passage: Passage, whole: Quantity, parts: list[Quantity]) -> bool:
    """分别为 states every part only when as many are named before it as numbers follow: A、B、C分别为1、2、3件."""
    named = passage.text[whole.end : parts[0].start]
    return "其中" not in named and named.count("、") + 1 == len(parts) and len(parts) >= 2


def _of_excess(passage: Passage, whole: Quantity, parts: list[Quantity]) -> Verdict:
    """Parts that exceed their whole contradict it when they are of one kind and cannot overlap."""
    if not all(part.exact or part.least for part in parts) or not whole.exact:
        return Verdict.WARN
    text = passage.text
    starts = [whole.end, *(part.end for part in parts)]
    labels = [_ASIDE.sub("", text[start : part.start]) for start, part in zip(starts, parts, strict=False)]
    if whole.unit not in _COUNTED or sum(1 for label in labels if _OVERLAPPING.search(label)) > 1:
        return Verdict.WARN
    if len(parts) == 2 and not _EXCLUSIVE_PAIR.search(text[whole.end : parts[-1].end]):
        return Verdict.WARN
    if max(part.value for part in parts) >= float(whole.value) * _DOMINANT:
        return Verdict.WARN  # one outlet carries nearly everything, so the others repeat some of it
    if max(len(label) for label in labels[1:]) > 30:
        return Verdict.WARN
    channels = [bool(_CHANNEL.search(label)) for label in labels]
    neutral = [("其他" in label or "其它" in label) for label in labels]
    kinds = {channel for channel, other in zip(channels, neutral, strict=True) if not other}
    if len(kinds) > 1:
        return Verdict.WARN
    return Verdict.FAIL


def _total(parts: list[Quantity]) -> Number:
    total: Number = 0
    for part in parts:
        total += part.value
    return total


def _finding(passage: Passage, verdict: Verdict, whole: Quantity, parts: list[Quantity]) -> Finding:
    total = _total(parts)
    sum_ = "＋".join(passage.text[part.start : part.end].removesuffix(part.unit) for part in parts)
    stated = f"正文说总数 {shown(whole.value)}{whole.unit}"
    certain = verdict is Verdict.FAIL
    if verdict is Verdict.PASS:
        message = f"{shown(whole.value)}＝{sum_}，相符。"
    elif total > whole.value:
        about = "" if all(part.exact for part in parts) else "至少"
        message = f"{stated}，而所列分项 {sum_}＝{about}{shown(total)}，超过总数；" + (
            "请核对后改正。" if certain else "如分项有重复计算请写明，否则请改正。"
        )
    else:
        message = f"{stated}，所列分项 {sum_}＝{shown(total)}，相差 {shown(whole.value - total)}；" + (
            "请核对后改正。" if certain else "如还有未列出的分项可不改，否则请改正。"
        )
    return Finding(
        "TEXT-SUM",
        verdict,
        message,
        (),
        whole.value,
        total,
        passage.quote(whole.start, parts[-1].end),
        passage.line(whole.start),
    )
