"""申请数量 and 信息处理费 at the desk: who asked for much in a month, how a fee is reckoned, how its notice begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.views.generic import TemplateView

from gongkai.law.errors import LawError
from gongkai.law.fees import TariffCode

from ..models import Application
from ..volume.charging import CHOICES, WHY, Reckoning, reckon
from ..volume.counting import limit_of, many_in, month_of, volume_of
from .base import CaseMixin, StaffMixin
from .masking import masked_name


class MonthForm(forms.Form):
    """Which month."""

    month = forms.RegexField(
        r"\A20\d\d-(0[1-9]|1[0-2])\Z",
        label="月份",
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"invalid": "请填写年月，如 2020-03。"},
    )


class ManyView(StaffMixin, TemplateView):
    """Applicants with many applications in a month (``?month=``); masked, each leading to its newest case."""

    template_name = "applications/staff/volume/list.html"
    page_title = "申请数量"
    header_icon = "clipboard-list"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": "申请数量", "sublabel": self.agency.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        form = MonthForm(self.request.GET if "month" in self.request.GET else {"month": f"{today:%Y-%m}"})
        day = date.fromisoformat(f"{form.cleaned_data['month']}-01") if form.is_valid() else month_of(today)[0]
        return super().get_context_data(**kwargs) | {
            "form": form,
            "month": day,
            "limit": limit_of("volume_month", day),
            "rows": [(each, masked_name(each.last.applicant)) for each in many_in(self.agency, day)],
            "agency": self.agency,
        }


class FeeForm(forms.Form):
    """How many pages this application is answered with."""

    pages = forms.IntegerField(
        label="提供的页数",
        min_value=1,
        max_value=1_000_000,
        help_text="按量计收的填写；信息表单、文字以 A4 纸计页。",
        error_messages={"invalid": "请填写页数。", "min_value": "页数至少是 1。", "max_value": "页数过多，请核对。"},
    )


class FeeView(CaseMixin, TemplateView):
    """Both tariffs reckoned side by side; the fee itself is noticed by its verb (the leader's)."""

    template_name = "applications/staff/volume/fee.html"
    page_title = "信息处理费怎样计算"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("信息处理费")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FeeForm(self.request.GET if "pages" in self.request.GET else None)
        pages = form.cleaned_data["pages"] if form.is_bound and form.is_valid() else 0
        ways, told = ways_of(self.application, pages)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "ways": ways,
            "told": told,
            "volume": volume_of(self.application),
            "may_notice": "fee_noticed" in self.acts,
            "asked": self.case.work.reasons_asked,
            "reasons": self.case.work.reasons_given,
        }


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two tariffs for an application; ``found`` is missing where there is nothing to reckon from yet."""

    tariff: TariffCode
    label: str
    why: str
    found: Reckoning | None
    pages: int = 0


def ways_of(application: Application, pages: int) -> tuple[list[Way], str]:
    """Both tariffs of today, and why there is none. ``pages``: how many are provided, 0 where nobody has said it."""
    today = timezone.localdate()
    try:
        items = reckon(application, "items", today)
        by_pages = reckon(application, "pages", today, pages) if pages else None
    except LawError as error:
        return [], str(error)
    found: dict[TariffCode, Reckoning | None] = {"items": items, "pages": by_pages}
    return [Way(code, CHOICES[code], WHY[code], found[code], pages) for code in CHOICES], ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the fee notice begins with: the blanks filled in by the tariff that was chosen, and how it is reckoned."""

    blanks: Mapping[str, Any]
    way: Way | None
    told: str = ""


def notice_of(application: Application, asked: Mapping[str, str]) -> Notice:
    """By item, or with ``tariff=pages&pages=`` in the address by page; items are counted from the records."""
    form = FeeForm(asked)
    by_pages = asked.get("tariff") == "pages" and form.is_valid()
    ways, told = ways_of(application, form.cleaned_data["pages"] if by_pages else 0)
    chosen = next((way for way in ways if (way.tariff == "pages") == by_pages), None)
    if chosen is None or chosen.found is None:
        return Notice({}, None, told)
    whole, before = chosen.found.whole, chosen.found.before
    blanks = {"tariff": chosen.tariff, "count": whole.count or None, "before": before.count if before else None}
    return Notice(blanks, chosen, told)
