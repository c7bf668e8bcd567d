"""信息处理费: the reckoning of either tariff for one application, so that a person can choose; never both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.errors import LawError
from gongkai.law.fees import Fee, TariffCode, fee

from ..models import Application
from .counting import in_month

CHOICES: dict[TariffCode, str] = {"items": "按件计收", "pages": "按量（页）计收"}
WHY: dict[TariffCode, str] = {
    "items": "适用于所有处理决定；同一申请人一个自然月内的件数累计，超出的部分按档计收。",
    "pages": "适用于提供纸质件、发送电子邮件、复制电子数据的；只计这一件，不与其他申请累计，A4 幅面单面为一页。",
}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """``whole`` is the fee for everything counted; ``before`` what the earlier items come to. ``due`` yuan fall to
    this application."""

    tariff: TariffCode
    whole: Fee
    before: Fee | None

    @property
    def due(self) -> int:
        return self.whole.amount - (self.before.amount if self.before is not None else 0)

    @property
    def words(self) -> str:
        """How this application's part comes about."""
        if self.before is None:
            return self.whole.text
        return f"{self.whole.text}扣除此前{self.before.count}件的{self.before.amount}元，本件{self.due}元。"


def reckon(application: Application, tariff: TariffCode, on: date, pages: int = 0) -> Reckoning:
    """The fee of one application by one tariff in force on ``on``. Items are counted from the records.

    Raises :class:`LawError` for a day without a tariff, and for pages that were not counted.
    """
    if tariff == "pages":
        if pages < 1:
            raise LawError("按量计收的，请填写提供的页数。")
        return Reckoning(tariff, fee("pages", pages, on), None)
    count = in_month(application)
    return Reckoning(tariff, fee("items", count, on), fee("items", max(count - 1, 0), on))
