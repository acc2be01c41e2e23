"""Wishes about more than one day, which a roster may meet in part.

A wish costs at most its points, however many days it is about: what goes against it is a share of
the whole that it asks, and that share of its points is what it costs, rounded up to whole ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rostering.duty import Shift
from rostering.errors import InputError

WHOLLY = 100
"""Hundredths of a tour that go against a wish when all of it does."""

A_WEEK = 7

RunOf = Literal["work", "rest"]
"""Days in a row on which a tour starts; days in a row on which none does."""


@dataclass(frozen=True, slots=True)
class DaysWish:
    """What an officer would like on each of several days; a rest day always goes with it.

    It asks one thing: to work between `earliest` and `latest`, to work `kinds` or, without
    `wants`, none of them, or, where it gives none of these, to be off.

    Attributes:
        days: days of the period that it is about, one or more.
        points: what it costs when all of every day goes against it, 1 or more.
        wants: True to be given the kinds, False to be spared them.
        kinds: kinds of shift.
        earliest: minutes after midnight before which no tour should start.
        latest: minutes after midnight of the day of its start after which no tour should go on;
            more than 1440 on the day after.

    Raises:
        InputError: when it asks nothing, or more than one thing.
    """

    days: frozenset[int]
    points: int
    wants: bool = False
    kinds: frozenset[str] = frozenset()
    earliest: int | None = None
    latest: int | None = None

    def __post_init__(self) -> None:
        if not self.days:
            raise InputError("A wish names no day.")
        if self.kinds and self.has_times:
            raise InputError("A wish asks for kinds or for times, not for both.")
        if self.wants and not self.kinds:
            raise InputError("A wish to be given kinds names none.")

    @property
    def has_times(self) -> bool:
        """Whether it asks for times."""
        return self.earliest is not None or self.latest is not None

    @property
    def whole(self) -> int:
        """Hundredths of tours that go against it when all of every day does."""
        return WHOLLY * len(self.days)

    def missed_by(self, shift: Shift) -> int:
        """Hundredths of a shift, on one of its days, that go against it; rounded up."""
        if self.has_times:
            begin, end = shift.start, shift.start + shift.minutes
            early = 0 if self.earliest is None else min(max(self.earliest - begin, 0), end - begin)
            late = 0 if self.latest is None else min(max(end - self.latest, 0), end - begin)
            return min(-(-WHOLLY * (early + late) // shift.minutes), WHOLLY)
        if self.kinds and (shift.kind in self.kinds) == self.wants:
            return 0
        return WHOLLY


@dataclass(frozen=True, slots=True)
class RunWish:
    """How many days in a row an officer would like to work, or to be off.

    A run of days that is too long or too short goes against it by each day too many or too few.

    Attributes:
        points: what it costs when it is missed by a day in every week, or by more; 1 or more.
        of: what the days in a row are.
        longest: most days in a row; of work alone.
        shortest: fewest days in a row.

    Raises:
        InputError: when it gives no limit, or a longest rest.
    """

    points: int
    of: RunOf = "work"
    longest: int | None = None
    shortest: int | None = None

    def __post_init__(self) -> None:
        if (self.longest is None) == (self.shortest is None):
            raise InputError("A wish about days in a row gives the most or the fewest.")
        if self.of == "rest" and self.longest is not None:
            raise InputError("A wish about days off in a row gives the fewest.")


LongWish = DaysWish | RunWish


def counted_points(points: int, percent: int) -> int:
    """What the points of a wish count for at so many per cent, in whole points; 1 at least."""
    return max((2 * points * percent + 100) // 200, 1)


def points_lost(points: int, missed: int, whole: int) -> int:
    """Points of a wish that is missed by so much of a whole; rounded up, never more than it has."""
    return min(-(-points * missed // whole), points)
