"""Wagtail's widgets with what they lack."""

from __future__ import annotations

from typing import Any

from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea


class TextArea(DraftailRichTextArea):
    """The editor of paragraphs, with a name for whoever cannot see the label above it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["ariaLabel"] = "文字"
