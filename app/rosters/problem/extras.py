"""Extra shifts as hours that may be worked, and what is welcome as the library reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from app.preferences.service import ExtraOffer
from app.rosters.values.extras import ExtraShift
from rostering.extras import Welcome, with_more_hours
from rostering.problem import Problem


def with_extras(problem: Problem, extras: Iterable[ExtraShift]) -> Problem:
    """The problem with the hours of extra shifts allowed beyond the contracts."""
    minutes: Counter[str] = Counter()
    for each in extras:
        minutes[str(each.officer_id)] += each.minutes
    return with_more_hours(problem, minutes)


def welcome_of(
    offers: Iterable[ExtraOffer], had: Mapping[UUID, int], problem: Problem
) -> tuple[Welcome, ...]:
    """What officers welcome in a period, an entry each.

    Args:
        offers: what they said.
        had: minutes that were given of each offer, by its id.
        problem: the period.
    """
    kinds: dict[UUID, dict[int, frozenset[str]]] = {}
    minutes: Counter[UUID] = Counter()
    for offer in offers:
        if (left := offer.details.minutes - had.get(offer.id, 0)) <= 0:
            continue
        minutes[offer.officer_id] += left
        days = kinds.setdefault(offer.officer_id, {})
        for day in range(problem.days):
            found = offer.details.kinds_on(problem.date_of(day))
            days[day] = days.get(day, frozenset()) | found
    return tuple(Welcome(str(who), minutes[who], kinds[who]) for who in kinds)
