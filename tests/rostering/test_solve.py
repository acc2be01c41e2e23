"""The engine as a whole: lawful rosters in time, in processes that can be ended."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from rostering.problem import OfficerDay, Problem, Roster, Span
from rostering.solve import Progress, Solution, solve
from rostering.verify import verify
from tests.rostering.rooms import officer, room

PATIENCE = 120.0
"""Seconds after which a test gives up waiting for a lawful roster on a busy machine."""


def solve_until_lawful(problem: Problem, **own: Any) -> Solution:
    """Solve until the first lawful roster stands."""
    kept: list[Roster] = []
    solution = solve(
        problem, seconds=PATIENCE, on_roster=kept.append, cancelled=lambda: bool(kept), **own
    )
    assert solution.verdict.is_legal
    return solution


def judge(problem: Problem, roster: Roster) -> None:
    """An outside look at what matters most, written apart from every rule."""
    for person in problem.officers:
        tours = sorted(roster.of(person), key=lambda tour: tour.start)
        assert all(then.start - first.end >= 11 * 60 for first, then in pairwise(tours))
        worked = sum(tour.end - tour.start for tour in tours)
        assert person.least_minutes <= worked <= person.most_minutes
        assert len({tour.day for tour in tours}) == len(tours)
        for span in person.unavailable:
            assert all(tour.end <= span.start or tour.start >= span.end for tour in tours)


def test_a_room_gets_a_lawful_roster() -> None:
    """A lawful roster is found, judged lawful from outside, and improved; all of it is told."""
    problem = room()
    told: list[Progress] = []
    kept: list[Roster] = []
    solution = solve(
        problem,
        seconds=PATIENCE,
        on_progress=told.append,
        on_roster=kept.append,
        cancelled=lambda: len(kept) >= 3,
    )
    assert solution.verdict.is_legal
    assert solution.first_legal_seconds is not None
    judge(problem, solution.roster)
    assert told
    assert kept[-1] == solution.roster
    assert solution.bound is None or solution.bound <= solution.verdict.objective
    points = [verify(problem, roster).objective for roster in kept]
    assert points == sorted(points, reverse=True)


def test_a_small_room_is_proved_best() -> None:
    """A roster that meets every need and wish costs nothing, and that is proved before time."""
    problem = room(officers=6, days=7, needed=0)
    solution = solve(problem, seconds=PATIENCE)
    assert solution.stopped == "proved best"
    assert solution.verdict.objective == 0


def test_what_is_fixed_stays() -> None:
    """Fixed shifts, fixed rest days, fixed kinds and leave are in the roster as they were given."""
    problem = room()
    away = Span(problem.instant(5, 0), problem.instant(8, 0))
    fixed = {0: OfficerDay(shift="N"), 2: OfficerDay(), 9: OfficerDay(kind="late")}
    people = (
        replace(problem.officers[0], days=fixed),
        replace(officer(1, 40 * 11 // 7), unavailable=(away,)),
        *problem.officers[2:],
    )
    problem = replace(problem, officers=people)
    solution = solve_until_lawful(problem)
    judge(problem, solution.roster)
    codes = {tour.day: tour.code for tour in solution.roster.of(people[0])}
    assert codes[0] == "N"
    assert 2 not in codes
    assert codes[9] == "L"


def test_a_roster_to_go_on_from_is_not_lost() -> None:
    """A solve that starts from a kept roster never gives back a worse one."""
    problem = room()
    first = solve_until_lawful(problem)
    again = solve(problem, seconds=1.0, start=first.roster)
    assert again.verdict.is_legal
    assert again.verdict.objective <= first.verdict.objective


def test_no_lawful_roster_is_told_in_words() -> None:
    """Where no lawful line exists the nearest roster comes back with its breaches in words."""
    problem = room()
    tired = officer(0, 200)
    problem = replace(problem, officers=(tired, *problem.officers[1:]))
    solution = solve(problem, seconds=6.0)
    assert solution.stopped == "no lawful roster"
    assert {breach.officer for breach in solution.verdict.hard} == {"o0"}
    assert all("Officer 0" in breach.words for breach in solution.verdict.hard)
    others = replace(problem, officers=problem.officers[1:])
    judge(others, solution.roster)


def test_the_time_limit_is_kept_and_children_are_ended() -> None:
    """A solve ends within its limit, and none of its processes outlives it."""
    before = children()
    begun = time.monotonic()
    solution = solve(room(officers=20, days=28, needed=3), seconds=2.0)
    assert solution.seconds < 2.0 + 1.0
    assert time.monotonic() - begun < 2.0 + 3.0
    assert solution.stopped in {"time", "no lawful roster", "proved best"}
    assert children() <= before


def test_a_cancelled_solve_keeps_what_it_has() -> None:
    """Cancelling ends a solve and leaves the best roster so far."""
    solution = solve_until_lawful(room())
    assert solution.stopped == "cancelled"


def test_a_dead_child_does_not_end_the_solve() -> None:
    """When a searching process is killed the other goes on to a lawful roster."""
    killed: list[int] = []

    def kill_one(_: Progress) -> None:
        alive = sorted(children() - before)
        if alive and not killed:
            os.kill(alive[0], 9)
            killed.append(alive[0])

    before = children()
    solve_until_lawful(room(), on_progress=kill_one)
    assert killed


def children() -> set[int]:
    """Spawned searching processes of this one, told by their command line."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (entry / "cmdline").read_bytes()
        except (OSError, IndexError):
            continue
        if parent == os.getpid() and b"spawn_main" in command:
            found.add(int(entry.name))
    return found
