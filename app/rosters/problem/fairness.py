"""What follows for a roster from how fair it has been: what wishes count for, and fair shares."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from app.rosters.problem.materials import Materials
from app.web.words import date_year
from rostering.fairness.coming import Sharing, with_portions
from rostering.fairness.portion import Burden
from rostering.problem import Officer, Problem
from rostering.rules.fair_shares import FairShares
from rostering.words import count_words


def with_memory(materials: Materials, officers: tuple[Officer, ...]) -> tuple[Officer, ...]:
    """Officers with what a point of their wishes counts for, by what was met before."""
    if materials.fairness is None or materials.levels.get("fairness") == "off":
        return officers
    percents = materials.fairness.percents(_asks(materials, officers))
    return tuple(
        dataclasses.replace(officer, wish_percent=percents.get(UUID(officer.id), 100))
        for officer in officers
    )


def with_shares(materials: Materials, problem: Problem) -> Problem:
    """The problem with how much of each burden falls to whom, by what they carried before."""
    found = materials.fairness
    rule = next((rule for rule in problem.rules if isinstance(rule, FairShares)), None)
    if found is None or rule is None or rule.is_only_told:
        return problem
    dated: dict[Burden, frozenset[int]] = {
        burden: _days(problem, dates)
        for burden, dates in _dated(materials)
        if _days(problem, dates)
    }
    sharing = Sharing(rule.kind, *rule.unsocial, max(rule.repaid_weeks, 1), dated)
    return with_portions(problem, found.over(), sharing)


def fairness_notes(materials: Materials, problem: Problem) -> Iterator[str]:
    """What follows from the past, a sentence each."""
    found = materials.fairness
    if found is None:
        return
    more = [each.wish_percent for each in problem.officers if each.wish_percent > 100]
    less = [each.wish_percent for each in problem.officers if each.wish_percent < 100]
    if more or less:
        said = [
            f"those of {count_words(len(some), 'person', 'people')} for {way} to "
            f"{end / 100:g} times"
            for some, way, end in (
                (more, "up", max(more, default=100)),
                (less, "down", min(less, default=100)),
            )
            if some
        ]
        rounds = _looked_back(materials)
        back = "the last round" if rounds == 1 else f"the last {rounds} rounds"
        yield f"Wishes count by what was met in {back}: {', '.join(said)}."
    if any(each.portions for each in problem.officers):
        since = f", by what was carried since {date_year(found.since)}" if found.since else ""
        yield f"Nights, weekends, unsocial hours and holidays are shared out pro rata{since}."


def _looked_back(materials: Materials) -> int:
    past = materials.fairness.past if materials.fairness else None
    if past is None or past.memory is None:
        return 0
    return min(len(past.rounds), past.memory.periods)


def _asks(materials: Materials, officers: tuple[Officer, ...]) -> dict[UUID, int]:
    """Points that officers of the problem ask for, on one day or on several."""
    there = {UUID(officer.id) for officer in officers}
    points: Counter[UUID] = Counter()
    for whose, wishes in materials.wishes.items():
        points[whose] += sum(wish.points for wish in wishes)
    for whose, asked in materials.long_wishes.items():
        points[whose] += sum(wish.points for _, wish in asked)
    return {whose: given for whose, given in points.items() if whose in there}


def _dated(materials: Materials) -> tuple[tuple[Burden, frozenset[date]], ...]:
    return (
        ("public_holidays", materials.public_holidays),
        ("christmas", materials.christmas),
    )


def _days(problem: Problem, dates: frozenset[date]) -> frozenset[int]:
    days = ((each - problem.first_day).days for each in dates)
    return frozenset(day for day in days if 0 <= day < problem.days)
