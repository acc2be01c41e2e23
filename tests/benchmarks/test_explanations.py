"""Wishes that are not met are forced, the roster is made again, and what was told must show.

The rooms have 100 and 200 officers whose contracts hold just what is asked; wishes are about a day,
several days, days in a row and colleagues. Each reason is tried by another way than it was found:
the wish becomes a hard rule and CP-SAT makes the officer's line again beside the others' lines as
they are, which is what a reason speaks of; then one other takes the shift over, on two days that
are made again. A rule must leave no lawful line; a cost must be the least there is; what is told to
be open must be lawful and cost nothing. Beside it is printed how many costs get less when the whole
line of one other is made again together with the officer's, of which no reason speaks.
"""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pytest

from rostering.allowed import Allowed
from rostering.problem import REST, Roster
from rostering.reasons.explaining import Explaining
from rostering.reasons.reason import Reason
from rostering.reasons.wanted import Wanted, wanted
from rostering.standing import Standing
from rostering.verify import verify
from tests.benchmarks.forced import Remade, remade
from tests.benchmarks.wishing import rostered_room, unmet, wishing_room

ROOMS = ((100, 1), (200, 2))
"""Officers and seed."""

FORCED = 105
"""Wishes of each room that are forced, drawn by chance."""

TOLERANCE = 0.1
"""Share of a cost by which it may be less than told."""

WHOLE = 10
"""Costs of each room of which is told whether the whole line of one other makes them less."""

WORK = 1.0
"""Deterministic time of the solver for two lines."""


def fault(
    standing: Standing,
    allowed: Allowed,
    asked: Wanted,
    reason: Reason,
    chance: np.random.Generator,
) -> str:
    """What is not as the reason tells; "" where all of it shows."""
    problem, after = standing.problem, standing.after(reason.changes)
    free = np.zeros(standing.choices.shape, dtype=bool)
    free[asked.officer] = allowed.movable[asked.officer]
    alone = remade(standing, allowed, free, asked, 10.0)
    verdict = verify(problem, Roster.from_choices(problem, after.choices))
    if reason.kind == "rule":
        if reason.breach not in verdict.hard:
            return "the breach does not show"
        is_so = alone.ending == "impossible" or not reason.is_proved
        return "" if is_so else f"a lawful line was {alone.ending}"
    if not verdict.is_legal or not asked.is_met_by(problem, after.choices[asked.officer]):
        return "the way is not lawful or does not meet the wish"
    if verdict.objective - standing.objective != reason.points:
        return "the way costs something else"
    if reason.kind == "open":
        return "" if reason.points <= 0 else "it costs something"
    return _too_dear(standing, after, allowed, asked, reason, chance, alone)


def _too_dear(
    standing: Standing,
    after: Standing,
    allowed: Allowed,
    asked: Wanted,
    reason: Reason,
    chance: np.random.Generator,
    alone: Remade,
) -> str:
    """Whether what is told to cost something could be had for less, or does not show."""
    if reason.short is not None and not _shows(standing, after, reason):
        return "nobody is missing where it is told"
    least = reason.points * (1 - TOLERANCE)
    if alone.ending != "best" or alone.points - standing.objective < least:
        return f"the officer's line alone: {alone.ending}, {alone.points - standing.objective}"
    return _with_others(after, allowed, asked, reason, chance)


