"""From bytes to Chinese text: encodings, earlier wrong decodings, traditional characters."""

from __future__ import annotations

import re

from .errors import ReadError
from .radicals import characters_of

# What UTF-8 read as GBK looks like: these two begin the characters of 公开 and 政府.
_MOJIBAKE = re.compile(r"[鍏鏀]")
_TRADITIONAL = re.compile(r"[開請請關務報處獲機數總計類錄訟議圍區員處將無與為實單經]")
# 報(bào)告: pages turned into traditional characters with the reading of each doubtful one behind it.
_READING = re.compile(r"(?<=[\u3400-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}\)")
_LOST = "□"
MENDED = "文字曾被按错误的编码（GBK）转换，已还原；个别字符已丢失，以“□”代替，请以原件为准。"


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of ``data`` and what had to be mended (UTF-8, UTF-16 or GB 18030; mojibake undone)."""
    return mend(decode_raw(data))


def decode_raw(data: bytes) -> str:
    """The text as its encoding says, without mending."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        if b"\x00" in data[:4096]:
            raise ReadError("不是文本文件，不能按文字读取。") from error
    # A text cut in the middle of a character, or with a few bad bytes, is still worth reading.
    utf8, gbk = data.decode("utf-8", errors="replace"), data.decode("gb18030", errors="replace")
    return utf8 if utf8.count("\ufffd") <= gbk.count("\ufffd") else gbk


def mend(text: str) -> tuple[str, list[str]]:
    """Undo UTF-8 read as GBK and turn traditional characters into simplified ones, saying so."""
    warnings: list[str] = []
    text = characters_of(text)
    if looks_like_mojibake(text):
        text = unmojibake(text)
        warnings.append(MENDED)
    text, traditional = simplify(text)
    if traditional:
        warnings.append("原文为繁体字，已转换为简体后核查，引文为转换后的文字。")
    return text, warnings


def looks_like_mojibake(text: str) -> bool:
    """Whether undoing the wrong decoding gives the words that every report has, which are not there now."""
    sample = text[:5_000]
    if "公开" in sample or "政府" in sample or not _MOJIBAKE.search(sample):
        return False
    undone = unmojibake(sample)
    return "公开" in undone or "政府" in undone


def unmojibake(text: str) -> str:
    """Read the bytes that the characters stand for in GBK as UTF-8; what was lost becomes □."""
    raw = bytearray()
    for character in text:
        if character == "€":
            raw.append(0x80)  # the one byte of code page 936 that Python's codec does not know
        elif character == "?":
            raw += b"\x00"  # where the wrong decoding met no character and kept no byte
        else:
            raw += character.encode("gb18030", errors="replace")
    # A lost byte takes the rest of its character with it, and may have swallowed the sign behind.
    return re.sub(r"(?:\ufffd|\x00)+", _LOST, bytes(raw).decode("utf-8", errors="replace"))


def simplify(text: str) -> tuple[str, bool]:
    """Simplified characters and words for a text in traditional ones; others stay as they are."""
    sample = text[:20_000]
    if len(_TRADITIONAL.findall(sample)) < max(8, len(sample) // 100):
        return text, False
    text = _READING.sub("", text)
    import opencc  # only needed here, and its dictionaries take time to load

    return str(opencc.OpenCC("tw2sp").convert(text)), True
