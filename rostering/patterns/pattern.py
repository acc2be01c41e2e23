"""What a pattern is, and which of its days a calendar day is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rostering.errors import InputError
from rostering.problem import MINUTES_A_DAY, OfficerDay, Shift

LETTERS: Mapping[str, str] = {"E": "early", "D": "day", "L": "late", "N": "night"}
"""Letters that stand for a kind of shift in the notation, with the kind."""

REST, FREE = "R", "*"
"""Symbols of a rest day, and of a day that the roster may fill as it likes."""

MOST_DAYS = 182
"""Length of a pattern: half a year, longer than any line that people learn by heart."""

LEAST_MINUTES = 60

PatternDay = OfficerDay | None
"""A kind at a time to be chosen, a shift, a rest day, or, as None, a free choice."""


@dataclass(frozen=True)
class Pattern:
    """A repeating line of days.

    A pattern of whole weeks begins on a Monday. Any other meets every weekday in turn.

    Attributes:
        title: its name for people.
        days: one day each; the line begins anew after the last.
        shifts: the tours that the days speak of, by code. The code of a kind's usual tour is the
            kind's letter: a day of that kind is counted and judged at this time, though a roster
            may choose another time of the kind. Other codes are shifts that are meant exactly.

    Raises:
        InputError: a pattern of no days or too many, a day whose tour is not told, a code told
            twice or taken by a kind, or a tour of no length.
    """

    title: str
    days: tuple[PatternDay, ...]
    shifts: tuple[Shift, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.days) <= MOST_DAYS:
            raise InputError(
                f"A pattern has 1 to {MOST_DAYS} days; this one has {len(self.days):,}."
            )
        for code in (shift.code for shift in self.shifts):
            if [shift.code for shift in self.shifts].count(code) > 1:
                raise InputError(f"The shift {code} is told twice.")
        for shift in self.shifts:
            _check_shift(shift)
        for number, day in enumerate(self.days, 1):
            if _code(day) not in {None, *self._by_code}:
                raise InputError(
                    f"The time of {_code(day)} is not told: say it, such as "
                    f"{_code(day)} 07:00-15:00.",
                    where=f"day {number}",
                )

    @cached_property
    def _by_code(self) -> dict[str, Shift]:
        return {shift.code: shift for shift in self.shifts}

    def __len__(self) -> int:
        return len(self.days)

    @property
    def is_of_weeks(self) -> bool:
        """Tell whether its days are bound to weekdays."""
        return len(self) % 7 == 0

    def offsets(self, weekday: int = 0) -> range:
        """Days of the pattern, from 0, that may fall on a weekday; 0 is Monday."""
        return range(weekday, len(self), 7) if self.is_of_weeks else range(len(self))

    def tour_of(self, day: PatternDay) -> Shift | None:
        """The tour of a day, at the usual time of its kind; None on rest days and free days."""
        code = _code(day)
        return None if code is None else self._by_code[code]

    @cached_property
    def tours(self) -> tuple[Shift | None, ...]:
        """The tour of each day, as `tour_of` tells it."""
        return tuple(map(self.tour_of, self.days))


def place_on(pattern: Pattern, first_day: date, offset: int, day: date) -> int:
    """Which day of the pattern a calendar day is, from 0.

    Args:
        pattern: the pattern.
        first_day: the day from which it is followed.
        offset: the day of the pattern that `first_day` is, from 0; another round is the same.
        day: the calendar day, on either side of `first_day`.
    """
    return ((day - first_day).days + offset) % len(pattern)


def _code(day: PatternDay) -> str | None:
    """The code of a day's tour; that of a kind is its letter, or the kind where it has none."""
    if day is None or day.kind is None:
        return None if day is None else day.shift
    return next((letter for letter, kind in LETTERS.items() if kind == day.kind), day.kind)


def _check_shift(shift: Shift) -> None:
    if shift.code in {REST, FREE} or LETTERS.get(shift.code, shift.kind) != shift.kind:
        raise InputError(f"{shift.code} stands for something else; give the shift another code.")
    if not LEAST_MINUTES <= shift.minutes <= MINUTES_A_DAY:
        raise InputError(f"The shift {shift.code} must last from 1 to 24 hours.")
    if not 0 <= shift.start < MINUTES_A_DAY:
        raise InputError(f"The shift {shift.code} must begin within a day.")
