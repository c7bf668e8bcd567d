"""Signing in."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm


class LoginForm(WagtailLoginForm):
    """Wagtail's, with labels instead of examples inside the fields, which go as soon as somebody types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "密码"
        for name, told in (("username", "username"), ("password", "current-password")):
            attributes = self.fields[name].widget.attrs
            attributes.pop("placeholder", None)
            attributes["autocomplete"] = told
