"""Stretches of the local week in which something holds: a goal, a post, a minimum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError

DAY = 1440
"""Minutes of a local day."""

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of some days of the local week.

    Attributes:
        start: minutes after local midnight, 0–1439.
        end: minutes after that midnight, above `start` and at most 24 hours later; above 1440 the
            window runs into the next day.
        days: weekdays on which it begins, 0 Monday to 6 Sunday.

    Raises:
        InputError: hours or days that are none.
    """

    start: int = 0
    end: int = DAY
    days: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        if not 0 <= self.start < DAY or not self.start < self.end <= self.start + DAY:
            raise InputError(
                f"a window must begin at 0 to {DAY - 1} minutes after midnight and end within "
                f"24 hours after that, not {self.start} to {self.end}."
            )
        if not self.days or not self.days <= EVERY_DAY:
            raise InputError("the days of a window are 0 (Monday) to 6 (Sunday), one at least.")

    def holds(
        self, weekday: npt.NDArray[np.integer], minute: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.bool_]:
        """Where it holds.

        Args:
            weekday: local weekday of each instant, 0 Monday to 6 Sunday.
            minute: local minutes after midnight of each instant, of that shape.
        """
        days = np.zeros(7, np.bool_)
        days[list(self.days)] = True
        today = days[weekday] & (minute >= self.start) & (minute < self.end)
        held: npt.NDArray[np.bool_] = today | (days[weekday - 1] & (minute + DAY < self.end))
        return held


ALWAYS = Window()
"""Day and night, every day."""
