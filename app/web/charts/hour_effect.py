"""A small chart of how many more or fewer calls an event brings, hour by hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 280, 72, 44, 276, 6, 50
GAP = 1.5


@dataclass(frozen=True, slots=True)
class HourEffect:
    """The chart, ready to be drawn.

    Attributes:
        bars: path of all bars, from the line of no effect up or down.
        none: height of the line of no effect, in pixels.
        most, least: labels of the upper and the lower edge.
        begin, end: labels of both ends of the time axis.
        words: what the chart shows, for those who cannot see it.
    """

    bars: str
    none: float
    most: str
    least: str
    begin: str
    end: str
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    floor: int = FLOOR


def hour_effect(shares: Sequence[float], labels: tuple[str, str], words: str) -> HourEffect:
    """Lay the hours out.

    Args:
        shares: change of each hour's calls, such as 0.2 for a fifth more; at least one.
        labels: of both ends of the time axis.
        words: what the chart shows.
    """
    top, bottom = max(0.1, *shares, 0.0), min(0.0, *shares)
    wide = (RIGHT - LEFT) / len(shares)

    def y(share: float) -> float:
        return round(TOP + (FLOOR - TOP) * (top - share) / (top - bottom), 1)

    bar = round(wide - 2 * GAP, 1)
    bars = "".join(
        f"M{round(LEFT + wide * hour + GAP, 1)} {y(0)}V{y(share)}h{bar}V{y(0)}z"
        for hour, share in enumerate(shares)
    )
    return HourEffect(
        bars=bars,
        none=y(0),
        most=_percent(top),
        least=_percent(bottom) if bottom < 0 else "",
        begin=labels[0],
        end=labels[1],
        words=words,
    )


def _percent(share: float) -> str:
    return f"{share * 100:+.0f} %".replace("-", "\N{MINUS SIGN}")
