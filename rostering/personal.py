"""What holds for one person alone: what they cannot do, and what counts in their average week.

Only what somebody cannot do, and until when, is ever said here; never why.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """Local days from `first` to `last`, both counted; 0 is the first of the rota period."""

    first: int
    last: int

    def has(self, day: int) -> bool:
        """Tell whether the day is one of these."""
        return self.first <= day <= self.last

    def shared(self, first: int, last: int) -> int:
        """How many of the days from `first` to `last`, both counted, are of these."""
        return max(min(self.last, last) - max(self.first, first) + 1, 0)


@dataclass(frozen=True, slots=True)
class Limit:
    """What an officer cannot do on the days on which it holds.

    A tour is judged by the day it starts on. Several limits hold side by side.

    Attributes:
        days: from which day until which it holds.
        weekdays: weekdays of them on which it holds, Monday 0; empty means all. With `closed` it
            says a flexible pattern: on these weekdays only at these times.
        kinds: kinds of shift that cannot be worked.
        closed: a time of day that no tour may touch, as two local times in minutes after midnight;
            one that ends no later than it starts goes on over midnight: 1380 to 360 is no work
            from 23:00 to 06:00.
        most_minutes: longest tour.
        most_week_minutes: most minutes of such tours in any seven days.
        least_rest: least minutes between the end of a tour and the start of the next.
    """

    days: Stretch
    weekdays: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    closed: tuple[int, int] | None = None
    most_minutes: int | None = None
    most_week_minutes: int | None = None
    least_rest: int | None = None

    def holds(self, day: int, weekday: int) -> bool:
        """Tell whether it holds on a local day, which is this weekday, Monday 0."""
        return self.days.has(day) and (not self.weekdays or weekday in self.weekdays)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Work in other jobs: so many minutes a week on these days."""

    days: Stretch
    weekly_minutes: int


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """What counts in an officer's average working time beside the shifts.

    Attributes:
        opted_out: days on which an agreement to work more than the average is in force.
        left_out: days that the average leaves out, such as leave and sickness.
        elsewhere: work in other jobs.
    """

    opted_out: tuple[Stretch, ...] = ()
    left_out: tuple[Stretch, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()


UNSAID = WorkingTime()
"""Nobody has said anything of the officer's working time."""
