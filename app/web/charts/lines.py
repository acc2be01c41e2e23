"""A few lines over the same steps, such as weeks: counted, expected, and where the present is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.web.charts.axis import nice_step
from app.web.charts.need_cover import Mark

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 560, 200, 64, 552, 12, 168

MOST_NAMED = 6
"""Labels under the axis; of more, every second or third."""

Line = tuple[str, Sequence[float]]
"""Class of a line, and a value for each step, NaN for none."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The chart, ready to be drawn.

    Attributes:
        words: what it shows.
        paths: class and path of each line.
        across, down: tick marks of both axes.
        now: where the present stands, in pixels; None where there is none.
    """

    words: str
    paths: tuple[tuple[str, str], ...]
    across: tuple[Mark, ...]
    down: tuple[Mark, ...]
    now: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    floor: int = FLOOR


def lines_chart(
    lines: Sequence[Line],
    labels: Sequence[tuple[int, str]],
    words: str,
    told: Callable[[float], str],
    now: int | None = None,
) -> Lines | None:
    """Lay lines out over an axis that reaches to 0; None where there is nothing to draw.

    Args:
        lines: of one length, the first drawn first.
        labels: step and text of each label under the axis, ascending.
        words: what the chart shows.
        told: a value as the axis has it.
        now: the step at which the present begins.
    """
    known = [value for _, values in lines for value in values if not math.isnan(value)]
    if not known:
        return None
    least, most = min(0.0, *known), max(0.0, *known)
    step = nice_step(max(most - least, 1.0), 4)
    low, high = step * math.floor(least / step), step * max(1, math.ceil(most / step))
    wide = (RIGHT - LEFT) / len(lines[0][1])

    def y(value: float) -> float:
        return round(FLOOR - (FLOOR - TOP) * (value - low) / (high - low), 1)

    def path(values: Sequence[float]) -> str:
        points, pen = "", "M"
        for place, value in enumerate(values):
            if math.isnan(value):
                pen = "M"
                continue
            points += f"{pen}{LEFT + wide * (place + 0.5):.1f} {y(value):g}"
            pen = "L"
        return points

    every = -(-len(labels) // MOST_NAMED)
    return Lines(
        words,
        tuple((name, path(values)) for name, values in lines),
        tuple(Mark(round(LEFT + wide * at, 1), text) for at, text in labels[::every]),
        tuple(
            Mark(y(low + step * tick), told(low + step * tick))
            for tick in range(round((high - low) / step) + 1)
        ),
        None if now is None else round(LEFT + wide * now, 1),
    )
