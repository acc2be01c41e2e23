"""What a pattern means, and what the room's rulebooks say of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from app.db.transaction import Reading
from app.patterns.service.books import books
from app.patterns.values import BookVerdict, Judged
from app.people import service as people
from rostering.patterns import (
    Pattern,
    PatternBreach,
    breaches_of,
    facts_of,
    fewest_teams,
    people_for_each,
    suggested_offsets,
    teams_on_duty,
)
from rostering.rulebooks import Rulebook
from rostering.rules.base import Rule

REMEMBERED = 256
"""Verdicts kept in a process: a page shows every pattern, and each takes some hundredths of a
second."""


def judged(reading: Reading, room_id: UUID, pattern: Pattern) -> Judged:
    """A pattern with its facts, its cover and what the rulebooks of the room's people find.

    Raises:
        NotFound: when there is no such room.
    """
    return all_judged(reading, room_id, [pattern])[0]


def all_judged(reading: Reading, room_id: UUID, patterns: Iterable[Pattern]) -> tuple[Judged, ...]:
    """Several patterns, judged one by one by rulebooks that are read once.

    Raises:
        NotFound: when there is no such room.
    """
    room = people.room(reading, room_id)
    now = room.today()
    held = books(reading, room_id, now)
    return tuple(_judged(each, held, room.zone, date(now.year, 1, 1)) for each in patterns)


def _judged(pattern: Pattern, held: Iterable[Rulebook], zone: str, near: date) -> Judged:
    verdicts = tuple(
        BookVerdict(book.title, _breaches(pattern, book.rules, zone, near)) for book in held
    )
    teams = fewest_teams(pattern)
    offsets = suggested_offsets(pattern, teams) if teams else tuple(pattern.offsets())
    return Judged(
        pattern=pattern,
        facts=facts_of(pattern),
        people_for_each=people_for_each(pattern),
        teams=teams,
        offsets=offsets,
        on_duty=_by_hour(pattern, offsets),
        verdicts=verdicts,
    )


@lru_cache(maxsize=REMEMBERED)
def _breaches(
    pattern: Pattern, rules: tuple[Rule, ...], zone: str, near: date
) -> tuple[PatternBreach, ...]:
    return breaches_of(pattern, rules, zone, near)


def _by_hour(pattern: Pattern, offsets: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The fewest and the most teams at any quarter of each hour, over all days of the pattern."""
    hours = teams_on_duty(pattern, offsets).reshape(len(pattern), 24, -1)
    least, most = hours.min(axis=(0, 2)), hours.max(axis=(0, 2))
    return tuple(zip(least.tolist(), most.tolist(), strict=True))
