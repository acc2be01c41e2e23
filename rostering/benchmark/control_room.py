"""A control room of any size, the same for the same numbers: what the roster engine is measured on.

Thirty shift templates (twelve starts of 8, 10 and 12 hours), six groups of skills over three
queues, a fifth part time, 7 % of the weeks on leave, six weighted wishes each, and a demand that
swings over the day and is higher on Friday and Saturday nights. Its rules are those that any room
has: 11 hours of rest, at most six days and four nights in a row, two rest days after nights, two
weekends of four off, contracted hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import numpy as np

from rostering.problem import Cover, Officer, Preference, Problem, Shift, Span
from rostering.rules.base import Rule
from rostering.rules.registry import RULES
from rostering.rules.weekends_off import WeekendsOff

STARTS = (
    (6, "early"), (7, "early"), (8, "early"), (10, "day"), (12, "day"), (14, "late"),
    (15, "late"), (16, "late"), (20, "night"), (21, "night"), (22, "night"), (23, "night"),
)  # fmt: skip
LENGTHS = (8, 10, 12)
LONG_STARTS = 6
"""Starts, every second one, at which the longest shift begins; it makes thirty templates."""

SKILLS = ("999", "101", "dispatch")
GROUPS = (("999",), ("101",), ("999", "101"), ("101", "dispatch"), ("999", "dispatch"), SKILLS)
SHARES = {"999": 0.3, "101": 0.4, "dispatch": 0.3}
POOLING = 0.95
"""Need of queues together over the sum of their needs apart, as measured for pools."""

FIRST_DAY = date(2026, 10, 5)

PLAIN_RULES = (
    "one_tour", "officer_days", "unavailability", "skills", "daily_rest", "consecutive_days",
    "consecutive_nights", "rest_after_nights", "contracted_hours", "cover", "preferences",
)  # fmt: skip
"""Rules with their registered numbers; kept apart so that figures stay comparable as rules are
added."""

SLACK = 300
"""Minutes by which the period's hours may miss the contract, either way."""


def control_room(officers: int, load: float, days: int = 28, seed: int = 1) -> Problem:
    """A room whose officers' contracts hold `1 / load` of what its demand asks.

    Args:
        officers: how many.
        load: demand over contracted hours, leave taken off.
        days: length of the period; it holds a clock change when four weeks or more.
        seed: of everything drawn.
    """
    chance = np.random.default_rng(seed)
    shifts = tuple(_shifts())
    bare = Problem("generated", FIRST_DAY, days, "Europe/London", shifts, (), ())
    people = tuple(_officer(bare, index, chance) for index in range(officers))
    hours = sum(person.least_minutes + SLACK for person in people) / 60
    return Problem(
        f"{officers} officers at load {load}",
        FIRST_DAY,
        days,
        bare.zone,
        shifts,
        people,
        tuple(rules()),
        tuple(_covers(bare, hours * load)),
    )


def rules() -> Iterator[Rule]:
    """The rules of the room, two weekends of four among the hard ones."""
    for code in PLAIN_RULES:
        yield RULES[code]()
    yield WeekendsOff(weight=None, least=2)


def demand_hours(problem: Problem) -> float:
    """Person-hours that a room asks for, whichever queue they serve."""
    return sum(
        float(cover.required.sum()) * cover.interval_minutes / 60
        for cover in problem.cover
        if len(cover.queues) == len(SKILLS)
    )


def _shifts() -> Iterator[Shift]:
    for number, (hour, kind) in enumerate(STARTS):
        for length in LENGTHS:
            if length < max(LENGTHS) or number % (len(STARTS) // LONG_STARTS) == 0:
                yield Shift(f"{kind[0].upper()}{hour:02}-{length}", kind, hour * 60, length * 60)


def _officer(problem: Problem, index: int, chance: np.random.Generator) -> Officer:
    weekly = 24 if chance.random() < 0.2 else 40
    away: tuple[Span, ...] = ()
    weeks = problem.days // 7
    if chance.random() < 0.07 * weeks:
        week = int(chance.integers(weeks))
        away = (Span(problem.instant(7 * week, 0), problem.instant(7 * week + 7, 0)),)
    contracted = weekly * 60 * (problem.days - 7 * len(away)) // 7
    wishes = chance.choice(problem.days, size=min(6, problem.days), replace=False)
    return Officer(
        id=f"o{index:04}",
        name=f"Officer {index}",
        skills=frozenset(GROUPS[index % len(GROUPS)]),
        least_minutes=contracted - SLACK,
        most_minutes=contracted + SLACK,
        unavailable=away,
        preferences=tuple(
            Preference(int(day), int(chance.integers(1, 6)), wants=False) for day in wishes
        ),
    )


def _covers(problem: Problem, hours: float) -> Iterator[Cover]:
    start, finish = problem.instant(0, 360), problem.instant(problem.days, 0)
    instants = np.arange(start, finish, 15)
    hour = (instants - problem.instant(0, 0)) / 60 % 24
    day = (instants - problem.instant(0, 0)) // 1440 % 7
    shape = 1 + 0.45 * np.sin((hour - 10) / 24 * 2 * np.pi)
    shape *= np.where(((day == 4) | (day == 5)) & (hour >= 18), 1.25, 1.0)
    need = shape / shape.sum() * hours * 4
    for size in range(1, len(SKILLS) + 1):
        for queues in combinations(SKILLS, size):
            share = sum(SHARES[queue] for queue in queues)
            pooled = 1.0 if size == len(SKILLS) else POOLING
            required = np.round(need * share / pooled).astype(np.int32)
            yield Cover(queues, frozenset(queues), start, 15, required)
