"""Publications and what is in force as JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from app.people.service import PastShift
from app.rosters.schemas.notices import NoticeAnswer, PriceAnswer
from app.rosters.service import Preview, Publication, PublishedChange
from app.web.http.schema import Answer, Strict, When
from rostering.notice import Reason


class DutyAnswer(Answer):
    """A dated shift: code and kind of its template, from one instant until another."""

    code: str
    kind: str
    start: When
    end: When


class ChangeAnswer(Answer):
    """What a publication changed for one officer on one day; null is a rest day.

    `notice` is null for a duty that was told for the first time and earns nothing.
    """

    number: int
    officer_id: UUID
    day: date
    before: DutyAnswer | None
    after: DutyAnswer | None
    notice: NoticeAnswer | None

    @classmethod
    def of(cls, change: PublishedChange) -> ChangeAnswer:
        """A published change."""
        return cls(
            number=change.number,
            officer_id=change.officer_id,
            day=change.day,
            before=DutyAnswer.model_validate(change.before) if change.before else None,
            after=DutyAnswer.model_validate(change.after) if change.after else None,
            notice=NoticeAnswer.of(change.notice) if change.notice else None,
        )


class ChangeList(Answer):
    """Changes in order of time; `Link` leads on, and the last one read is where to begin later.

    `cursor` is what to give as `after` next time, when there may be more.
    """

    changes: tuple[ChangeAnswer, ...]
    cursor: str | None


class RestDayList(Answer):
    """Changes that earned another rest day which is not named yet."""

    changes: tuple[ChangeAnswer, ...]


class RestDayInput(Strict):
    """The rest day that is named in place of one worked: a later day without a duty."""

    named: date


class ChoiceInput(Strict):
    """Pay or time off, where a rulebook lets the officer choose; what is chosen stays."""

    choice: Literal["pay", "time"]


class PreviewAnswer(Answer):
    """What publishing a roster would do.

    `told` officers learn of a change, `short_notice` of them with fewer than 28 clear days.
    `hindrance` says why it cannot be published now; it is empty where it can. `prices` are of the
    duties that were published before and change: what each is to its officer, and what it needs.
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
    prices: tuple[PriceAnswer, ...]

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
            prices=tuple(PriceAnswer.of(each) for each in said.judged if each.is_change),
        )


class PublicationAnswer(Answer):
    """When and why a roster, or a change of a published one, came into force.

    `change_reason` is why duties changed that had been published; null where none had. `told` is
    the room's own present at that moment, from which notice is counted.
    """

    number: int
    roster_id: UUID
    version: int
    at: When
    by: UUID
    reason: str
    whole: bool
    change_reason: Reason | None
    told: When

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
    """What changed for you, when and why; `number` is of the publication."""

    number: int
    day: date
    before: DutyAnswer | None
    after: DutyAnswer | None
    at: When
    reason: str
    change_reason: Reason | None
    notice: NoticeAnswer | None

    @classmethod
    def of(cls, change: PublishedChange, publication: Publication) -> OwnChange:
        """A change of one's own, with the publication that made it."""
        said = ChangeAnswer.of(change)
        return cls(
            number=said.number,
            day=said.day,
            before=said.before,
            after=said.after,
            at=publication.at,
            reason=publication.reason,
            change_reason=publication.change_reason,
            notice=said.notice,
        )


class OwnShifts(Answer):
    """Your shifts by start, and what publications changed, the newest first."""

    shifts: tuple[OwnShift, ...]
    changes: tuple[OwnChange, ...]
