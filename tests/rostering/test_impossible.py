"""What no roster can meet ends with the nearest one, and with words that name the cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest

from rostering.diagnose import impossible_words
from rostering.errors import InputError
from rostering.nearest import nearest_words
from rostering.problem import (
    Bond,
    Cover,
    OfficerDay,
    Problem,
    Roster,
    Shift,
    ShiftCover,
    Span,
    Tour,
)
from rostering.solve import solve
from rostering.sound import refuse_unsound
from rostering.verify import Verdict, verify
from tests.rostering.listening import last_roster
from tests.rostering.rooms import SHIFTS, officer, room

ROOM = room(officers=3, days=7)
SECONDS = 1e6
WHOLE = Span(ROOM.midnight(0), ROOM.midnight(7))


def nearest(problem: Problem) -> Verdict:
    """What the rules say of the roster that one child comes to by a little counted work."""
    choices = last_roster(problem, 1, 0.3)
    assert choices is not None
    return verify(problem, Roster.from_choices(problem, choices))


def first(**own: object) -> Problem:
    """The room in which the first officer is somebody else."""
    return replace(ROOM, officers=(officer(0, 40, **own), *ROOM.officers[1:]))


def everybody(**own: object) -> Problem:
    """The room in which that is true of everybody."""
    people = tuple(replace(each, **own) for each in ROOM.officers)  # type: ignore[arg-type]
    return replace(ROOM, officers=people)


def worked(code: str, *days: int) -> tuple[Tour, ...]:
    """Shifts of the days before the period."""
    shift = next(each for each in SHIFTS if each.code == code)
    return tuple(
        Tour(
            day,
            code,
            shift.kind,
            ROOM.instant(day, shift.start),
            ROOM.instant(day, shift.start + shift.minutes),
        )
        for day in days
    )


@dataclass(frozen=True)
class Impossible:
    """A problem without a lawful roster.

    Attributes:
        problem: the problem.
        broken: what the nearest roster breaks, by rule and the number of officers.
        words: what must be said of it.
    """

    problem: Problem
    broken: Mapping[str, int]
    words: str


IMPOSSIBLE = {
    "everybody away": Impossible(
        everybody(unavailable=(WHOLE,)),
        {"contracted_hours": 3},
        "Leave and other times away and Contracted hours cannot both be kept",
    ),
    "everything fixed to rest": Impossible(
        everybody(days=dict.fromkeys(range(7), OfficerDay())),
        {"contracted_hours": 3},
        "What is fixed stays and Contracted hours cannot both be kept",
    ),
    "no shift templates": Impossible(
        replace(ROOM, shifts=()), {"contracted_hours": 3}, "There is no shift template"
    ),
    "hours above the law": Impossible(
        first(least_minutes=5400, most_minutes=6000),
        {"contracted_hours": 1},
        "In the nearest one, Officer 0 has 4",
    ),
    "more hours at least than at most": Impossible(
        first(least_minutes=3000, most_minutes=2000),
        {"contracted_hours": 1},
        "Officer 0: the rule Contracted hours cannot be kept whatever the line",
    ),
    "only days away": Impossible(
        first(unavailable=(WHOLE,)), {"contracted_hours": 1}, "No lawful line exists for Officer 0"
    ),
    "shifts that are too long": Impossible(
        replace(ROOM, shifts=(Shift("X", "day", 480, 1200),)),
        {"contracted_hours": 3},
        "Longest shift",
    ),
    "pins without rest between them": Impossible(
        first(days={0: OfficerDay(shift="L"), 1: OfficerDay(shift="E")}),
        {"officer_days": 1},
        "What is fixed cannot be kept. Daily rest: Officer 0",
    ),
    "a pin on leave": Impossible(
        first(
            days={2: OfficerDay(shift="E")},
            unavailable=(Span(ROOM.midnight(2), ROOM.midnight(3)),),
        ),
        {"officer_days": 1},
        "Officer 0 can have no shift that is asked for on Wednesday 3 June.",
    ),
    "a pin to a shift that is not there": Impossible(
        first(days={2: OfficerDay(shift="ZZ")}),
        {"officer_days": 1},
        "Officer 0 was to have the shift ZZ on Wednesday 3 June.",
    ),
    "a pin that the days before forbid": Impossible(
        first(days={0: OfficerDay(shift="E")}, history=worked("N", -3, -2, -1), known_from=-20),
        {"officer_days": 1},
        "What is fixed cannot be kept.",
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_the_nearest_roster_breaks_no_more_than_it_must(name: str) -> None:
    """Only what cannot be kept is broken, and the words name rule, officer and cause."""
    case = IMPOSSIBLE[name]
    verdict = nearest(case.problem)
    broken = {(breach.rule, breach.officer) for breach in verdict.hard}
    assert {rule: sum(rule == each for each, _ in broken) for rule, _ in broken} == case.broken
    said = [
        *nearest_words(case.problem, verdict, 1.0),
        *impossible_words(case.problem, SECONDS),
    ]
    assert case.words in " ".join(said)
    assert all(sentence.endswith(".") for sentence in said)


POSSIBLE = {
    "nobody with the skill": everybody(skills=frozenset({"other"})),
    "more posts than people": replace(
        ROOM, cover=(replace(ROOM.cover[0], required=np.full(672, 10_000, dtype=np.int32)),)
    ),
    "no contracted hours": everybody(least_minutes=0, most_minutes=0),
    "nobody": replace(ROOM, officers=()),
    "no day": room(officers=2, days=0),
    "days before that broke a rule": first(history=worked("E", *range(-9, 0)), known_from=-9),
    "a need of other days": replace(
        ROOM, cover=(replace(ROOM.cover[0], start=ROOM.cover[0].start + 10**6),)
    ),
}


@pytest.mark.parametrize("name", POSSIBLE)
def test_what_can_be_kept_is_kept(name: str) -> None:
    """A room that only lacks people gets a lawful roster, however many are missing."""
    assert nearest(POSSIBLE[name]).is_legal


def _cover(**own: object) -> tuple[Cover, ...]:
    return (replace(ROOM.cover[0], **own),)  # type: ignore[arg-type]


UNSOUND = {
    "Two officers have the id o0": replace(ROOM, officers=(ROOM.officers[0], *ROOM.officers)),
    "Two shift templates have the code E": replace(ROOM, shifts=(*SHIFTS, SHIFTS[0])),
    "Two rules have the code": replace(ROOM, rules=(*ROOM.rules, ROOM.rules[0])),
    "There is no time zone Europe/Nowhere": replace(ROOM, zone="Europe/Nowhere"),
    "names zz, who is not among": replace(ROOM, bonds=(Bond("with", "zz", ("o1",)),)),
    "falls below nobody": replace(ROOM, cover=_cover(required=np.array([2, -1], dtype=np.int32))),
    "last no time": replace(ROOM, cover=_cover(interval_minutes=0)),
    "has a price below 0": replace(ROOM, cover=_cover(shortage_points=(-1,))),
    "names the shift Q": replace(ROOM, shift_cover=(ShiftCover(0, "Q", 1, 1, 1),)),
    "on no day of the period": replace(ROOM, shift_cover=(ShiftCover(9, "E", 1, 1, 1),)),
    "lasts no time": replace(ROOM, shifts=(Shift("E", "early", 420, 0),)),
    "fewer than no days": replace(ROOM, days=-1),
}


@pytest.mark.parametrize("words", UNSOUND)
def test_what_contradicts_itself_is_refused(words: str) -> None:
    """One sentence names it, and no search is begun."""
    with pytest.raises(InputError, match=words):
        solve(UNSOUND[words], seconds=1.0)


def test_every_sample_is_sound() -> None:
    """Nothing that the other tests solve is refused."""
    for problem in (ROOM, *POSSIBLE.values(), *(each.problem for each in IMPOSSIBLE.values())):
        refuse_unsound(problem)


def test_what_was_not_looked_at_is_told() -> None:
    """Where there is no time to look at every line, the last sentence says at how many not."""
    problem = IMPOSSIBLE["everybody away"].problem
    people = tuple(
        replace(each, most_minutes=each.most_minutes + number)
        for number, each in enumerate(problem.officers)
    )
    one, last = impossible_words(replace(problem, officers=people), 0.0)
    assert one.startswith("No lawful line exists for Officer 0. In the nearest one,")
    assert last == "There was no time to look at 2 more officers."


def test_a_search_without_any_time_keeps_what_is_fixed() -> None:
    """Where no child has found anything, what comes back is what is fixed and rest days."""
    problem = first(days={2: OfficerDay(shift="E")})
    solution = solve(problem, seconds=PATIENCE, cancelled=lambda: True)
    assert [tour.day for tour in solution.roster.of(problem.officers[0])] == [2]
    assert solution.was_stopped
    assert not solution.came_to_any
    said = nearest_words(problem, solution.verdict, 1.0, came_to_any=solution.came_to_any)
    assert "come to no roster at all" in " ".join(said)


PATIENCE = 60.0
