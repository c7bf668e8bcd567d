"""What is said when a file cannot be covered."""

from __future__ import annotations


class RedactionError(ValueError):
    """A file, page or box that cannot be used; the message is Chinese and says what to do."""
