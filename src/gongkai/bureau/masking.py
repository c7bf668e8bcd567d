"""Personal data as the back office shows it until somebody opens it for a reason."""

from __future__ import annotations

# Family names of two characters: the others have one.
_DOUBLE = (
    "欧阳、司马、上官、诸葛、东方、皇甫、尉迟、公孙、慕容、令狐、"
    "长孙、宇文、司徒、轩辕、夏侯、端木、百里、南宫、呼延、独孤"
)


def mask_person(name: str) -> str:
    """欧阳测试 → 欧阳**; a name in other letters keeps its first."""
    name = name.strip()
    if not name:
        return ""
    kept = 2 if len(name) > 2 and name[:2] in _DOUBLE.split("、") else 1
    return name[:kept] + "*" * min(len(name) - kept, 2) if len(name) > kept else "*"


def mask_middle(text: str, before: int, after: int) -> str:
    """The ends of a number. Too short a one is hidden whole."""
    if len(text) <= before + after:
        return "*" * len(text)
    return text[:before] + "*" * (len(text) - before - after) + (text[-after:] if after else "")


def mask_words(text: str) -> str:
    """The first characters of an address or of an organisation's name: which town, not which door."""
    return text[:3] + "*" * min(max(len(text) - 3, 0), 4) if len(text) > 3 else "*" * len(text)


def mask_mail(address: str) -> str:
    """The first letter of a mail address, and its host."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if at else "*" * len(address)
