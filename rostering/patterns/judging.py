"""What a rulebook says of a pattern: the rules' own checks, on the pattern rolled out.

One officer for each day of the pattern follows it over two clock changes, so that each day of the
pattern falls on each day of the calendar once, whatever its weekday and the state of the clocks; a
pattern of whole weeks keeps to its weekdays.
What the checks find is then said once: by the days of the pattern in place of dates, and how often.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from rostering.patterns.notation import symbol_of
from rostering.patterns.pattern import Pattern
from rostering.problem import MINUTES_A_DAY, Officer, Problem, Roster, Tour
from rostering.rules.base import Breach, LineRule, Rule
from rostering.verify import verify
from rostering.words import count_words, day_words, listed_words

AROUND = 28
"""Days before the first clock change and after the second: what spans of a fortnight need."""

REACH = 14
"""Days before a clock change on which a span may begin that holds it: the longest that is counted
in days and judged in hours."""

WHOLE_YEAR = 366
"""Days of a pattern that is rolled out where the clocks never change."""

NAMED = 6
"""Days named for one breach; of more the number is told."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAY = re.compile(rf"(?:{'|'.join(WEEKDAYS)}) \d\d? [A-Z][a-z]+")
_PLACE = re.compile(r"day (\d+) \([\w.*-]+\)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PatternBreach:
    """One thing that a rule finds wrong with a pattern, however often it comes.

    Attributes:
        rule: code of the rule.
        title: its name for people.
        is_hard: whether no roster may break it; else it is priced.
        words: how often, and what, as a sentence for people.
    """

    rule: str
    title: str
    is_hard: bool
    words: str


def breaches_of(
    pattern: Pattern, rules: Iterable[Rule], zone: str, near: date
) -> tuple[PatternBreach, ...]:
    """Every breach of a pattern, said once; hard rules first, each in the rulebook's order.

    Rules about the room as a whole and the contract say nothing of a pattern and are left out. Free
    days are taken as days off.

    Args:
        pattern: the pattern; a day of a kind is judged at the kind's usual time.
        rules: the rulebook.
        zone: IANA name of the room's time zone.
        near: a day from which the next clock changes are looked for.
    """
    told = tuple(rule for rule in rules if isinstance(rule, LineRule))
    problem = rolled_out(pattern, told, zone, near)
    verdict = verify(problem, _roster(problem, pattern))
    stage = _Stage(pattern, problem)
    by_rule: dict[str, list[Breach]] = defaultdict(list)
    for breach in (*verdict.hard, *verdict.priced):
        by_rule[breach.rule].append(breach)
    found = [
        PatternBreach(rule.code, rule.title, rule.is_hard, words)
        for rule in told
        for words in stage.sentences(by_rule[rule.code])
    ]
    return tuple(sorted(found, key=lambda breach: not breach.is_hard))


def rolled_out(pattern: Pattern, rules: Sequence[Rule], zone: str, near: date) -> Problem:
    """A problem in which one officer for each day of the pattern begins with it.

    Its days hold the next two clock changes of the zone that lie closest together, with four weeks
    around them; a whole year where there are none.
    """
    first, last = _stretch(zone, near)
    days = (last - first).days + 1
    frame = Problem("", first, days, zone, pattern.shifts, (), tuple(rules))
    officers = tuple(
        Officer(
            id=str(offset),
            name="An officer",
            skills=frozenset(),
            least_minutes=0,
            most_minutes=days * MINUTES_A_DAY,
            history=tuple(_before(frame, pattern, offset)),
            known_from=-AROUND,
        )
        for offset in pattern.offsets(first.weekday())
    )
    return replace(frame, officers=officers)


def _before(frame: Problem, pattern: Pattern, offset: int) -> Iterator[Tour]:
    """The tours of the weeks before, so that the first days are judged like all others."""
    for day in range(-AROUND, 0):
        tour = pattern.tours[(day + offset) % len(pattern)]
        if tour is not None:
            start = frame.instant(day, tour.start)
            end = frame.instant(day, tour.start + tour.minutes)
            yield Tour(day, tour.code, tour.kind, start, end)


def clock_changes(zone: str, near: date, days: int) -> tuple[tuple[date, bool], ...]:
    """Days from `near` on with a clock change, and whether the clocks go forward on it."""
    local = ZoneInfo(zone)
    midnights = (datetime.combine(near + timedelta(d), time(), local) for d in range(days + 1))
    shifts = [midnight.utcoffset() or timedelta() for midnight in midnights]
    return tuple(
        (near + timedelta(day), after > before)
        for day, (before, after) in enumerate(pairwise(shifts))
        if before != after
    )


def _stretch(zone: str, near: date) -> tuple[date, date]:
    changes = [day for day, _ in clock_changes(zone, near, 2 * WHOLE_YEAR)][:3]
    if len(changes) < 2:
        return near, near + timedelta(WHOLE_YEAR - 1)
    first, last = min(pairwise(changes), key=lambda pair: pair[1] - pair[0])
    return first - timedelta(AROUND), last + timedelta(AROUND)


def _roster(problem: Problem, pattern: Pattern) -> Roster:
    places = [problem.shift_index[tour.code] if tour else None for tour in pattern.tours]
    lines = {}
    for officer in problem.officers:
        offset = int(officer.id)
        on = ((day, places[(day + offset) % len(places)]) for day in range(problem.days))
        lines[officer.id] = tuple(
            problem.tour(day, place) for day, place in on if place is not None
        )
    return Roster(lines)


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence with places for dates, and where it came.

    Attributes:
        words: the sentence; the same sentence is about the same days of the pattern.
        days: days of the problem on which the first of its days fell; empty where it names none.
        length: days from there to the last tour involved.
        excess: by how much the rule is broken.
    """

    words: str
    days: frozenset[int]
    length: int
    excess: int

    @property
    def place(self) -> str:
        """The first day of the pattern that it names, such as `day 8 (N)`."""
        match = _PLACE.search(self.words)
        return match[0] if match else ""

    @property
    def order(self) -> tuple[int, int]:
        """By the day of the pattern, the worse first."""
        number = _NUMBER.search(self.place)
        return int(number[0]) if number else 0, -self.excess


class _Stage:
    """A pattern rolled out, and its breaches in the pattern's own days."""

    def __init__(self, pattern: Pattern, problem: Problem) -> None:
        self._pattern = pattern
        self._problem = problem
        around = range(-AROUND, problem.days + AROUND)
        self._day_of = {day_words(problem, day): day for day in around}
        first = problem.first_day
        changes = clock_changes(problem.zone, first, problem.days)
        self._changes = {(day - first).days: forward for day, forward in changes}

    def sentences(self, breaches: Sequence[Breach]) -> Iterator[str]:
        """Each breach once, with how often it comes, in the order of the pattern's days.

        What touches the first day known or the last is cut off there, and told only where there is
        nothing else.
        """
        edges = {-AROUND, self._problem.days - 1}
        whole = [b for b in breaches if not any(tour.day in edges for tour in b.tours)]
        often = {told: self._often(told) for told in self._told(whole or breaches)}
        always = {_NUMBER.sub("", told.words) for told, how in often.items() if how == ALWAYS}
        alike: dict[tuple[str, str], list[_Told]] = defaultdict(list)
        for told, how in often.items():
            if how not in CLOCKS or _NUMBER.sub("", told.words) not in always:
                alike[how, _NUMBER.sub("#", _PLACE.sub("", told.words))].append(told)
        for (how, _), group in alike.items():
            yield _sentence(how, group)

    def _told(self, breaches: Iterable[Breach]) -> list[_Told]:
        found: dict[str, list[tuple[int | None, int, int]]] = defaultdict(list)
        for breach in breaches:
            words, day = self._in_places(breach)
            last = max((tour.day for tour in breach.tours), default=day or 0)
            found[words].append((day, last - (day or 0), breach.excess))
        told = (
            _Told(
                words,
                frozenset(day for day, _, _ in places if day is not None),
                max(length for _, length, _ in places),
                max(excess for _, _, excess in places),
            )
            for words, places in found.items()
        )
        return sorted(told, key=lambda each: each.order)

    def _in_places(self, breach: Breach) -> tuple[str, int | None]:
        """The words with days of the pattern for dates, and the first day that they name."""
        offset = int(breach.officer or 0)
        named: list[int] = []

        def place(match: re.Match[str]) -> str:
            if match[0] not in self._day_of:
                return match[0]
            named.append(self._day_of[match[0]])
            index = (named[-1] + offset) % len(self._pattern)
            return f"day {index + 1} ({symbol_of(self._pattern.days[index])})"

        words = _DAY.sub(place, breach.words)
        return words, named[0] if named else None

    def _often(self, told: _Told) -> str:
        if not told.days:
            return f"Over {count_words(self._problem.days // 7, 'week')}"
        length = max(told.length, REACH)
        first, step = 2, 1  # a night from the first day, which is cut off, ends on the second
        if self._pattern.is_of_weeks:
            first, step = first + (min(told.days) - first) % 7, 7
        whole = range(first, self._problem.days - 1 - length, step)
        if {day for day in whole if self._change_near(day, length) is None} <= told.days:
            return ALWAYS
        near = {self._change_near(day, length) for day in told.days}
        if None not in near:
            return CLOCKS_FORWARD if True in near else CLOCKS_BACK
        weekdays = {(day + self._problem.first_day.weekday()) % 7 for day in told.days}
        if len(weekdays) <= SOME:
            names = " or a ".join(WEEKDAYS[weekday] for weekday in sorted(weekdays))
            return f"Where the first of these days is a {names}"
        return "In some rounds"

    def _change_near(self, day: int, length: int) -> bool | None:
        """Whether the clocks go forward in so many days and one from here; None: no change."""
        return next((f for at, f in self._changes.items() if day - 1 <= at <= day + length), None)


ALWAYS = "In every round"
CLOCKS_FORWARD = "Only where the clocks go forward"
CLOCKS_BACK = "Only where the clocks go back"
CLOCKS = (CLOCKS_FORWARD, CLOCKS_BACK)

SOME = 3
"""Weekdays that are named where a breach depends on them."""


def _sentence(how: str, group: Sequence[_Told]) -> str:
    """How often, and the worst of several alike; the others are named after it."""
    worst = max(group, key=lambda told: told.excess)
    places = [told.place for told in group if told is not worst and told.place]
    more = len(places) - NAMED
    named = [*places[:NAMED], *([count_words(more, "more day")] if more > 0 else [])]
    likewise = f" Likewise from {listed_words(named)}." if named else ""
    return f"{how}: {worst.words[0].lower()}{worst.words[1:]}{likewise}"
