"""Shares by round as points with bars: of the round alone, and of all rounds up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.web.charts.need_cover import Mark
from app.web.words import percent

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 560, 200, 60, 548, 14, 168
APART = 7
"""Pixels between the middle of a round and either of its points."""

MOST_NAMED = 4
"""Rounds whose days are written under the axis; of more, every second or third."""

Share = tuple[float, float]
"""Mean and standard deviation, of one."""


@dataclass(frozen=True, slots=True)
class Point:
    """A share: its place and the ends of its bar, in pixels."""

    x: float
    y: float
    top: float
    foot: float


@dataclass(frozen=True, slots=True)
class Rounds:
    """The chart, ready to be drawn.

    Attributes:
        words: what it shows.
        alone, so_far: of each round by itself, and with those before it.
        across, down: tick marks of both axes.
    """

    words: str
    alone: tuple[Point, ...]
    so_far: tuple[Point, ...]
    across: tuple[Mark, ...]
    down: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    floor: int = FLOOR


def rounds_chart(rounds: Sequence[tuple[str, Share | None, Share | None]]) -> Rounds | None:
    """Draw shares by round; None where there is nothing to draw.

    Args:
        rounds: oldest first, what each is called, its share alone and that of all up to it.
    """
    if not any(alone or so_far for _, alone, so_far in rounds):
        return None
    wide = (RIGHT - LEFT) / len(rounds)
    middles = [LEFT + wide * (place + 0.5) for place in range(len(rounds))]
    every = -(-len(rounds) // MOST_NAMED)
    last = rounds[-1][2]
    said = f"; {percent(last[0], 0)} over all of them" if last else ""
    return Rounds(
        words=f"Share of points met over {len(rounds)} rounds{said}",
        alone=_points(middles, [alone for _, alone, _ in rounds], -APART),
        so_far=_points(middles, [so_far for _, _, so_far in rounds], APART),
        across=tuple(
            Mark(round(x, 1), name)
            for place, (x, (name, _, _)) in enumerate(zip(middles, rounds, strict=True))
            if (len(rounds) - 1 - place) % every == 0
        ),
        down=tuple(Mark(_y(value / 100), f"{value} %") for value in range(0, 101, 20)),
    )


def _points(
    middles: Sequence[float], shares: Sequence[Share | None], aside: int
) -> tuple[Point, ...]:
    there = zip(middles, shares, strict=True)
    return tuple(_point(x + aside, share) for x, share in there if share)


def _point(x: float, share: Share) -> Point:
    mean, deviation = share
    return Point(round(x, 1), _y(mean), _y(mean + deviation), _y(mean - deviation))


def _y(share: float) -> float:
    return round(FLOOR - (FLOOR - TOP) * min(max(share, 0.0), 1.0), 1)
