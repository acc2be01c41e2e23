"""Round numbers for axes."""

from __future__ import annotations

import math


def nice_step(span: float, ticks: int) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten, at least 1, for about `ticks` ticks."""
    rough = max(span / max(ticks, 1), 1.0)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= rough)


def people_range(least: float, most: float, ticks: int = 4) -> tuple[int, int, int]:
    """Lowest value, highest value and step of an axis of people, which may start above 0."""
    step = int(nice_step(most - (least if least > most / 2 else 0), ticks))
    low = step * math.floor(least / step)
    if low <= step:
        low = 0
    high = step * max(math.ceil(most / step), low // step + 1)
    return low, high, step
