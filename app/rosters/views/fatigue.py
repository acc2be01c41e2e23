"""The fatigue score of a roster: its most tiring shifts, and every line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.web.words import count, day_words, number
from rostering.problem import Officer
from rostering.rules.fatigue import FatigueScore, TourFatigue
from rostering.standing import Standing
from rostering.words import listed_words

MOST_TIRING = 20
"""Shifts that are named: each shift is looked at, not the average, the worst first."""


@dataclass(frozen=True, slots=True)
class TiringShift:
    """A shift: whose, when, its score and what it is made of."""

    name: str
    day: str
    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Fatigue:
    """The fatigue score of a roster.

    Attributes:
        answer: the worst shift and the mean, in a sentence; "" where nothing scores.
        shifts: the most tiring ones, the worst first.
        lines: of every officer: name, team, shifts, score, mean of a shift, most of one shift.
        teams: of every team: name, shifts, score, mean of a shift, most of one shift.
        is_priced: whether the score costs points in this roster.
    """

    answer: str
    shifts: tuple[TiringShift, ...]
    lines: tuple[tuple[str, ...], ...]
    teams: tuple[tuple[str, ...], ...]
    is_priced: bool


def fatigue(standing: Standing) -> Fatigue:
    """Score every shift of a roster."""
    problem = standing.problem
    scored = [(officer, _scores(standing, index)) for index, officer in enumerate(problem.officers)]
    by_team: dict[str, list[TourFatigue]] = defaultdict(list)
    for officer, tours in scored:
        by_team[officer.team or "No team"] += tours
    worst = sorted(
        ((officer, tired) for officer, tours in scored for tired in tours if tired.points),
        key=lambda found: (-found[1].points, found[1].tour.day, found[0].name),
    )
    ordered = sorted(scored, key=lambda line: -_most(line[1]))
    return Fatigue(
        answer=_answer([tired.points for _, tours in scored for tired in tours]),
        shifts=tuple(_shift(standing, *found) for found in worst[:MOST_TIRING]),
        lines=tuple((one.name, one.team or "", *_figures(tours)) for one, tours in ordered),
        teams=tuple((team, *_figures(tours)) for team, tours in sorted(by_team.items())),
        is_priced=any(
            isinstance(rule, FatigueScore) and not rule.is_only_told for rule in problem.rules
        ),
    )


def _answer(points: list[int]) -> str:
    """The most of one shift, on how many, and the mean."""
    if not any(points):
        return ""
    most = max(points)
    shifts = count(points.count(most), "shift scores", "shifts score")
    mean = sum(points) / len(points)
    return f"The most of one shift is {most}: {shifts} it. The mean is {mean:.1f}."


def fatigue_words(standing: Standing, row: int, column: int) -> str:
    """The score of an officer-day and what it is made of; "" where it has none."""
    found = (tired for tired in _scores(standing, row) if tired.tour.day == column)
    tired = next(found, None)
    return f"Score {tired.points}: {_parts(tired)}." if tired and tired.points else ""


def _scores(standing: Standing, row: int) -> tuple[TourFatigue, ...]:
    """Scores of an officer's shifts, by the roster's own numbers where it has them."""
    rules = (rule for rule in standing.problem.rules if isinstance(rule, FatigueScore))
    rule = next(rules, FatigueScore()).on_terms_of(standing.problem.officers[row])
    return tuple((rule or FatigueScore()).scores(standing.problem, standing.line(row)))


def _shift(standing: Standing, officer: Officer, tired: TourFatigue) -> TiringShift:
    day = day_words(standing.problem.date_of(tired.tour.day))
    return TiringShift(officer.name, day, tired.points, _parts(tired))


def _parts(tired: TourFatigue) -> str:
    parts = sorted(tired.parts, key=lambda part: -part.points)
    return listed_words([f"{part.words} ({part.points})" for part in parts])


def _figures(tours: list[TourFatigue] | tuple[TourFatigue, ...]) -> tuple[str, ...]:
    points = [tired.points for tired in tours]
    mean = sum(points) / len(points) if points else 0.0
    return number(len(points)), number(sum(points)), f"{mean:.1f}", number(_most(tours))


def _most(tours: list[TourFatigue] | tuple[TourFatigue, ...]) -> int:
    return max((tired.points for tired in tours), default=0)
