"""What a roster is made from, as the slices below give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from app.fairness.service import RoomFairness
from app.patterns import service as patterns
from app.people import service as people
from app.preferences import service as preferences
from app.requirements import service as requirements
from app.rosters.values import Bond, Template, Wanted
from app.rulebooks import service as rulebooks
from rostering.dials import Levels


@dataclass(frozen=True)
class Crew:
    """The people of a control room.

    Attributes:
        officers: everyone, past and future.
        teams: names by id.
        skills: codes by id.
        held: skills held, by officer id.
        terms: what people cannot do and what else holds for them alone, by officer id.
    """

    officers: tuple[people.Officer, ...]
    teams: Mapping[UUID, str]
    skills: Mapping[UUID, str]
    held: Mapping[UUID, tuple[people.HeldSkill, ...]]
    terms: Mapping[UUID, tuple[people.Term, ...]] = field(default_factory=dict)

    def team(self, officer: people.Officer) -> str | None:
        """Name of an officer's team, where there is one."""
        team_id = officer.details.team_id
        return self.teams.get(team_id) if team_id else None

    def skills_on(self, officer: people.Officer, days: Sequence[date]) -> frozenset[str]:
        """Codes of the skills to count on on every one of these days; none where there is no day.

        A skill for which somebody is not to be counted on, be it for one of the days, is taken
        away for all of them: whom cover counts cannot change within a roster.
        """
        spans: dict[UUID, list[people.HeldSkill]] = defaultdict(list)
        for each in self.held.get(officer.id, ()):
            spans[each.skill_id].append(each)
        limited = {
            term.value
            for term in self.terms.get(officer.id, ())
            if term.what == "skill" and any(term.holds(day) for day in days)
        }
        return frozenset(
            self.skills[skill]
            for skill, held in spans.items()
            if days and all(any(holds(span, day) for span in held) for day in days)
        ).difference(limited)


def holds(dated: people.Contract | people.HeldSkill, day: date) -> bool:
    """Whether something that holds for some days holds on this one."""
    return dated.from_day <= day and (dated.until_day is None or day < dated.until_day)


def service_days(officer: people.Officer, first_day: date, days: int) -> list[date]:
    """Days of a period on which an officer is in service."""
    details = officer.details
    period = (first_day + timedelta(days=ahead) for ahead in range(days))
    return [
        day
        for day in period
        if details.started <= day and (details.left is None or day < details.left)
    ]


@dataclass(frozen=True)
class Materials:
    """What a roster is made from.

    Attributes:
        room: the control room.
        wanted: the period and its name.
        templates: the room's active shift templates; where there is none, some are assumed.
        crew: the people; who is not in service in the period is left aside.
        contracts: by officer id.
        worked, published: shifts that start before the period, in the days that are read back.
        wishes: about days of the period, by officer id.
        long_wishes: about several days of it, by officer id, each with its round.
        need: the people needed.
        away: by officer id the days of the period on which they are on leave or otherwise absent,
            and the minutes of each that count towards the contract.
        bonds: who works with whom on some day of the period, or does not.
        named: by officer id the rest days of the period that were named in place of ones worked.
        levels: of the dials that are not as set.
        books: the rulebooks of the first day.
        left_out: by officer id the days, of the period or before it, that an average working week
            leaves out.
        followed: by officer id what a pattern says of days of the period.
        times_until: first day of which a pattern does not yet fix the times.
        fairness: how fair it has been before the period; None where that is left aside.
        christmas, public_holidays: such days of the period, the others without those of Christmas.
    """

    room: people.Room
    wanted: Wanted
    templates: tuple[Template, ...]
    crew: Crew
    contracts: Mapping[UUID, tuple[people.Contract, ...]]
    worked: tuple[people.PastShift, ...]
    published: tuple[people.PastShift, ...]
    wishes: Mapping[UUID, tuple[preferences.Wish, ...]]
    need: requirements.Need
    books: rulebooks.Books
    away: Mapping[UUID, Mapping[date, int]] = field(default_factory=dict)
    bonds: tuple[Bond, ...] = ()
    left_out: Mapping[UUID, frozenset[date]] = field(default_factory=dict)
    followed: Mapping[UUID, patterns.Line] = field(default_factory=dict)
    times_until: date = date.max
    named: Mapping[UUID, Collection[date]] = field(default_factory=dict)
    levels: Levels = field(default_factory=dict)
    fairness: RoomFairness | None = None
    christmas: frozenset[date] = frozenset()
    public_holidays: frozenset[date] = frozenset()
    long_wishes: dict[UUID, tuple[tuple[preferences.Round, preferences.LongWish], ...]] = field(
        default_factory=dict
    )

    @cached_property
    def in_service(self) -> dict[UUID, list[date]]:
        """By officer id the days of the period in service, of everyone who has any."""
        found = {
            officer.id: service_days(officer, self.wanted.first_day, self.wanted.days)
            for officer in self.crew.officers
        }
        return {officer: days for officer, days in found.items() if days}
