"""The only translation between rows and `rostering`: problems, rosters, and both as kept."""

from __future__ import annotations

from app.rosters.problem.absence import Away, with_absence
from app.rosters.problem.callers import late_calls
from app.rosters.problem.fixed import without_fixed
from app.rosters.problem.framing import assumptions, problem_of, with_authorised, with_pins
from app.rosters.problem.frozen import freeze, thaw
from app.rosters.problem.in_force import InForce, in_force_of
from app.rosters.problem.materials import Crew, Materials
from app.rosters.problem.officers import preference_of, tours_by_day
from app.rosters.problem.rows import choices_of, day_of, duty_of, instant, minute, shifts_of
from app.rosters.problem.wishes import company_of, long_wish_of

__all__ = [
    "Away",
    "Crew",
    "InForce",
    "Materials",
    "assumptions",
    "choices_of",
    "company_of",
    "day_of",
    "duty_of",
    "freeze",
    "in_force_of",
    "instant",
    "late_calls",
    "long_wish_of",
    "minute",
    "preference_of",
    "problem_of",
    "shifts_of",
    "thaw",
    "tours_by_day",
    "with_absence",
    "with_authorised",
    "with_pins",
    "without_fixed",
]
