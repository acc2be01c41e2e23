"""A small chart of a stretch of time: what was counted as steps, over what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 360, 92, 40, 356, 8, 68


@dataclass(frozen=True, slots=True)
class AroundChart:
    """The chart, ready to be drawn.

    Attributes:
        counted: path of what was counted, broken where nothing was observed.
        expected: path of what was expected.
        first, after: where the stretch in question begins and ends, in pixels.
        most: label of the highest value.
        begin, end: labels of both ends of the time axis.
        words: what the chart shows, for those who cannot see it.
    """

    counted: str
    expected: str
    first: float
    after: float
    most: str
    begin: str
    end: str
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    floor: int = FLOOR


def around_chart(
    counted: Sequence[float | None],
    expected: Sequence[float],
    span: tuple[float, float],
    labels: tuple[str, str],
    words: str,
) -> AroundChart:
    """Lay a stretch out.

    Args:
        counted: calls of each point, None where nothing was observed.
        expected: calls of each point; as many.
        span: the points at which the stretch in question begins and ends.
        labels: of both ends of the time axis.
        words: what the chart shows.
    """
    number = max(len(expected), 1)
    top = max([1.0, *expected, *(each for each in counted if each is not None)])
    wide = (RIGHT - LEFT) / number

    def x(point: float) -> float:
        return round(LEFT + wide * point, 1)

    def y(calls: float) -> float:
        return round(FLOOR - (FLOOR - TOP) * calls / top, 1)

    return AroundChart(
        counted="".join(_steps(counted, x, y)),
        expected="".join(_steps(expected, x, y)),
        first=x(max(span[0], 0)),
        after=x(min(span[1], number)),
        most=f"{top:,.0f}",
        begin=labels[0],
        end=labels[1],
        words=words,
    )


def _steps(
    values: Sequence[float | None], x: Callable[[float], float], y: Callable[[float], float]
) -> Iterator[str]:
    """Path data of steps, broken where there is no value."""
    drawing = False
    for point, value in enumerate(values):
        if value is None:
            drawing = False
            continue
        yield f"V{y(value)}" if drawing else f"M{x(point)} {y(value)}"
        yield f"H{x(point + 1)}"
        drawing = True
