"""Breaches that may stand: on whose word, why, until when, and what rest is owed for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import NotFound, Place, Unlawful
from app.rosters.checks import LONGEST_NAME, LONGEST_REASON, refuse, text_faults
from app.rosters.problem import with_authorised
from app.rosters.service.desk import Opened, roster
from app.rosters.service.trying import Trial
from app.rosters.store import authorised as store
from app.rosters.values import AuthorisedBreach, Authority
from rostering.rules.base import Breach
from rostering.rules.daily_rest import DailyRest
from rostering.rules.officer_days import OfficerDays
from rostering.rules.one_tour import OneTourAtATime
from rostering.rules.personal_limits import PersonalLimits
from rostering.rules.skills import Skills
from rostering.rules.unavailability import Unavailability
from rostering.rules.weekly_rest import WeeklyRest

NEVER = frozenset(
    rule.code for rule in (OneTourAtATime, OfficerDays, Unavailability, Skills, PersonalLimits)
)
"""Rules that nobody can authorise to be broken: two places at once, a day that is pinned, absence,
a skill that is not held, and what a person cannot do."""

REST_OWED = frozenset({DailyRest.code, WeeklyRest.code})
"""Rules whose breach owes compensatory rest (Working Time Regulations 1998 reg 24)."""

MOST_REST = 72 * 60
"""Minutes of compensatory rest for one breach at most: more than the longest weekly rest."""


def can_authorise(trial: Trial) -> bool:
    """Whether all that a change would break is such that somebody can authorise it."""
    return bool(trial.effect.made) and not any(_is_never(each) for each in trial.effect.made)


def rest_owed(trial: Trial) -> int:
    """Minutes of rest that a change would take from officers, as its breaches count them.

    Returns:
        0 where no rule about rest would break.
    """
    short = (each.excess * 15 for each in trial.effect.made if each.rule == DailyRest.code)
    days = sum(each.rule == WeeklyRest.code for each in trial.effect.made)
    return sum(short) + min(days, 1) * 24 * 60


def allow(
    desk: Opened, trial: Trial, said: Authority, edit_number: int, by: UUID
) -> tuple[Opened, tuple[AuthorisedBreach, ...]]:
    """The roster with what a change would break as breaches that may stand; nothing is kept.

    Raises:
        Unlawful: when one of them is nobody's to authorise.
        InvalidInput: when it is not said on whose word, why, or by when rest is given.
    """
    made = trial.effect.made
    if never := [each.words for each in made if _is_never(each)]:
        raise Unlawful("Nobody can authorise this.", never)
    refuse(_faults(said, made))
    found = tuple(_authorised(desk, each, said, edit_number, by) for each in made)
    everything = (*desk.authorised, *found)
    counting = desk.standing.counting
    problem = with_authorised(counting.problem, everything)
    standing = replace(desk.standing, counting=replace(counting, problem=problem))
    return replace(desk, standing=standing, authorised=everything), found


def authorised_breaches(
    reading: Reading, room_id: UUID, roster_id: UUID
) -> tuple[AuthorisedBreach, ...]:
    """Breaches that may stand in a roster, in order of time.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    return store.in_force(reading, roster(reading, room_id, roster_id).id)


def own_authorised(
    reading: Reading, room_id: UUID, officer_id: UUID, since: date
) -> tuple[AuthorisedBreach, ...]:
    """Breaches of an officer that stand in published rosters from a day on, or owe rest."""
    return store.of_officer(reading, room_id, officer_id, since)


def give_rest(
    transaction: Transaction, room_id: UUID, roster_id: UUID, breach_id: UUID, day: date
) -> None:
    """Write down the day on which compensatory rest was given.

    Raises:
        NotFound: when there is no such roster in the room, or no rest is owed for that breach.
    """
    found = roster(transaction, room_id, roster_id, hold=True)
    if not store.give_rest(transaction, found.id, breach_id, day):
        raise NotFound("No compensatory rest is owed for that breach.")


def _is_never(breach: Breach) -> bool:
    return breach.rule in NEVER or breach.officer is None


def _faults(said: Authority, made: Sequence[Breach]) -> list[Place]:
    faults = text_faults("authorised_by", said.authority, LONGEST_NAME)
    faults += text_faults("authorised_reason", said.reason, LONGEST_REASON)
    if not 0 <= said.rest_minutes <= MOST_REST:
        faults.append(Place("rest_hours", f"Give 0 to {MOST_REST // 60} hours."))
    if any(each.rule in REST_OWED for each in made) and not said.rest_minutes:
        faults.append(
            Place("rest_hours", "Rest that is lost is made up: say how many hours (reg 24).")
        )
    if said.rest_minutes and said.rest_by is None:
        faults.append(Place("rest_by", "Say by when the rest is given."))
    return faults


def _authorised(
    desk: Opened, breach: Breach, said: Authority, edit_number: int, by: UUID
) -> AuthorisedBreach:
    days = [tour.day for tour in breach.tours] or [0, desk.problem.days - 1]
    owed = said if breach.rule in REST_OWED else replace(said, rest_minutes=0, rest_by=None)
    return AuthorisedBreach(
        id=new_id(),
        edit_number=edit_number,
        officer_id=UUID(breach.officer),
        rule=breach.rule,
        first_day=desk.problem.date_of(min(days)),
        last_day=desk.problem.date_of(max(days)),
        excess=breach.excess,
        words=breach.words,
        said=owed,
        rest_given=None,
        by=by,
        at=clock.now(),
    )
