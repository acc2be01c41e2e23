"""Two figures on one line with their bars: a disc for A, a square for B, dots for the goal."""

from __future__ import annotations

import math
from dataclasses import dataclass

WIDTH = 300
EDGE = 8
LEAST = 0.02
"""Smallest span of an axis of shares: a fiftieth, so that noise does not look like a difference."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure: its place and the ends of its bar, in pixels."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Dots:
    """Figures on one line, in pixels; `b` and `goal` may be missing."""

    width: int
    a: Dot
    b: Dot | None
    goal: float | None


def dots(
    a: tuple[float, float], b: tuple[float, float] | None, goal: float | None, least: float = LEAST
) -> Dots | None:
    """Lay figures out on a line of their own.

    Args:
        a: mean and half the width of its interval.
        b: the same of the other, if there is one.
        goal: what is wished for, in the same unit.
        least: smallest span of the axis.

    Returns:
        None where a figure is not known.
    """
    known = [each for each in (a, b) if each is not None]
    if any(math.isnan(mean) for mean, _ in known):
        return None
    bars = [(mean, 0.0 if math.isnan(half) else half) for mean, half in known]
    ends = [mean + sign * half for mean, half in bars for sign in (-1, 1)]
    low, high = (
        min([*ends, *([] if goal is None else [goal])]),
        max([*ends, *([] if goal is None else [goal])]),
    )
    spare = max(least - (high - low), 0) / 2
    low, high = low - spare, high + spare

    def x(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(EDGE + (WIDTH - 2 * EDGE) * share, 1)

    placed = [Dot(x(mean), x(mean - half), x(mean + half)) for mean, half in bars]
    return Dots(WIDTH, placed[0], placed[1] if len(placed) > 1 else None,
                None if goal is None else x(goal))  # fmt: skip
