"""A shift in one bar, its parts in proportion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

A_LETTER, PADDING = 2.6, 3.0
"""Per cent of the bar that a letter takes, and that stays free beside the words of a part."""
APART = 14.0
"""Per cent by which two times under the bar must stand apart."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part of a shift.

    Attributes:
        minutes: its length.
        tone: colour: a kind `E` `D` `L` `N`, a queue `a` to `d`, `t` training, `break`.
        label: what stands in it.
    """

    minutes: int
    tone: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class BarPart:
    """One rectangle, in per cent of the bar."""

    x: float
    width: float
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class BarMark:
    """One time under the bar."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DayBar:
    """The bar, ready to be drawn, and what it says in words."""

    parts: tuple[BarPart, ...]
    marks: tuple[BarMark, ...]
    words: str


def day_bar(start: int, stretches: Sequence[Stretch], words: str) -> DayBar:
    """Lay a shift out as a bar.

    Args:
        start: minute of the local day at which it starts.
        stretches: its parts one after the other.
        words: the shift in words.
    """
    total = sum(stretch.minutes for stretch in stretches)
    at, parts = 0, []
    for stretch in stretches:
        x, width = 100 * at / total, 100 * stretch.minutes / total
        fits = width >= A_LETTER * len(stretch.label) + PADDING
        label = stretch.label if fits else ""
        parts.append(BarPart(round(x, 2), round(width, 2), stretch.tone, label))
        at += stretch.minutes
    return DayBar(tuple(parts), _marks(start, stretches, total), words)


def _marks(start: int, stretches: Sequence[Stretch], total: int) -> tuple[BarMark, ...]:
    """Start and end always; times between where they have room."""
    marks = [BarMark(0.0, _clock(start), "")]
    at = 0
    for stretch in stretches[:-1]:
        at += stretch.minutes
        x = round(100 * at / total, 2)
        if x - marks[-1].x >= APART and 100 - x >= APART:
            marks.append(BarMark(x, _clock(start + at), "mid"))
    return (*marks, BarMark(100.0, _clock(start + total), "end"))


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
