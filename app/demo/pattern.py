"""The shifts of the demonstration rooms, and the pattern by which they were worked until now.

Two earlies, two lates, two nights, four rest days, five teams two days apart: at every hour at
least one team is on duty. With tours of 9 hours that is 37.8 hours a week. Part-timers leave out
nights; now and then somebody has leave for a round of shifts, or is off sick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from app.demo.people import FOUR_FIFTHS, PART_TIME, MadePerson

SEED = 20_260_103

TOUR = 9 * 60
"""Minutes, refreshment included."""

APART = 2
"""Days by which a team is behind the one before it."""

SHARE_ON_LEAVE = 0.12
"""Of rounds of shifts: 13 % of paid time is leave where nothing is known."""

SHARE_SICK = 0.03
"""Of shifts."""


@dataclass(frozen=True, slots=True)
class Template:
    """A shift as it is on any day: code, kind, local start in minutes after midnight."""

    code: str
    kind: str
    start: int
    minutes: int = TOUR


EARLY, LATE, NIGHT = (
    Template("E07", "early", 7 * 60),
    Template("L15", "late", 15 * 60),
    Template("N22", "night", 22 * 60),
)
"""The three that the pattern is made of."""

TEMPLATES = (
    Template("E06", "early", 6 * 60),
    EARLY,
    Template("E08", "early", 8 * 60),
    Template("D10", "day", 10 * 60),
    Template("D12", "day", 12 * 60),
    Template("L14", "late", 14 * 60),
    LATE,
    Template("L17", "late", 17 * 60),
    NIGHT,
    Template("N23", "night", 23 * 60),
)
"""What a roster may be made of, so that people stand where calls come."""

ROUND: tuple[Template | None, ...] = (EARLY, EARLY, LATE, LATE, NIGHT, NIGHT, *[None] * 4)


LINE, TIMES = "2E 2L 2N 4R", "E 07:00-16:00, L 15:00-00:00, N 22:00-07:00"
"""The same as people write it."""


@dataclass(frozen=True, slots=True)
class MadeShift:
    """A shift of the person at that place in a list; instants in UTC."""

    person: int
    start: datetime
    end: datetime
    template: Template


def worked(people: Sequence[MadePerson], first: date, days: int, zone: str) -> Iterator[MadeShift]:
    """The shifts of the pattern that start on these local days, less leave and sickness.

    The same day is the same whenever it is told, so that the past does not change with today.
    """
    for index, person in enumerate(people):
        for offset in range(days):
            day = first + timedelta(days=offset)
            turn, place = divmod(day.toordinal() - APART * person.team, len(ROUND))
            template = ROUND[place]
            if template and not _left_out(person, place) and not _away(index, turn, place):
                start = at(day, template.start, zone)
                yield MadeShift(index, start, at(day, template.start + TOUR, zone), template)


def at(day: date, minute: int, zone: str) -> datetime:
    """The instant of a local wall-clock time, so many minutes after midnight; past 1,439 too."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def place_of(day: date, team: int) -> int:
    """The day of the pattern, from 0, on which a team stands on a day; teams count from 0."""
    return (day.toordinal() - APART * team) % len(ROUND)


def _left_out(person: MadePerson, place: int) -> bool:
    """Whether the contract is too short for this shift of the round."""
    nights_off = {PART_TIME: (4, 5), FOUR_FIFTHS: (5,)}
    return place in nights_off.get(person.place.weekly_minutes, ())


def _away(person: int, turn: int, place: int) -> bool:
    on_leave = np.random.default_rng((SEED, person, turn)).random() < SHARE_ON_LEAVE
    return on_leave or np.random.default_rng((SEED, person, turn, place)).random() < SHARE_SICK
