"""What the law floor says when it cannot answer."""

from __future__ import annotations


class LawError(ValueError):
    """The facts given cannot be, or no rule was in force; the message is Chinese and meant for the clerk."""
