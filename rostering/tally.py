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
    """What the rules say of one line or bond: excess over hard ones, points of soft ones."""

    unlawful: int
    points: int


class Tally:
    """A roster with its score, which may be changed as long as it does not get worse.

    Args:
        counting: the problem, laid out.
        choices: the roster, shape (officers, days).
        like: another roster of the problem; lines that are the same are not judged again.

    Attributes:
        choices: the roster, shape (officers, days).
        objective: points of every soft rule together.
    """

    def __init__(self, counting: Counting, choices: Choices, like: Tally | None = None) -> None:
        self._counting = counting
        self._problem = counting.problem
        self._rules = tuple(rule for rule in self._problem.rules if not rule.is_only_told)
        self.choices = choices.copy()
        known = [None] * len(choices) if like is None else like.lines_shared_with(choices)
        self._lines = [
            self.score_line(index, row) if score is None else score
            for index, (row, score) in enumerate(zip(choices, known, strict=True))
        ]
        held = range(len(counting.bonds.in_force))
        self._bonds = [self._score_bond(number, choices) for number in held]
        self._cover_points = self._counting.cost(choices)

    @property
    def objective(self) -> int:
        """Points of the roster; less is better."""
        scores = (*self._lines, *self._bonds)
        return self._cover_points + sum(score.points for score in scores)

    @property
    def unlawful(self) -> list[int]:
        """Officers whose lines break a hard rule, or whom a bond names that does."""
        found = {index for index, line in enumerate(self._lines) if line.unlawful}
        for held, score in zip(self._counting.bonds.in_force, self._bonds, strict=True):
            if score.unlawful:
                found.update(held.members)
        return sorted(found)

    @property
    def missing_minutes(self) -> int:
        """Person-minutes of cover missing in the room."""
        return self._counting.missing_minutes(self.choices)

    def lines_shared_with(self, choices: Choices) -> list[LineScore | None]:
        """Scores of the lines that another roster of the problem has as well; None for others."""
        same = (self.choices == choices).all(axis=1)
        return [
            score if is_same else None for score, is_same in zip(self._lines, same, strict=True)
        ]

    def score_line(self, officer: int, row: Choices) -> LineScore:
        """Judge one line, shape (days,), on the officer's own terms."""
        person = self._problem.officers[officer]
        line = self._line(person, row)
        unlawful = points = 0
        for rule in on_terms_of(person, self._rules):
            breaches = list(rule.check_line(self._problem, person, line))
            if rule.is_hard:
                unlawful += sum(breach.excess for breach in breaches)
            elif breaches:
                points += points_of(rule, breaches)
        return LineScore(unlawful, points)

    def accept(self, changes: Iterable[Change]) -> bool:
        """Make the changes if nothing gets less lawful and the points do not rise; tell whether.

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
        bonds = {
            number: self._score_bond(number, choices)
            for number in self._counting.bonds.named_with(lines)
        }
        if any(bond.unlawful > self._bonds[number].unlawful for number, bond in bonds.items()):
            return False
        cover_points = self._counting.cost(choices)
        line_points = sum(line.points - self._lines[index].points for index, line in lines.items())
        bond_points = sum(
            bond.points - self._bonds[number].points for number, bond in bonds.items()
        )
        if cover_points + line_points + bond_points > self._cover_points:
            return False
        self.choices, self._cover_points = choices, cover_points
        for index, line in lines.items():
            self._lines[index] = line
        for number, bond in bonds.items():
            self._bonds[number] = bond
        return True

    def _score_bond(self, number: int, choices: Choices) -> LineScore:
        """Judge one bond, by its index in `Counting.bonds.in_force`."""
        bonds, officers = self._counting.bonds, self._problem.officers
        breaches = bonds.breaches(number, lambda index: self._line(officers[index], choices[index]))
        if bonds.in_force[number].rule.is_hard:
            return LineScore(sum(breach.excess for breach in breaches), 0)
        return LineScore(0, bonds.points(number, breaches))

    def _line(self, officer: Officer, row: Choices) -> Line:
        tours = self._problem.tours
        worked = tuple(tours[day][choice] for day, choice in enumerate(row) if choice != REST)
        return officer.history + worked
