"""The fatigue score tells shifts and lines apart as the HSE's guidance would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from rostering.problem import REST, Officer, Problem, Roster, Shift, Tour
from rostering.rules.fatigue import FatigueScore
from tests.rostering.samples import DAYS, SHIFTS, lines

CODES = "EDLN"
PERSON = Officer("o", "Officer", frozenset({"a"}), 0, 60 * 24 * 28)
WORKED = (
    Shift("E", "early", 7 * 60, 480),
    Shift("D", "day", 9 * 60, 480),
    Shift("L", "late", 14 * 60, 480),
    Shift("N", "night", 22 * 60, 480),
)


def problem_of(shifts: tuple[Shift, ...], officer: Officer, days: int) -> Problem:
    """A period without a clock change."""
    rules = (FatigueScore(),)
    return Problem("sample", date(2026, 6, 1), days, "Europe/London", shifts, (officer,), rules)


def scores(line: str, officer: Officer = PERSON) -> list[int]:
    """Scores of the shifts of a line such as `EELLNN----`, in order."""
    problem = problem_of(WORKED, officer, len(line))
    tours = [problem.tour(d, CODES.index(code)) for d, code in enumerate(line) if code != "-"]
    roster = Roster({officer.id: tuple(tours)})
    return [tired.points for tired in FatigueScore().scores(problem, roster.line(officer))]


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        ("EELLNN----", "NNLLEE----"),  # H1: forward rotation
        ("LLLL------", "NNNN------"),  # H2: nights
        ("NN--NN--", "NNNN----"),  # H5: 2 to 3 nights in a row
        ("EEE--EEE--", "EEEEEE----"),  # H5: long runs of days
        ("NN--LL----", "NN-LL-----"),  # H6: two nights' sleep after nights
    ],
)
def test_what_guidance_advises_scores_less(easier: str, harder: str) -> None:
    """Of two lines with as much work the one that HSE guidance prefers scores less."""
    assert sum(scores(easier)) < sum(scores(harder))


def test_each_further_night_in_a_row_scores_more() -> None:
    """Two nights score what a night does, a third a point more, any later one two.

    The fifth and sixth are the fifth and sixth day in a row as well.
    """
    assert scores("NNNNNN----") == [3, 3, 4, 5, 5 + 1, 5 + 2]


def test_a_quick_return_scores_by_the_hour_short() -> None:
    """Nine hours between a late and an early are three short of twelve, and it turns backward."""
    assert scores("LE--------") == [0, 3 + 2]


def test_history_counts_towards_the_first_days() -> None:
    """The night before the period makes the first night of it the third in a row."""
    problem = problem_of(WORKED, PERSON, 10)
    before = tuple(
        Tour(day, "N", "night", problem.instant(day, 1320), problem.instant(day + 1, 360))
        for day in (-2, -1)
    )
    tired = replace(PERSON, history=before, known_from=-9)
    assert scores("N---------") == [3]
    assert scores("N---------", tired) == [4]


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(lines())
def test_a_line_scores_what_its_shifts_score(line: list[int]) -> None:
    """Breaches add up to the scores of the shifts, and each says what its points are for."""
    problem = problem_of(SHIFTS, PERSON, DAYS)
    tours = tuple(problem.tour(day, shift) for day, shift in enumerate(line) if shift != REST)
    roster = Roster({PERSON.id: tours})
    tired = list(FatigueScore().scores(problem, tours))
    breaches = list(FatigueScore().check(problem, roster))
    assert sum(breach.excess for breach in breaches) == sum(each.points for each in tired)
    assert [breach.tours[0] for breach in breaches] == [e.tour for e in tired if e.points]
    assert all(all(part.points > 0 and part.words for part in each.parts) for each in tired)
