"""A roster's page: the answer, the figures, the grid and what it rests on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.rosters.service import LaidOut
from app.rosters.service import Roster as Kept
from app.web.plan import PlanReport, SolveFacts
from app.web.views.answer import Answer, Figure, answer, figures
from app.web.views.kinds import Kind, key_of
from app.web.views.need_cover import SetView, set_view
from app.web.views.roster_grid import RosterGrid, roster_grid
from app.web.views.rulebook import Rulebook, rulebook
from app.web.words import period_words
from forecasting.staffing.rows import LateCalls


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
        is_short: whether people are missing.
    """

    period: str
    answer: Answer
    figures: tuple[Figure, ...]
    grid: RosterGrid
    kinds: tuple[tuple[Kind, str], ...]
    book: Rulebook
    teams: tuple[str, ...]
    is_short: bool


def sheet(laid: LaidOut, room_name: str, team: str = "", late: LateCalls | None = None) -> Sheet:
    """Lay a roster's page out.

    Args:
        laid: the roster.
        room_name: of its control room.
        team: shows the officers of that team alone; "" shows everybody.
        late: calls expected late or lost; None where nothing is known of them.
    """
    problem, plan = laid.problem, replace(plan_of(laid, room_name), late=late)
    kept = laid.opened.roster
    return Sheet(
        period=period_words(kept.first_day, kept.last_day),
        answer=answer(plan, laid.cover),
        figures=figures(plan, laid.cover),
        grid=roster_grid(problem, laid.roster, laid.verdict, laid.cover, only=_of_team(laid, team)),
        kinds=key_of(problem),
        book=rulebook(plan),
        teams=tuple(sorted({officer.team for officer in problem.officers if officer.team})),
        is_short=laid.cover is not None and bool(laid.cover.stretches),
    )


def cover_views(laid: LaidOut) -> tuple[SetView, ...]:
    """Need and cover of every set of queues of a roster."""
    room = laid.cover
    return tuple(set_view(laid.problem, room, chosen) for chosen in room.sets) if room else ()


def plan_of(laid: LaidOut, room_name: str) -> PlanReport:
    """A roster as the views of plans take it."""
    return PlanReport(
        room=room_name,
        problem=laid.problem,
        roster=laid.roster,
        verdict=laid.verdict,
        solve=_search(laid.opened.roster),
    )


def _search(kept: Kept) -> SolveFacts | None:
    """How the search went; None while nothing lawful was found or nothing is proved."""
    if kept.objective is None or kept.bound is None:
        return None
    return SolveFacts(kept.objective, kept.bound, kept.spent, kept.first_lawful)


def _of_team(laid: LaidOut, team: str) -> Collection[str] | None:
    if not team:
        return None
    return {officer.id for officer in laid.problem.officers if officer.team == team}
