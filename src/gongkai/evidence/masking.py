"""The variant for third parties: what names the applicant or anybody is hidden, before anything is set in type."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.applications.models import Applicant
from gongkai.applications.staff.masking import Shown, masked, opened

HIDDEN = "＊＊＊"
# Anything of eight digits and more may be an identity, a telephone or a card, however it is spaced.
_NUMBER = re.compile(r"(?<![\d０-９])(?:[\d０-９][ \u3000\-－—.]?){7,18}[\dXx０-９Ｘｘ]")
_MAIL = re.compile(r"[\w.+-]+\s*[@＠]\s*[\w-]+(?:\s*\.\s*[\w-]+)+")
_DATE = re.compile(r"\d{4}[-.]\d{1,2}[-.]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Mask:
    """Hides what is known of an applicant, and what looks like a person's number, in a text; or nothing at all."""

    is_on: bool
    values: tuple[str, ...] = ()

    @classmethod
    def of(cls, applicant: Applicant, *, redacted: bool) -> Mask:
        """The longest first, so that no part of a value is left of it."""
        known = (
            applicant.name,
            applicant.id_number,
            applicant.phone,
            applicant.address,
            applicant.email,
            applicant.postcode,
            applicant.fax,
            applicant.contact,
            applicant.representative,
        )
        values = sorted({value.strip() for value in known if value and len(value.strip()) > 1}, key=len, reverse=True)
        return cls(redacted, tuple(values))

    def __call__(self, text: str) -> str:
        """The text without what is hidden."""
        if not self.is_on:
            return text
        for value in self.values:
            # Written with spaces or over lines it is the same name.
            text = re.sub(r"\s*".join(map(re.escape, "".join(value.split()))), HIDDEN, text, flags=re.IGNORECASE)
        text = _MAIL.sub(HIDDEN, text)
        return _NUMBER.sub(lambda found: found[0] if _DATE.fullmatch(found[0]) else HIDDEN, text)

    def is_in(self, text: str) -> bool:
        """Whether a text names the applicant, where that is to be hidden."""
        return self.is_on and any(value in text for value in self.values)

    def person(self, applicant: Applicant) -> list[Shown]:
        """What is said of the applicant."""
        if not self.is_on:
            return opened(applicant)
        return [Shown(each.label, HIDDEN) for each in masked(applicant)]
