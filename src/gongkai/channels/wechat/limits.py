"""What WeChat takes of an article, checked before anything is sent (draft/add, uploadimg, add_material)."""

from __future__ import annotations

from dataclasses import dataclass

TITLE, AUTHOR, DIGEST = 32, 16, 128  # characters
CONTENT, CONTENT_BYTES = 20_000, 1_000_000  # fewer than that many
ADDRESS_BYTES = 1000
BODY_PICTURE = 1_000_000  # bytes; jpg and png
COVER = 10_000_000
BODY_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


@dataclass(frozen=True, slots=True)
class Letter:
    """An article as a draft has it."""

    title: str
    content: str
    author: str = ""
    digest: str = ""
    address: str = ""  # 阅读原文
    cover: str = ""  # the media_id of a permanent picture


def faults(letter: Letter) -> list[str]:
    """What WeChat would refuse, in Chinese; empty when nothing."""
    found = [
        f"{name}有 {len(text)} 个字，微信最多 {most} 个字，请缩短。"
        for name, text, most in (
            ("标题", letter.title, TITLE),
            ("作者", letter.author, AUTHOR),
            ("摘要", letter.digest, DIGEST),
        )
        if len(text) > most
    ]
    if not letter.title.strip():
        found.append("请填写标题。")
    if not letter.content.strip():
        found.append("正文是空的，不能发到微信。")
    if len(letter.content) >= CONTENT or len(letter.content.encode()) >= CONTENT_BYTES:
        found.append(
            f"排版后的正文有 {len(letter.content)} 个字符，微信须少于 {CONTENT} 个，"
            "请拆成几篇，或者发布摘要并链接原文。"
        )
    if len(letter.address.encode()) > ADDRESS_BYTES:
        found.append("原文链接过长，微信不接受。")
    return found


def kind_of_picture(content: bytes) -> str | None:
    """``png`` or ``jpg`` by what the file begins with; ``None`` for what uploadimg does not take."""
    return next((kind for head, kind in BODY_KINDS.items() if content.startswith(head)), None)
