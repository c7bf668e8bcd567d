"""Documents like a free text: those that share with it what few others have."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from math import log

from .analyse import IN_TITLE, facet, grams, runs
from .matching import after_all, among
from .tokens import newest
from .words import Word

_READ = 500  # characters of the text
_GRAMS = 24  # of it that are looked up
_EACH = 200  # newest titles that are considered for each
_JUDGED = 40  # best ones whose whole text is compared
_IN_TEXT = 0.3  # what a gram in the text counts, beside one in the title

# What applicants write in every request, and characters that only hold a sentence together: they part the text.
_SAID_BY_ALL = (
    *(
        "政府信息公开",
        "政府信息",
        "申请",
        "公开",
        "政府",
        "信息",
        "贵局",
        "贵单位",
        "我局",
        "单位",
        "本人",
        "希望",
        "获取",
    ),
    *(
        "要求",
        "提供",
        "关于",
        "有关",
        "相关",
        "情况",
        "请问",
        "想要",
        "了解",
        "需要",
        "查询",
        "查阅",
        "依据",
        "根据",
        "以及",
    ),
    *(
        "或者",
        "是否",
        "哪些",
        "什么",
        "时候",
        "怎么",
        "如何",
        "您好",
        "你好",
        "谢谢",
        "材料",
        "内容",
        "文件",
        "资料",
        "通知",
    ),
    *"的了和与及或是在我你您想请吗呢吧们把被",
)
_PARTING = re.compile("|".join(_SAID_BY_ALL))


def similar_ids(text: str, agency_id: int, limit: int, now: datetime) -> tuple[list[int], tuple[Word, ...]]:
    """Ids of the likest documents, the likest first, and the grams they were found by, as words to be marked."""
    wanted = _telling(text[:_READ])
    found: dict[int, float] = defaultdict(float)
    weights: dict[str, float] = {}
    for gram in wanted:
        ids = newest([facet("a", agency_id), IN_TITLE + gram], after_all(now), _EACH)
        weights[gram] = log(1 + 2 * _EACH / (1 + len(ids)))
        for number in ids:
            found[number] += weights[gram]
    best = sorted(found, key=lambda number: (found[number], number), reverse=True)[:_JUDGED]
    if not best:
        return [], ()
    texts = among(best).filter(published_at__lte=now).values_list("id", "folded")
    scores = {number: found[number] + _IN_TEXT * _shared(folded, weights) for number, folded in texts}
    order = sorted(scores, key=lambda number: (scores[number], number), reverse=True)[:limit]
    return order, tuple(Word((gram,)) for gram in weights)


def _shared(folded: str, weights: dict[str, float]) -> float:
    return sum(weight for gram, weight in weights.items() if gram in folded)


def _telling(text: str) -> list[str]:
    """The grams of a text that may tell documents apart, each once, as many as are looked up."""
    parts = [part for run in runs(text) for part in _PARTING.split(run) if len(part) > 1]
    return list(dict.fromkeys(gram for part in parts for gram in grams(part)))[:_GRAMS]
