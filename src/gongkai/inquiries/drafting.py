"""拟答复: the words of a reply before it goes out, kept until somebody else has read them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from gongkai.bureau.examining import personal_data, says
from gongkai.examination.finding import Finding, Severity
from gongkai.ledger.chain import canonical

from .models import Draft, Inquiry


@dataclass(frozen=True, slots=True)
class Words:
    """What a reply says. ``title`` and ``question`` are how the message reads in public, without who asked."""

    reply: str
    public: bool = True
    reason: str = ""
    title: str = ""
    question: str = ""


def words_of(draft: Draft) -> Words:
    return Words(draft.reply, draft.public, draft.reason, draft.title, draft.question)


def digest_of(words: Words, number: int) -> str:
    """What the ledger keeps of a draft: enough to show that what went out is what was reviewed."""
    told = {"draft": number, **{name: getattr(words, name) for name in Words.__slots__}}
    return sha256(canonical(told).encode()).hexdigest()


def _places(words: Words) -> dict[str, str]:
    return {"公开的标题": words.title, "公开的问题": words.question, "答复": words.reply}


def findings(inquiry: Inquiry, words: Words) -> list[Finding]:
    """Personal data in what would be public; nothing for a private reply."""
    return personal_data(inquiry.agency, _places(words)) if words.public else []


def faults(inquiry: Inquiry, words: Words) -> list[str]:
    """Why a reply may not go out as it stands, in Chinese."""
    if not words.reply.strip():
        return ["请填写答复。"]
    if not words.public:
        return [] if words.reason else ["不公开答复的，请选择理由。"]
    if not words.title.strip():
        return ["公开答复的，请填写公开的标题。"]
    told = []
    asker = inquiry.asker
    if asker is not None:
        named = {"姓名": asker.name, "联系方式": asker.contact}
        told = [
            f"{place}里写有留言人的{label}，公开答复不写是谁留言，请删去。"
            for place, text in _places(words).items()
            for label, value in named.items()
            if says(value, text)
        ]
    found = findings(inquiry, words)
    return told + [f"{each.place}：{each.message}" for each in found if each.severity is Severity.BLOCK]
