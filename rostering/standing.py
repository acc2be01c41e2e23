"""How a roster stands against its rules, and what a change makes of it.

Lines are judged by the rules' own checks and only where something has moved, people on duty are
counted on arrays: a hand edit is judged in milliseconds, without OR-Tools and compiled code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby

import numpy as np

from rostering.cover_grid import Counting, Counts
from rostering.problem import REST, Choices, Officer, Preference, Problem, Shift
from rostering.rules.base import Breach, Line, LineRule, on_terms_of
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.cover import Covered
from rostering.tally import Change
from rostering.verify import Verdict, is_authorised, points_of


@dataclass(frozen=True, eq=False)
class Standing:
    """A roster with everything that its rules say of it; never changed, only followed by another.

    Attributes:
        counting: the problem with its needs laid out.
        choices: the roster, shape (officers, days).
        lines: breaches of each officer's line, hard and priced.
        bonds: breaches of each bond, hard and priced, in the order of `counting.bonds.in_force`.
        on_duty: people on duty who count for each need, in the order of `problem.cover`.
    """

    counting: Counting
    choices: Choices
    lines: tuple[tuple[Breach, ...], ...]
    bonds: tuple[tuple[Breach, ...], ...]
    on_duty: tuple[Counts, ...]

    @classmethod
    def of(cls, counting: Counting, choices: Choices) -> Standing:
        """Judge a whole roster."""
        problem = counting.problem
        rules = line_rules_of(problem)
        lines = tuple(
            tuple(line_breaches(problem, officer, line_of(problem, officer, row), rules))
            for officer, row in zip(problem.officers, choices, strict=True)
        )

        def line(index: int) -> Line:
            return line_of(problem, problem.officers[index], choices[index])

        held = range(len(counting.bonds.in_force))
        bonds = tuple(counting.bonds.breaches(number, line) for number in held)
        return cls(counting, choices.copy(), lines, bonds, counting.on_duty(choices))

    def after(self, changes: Iterable[Change]) -> Standing:
        """How the roster stands when these officer-days become something else."""
        choices = self.choices.copy()
        for officer, day, choice in changes:
            choices[officer, day] = choice
        return self.moved_to(choices)

    def moved_to(self, choices: Choices) -> Standing:
        """How another roster of the same problem stands; only what differs is judged."""
        if (choices == self.choices).all():
            return self
        lines = list(self.lines)
        moved = np.flatnonzero((choices != self.choices).any(axis=1)).tolist()
        for index in moved:
            officer = self.problem.officers[index]
            line = line_of(self.problem, officer, choices[index])
            lines[index] = tuple(line_breaches(self.problem, officer, line, self.line_rules))
        bonds = list(self.bonds)
        for number in self.counting.bonds.named_with(moved):
            bonds[number] = self._bond_breaches(number, choices)
        on_duty = self._on_duty_after(choices)
        return Standing(self.counting, choices, tuple(lines), tuple(bonds), on_duty)

    def bonds_of(self, officer: int, row: Choices) -> dict[int, tuple[Breach, ...]]:
        """Breaches of the bonds that name an officer if the line, shape (days,), were this one."""
        touching = self.counting.bonds.touching[officer]
        if not touching:
            return {}
        choices = self.choices.copy()
        choices[officer] = row
        return {number: self._bond_breaches(number, choices) for number in touching}

    def _bond_breaches(self, number: int, choices: Choices) -> tuple[Breach, ...]:
        officers = self.problem.officers
        return self.counting.bonds.breaches(
            number, lambda index: line_of(self.problem, officers[index], choices[index])
        )

    def _on_duty_after(self, choices: Choices) -> tuple[Counts, ...]:
        officers, days = (cells.tolist() for cells in np.nonzero(choices != self.choices))
        if len(officers) > len(self.problem.officers):
            return self.counting.on_duty(choices)
        counts = tuple(count.copy() for count in self.on_duty)
        for grid, count in zip(self.counting.grids, counts, strict=True):
            for officer, day in zip(officers, days, strict=True):
                if not grid.counts[officer]:
                    continue
                for choice, change in (
                    (self.choices[officer, day], -1),
                    (choices[officer, day], 1),
                ):
                    if choice != REST:
                        count[grid.first[day, choice] : grid.last[day, choice]] += change
        return counts

    @property
    def problem(self) -> Problem:
        """What the roster is of."""
        return self.counting.problem

    @cached_property
    def hard(self) -> tuple[Breach, ...]:
        """Breaches of hard rules that nobody authorised; empty for a lawful roster.

        Cover is never hard.
        """
        return tuple(breach for breach in self._found if self.is_hard(breach))

    @cached_property
    def priced(self) -> tuple[Breach, ...]:
        """Breaches of soft rules of lines and bonds; cover is told by `on_duty`."""
        return tuple(breach for breach in self._found if not self.is_of_hard_rule(breach))

    @cached_property
    def authorised(self) -> tuple[Breach, ...]:
        """Breaches of hard rules that may stand."""
        hard = (breach for breach in self._found if self.is_of_hard_rule(breach))
        return tuple(breach for breach in hard if is_authorised(self.problem, breach))

    @property
    def _found(self) -> Iterator[Breach]:
        return chain.from_iterable((*self.lines, *self.bonds))

    @cached_property
    def objective(self) -> int:
        """Points of every soft rule together; less is better."""
        lines = sum(map(self.line_points, range(len(self.lines))))
        return self.cover_points + lines + sum(map(self.bond_points, range(len(self.bonds))))

    @cached_property
    def cover_points(self) -> int:
        """Points of every need together."""
        return self.counting.cost(self.choices, self.on_duty)

    def line_points(self, officer: int) -> int:
        """Points of the soft rules on one officer's line."""
        return breach_points(self.problem, self.lines[officer])

    def bond_points(self, number: int) -> int:
        """Points of one bond, by its index in `counting.bonds.in_force`."""
        return self.counting.bonds.points(number, self.bonds[number])

    def hard_of(self, officer: int) -> tuple[Breach, ...]:
        """Breaches of hard rules on one officer's line that nobody authorised."""
        return tuple(breach for breach in self.lines[officer] if self.is_hard(breach))

    def line(self, officer: int) -> Line:
        """An officer's history and tours of the period."""
        return line_of(self.problem, self.problem.officers[officer], self.choices[officer])

    def shift(self, officer: int, day: int) -> Shift | None:
        """The shift of an officer-day; None on a rest day."""
        choice = int(self.choices[officer, day])
        return None if choice == REST else self.problem.shifts[choice]

    def meets(self, officer: int, wish: Preference) -> bool:
        """Tell whether an officer's wish is met."""
        return wish.is_met_by(self.shift(officer, wish.day))

    def is_hard(self, breach: Breach) -> bool:
        """Tell whether the breach is of a hard rule, and not one that may stand."""
        return self.is_of_hard_rule(breach) and not is_authorised(self.problem, breach)

    def is_of_hard_rule(self, breach: Breach) -> bool:
        """Tell whether the breach is of a hard rule, authorised or not."""
        return breach.rule in self._hard_codes

    @cached_property
    def line_rules(self) -> tuple[LineRule, ...]:
        """The rules about one officer's line."""
        return line_rules_of(self.problem)

    @cached_property
    def hard_rules(self) -> tuple[LineRule, ...]:
        """The hard ones among them, first the one that is quick and most often says no."""
        hard = (rule for rule in self.line_rules if rule.is_hard)
        return tuple(sorted(hard, key=lambda rule: rule.code != ContractedHours.code))

    @cached_property
    def _hard_codes(self) -> frozenset[str]:
        return frozenset(rule.code for rule in self.problem.rules if rule.is_hard)

    def verdict(self) -> Verdict:
        """The verdict as `verify` gives it, but that breaches of cover are told by `on_duty`."""
        points = {rule.code: 0 for rule in self.problem.rules if not rule.is_hard}
        for line in self.lines:
            for code, found in groupby(line, key=lambda breach: breach.rule):
                if code in points:
                    points[code] += breach_points(self.problem, found)
        for number, held in enumerate(self.counting.bonds.in_force):
            if held.rule.code in points:
                points[held.rule.code] += self.bond_points(number)
        points[Covered.code] = points.get(Covered.code, 0) + self.cover_points
        return Verdict(self.hard, self.priced, points, self.authorised)


def line_of(problem: Problem, officer: Officer, row: Choices) -> Line:
    """The officer's history and tours for choices of shape (days,)."""
    tours = problem.tours
    worked = (tours[day][choice] for day, choice in enumerate(row.tolist()) if choice != REST)
    return officer.history + tuple(worked)


def line_breaches(
    problem: Problem, officer: Officer, line: Line, rules: Iterable[LineRule]
) -> Iterator[Breach]:
    """What rules find in one line, on the officer's own terms, rule by rule."""
    for rule in on_terms_of(officer, rules):
        yield from rule.check_line(problem, officer, line)


def line_rules_of(problem: Problem) -> tuple[LineRule, ...]:
    """The rules about one officer's line, in the order in which people read them."""
    return tuple(rule for rule in problem.rules if isinstance(rule, LineRule))


def breach_points(problem: Problem, breaches: Iterable[Breach]) -> int:
    """Points of one officer's breaches, given in the rules' order; hard rules have none."""
    rules = {rule.code: rule for rule in problem.rules}
    return sum(
        points_of(rules[code], found)
        for code, found in groupby(breaches, key=lambda breach: breach.rule)
    )
