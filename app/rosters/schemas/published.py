"""Publications and what is in force as JSON."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.people.service import PastShift
from app.rosters.service import Preview, Publication, PublishedChange
from app.web.http.schema import Answer, When


class DutyAnswer(Answer):
    """A dated shift: code and kind of its template, from one instant until another."""

    code: str
    kind: str
    start: When
    end: When


class ChangeAnswer(Answer):
    """What a publication changed for one officer on one day; null is a rest day."""

    number: int
    officer_id: UUID
    day: date
    before: DutyAnswer | None
    after: DutyAnswer | None

    @classmethod
    def of(cls, change: PublishedChange) -> ChangeAnswer:
        """A published change."""
        return cls.model_validate(change)


class ChangeList(Answer):
    """Changes in order of time; `Link` leads on, and the last one read is where to begin later.

    `cursor` is what to give as `after` next time, when there may be more.
    """

    changes: tuple[ChangeAnswer, ...]
    cursor: str | None


class PreviewAnswer(Answer):
    """What publishing a roster would do.

    `told` officers learn of a change, `short_notice` of them with fewer than 28 clear days.
    `hindrance` says why it cannot be published now; it is empty where it can.
    """

    roster_id: UUID
    version: int
    told: int
    short_notice: int
    hindrance: str
    breaches: tuple[str, ...]
    wishes_met: int
    wishes: int
    changes: tuple[ChangeAnswer, ...]

    @classmethod
    def of(cls, said: Preview) -> PreviewAnswer:
        """What publishing would do."""
        return cls(
            roster_id=said.roster.id,
            version=said.roster.version,
            told=said.told,
            short_notice=said.short_notice,
            hindrance=said.hindrance,
            breaches=said.breaches,
            wishes_met=said.wishes_met,
            wishes=said.wishes,
            changes=tuple(map(ChangeAnswer.of, said.changes)),
        )


class PublicationAnswer(Answer):
    """When and why a roster, or a change of a published one, came into force."""

    number: int
    roster_id: UUID
    version: int
    at: When
    by: UUID
    reason: str
    whole: bool

    @classmethod
    def of(cls, publication: Publication) -> PublicationAnswer:
        """A publication as kept."""
        return cls.model_validate(publication)


class PublicationList(Answer):
    """Publications of a control room in order of time."""

    publications: tuple[PublicationAnswer, ...]


class PublishedShift(Answer):
    """A shift that is in force."""

    officer_id: UUID
    officer: str
    code: str
    kind: str
    start: When
    end: When

    @classmethod
    def of(cls, shift: PastShift, name: str) -> PublishedShift:
        """A published shift of an officer of that name."""
        return cls(
            officer_id=shift.officer_id,
            officer=name,
            code=shift.code,
            kind=shift.kind,
            start=shift.start,
            end=shift.end,
        )


class PublishedList(Answer):
    """Shifts in force, by officer and start."""

    shifts: tuple[PublishedShift, ...]


class OwnShift(Answer):
    """A shift of your own."""

    code: str
    kind: str
    start: When
    end: When


class OwnChange(Answer):
    """What changed for you, when and why."""

    day: date
    before: DutyAnswer | None
    after: DutyAnswer | None
    at: When
    reason: str


class OwnShifts(Answer):
    """Your shifts by start, and what publications changed, the newest first."""

    shifts: tuple[OwnShift, ...]
    changes: tuple[OwnChange, ...]
