"""A roster's page: the answer, the figures, the grid and what it rests on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.rosters.service import Opened
from app.rosters.service import Roster as Kept
from app.web.plan import PlanReport, SolveFacts
from app.web.views.answer import Answer, Figure, answer, figures
from app.web.views.kinds import Kind, key_of
from app.web.views.need_cover import SetView, set_view
from app.web.views.roster_grid import RosterGrid, roster_grid
from app.web.views.rulebook import Rulebook, rulebook
from app.web.views.shortfall import room_cover
from app.web.words import period_words
from rostering.problem import Roster


@dataclass(frozen=True, eq=False)
class Sheet:
    """Everything that a roster's page shows.

    Attributes:
        period: its days in words.
        answer: whether it is lawful and covers the need.
        figures: the strip under the answer.
        grid: people and days.
        kinds: the kinds of shift in use, with their times.
        book: breaches, prices and rules in force.
        teams: names of the teams in it.
    """

    period: str
    answer: Answer
    figures: tuple[Figure, ...]
    grid: RosterGrid
    kinds: tuple[tuple[Kind, str], ...]
    book: Rulebook
    teams: tuple[str, ...]


def sheet(desk: Opened, room_name: str, team: str = "") -> Sheet:
    """Lay a roster out; `team` shows the officers of that team alone."""
    problem, plan = desk.problem, plan_of(desk, room_name)
    room = room_cover(problem, plan.roster)
    return Sheet(
        period=period_words(desk.roster.first_day, desk.roster.last_day),
        answer=answer(plan, room),
        figures=figures(plan, room),
        grid=roster_grid(
            problem, plan.roster, plan.verdict, room, only=_of_team(desk, team) if team else None
        ),
        kinds=key_of(problem),
        book=rulebook(plan),
        teams=tuple(sorted({officer.team for officer in problem.officers if officer.team})),
    )


def cover_views(desk: Opened, room_name: str) -> tuple[SetView, ...]:
    """Need and cover of every set of queues of a roster."""
    plan = plan_of(desk, room_name)
    room = room_cover(desk.problem, plan.roster)
    return tuple(set_view(desk.problem, room, chosen) for chosen in room.sets) if room else ()


def plan_of(desk: Opened, room_name: str) -> PlanReport:
    """A roster as the views of plans take it."""
    return PlanReport(
        room=room_name,
        problem=desk.problem,
        roster=Roster.from_choices(desk.problem, desk.standing.choices),
        verdict=desk.standing.verdict(),
        solve=_search(desk.roster),
    )


def _search(roster: Kept) -> SolveFacts | None:
    """How the search went; None while nothing lawful was found or nothing is proved."""
    if roster.objective is None or roster.bound is None:
        return None
    return SolveFacts(roster.objective, roster.bound, roster.spent, roster.first_lawful)


def _of_team(desk: Opened, team: str) -> Collection[str]:
    return {officer.id for officer in desk.problem.officers if officer.team == team}
