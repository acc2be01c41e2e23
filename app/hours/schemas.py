"""How people stand, as JSON. Hours are whole minutes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.hours.service import PersonHours, RoomHours
from app.web.http.schema import Answer


class AgainstAnswer(Answer):
    """An average against its limit, in minutes.

    `average` and `most` are of a week, or, of night workers, of each 24 hours; `left` is what may
    be worked in the seven days after the last known one without the average being over then,
    negative when it will be.
    """

    average: int
    most: int
    left: int
    is_over: bool


class PersonHoursAnswer(Answer):
    """How one person stands: `known_days` of the reference weeks, `worked` minutes on them.

    `week` is null where no such rule is in force or nothing is known, `night` for whoever is no
    night worker. `opted_out` is an agreement to work more than the average week that is in force.
    """

    officer_id: UUID
    name: str
    known_days: int
    worked: int
    week: AgainstAnswer | None
    night: AgainstAnswer | None
    opted_out: bool
    opted_out_until: date | None
    is_over: bool
    left: int | None
    assessed: date | None
    assessment_is_due: bool

    @classmethod
    def of(cls, person: PersonHours) -> PersonHoursAnswer:
        """The answer about a person."""
        standing = person.standing
        return cls(
            officer_id=person.officer.id,
            name=person.officer.details.name,
            known_days=standing.known_days,
            worked=standing.worked,
            week=AgainstAnswer.model_validate(standing.week) if standing.week else None,
            night=AgainstAnswer.model_validate(standing.night) if standing.night else None,
            opted_out=person.opt_out is not None,
            opted_out_until=person.opt_out.until_day if person.opt_out else None,
            is_over=standing.is_over,
            left=standing.left,
            assessed=person.assessed,
            assessment_is_due=person.assessment_is_due,
        )


class RoomHoursAnswer(Answer):
    """How everyone in service stands, who is over a limit first, then by what is left.

    `until` is the last day of which worked shifts are known.
    """

    until: date | None
    people: tuple[PersonHoursAnswer, ...]

    @classmethod
    def of(cls, found: RoomHours) -> RoomHoursAnswer:
        """The answer about a room."""
        return cls(until=found.until, people=tuple(map(PersonHoursAnswer.of, found.people)))
