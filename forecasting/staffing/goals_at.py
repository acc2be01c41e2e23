"""Service goals of their own for some hours of the week, such as calmer work at night."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.errors import InputError
from forecasting.staffing.windows import Window


@dataclass(frozen=True, slots=True)
class GoalAt:
    """What replaces a queue's goals while a window of the local week holds.

    Attributes:
        window: when.
        share: least service level; None: the queue's own, as for every number left out.
        within_seconds: what "in time" means, on the clock of the queue's own time.
        most_abandonment: most abandoned / offered.
        most_occupancy: most occupancy.

    Raises:
        InputError: no goal is given. Ranges are checked with the queue's terms.
    """

    window: Window
    share: float | None = None
    within_seconds: float | None = None
    most_abandonment: float | None = None
    most_occupancy: float | None = None

    def __post_init__(self) -> None:
        if not self.replaced:
            raise InputError("a goal of some hours replaces none of the queue's goals.")

    @property
    def replaced(self) -> dict[str, float]:
        """The numbers that replace those of the queue's terms, by field."""
        given = {
            "share": self.share,
            "within_seconds": self.within_seconds,
            "most_abandonment": self.most_abandonment,
            "most_occupancy": self.most_occupancy,
        }
        return {name: value for name, value in given.items() if value is not None}
