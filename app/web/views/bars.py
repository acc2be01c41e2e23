"""Horizontal bars in a table: a share with its goal, or amounts for and against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "short", "ok"]

LENGTH = 240
"""Width of the picture that a bar is drawn in; it is stretched to its column."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, ready to be drawn.

    Attributes:
        label: what it is of.
        value: its figure in words.
        x, width: where it begins and how long it is, of `LENGTH`.
        tone: "short" below goal or for the worse, "ok" for the better, "" neither.
        chosen: whether it is the one in question.
        note: a sentence under its label; may be empty.
    """

    label: str
    value: str
    x: float
    width: float
    tone: Tone = ""
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A table of bars.

    Attributes:
        caption: what the bars say.
        heads: words over the label, the bar and the value.
        rows: the bars.
        mark: where a line stands through all of them, of `LENGTH`; None: nowhere.
        kind: "goal" when the line is a goal, "zero" when amounts lie on both sides of it, "mean"
            when it is the mean of all.
    """

    caption: str
    heads: tuple[str, str, str]
    rows: tuple[Bar, ...]
    mark: float | None = None
    kind: Literal["goal", "zero", "mean"] = "goal"
    length: int = LENGTH


def along(share: float) -> float:
    """A share of the whole length, kept within it."""
    return round(LENGTH * min(max(share, 0.0), 1.0), 1)


def signed_places(amounts: Sequence[float]) -> tuple[float, list[tuple[float, float]]]:
    """Where zero stands and where each amount's bar begins and how long it is.

    Args:
        amounts: above zero drawn to the right, below to the left, all on one scale.
    """
    least, most = min(0.0, *amounts, 0.0), max(0.0, *amounts, 0.0)
    span = most - least or 1.0
    zero = along(-least / span)
    places = [(along((min(a, 0.0) - least) / span), along(abs(a) / span)) for a in amounts]
    return zero, places
