"""Radicals in place of the characters they look like: browsers that print to PDF write ⼀、⺠政 for 一、民政."""

from __future__ import annotations

import re
import unicodedata

_RADICAL = re.compile("[\u2e80-\u2fdf]")
# Unicode gives the Kangxi radicals their characters, but not those of the supplement.
_SUPPLEMENT = dict(
    zip(
        "⺁⺎⺐⺒⺓⺕⺝⺟⺠⺩⺫⺬⺮⺶⺷⻁⻃⻄⻅⻆⻉⻋⻌⻏⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂兀尢巳幺彐月母民王目示竹羊羊虎西西见角贝车辶阝長長长门阝雨青韦页风飞食食饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)


def characters_of(text: str) -> str:
    """The text with each radical turned into its character."""
    return _RADICAL.sub(_character, text) if _RADICAL.search(text) else text


def _character(match: re.Match[str]) -> str:
    return _SUPPLEMENT.get(match[0]) or unicodedata.normalize("NFKC", match[0])
