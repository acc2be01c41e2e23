"""The objective of a search falling towards its bound, as two step lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.web.charts.axis import nice_step
from app.web.charts.need_cover import Mark
from app.web.words import duration, number

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 560, 180, 60, 556, 16, 150
ENDING = 530
"""From here on words end at their mark, so that they do not leave the picture."""
HIGHEST = 3.0
"""The axis reaches at most this many times the present objective: a first roster far above it
would press the rest flat."""

Point = tuple[float, float, float | None]
"""Seconds since the start, objective in points, and the bound where one is known."""


@dataclass(frozen=True, slots=True)
class Fall:
    """The chart, ready to be drawn: path data, marks and words.

    Attributes:
        now, bound, between: the objective, the bound and what lies between them.
        at_x, at_y: where the objective stands.
        label_x, flip: where its words begin, or end when `flip`.
        best_y: height of the words of the bound.
        objective, best: the words beside both.
    """

    now: str
    bound: str
    between: str
    at_x: float
    at_y: float
    label_x: float
    flip: bool
    best_y: float
    objective: str
    best: str
    words: str
    across: tuple[Mark, ...]
    down: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    floor: int = FLOOR


@dataclass(frozen=True, slots=True)
class _Scale:
    seconds: float
    top: float

    def x(self, seconds: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(seconds / self.seconds, 1.0), 1)

    def y(self, points: float) -> float:
        return round(FLOOR - (FLOOR - TOP) * min(max(points, 0.0) / self.top, 1.0), 1)


def fall(points: Sequence[Point], limit: float = 0.0) -> Fall | None:
    """Draw how the objective fell; None without a point.

    Args:
        points: in the order of time.
        limit: seconds that the search may take; the axis reaches at least as far.
    """
    if not points:
        return None
    seconds, objective, bound = points[-1]
    high = max(1.0, min(max(p[1] for p in points), HIGHEST * max(objective, 1.0)))
    step = nice_step(high, 4)
    top = step * -(-high // step)
    scale = _Scale(max(limit, seconds, 1.0), top)
    x, y = scale.x(seconds), scale.y(objective)
    flip = x > (LEFT + RIGHT) / 2
    known = bound is not None and bound > 0
    upper = _steps([(s, o) for s, o, _ in points], scale)
    lower = _steps([(s, b or 0.0) for s, _, b in points], scale)
    told = f"{number(objective)} points now"
    best = f"best possible is at least {number(bound)}" if bound is not None and known else ""
    return Fall(
        now=_path(upper),
        bound=_path(lower) if known else "",
        between=_path(upper) + "L" + _path(lower[::-1])[1:] + "Z" if known else "",
        at_x=x,
        at_y=y,
        label_x=x - 8 if flip else x + 8,
        flip=flip,
        best_y=min(max(scale.y(bound or 0.0) + 14, y + 16), FLOOR - 4),
        objective=told,
        best=best,
        words=f"{', '.join(filter(None, (told, best)))}, after {duration(seconds)}",
        across=_times(scale),
        down=tuple(Mark(scale.y(step * i), number(step * i)) for i in range(round(top / step) + 1)),
    )


def _times(scale: _Scale) -> tuple[Mark, ...]:
    minutes = scale.seconds >= 120
    unit = 60 if minutes else 1
    step = nice_step(scale.seconds / unit, 4)
    marks = [step * index for index in range(int(scale.seconds / unit / step) + 1)]
    places = [(scale.x(mark * unit), f"{mark:g} {'min' if minutes else 's'}") for mark in marks]
    return tuple(Mark(x, text, strong=x > ENDING) for x, text in places)


def _steps(values: Sequence[tuple[float, float]], scale: _Scale) -> list[tuple[float, float]]:
    corners = [(scale.x(values[0][0]), scale.y(values[0][1]))]
    for (_, before), (at, value) in pairwise(values):
        corners += [(scale.x(at), scale.y(before)), (scale.x(at), scale.y(value))]
    return corners


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)
