"""Service over the hours of a day as points with bars; what is below its goal points down."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.web.charts.need_cover import Mark
from app.web.views.days import Days
from app.web.words import local, short_day

LEFT, RIGHT, TOP, PLOT, FOOT = 52, 14, 14, 148, 24
DEEPEST = 20
"""Fewest points of per cent that the axis goes down below 100."""

LABEL_GAP = 22
"""Figures of two points stand at least this far apart, in pixels; the lower one wins."""


@dataclass(frozen=True, slots=True)
class Point:
    """An hour's share, in pixels: its place and the ends of its bar.

    Attributes:
        below: whether it lies below the goal.
        text: its figure, where it is below and there is room.
    """

    x: float
    y: float
    top: float
    foot: float
    below: bool
    text: str


@dataclass(frozen=True, slots=True)
class ServicePoints:
    """The chart, ready to be drawn.

    Attributes:
        label: what it shows.
        width, height: measures of the picture, in pixels.
        left, top, across_px, plot: where its plot begins, how wide and how high it is.
        points: hours in which anybody calls.
        goal: where the goal lies.
        across, down: tick marks of both axes.
        start: instant at which its axis begins.
        count: hours on its axis.
        shares, bars: the values in per cent for the reading script, `-` for none.
        rows: the same as a table: hour, share, half the width of its interval.
    """

    label: str
    width: int
    height: int
    left: int
    top: int
    across_px: int
    plot: int
    points: tuple[Point, ...]
    goal: float
    across: tuple[Mark, ...]
    down: tuple[Mark, ...]
    start: int
    count: int
    shares: str
    bars: str
    rows: tuple[tuple[str, str, str], ...]


def service_points(
    period: Days,
    start: int,
    shares: Sequence[tuple[float, float]],
    goal: float,
    *,
    label: str,
    width: int,
    floor: float | None = None,
) -> ServicePoints:
    """Draw the shares of some hours.

    Args:
        period: whose zone it is.
        start: instant of the first hour.
        shares: by hour the share of one and half the width of its interval, NaN for none.
        goal: the share that is wished for.
        label: what it shows.
        width: of the picture, in pixels.
        floor: lowest per cent of the axis; None: what the shares need.
    """
    low = lowest(shares, goal) if floor is None else floor
    across_px = width - LEFT - RIGHT

    def x(hour: float) -> float:
        return round(LEFT + across_px * hour / len(shares), 1)

    def y(share: float) -> float:
        per_cent = min(max(100 * share, low), 100)
        return round(TOP + PLOT * (100 - per_cent) / (100 - low), 1)

    step = 10 if low >= 50 else 20
    return ServicePoints(
        label=label,
        width=width,
        height=TOP + PLOT + FOOT,
        left=LEFT,
        top=TOP,
        across_px=across_px,
        plot=PLOT,
        points=_labelled(
            [
                Point(
                    x(hour + 0.5), y(share), y(share + _bar(half)), y(share - _bar(half)),
                    share < goal, f"{100 * share:.0f}" if share < goal else "",
                )
                for hour, (share, half) in enumerate(shares)
                if not math.isnan(share)
            ]
        ),
        goal=y(goal),
        across=_hours(period, start, len(shares), x),
        down=tuple(
            Mark(y(value / 100), f"{value} %") for value in range(100, int(low) - 1, -step)
        ),
        start=start,
        count=len(shares),
        shares=_values([share for share, _ in shares]),
        bars=_values([_bar(half) if not math.isnan(share) else share for share, half in shares]),
        rows=tuple(
            (
                _hour(start + 60 * hour, period.zone),
                f"{100 * share:.1f} %",
                f"± {100 * _bar(half):.1f}",
            )
            for hour, (share, half) in enumerate(shares)
            if not math.isnan(share)
        ),
    )  # fmt: skip


def lowest(shares: Sequence[tuple[float, float]], goal: float) -> float:
    """The lowest per cent that an axis must show, a whole step of 10 or 20."""
    known = [share - _bar(half) for share, half in shares if not math.isnan(share)]
    least = 100 * min([goal, *known])
    low = 10 * math.floor(min(least, 100 - DEEPEST) / 10)
    return float(max(low if low >= 50 else 20 * math.floor(low / 20), 0))


def _bar(half: float) -> float:
    return 0.0 if math.isnan(half) else half


def _values(values: Sequence[float]) -> str:
    return " ".join("-" if math.isnan(each) else f"{100 * each:.1f}" for each in values)


def _labelled(points: list[Point]) -> tuple[Point, ...]:
    """With the figures for which there is room, the lowest points first."""
    taken: list[float] = []
    bare: set[float] = set()
    for point in sorted(points, key=lambda each: -each.y):
        if point.text and any(abs(point.x - other) < LABEL_GAP for other in taken):
            bare.add(point.x)
        elif point.text:
            taken.append(point.x)
    return tuple(
        Point(p.x, p.y, p.top, p.foot, p.below, "" if p.x in bare else p.text) for p in points
    )


def _hour(instant: int, zone: str) -> str:
    wall = local(instant, zone)
    return f"{short_day(wall.date())} {wall:%H:%M}"


def _hours(period: Days, start: int, hours: int, x: Callable[[float], float]) -> tuple[Mark, ...]:
    """A mark each three hours of local time, the days named at their midnight."""
    marks = []
    for hour in range(hours):
        wall = local(start + 60 * hour, period.zone)
        if wall.minute == 0 and wall.hour % 3 == 0:
            text = short_day(wall.date()) if not wall.hour else f"{wall:%H}"
            marks.append(Mark(x(hour), text, strong=not wall.hour))
    return tuple(marks)
