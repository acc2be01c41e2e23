"""Need against cover as two step lines: surplus filled, shortage hatched and in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.web.charts.axis import people_range
from app.web.views.days import Days
from app.web.words import local, short_day, signed

Ints = npt.NDArray[np.integer]

WIDTH, LEFT, RIGHT, TOP, PLOT, FOOT = 1392, 52, 4, 20, 116, 24
LABEL_GAP = 26
"""Figures of two shortages stand at least this far apart, in pixels; the larger one wins."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line or a label at `at`, in pixels."""

    at: float
    text: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A figure on the chart."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One strip of the chart, ready to be drawn.

    Attributes:
        label: the days it shows, for the title.
        width, height: measures of the picture, in pixels.
        left, top, across_px, plot: where its plot begins, how wide and how high it is.
        need, duty, over, short: path data of the two lines and the two fills.
        across, down: tick marks of both axes.
        labels: sizes of the shortages.
        start: instant at which its axis begins.
        step: minutes of an interval.
        count: intervals on its axis.
        needed, on_duty: the values as runs, such as `-*24 12*8 13*4`, for the reading script.
    """

    label: str
    width: int
    height: int
    left: int
    top: int
    across_px: int
    plot: int
    need: str
    duty: str
    over: str
    short: str
    across: tuple[Mark, ...]
    down: tuple[Mark, ...]
    labels: tuple[Label, ...]
    start: int
    step: int
    count: int
    needed: str
    on_duty: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """From intervals and people to pixels.

    `skip` of the axis's `count` intervals pass before the first that has a need.
    """

    count: int
    skip: int
    low: int
    high: int
    width: int = WIDTH

    def x(self, index: float) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * (index + self.skip) / self.count

    def y(self, people: float) -> float:
        return TOP + PLOT * (1 - (people - self.low) / (self.high - self.low))


def need_cover_strips(
    period: Days,
    start: int,
    minutes: int,
    *,
    need: Ints,
    duty: Ints,
    labels: Sequence[str],
) -> tuple[Strip, ...]:
    """Draw need and cover a week at a time, all strips on one scale of people.

    Args:
        period: whose days they are.
        start: instant of the first interval.
        minutes: length of an interval.
        need: people needed, shape (intervals,).
        duty: people on duty, shape (intervals,).
        labels: a label for each run of seven days.
    """
    low, high, step = people_range(
        float(min(need.min(), duty.min())), float(max(need.max(), duty.max()))
    )
    strips = []
    for week, label in enumerate(labels):
        begin, end = (period.instant(day, 0) for day in (7 * week, 7 * week + 7))
        first, last = (begin - start) // minutes, (end - start) // minutes
        part = slice(max(0, first), min(len(need), last))
        if part.start < part.stop:
            strips.append(
                _strip(
                    period,
                    begin,
                    minutes,
                    label=label,
                    need=need[part],
                    duty=duty[part],
                    scale=_Scale(last - first, part.start - first, low, high),
                    step=step,
                )
            )
    return tuple(strips)


def need_cover_window(
    period: Days,
    start: int,
    minutes: int,
    window: tuple[int, int],
    *,
    need: Ints,
    duty: Ints,
    label: str,
    width: int = WIDTH,
    most: float = 0.0,
) -> Strip | None:
    """Draw need and cover from one instant until another, at most some days; None outside them.

    Args:
        period: whose zone it is.
        start: instant of the first interval.
        minutes: length of an interval.
        window: the instants between which it is drawn.
        need: people needed, shape (intervals,).
        duty: people on duty, shape (intervals,).
        label: what the strip is called.
        width: of the picture, in pixels.
        most: people that the axis must reach, so that two charts can be held beside each other.
    """
    begin, end = window
    first, last = (begin - start) // minutes, (end - start) // minutes
    part = slice(max(0, first), min(len(need), last))
    if part.start >= part.stop:
        return None
    needed, there = need[part], duty[part]
    low, high, step = people_range(
        float(min(needed.min(), there.min())), float(max(needed.max(), there.max(), most))
    )
    scale = _Scale(last - first, part.start - first, low, high, width)
    return _strip(
        period, begin, minutes, label=label, need=needed, duty=there, scale=scale, step=step,
        days=1, hours=3,
    )  # fmt: skip


def _strip(
    period: Days,
    start: int,
    minutes: int,
    *,
    label: str,
    need: Ints,
    duty: Ints,
    scale: _Scale,
    step: int,
    days: int = 7,
    hours: int = 6,
) -> Strip:
    return Strip(
        label=label,
        width=scale.width,
        height=TOP + PLOT + FOOT,
        left=LEFT,
        top=TOP,
        across_px=scale.width - LEFT - RIGHT,
        plot=PLOT,
        need=step_path(need, scale),
        duty=step_path(duty, scale),
        over=between(duty, need, scale),
        short=between(need, duty, scale),
        across=_hours(period, start, minutes, scale, hours),
        down=tuple(
            Mark(round(scale.y(value), 1), str(value))
            for value in range(scale.low, scale.high + 1, step)
        ),
        labels=_sizes(need, duty, scale, scale.count // days),
        start=start,
        step=minutes,
        count=scale.count,
        needed=_unknown(scale.skip) + runs(need),
        on_duty=_unknown(scale.skip) + runs(duty),
    )


def step_path(values: Ints, scale: _Scale) -> str:
    """A step line as path data; equal neighbours are one step."""
    edges = [*(np.flatnonzero(np.diff(values)) + 1), len(values)]
    path = [f"M{_n(scale.x(0))} {_n(scale.y(values[0]))}"]
    for edge in edges:
        path.append(f"H{_n(scale.x(edge))}")
        if edge < len(values):
            path.append(f"V{_n(scale.y(values[edge]))}")
    return "".join(path)


def between(upper: Ints, lower: Ints, scale: _Scale) -> str:
    """Path data of the areas in which `upper` lies above `lower`."""
    above = np.concatenate(([0], upper > lower, [0]))
    paths = []
    for first, last in np.flatnonzero(np.diff(above)).reshape(-1, 2):
        top = _corners(upper, int(first), int(last))
        low = _corners(lower, int(first), int(last))[::-1]
        points = [(scale.x(at), scale.y(value)) for at, value in top + low]
        paths.append("M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z")
    return "".join(paths)


def _corners(values: Ints, first: int, last: int) -> list[tuple[int, int]]:
    found = [(first, int(values[first]))]
    for index in range(first + 1, last):
        if values[index] != values[index - 1]:
            found += [(index, int(values[index - 1])), (index, int(values[index]))]
    return [*found, (last, int(values[last - 1]))]


def _hours(period: Days, start: int, minutes: int, scale: _Scale, every: int) -> tuple[Mark, ...]:
    """A mark every so many hours of local time, the days named at their midnight."""
    marks = []
    for index in range(scale.count):
        wall = local(start + index * minutes, period.zone)
        if wall.minute or wall.hour % every or (wall.fold and not wall.hour):
            continue
        # The name of a day takes the room of the first hours after its midnight.
        named = wall.hour > 6 or every < 6
        text = short_day(wall.date()) if not wall.hour else f"{wall:%H}" if named else ""
        marks.append(Mark(round(scale.x(index - scale.skip), 1), text, strong=not wall.hour))
    return tuple(marks)


def _sizes(need: Ints, duty: Ints, scale: _Scale, a_day: int) -> tuple[Label, ...]:
    """The size of each shortage above its peak, once a day; of two that touch, the larger."""
    missing = np.maximum(need.astype(np.int64) - duty, 0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], missing > 0, [0]))))
    found: list[tuple[int, Label]] = []
    for first, last in edges.reshape(-1, 2):
        for begin in range(first, last, a_day):
            end = min(begin + a_day, last)
            size = int(missing[begin:end].max())
            at = begin + np.flatnonzero(missing[begin:end] == size)
            x = round(scale.x((int(at[0]) + int(at[-1]) + 1) / 2), 1)
            y = round(scale.y(int(need[at].max())) - 5, 1)
            found.append((size, Label(min(max(x, LEFT + 10), scale.width - 14), y, signed(-size))))
    kept: list[Label] = []
    for _, label in sorted(found, key=lambda pair: (-pair[0], pair[1].x)):
        if all(abs(label.x - other.x) >= LABEL_GAP for other in kept):
            kept.append(label)
    return tuple(sorted(kept, key=lambda label: label.x))


def _unknown(intervals: int) -> str:
    return f"-*{intervals} " if intervals else ""


def runs(values: Ints) -> str:
    """Values as runs of equal neighbours, such as `12*8 13*4`."""
    edges = np.concatenate(([0], np.flatnonzero(np.diff(values)) + 1, [len(values)]))
    return " ".join(f"{values[first]}*{last - first}" for first, last in pairwise(edges))


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
