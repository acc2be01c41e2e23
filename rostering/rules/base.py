"""What a rule is, and the small closed set of primitives in which a line rule says itself.

A rule is one frozen dataclass: its numbers as fields, an independent `check`, and, for a rule
about one officer's line, `says`: the same thing as primitives. The primitives are plain data;
`rostering.model` reads them into CP-SAT. `check` shares no code with that reader, and the
agreement test holds the two to each other on arbitrary rosters.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from rostering.problem import MINUTES_A_DAY, Officer, Problem, Roster, Tour
from rostering.resources import Resource

Line = tuple[Tour, ...]
"""An officer's history and tours of the period, oldest first."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a roster is worse than a rule asks.

    Attributes:
        rule: code of the rule.
        officer: id of the officer; None where it concerns the room.
        tours: the tours involved, oldest first.
        excess: how far, in the rule's unit; 1 or more.
        words: what is wrong, as a sentence for people.
        own_words: what may be said of it to the officer, where `words` name somebody else.
    """

    rule: str
    officer: str | None
    tours: tuple[Tour, ...]
    excess: int
    words: str
    own_words: str | None = None


# --- primitives ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Of:
    """Which tours a primitive speaks of: those that pass every test that is not None.

    Attributes:
        kinds: kinds of shift.
        codes: codes of shift templates.
        days: local days on which the tour starts.
        cells: pairs of day and code.
        either: selections of which the tour must pass one, where any are given.
    """

    kinds: frozenset[str] | None = None
    codes: frozenset[str] | None = None
    days: frozenset[int] | None = None
    cells: frozenset[tuple[int, str]] | None = None
    either: tuple[Of, ...] = ()

    def has(self, tour: Tour) -> bool:
        """Tell whether the tour is one of these."""
        return (
            (self.kinds is None or tour.kind in self.kinds)
            and (self.codes is None or tour.code in self.codes)
            and (self.days is None or tour.day in self.days)
            and (self.cells is None or (tour.day, tour.code) in self.cells)
            and (not self.either or any(of.has(tour) for of in self.either))
        )


ANY = Of()
"""Every tour."""


@dataclass(frozen=True, slots=True)
class Pair:
    """No tour of `then` starts less than `gap` minutes after a tour of `first` ends.

    Excess of each offending pair: the minutes missing, divided by `unit` and rounded up.
    """

    first: Of
    then: Of
    gap: int
    unit: int = 15


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row, at most `longest`, at least `shortest`.

    A day is in the run when a tour of `of` starts on it or, where `of` is None, when none starts.
    A run that touches the first known day or the last day of the period may be shorter. Excess of
    each offending run: the days too many or too few.
    """

    of: Of | None
    longest: int | None = None
    shortest: int | None = None


Measure = Literal["tours", "minutes", "rests", "weekends"]
"""What is added up: tours; elapsed minutes, of the day on which the tour starts; gaps between
tours of at least `rest` minutes, cut off at the ends of the span; or weekends (Saturday with the
Sunday after it) in which a tour starts."""


