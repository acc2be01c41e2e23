"""What a roster changes of the one that stands, each officer-day with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.effect import effect
from rostering.effect_words import cover_words
from rostering.problem import REST, Choices, Tour
from rostering.remedies import newly_broken
from rostering.standing import Standing
from rostering.words import tour_words

Cause = Literal["lost", "covers", "rule", "cover", "other"]
"""It could not stay as it was; it covers what somebody else lost; as it was it would break a rule,
or leave people missing; or it makes the roster better in another way."""


@dataclass(frozen=True, slots=True)
class Change:
    """An officer-day that changes.

    Attributes:
        officer, day: which one, by index.
        before, after: indices of shifts, or REST.
        cause: why.
        words: the reason as a sentence, which may name somebody else.
    """

    officer: int
    day: int
    before: int
    after: int
    cause: Cause
    words: str


def changes(
    standing: Standing, present: Choices, known: npt.NDArray[np.bool_]
) -> tuple[Change, ...]:
    """List what a roster changes of the present one, by officer and day.

    Args:
        standing: the roster that is to be.
        present: the one that stands, shape (officers, days).
        known: officer-days that stand in it, shape (officers, days).
    """
    found = np.argwhere((standing.choices != present) & known).tolist()
    kept = Allowed.of(standing.problem).nearest(present)
    covering = _Covering(standing, present)
    lost = [cell for cell in found if kept[cell[0], cell[1]] != present[cell[0], cell[1]]]
    for officer, day in lost:
        if present[officer, day] != REST:
            covering.lose(officer, day)
    told = []
    for officer, day in found:
        cause, words = covering.reason(officer, day, is_lost=[officer, day] in lost)
        before, after = int(present[officer, day]), int(standing.choices[officer, day])
        told.append(Change(officer, day, before, after, cause, words))
    return tuple(told)


@dataclass(slots=True)
class _Lost:
    """A tour that nobody works any more, and the minutes of it that are not covered yet."""

    officer: int
    tour: Tour
    left: int


class _Covering:
    """Who covers whose lost tours."""

    def __init__(self, standing: Standing, present: Choices) -> None:
        self._standing = standing
        self._problem = standing.problem
        self._present = present
        self._lost: list[_Lost] = []

    def lose(self, officer: int, day: int) -> None:
        """Note a tour that cannot stay."""
        tour = self._problem.tour(day, int(self._present[officer, day]))
        self._lost.append(_Lost(officer, tour, tour.minutes))

    def reason(self, officer: int, day: int, *, is_lost: bool) -> tuple[Cause, str]:
        """Why an officer-day changes."""
        if is_lost:
            return "lost", self._why_lost(officer, day)
        if covered := self._covers(officer, day):
            person = self._problem.officers[covered.officer]
            return "covers", f"Covers {person.name}, {tour_words(self._problem, covered.tour)}."
        row = self._standing.choices[officer].copy()
        row[day] = self._present[officer, day]
        if (breach := newly_broken(self._standing, officer, row)) is not None:
            return "rule", f"Otherwise {breach.words}"
        back = [(officer, day, int(self._present[officer, day]))]
        undone = effect(self._standing, self._standing.after(back))
        short = [each for each in undone.cover if each.after > max(each.before, 0)]
        if short:
            return "cover", f"Otherwise {cover_words(self._problem, short[0])}"
        if undone.points > 0:
            return "other", f"The roster is better by {undone.points} points with it."
        return "other", "It can be taken back at no loss."

    def _why_lost(self, officer: int, day: int) -> str:
        person, choice = self._problem.officers[officer], int(self._present[officer, day])
        if choice == REST:
            return f"{person.name} has something fixed on this day."
        tour = self._problem.tour(day, choice)
        if any(span.start < tour.end and tour.start < span.end for span in person.unavailable):
            return f"{person.name} is away."
        return f"{person.name} can no longer work this shift."

    def _covers(self, officer: int, day: int) -> _Lost | None:
        """The lost tour that a new one stands in for most; its minutes are then covered."""
        choice = int(self._standing.choices[officer, day])
        if choice == REST:
            return None
        tour = self._problem.tour(day, choice)
        met = [
            (min(minutes, lost.left), lost)
            for lost in self._lost
            if lost.left > 0
            and (minutes := self._new_minutes(officer, day, tour, lost.tour)) > 0
            and self._stands_in(officer, lost.officer)
        ]
        if not met:
            return None
        minutes, lost = max(met, key=lambda each: each[0])
        lost.left -= minutes
        return lost

    def _new_minutes(self, officer: int, day: int, tour: Tour, lost: Tour) -> int:
        """Minutes of a lost tour that a new one fills and the one before it did not."""
        before = int(self._present[officer, day])
        old = 0 if before == REST else _shared(self._problem.tour(day, before), lost)
        return _shared(tour, lost) - old

    def _stands_in(self, officer: int, other: int) -> bool:
        one, two = self._problem.officers[officer], self._problem.officers[other]
        return officer != other and bool(one.skills & two.skills or not two.skills)


def _shared(tour: Tour, other: Tour) -> int:
    return max(0, min(tour.end, other.end) - max(tour.start, other.start))
