"""The axis of figures: round steps, and where a figure lies between them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Scale:
    """Figures from ``low`` to ``high``, with a mark every ``step``."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * place for place in range(count + 1)]

    def share(self, value: Decimal) -> float:
        """How far up the figure lies: 0 at the lowest mark, 1 at the highest."""
        return float((value - self.low) / (self.high - self.low))


def scale(values: list[Decimal], *, from_zero: bool, marks: int = 5) -> Scale:
    """The scale for these figures with about so many marks; it holds 0 where it must, and where 0 is near anyway."""
    low, high = min(values), max(values)
    if from_zero or (low >= 0 and low * 2 < high) or (high <= 0 and high * 2 > low):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        room = abs(high) / 10 or Decimal(1)
        low, high = (low - room, high + room) if low else (low, high + room)
    rough = (high - low) / marks
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(step * power for step in _STEPS if step * power >= rough)
    lowest = (low / step).to_integral_value(ROUND_FLOOR) * step
    highest = (high / step).to_integral_value(ROUND_CEILING) * step
    return Scale(lowest, highest, step)
