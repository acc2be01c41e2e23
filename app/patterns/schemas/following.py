"""Who follows a pattern, as JSON and as it is typed into a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.errors import InvalidInput, Place
from app.patterns.service import (
    Line,
    Previewed,
    RollOut,
    Target,
    Wanted,
)
from app.web.http.schema import Answer, Strict, When
from rostering.patterns import Pattern, write_line

Spread = Callable[[Pattern, Sequence[Target], date], tuple[int, ...]]
"""Gives days of a pattern, from 0, on which teams or officers best begin on a day."""

NOTHING = "-"
"""Stands in a line for a day on which nothing is followed."""


class TargetInput(Strict):
    """A team or an officer, one of the two, and the day of the pattern, from 1, to begin on.

    Without `begins` teams and officers are spread over the pattern in their order.
    """

    team_id: UUID | None = None
    officer_id: UUID | None = None
    begins: Annotated[int, Field(ge=1, le=182)] | None = None


class RollOutInput(Strict):
    """That teams or officers follow a pattern from a day on, until another or further notice.

    `pattern` is the key of a pattern of the room. What is applied later holds, and an officer's own
    pattern comes before the team's.
    """

    pattern: Annotated[str, Field(min_length=1, max_length=64)]
    first_day: date
    until_day: date | None = None
    targets: Annotated[tuple[TargetInput, ...], Field(min_length=1, max_length=200)]

    def wanted(self, pattern: Pattern, spread: Spread) -> Wanted:
        """As the service takes it; `spread` gives places where none are said."""
        bare = tuple(Target(0, each.team_id, each.officer_id) for each in self.targets)
        places = spread(pattern, bare, self.first_day)
        targets = tuple(
            Target(each.begins - 1 if each.begins else place, each.team_id, each.officer_id)
            for each, place in zip(self.targets, places, strict=True)
        )
        return Wanted(pattern, self.first_day, self.until_day, targets)


class RollOutAnswer(Answer):
    """That a team or an officer follows a pattern; those of one `act_id` were applied together."""

    id: UUID
    act_id: UUID
    team_id: UUID | None
    officer_id: UUID | None
    title: str
    line: str
    first_day: date
    until_day: date | None
    begins: int
    at: When
    by: UUID
    withdrawn_at: When | None

    @classmethod
    def of(cls, kept: RollOut) -> RollOutAnswer:
        """The answer about a roll-out."""
        return cls(
            id=kept.id,
            act_id=kept.act_id,
            team_id=kept.target.team_id,
            officer_id=kept.target.officer_id,
            title=kept.pattern.title,
            line=write_line(kept.pattern.days),
            first_day=kept.first_day,
            until_day=kept.until_day,
            begins=kept.target.place + 1,
            at=kept.at,
            by=kept.by,
            withdrawn_at=kept.withdrawn_at,
        )


class RollOutList(Answer):
    """Roll-outs, the newest first, those that were taken back among them."""

    roll_outs: tuple[RollOutAnswer, ...]


class PreviewAnswer(Answer):
    """What a roll-out would change for an officer, over its first year at most.

    Of `days` that it would hold, on `new` nothing is followed now, `to_rest` become rest days,
    `to_work` no longer are, `other` change otherwise; `on_rest` published shifts would stand on
    rest days.
    """

    officer_id: UUID
    name: str
    days: int
    new: int
    to_rest: int
    to_work: int
    other: int
    on_rest: int

    @classmethod
    def of(cls, seen: Previewed) -> PreviewAnswer:
        """The answer about an officer."""
        return cls.model_validate(seen)


class PreviewList(Answer):
    """What a roll-out would change, by name of the officer."""

    officers: tuple[PreviewAnswer, ...]


class LineAnswer(Answer):
    """What an officer follows, a letter a day.

    E, D, L or N for a kind, R for a rest day, `*` for a free choice, `-` where nothing is followed.
    """

    officer_id: UUID
    days: str

    @classmethod
    def of(cls, officer_id: UUID, line: Line, first_day: date, days: int) -> LineAnswer:
        """The answer about an officer."""
        return cls(officer_id=officer_id, days=letters(line, first_day, days))


class LineList(Answer):
    """What officers follow from `first_day` on; who follows nothing is absent."""

    first_day: date
    lines: tuple[LineAnswer, ...]


def letters(line: Line, first_day: date, days: int) -> str:
    """A line as letters, one a day; an exact shift by the letter of its kind."""
    period = (first_day + timedelta(days=ahead) for ahead in range(days))
    return "".join(line[day].letter if day in line else NOTHING for day in period)


# --- the form -----------------------------------------------------------------------------------

TEAMS = "teams"
"""Stands for all teams of the room in the form."""


class RollOutForm(BaseModel):
    """What was typed into the form by which a pattern is rolled out."""

    pattern: Annotated[str, Field(max_length=64)] = ""
    who: Annotated[str, Field(max_length=64)] = TEAMS
    first_day: Annotated[str, Field(max_length=20)] = ""
    until_day: Annotated[str, Field(max_length=20)] = ""
    begins: Annotated[str, Field(max_length=2000)] = ""
    act: Annotated[str, Field(max_length=20)] = ""
    """`look` where only the effect is asked for."""

    def wanted(
        self,
        pattern: Pattern,
        teams: Sequence[UUID],
        officers: Iterable[UUID],
        spread: Spread,
    ) -> Wanted:
        """The roll-out that was typed.

        Args:
            pattern: the pattern that was chosen.
            teams: teams of the room, in the order in which places are given to them.
            officers: officers of the room.
            spread: gives places where none are typed.

        Raises:
            InvalidInput: naming every field that cannot be used.
        """
        first, until = _day(self.first_day), _day(self.until_day)
        chosen = self._chosen(teams, officers)
        faults = []
        if first is None:
            faults.append(Place("first_day", "Give a day, such as 2027-01-04."))
        if self.until_day and until is None:
            faults.append(Place("until_day", "Give a day, or nothing."))
        if not chosen:
            faults.append(Place("who", "Choose who follows the pattern."))
        places = self._places(len(chosen))
        if places is None:
            faults.append(
                Place("begins", f"Give {len(chosen)} days of the pattern, such as 1, or nothing.")
            )
        if faults or first is None:
            raise InvalidInput(faults)
        bare = tuple(Target(0, *one) for one in chosen)
        found = places or spread(pattern, bare, first)
        targets = (Target(place, *one) for place, one in zip(found, chosen, strict=True))
        return Wanted(pattern, first, until, tuple(targets))

    def _chosen(
        self, teams: Sequence[UUID], officers: Iterable[UUID]
    ) -> list[tuple[UUID | None, UUID | None]]:
        if self.who == TEAMS:
            return [(team, None) for team in teams]
        with suppress(ValueError):
            one = UUID(self.who)
            if one in teams:
                return [(one, None)]
            if one in officers:
                return [(None, one)]
        return []

    def _places(self, number: int) -> tuple[int, ...] | None:
        """Places from 0 as typed; none where nothing was, None where they cannot be read."""
        typed = self.begins.replace(",", " ").split()
        if not all(each.isdecimal() and 1 <= len(each) <= 3 and int(each) for each in typed):
            return None
        if len(typed) not in {0, number}:
            return None
        return tuple(int(each) - 1 for each in typed)


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
