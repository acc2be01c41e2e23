"""The running score of a roster: what it costs now, and what a change would make of it.

Lines are judged by the rules' own checks, cover is counted on arrays, so that a change of a few
officer-days is judged in milliseconds and without OR-Tools.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rostering.cover_grid import Counting
from rostering.problem import REST, Choices, Officer
from rostering.rules.base import Line, on_terms_of
from rostering.verify import points_of

Change = tuple[int, int, int]
"""Officer, day and the new choice."""


@dataclass(frozen=True, slots=True)
class LineScore:
    """What the line rules say of one line: excess over hard ones, points of soft ones."""

    unlawful: int
    points: int


class Tally:
    """A roster with its score, which may be changed as long as it does not get worse.

    Attributes:
        choices: the roster, shape (officers, days).
        objective: points of every soft rule together.
    """

    def __init__(self, counting: Counting, choices: Choices) -> None:
        self._counting = counting
        self._problem = counting.problem
        self.choices = choices.copy()
        self._lines = [self.score_line(index, row) for index, row in enumerate(choices)]
        self._cover_points = self._counting.cost(choices)

    @property
    def objective(self) -> int:
        """Points of the roster; less is better."""
        return self._cover_points + sum(line.points for line in self._lines)

    @property
    def unlawful(self) -> list[int]:
        """Officers whose lines break a hard rule."""
        return [index for index, line in enumerate(self._lines) if line.unlawful]

    @property
    def missing_minutes(self) -> int:
        """Person-minutes of cover missing in the room."""
        return self._counting.missing_minutes(self.choices)

    def score_line(self, officer: int, row: Choices) -> LineScore:
        """Judge one line, shape (days,), on the officer's own terms."""
        person = self._problem.officers[officer]
        line = self._line(person, row)
        unlawful = points = 0
        for rule in on_terms_of(person, self._problem.rules):
            breaches = list(rule.check_line(self._problem, person, line))
            if rule.is_hard:
                unlawful += sum(breach.excess for breach in breaches)
            elif breaches:
                points += points_of(rule, breaches)
        return LineScore(unlawful, points)

    def accept(self, changes: Iterable[Change]) -> bool:
        """Make the changes if no line gets less lawful and the points do not rise; tell whether.

        Changes that leave nothing different are not made and not told.
        """
        choices = self.choices.copy()
        for officer, day, choice in changes:
            choices[officer, day] = choice
        touched = np.flatnonzero((choices != self.choices).any(axis=1))
        if not len(touched):
            return False
        lines = {int(index): self.score_line(int(index), choices[index]) for index in touched}
        if any(line.unlawful > self._lines[index].unlawful for index, line in lines.items()):
            return False
        cover_points = self._counting.cost(choices)
        line_points = sum(line.points - self._lines[index].points for index, line in lines.items())
        if cover_points + line_points > self._cover_points:
            return False
        self.choices, self._cover_points = choices, cover_points
        for index, line in lines.items():
            self._lines[index] = line
        return True

    def _line(self, officer: Officer, row: Choices) -> Line:
        tours = self._problem.tours
        worked = tuple(tours[day][choice] for day, choice in enumerate(row) if choice != REST)
        return officer.history + worked