def _shows(before: Standing, after: Standing, reason: Reason) -> bool:
    """Whether more people are missing, in the stretch named, counted tour by tour."""
    short = reason.short
    assert short is not None
    need = next(each for each in before.problem.cover if each.queues == short.queues)
    missing = []
    for standing in (before, after):
        problem, there = standing.problem, np.zeros(len(need.required), dtype=int)
        for person, row in zip(problem.officers, standing.choices, strict=True):
            if person.skills & need.skills:
                for day in np.flatnonzero(row != REST).tolist():
                    tour = problem.tour(day, int(row[day]))
                    there[max(0, -(-(tour.start - need.start) // need.interval_minutes)) : max(
                        0, (tour.end - need.start) // need.interval_minutes)] += 1  # fmt: skip
        first, last = (
            (instant - need.start) // need.interval_minutes for instant in (short.start, short.end)
        )
        missing.append(np.maximum(need.required - there, 0)[first:last])
    return bool((missing[1] > missing[0]).all() and missing[1].max() == short.after)


def _with_others(
    after: Standing,
    allowed: Allowed,
    asked: Wanted,
    reason: Reason,
    chance: np.random.Generator,
) -> str:
    """Whether two days of one other make it cheaper by more than the tolerance.

    Whoever gives way in what is told is asked for just those days; else somebody who rests on a day
    that the officer gives up, for that day and one of their own.
    """
    named = {row: [day for who, day, _ in reason.changes if who == row]
             for row, _, _ in reason.changes if row != asked.officer}  # fmt: skip
    if named:
        other, days = next(iter(named.items()))
    else:
        other, days = _drawn(after, asked, reason, chance)
    free = np.zeros(after.choices.shape, dtype=bool)
    free[other, days] = allowed.movable[other, days]
    again = remade(after, allowed, free, asked, WORK).points
    least = again - after.objective + reason.points
    if least < reason.points * (1 - TOLERANCE):
        return f"with two days of one other {least} instead of {reason.points}"
    return ""


def _drawn(
    after: Standing, asked: Wanted, reason: Reason, chance: np.random.Generator
) -> tuple[int, list[int]]:
    """One other by chance, and two of their days."""
    given = [day for who, day, choice in reason.changes
             if who == asked.officer and choice == REST]  # fmt: skip
    others = [row for row in range(len(after.choices)) if row != asked.officer]
    if given:
        others = [row for row in others if after.choices[row, given[0]] == REST] or others
    other = int(chance.choice(others))
    worked = np.flatnonzero(after.choices[other] != REST)
    return other, [*given[:1], *chance.permutation(worked)[:1].tolist()]


def _is_less_with_a_line(
    standing: Standing,
    allowed: Allowed,
    asked: Wanted,
    reason: Reason,
    chance: np.random.Generator,
) -> bool:
    """Whether the whole line of one other made again takes more than the tolerance off a cost."""
    after, movable = standing.after(reason.changes), allowed.movable
    named = [row for row, _, _ in reason.changes if row != asked.officer]
    other = named[0] if named else _drawn(after, asked, reason, chance)[0]
    free = np.zeros(movable.shape, dtype=bool)
    free[[asked.officer, other]] = movable[[asked.officer, other]]
    again = remade(after, allowed, free, asked, WORK).points
    return again - standing.objective < reason.points * (1 - TOLERANCE)


@pytest.mark.benchmark
@pytest.mark.parametrize(("officers", "seed"), ROOMS)
def test_explanations_are_proved(officers: int, seed: int) -> None:
    """Print the share of reasons that show when the wish is forced, by kind, and the rest."""
    problem = wishing_room(officers, seed)
    standing = rostered_room(problem, seed, seconds=officers / 5)
    wishes, chance = unmet(standing), np.random.default_rng(seed)
    chosen = [wishes[number] for number in chance.permutation(len(wishes))[:FORCED].tolist()]
    explaining, allowed = Explaining(standing), Allowed.of(problem)
    for officer, wish in wishes[:5]:
        explaining.why_not(officer, wish)  # compiles, and lays out what officers share
    begun = time.process_time()
    reasons = [explaining.why_not(officer, wish) for officer, wish in chosen]
    took = (time.process_time() - begun) / len(chosen)
    tried: Counter[str] = Counter()
    proved: Counter[str] = Counter()
    rest = []
    for (officer, wish), reason in zip(chosen, reasons, strict=True):
        assert reason is not None
        asked = wanted(standing, officer, wish)
        found = fault(standing, allowed, asked, reason, chance)
        tried[reason.kind] += 1
        proved[reason.kind] += not found
        if found:
            rest.append(f"{type(wish).__name__}, {reason.kind}, {reason.points} points: {found}")
    costs = [(wanted(standing, *wish), reason) for wish, reason in zip(chosen, reasons, strict=True)
             if reason is not None and reason.points > 0][:WHOLE]  # fmt: skip
    less = sum(_is_less_with_a_line(standing, allowed, *each, chance) for each in costs)
    share = sum(proved.values()) / len(chosen)
    kinds = ", ".join(f"{kind} {proved[kind]} of {tried[kind]}" for kind in sorted(tried))
    print(
        f"\n{officers} officers, {len(wishes)} wishes not met, {len(chosen)} forced: "
        f"{share:.1%} proved ({kinds}); {1000 * took:.0f} ms of CPU a reason; with the whole line "
        f"of one other made again {less} of {len(costs)} costs get less by more than a tenth"
    )
    for each in rest:
        print(f"  {each}")
    assert share >= 0.95