@dataclass(frozen=True, slots=True)
class Window:
    """In every span of `days` days that is known and touches the period, within the limits.

    Excess of each span: the measure over `most` or short of `least`, divided by `unit` and rounded
    up. Measured in `tours`, `minutes` or `rests`.

    A span ends with the period at the latest, but for one that asks for a rest: it may reach
    `beyond` the last day, judged as if nobody worked any more. So a line is refused that leaves the
    next period no way to give the rest in time.
    """

    measure: Measure
    days: int
    of: Of = ANY
    least: int | None = None
    most: int | None = None
    rest: int = 0
    unit: int = 1

    @property
    def beyond(self) -> int:
        """Most days after the period that cannot hold the one rest asked for by themselves."""
        if self.measure != "rests" or self.least != 1:
            return 0
        return min(max(self.rest - 1, 0) // MINUTES_A_DAY, self.days - 1)


@dataclass(frozen=True, slots=True)
class Count:
    """Over the period, within the limits; history does not count.

    Excess: the measure over `most` or short of `least`, divided by `unit` and rounded up, times
    `points`. Measured in `tours`, `minutes` or `weekends` (these with `most` alone).
    """

    measure: Measure
    of: Of = ANY
    least: int | None = None
    most: int | None = None
    unit: int = 1
    points: int = 1


@dataclass(frozen=True, slots=True)
class Either:
    """In every span, at least one of several windows of equal length is kept.

    Excess of each span: the smallest among the windows. Spans reach beyond the period as far as
    those of any of them; an option that asks for two rests must ask for half the length of one at
    least, so that rest without end is the best that can follow.
    """

    options: tuple[Window, ...]

    @property
    def beyond(self) -> int:
        """Days after the period to which spans may reach."""
        return max(option.beyond for option in self.options)


@dataclass(frozen=True, slots=True)
class Share:
    """What several primitives find together, as a share of a whole.

    Excess: `points` times what they find, less what is `spared`, divided by `whole` and rounded up.
    Where `capped`, never more than `points`; else what they find never comes to more than the
    whole. Only what counts tours against a most of none, a point or more each, can be spared.
    """

    parts: tuple[Count | Run, ...]
    points: int
    whole: int
    capped: bool = False
    spared: int = 0


Primitive = Pair | Run | Window | Count | Either | Share


# --- rules --------------------------------------------------------------------------------------

Weight = int | tuple[int, ...] | None
"""None: hard. An integer: points per unit of excess. A tuple: points for the first, second …
unit, never falling, the last repeated."""

LARGEST = 1_000_000
"""Largest number or price of a rule: beyond it a sum of points could grow past 64 bits."""

Dial = Literal["shortage", "preferences", "fairness", "fatigue", "stability", "notice"]
"""What managers weigh: `rostering.dials` says what each is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """By what prices are multiplied, all of them whole numbers.

    Attributes:
        times: by dial.
        scale: for what no dial turns; 2 where a dial is set to a half.
    """

    times: Mapping[Dial, int]
    scale: int = 1

    def of(self, dial: Dial | None) -> int:
        """By what the price of a rule with this dial is multiplied."""
        return self.scale if dial is None else self.times.get(dial, self.scale)


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    """What makes a roster unlawful (hard) or worse (priced).

    Attributes:
        code: its name in files and in the programming interface.
        title: its name for people.
        source: where its words and numbers come from.
        unit: what one unit of excess is, in words.
        dial: the dial that turns its price; None where it always counts as it is set.
        resource: what a room runs out of where the rule keeps people from a shift.
        weight: hard, or the price of a unit of excess.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    source: ClassVar[str]
    unit: ClassVar[str]
    dial: ClassVar[Dial | None] = None
    resource: ClassVar[Resource] = "rest"
    weight: Weight = None

    @property
    def is_hard(self) -> bool:
        """Tell whether a roster that breaks it is unlawful."""
        return self.weight is None

    @property
    def is_only_told(self) -> bool:
        """Tell whether breaking it costs nothing: checks tell it, and no search looks at it."""
        if self.weight is None:
            return False
        return not (self.weight if isinstance(self.weight, int) else self.weight[-1])

    def points(self, excess: int) -> int:
        """Points for so many units of excess of one officer (line rules) or of one row of cover.

        A hard rule has no price: its points are 0.
        """
        if self.weight is None:
            return 0
        if isinstance(self.weight, int):
            return self.weight * excess
        steps = self.weight[:excess]
        return sum(steps) + self.weight[-1] * (excess - len(steps))

    def turned(self, turn: Turn) -> Self:
        """The rule at the price that the dials give it; a hard one is never turned."""
        by = turn.of(self.dial)
        if self.weight is None or by == 1:
            return self
        if isinstance(self.weight, int):
            return dataclasses.replace(self, weight=min(self.weight * by, LARGEST))
        return dataclasses.replace(self, weight=tuple(min(p * by, LARGEST) for p in self.weight))

    @abstractmethod
    def check(self, problem: Problem, roster: Roster) -> Iterator[Breach]:
        """Yield every breach of the roster, without any solver."""


@dataclass(frozen=True, kw_only=True)
class LineRule(Rule):
    """A rule about one officer's line, whatever the others do."""

    @abstractmethod
    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """The rule as primitives for this officer."""

    @abstractmethod
    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Yield the breaches of one line that involve the period."""

    def check(self, problem: Problem, roster: Roster) -> Iterator[Breach]:
        """Yield the breaches of every officer's line, on the officer's own terms."""
        for officer in problem.officers:
            rule = self.on_terms_of(officer)
            if rule is not None:
                yield from rule.check_line(problem, officer, roster.line(officer))

    def on_terms_of(self, officer: Officer) -> Self | None:
        """The rule with the officer's personal numbers in place of the rulebook's.

        None where the rule is not in force for the officer.
        """
        own: Mapping[str, Any] | None = officer.terms.get(self.code, {})
        if own is None:
            return None
        return dataclasses.replace(self, **own) if own else self

    def breach(self, officer: Officer, tours: Iterable[Tour], excess: int, words: str) -> Breach:
        """A breach of this rule by this officer; the name stands before the words."""
        return Breach(self.code, officer.id, tuple(tours), excess, f"{officer.name} {words}")


def on_terms_of(officer: Officer, rules: Iterable[Rule]) -> Iterator[LineRule]:
    """Those line rules among some that are in force for an officer, on the officer's own terms."""
    for rule in rules:
        own = rule.on_terms_of(officer) if isinstance(rule, LineRule) else None
        if own is not None:
            yield own


def hard_primitives(problem: Problem, officer: Officer) -> Iterator[Primitive]:
    """What the hard line rules of a problem say of an officer, on the officer's own terms."""
    for rule in on_terms_of(officer, problem.rules):
        if rule.is_hard:
            yield from rule.says(problem, officer)


def in_period(tours: Iterable[Tour]) -> bool:
    """Tell whether any of the tours starts in the rota period and so can still be changed."""
    return any(tour.day >= 0 for tour in tours)


def long_runs(days: Iterable[int], most: int) -> Iterator[tuple[int, int, int]]:
    """Runs of more than `most` days in a row that reach into the period.

    Yields:
        first day, last day, and days too many that lie in the period.
    """
    run: list[int] = []
    for day in sorted(set(days)):
        if run and day > run[-1] + 1:
            yield from _long_run(run, most)
            run = []
        run.append(day)
    yield from _long_run(run, most)


def _long_run(run: list[int], most: int) -> Iterator[tuple[int, int, int]]:
    past = sum(day < 0 for day in run)
    excess = len(run) - max(most, past)
    if excess > 0:
        yield run[0], run[-1], excess
