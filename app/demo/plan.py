"""What a demonstration room is made of, and the room that is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import clock
from app.auth import service as auth
from app.demand import service as demand
from app.demo.people import MadePerson
from app.people import service as people
from app.requirements import service as requirements
from app.rosters import service as rosters


@dataclass(frozen=True)
class Plan:
    """What a demonstration room is made of.

    Attributes:
        force: name of its force.
        room: its own name.
        notice: what every page of it says.
        zone: IANA time zone.
        holidays: code of its public holidays.
        as_of: its own present, where its data end in the past.
        people: who works there.
        skills: names of skills by code.
        batches: its counts, in the order in which they come.
        given: terms of queues that the room gives; the others are measured or assumed.
        first_day: first day of the roster in force, a Monday.
        days: its length; the next period begins after it.
        next_days: length of the next period.
        seconds: for the search of the roster in force, which one waits for.
        next_seconds: for that of the next period, which goes on while people look.
        sign_in: what the sign-in names of its people begin with.
        events: its calendar, beside the events that most rooms know.
    """

    force: str
    room: str
    notice: str
    zone: str
    holidays: str
    as_of: datetime | None
    people: tuple[MadePerson, ...]
    skills: Mapping[str, str]
    batches: tuple[demand.Counts, ...]
    given: Mapping[str, requirements.Given]
    first_day: date
    days: int
    next_days: int
    seconds: int
    next_seconds: int
    sign_in: str
    events: tuple[demand.EventDetails, ...]

    @property
    def next_day(self) -> date:
        """First day of the next period."""
        return self.first_day + timedelta(days=self.days)

    @property
    def present_period(self) -> rosters.Wanted:
        """The roster that is to be in force."""
        return rosters.Wanted(self.first_day, self.days, seconds=self.seconds)

    @property
    def next_period(self) -> rosters.Wanted:
        """The roster after it."""
        return rosters.Wanted(self.next_day, self.next_days, seconds=self.next_seconds)

    @property
    def present(self) -> datetime:
        """Now, as the room sees it."""
        return self.as_of or clock.now()


@dataclass(frozen=True)
class Told:
    """A room as it stands once all is told: what it is made of, and the ids of it."""

    plan: Plan
    room: people.Room
    officers: tuple[people.Officer, ...]
    manager: auth.User
