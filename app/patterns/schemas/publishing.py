"""Rest days told to officers, as JSON."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from app.patterns.service import Publication, Standing, Told
from app.web.http.schema import Answer, Strict, When

UNTOLD = "-"


class PublicationInput(Strict):
    """That rest days are told from today to a last day."""

    last_day: date


class PublicationAnswer(Answer):
    """Rest days that were told to the officers of a room."""

    id: UUID
    first_day: date
    last_day: date
    at: When
    by: UUID

    @classmethod
    def of(cls, kept: Publication) -> PublicationAnswer:
        """The answer about a publication."""
        return cls.model_validate(kept)


class DueAnswer(Answer):
    """How far a rulebook asks rest days to be told: `weeks` ahead, until a day.

    A day is to be told `lead_days` before it, where the book says so; it is `late` for the next one
    that is not told yet.
    """

    title: str
    weeks: int
    until: date
    lead_days: int | None
    late: bool
    source: str


class DiffersAnswer(Answer):
    """How what an officer follows now differs from what they were told, in days."""

    officer_id: UUID
    name: str
    lost: int
    gained: int
    kinds: int


class StandingAnswer(Answer):
    """How far rest days are told without a gap, how far they are to be, and what has changed."""

    until: date | None
    due: tuple[DueAnswer, ...]
    differs: tuple[DiffersAnswer, ...]
    publications: tuple[PublicationAnswer, ...]

    @classmethod
    def of(cls, found: Standing, kept: tuple[Publication, ...]) -> StandingAnswer:
        """The answer about a room."""
        return cls(
            until=found.until,
            due=tuple(map(DueAnswer.model_validate, found.due)),
            differs=tuple(map(DiffersAnswer.model_validate, found.differs)),
            publications=tuple(map(PublicationAnswer.of, kept)),
        )


class ToldAnswer(Answer):
    """What you were told from `first_day` on, a letter a day.

    E, D, L or N for a kind, R for a rest day, `*` for a day to be filled, `-` for what is not told.
    """

    first_day: date
    days: str

    @classmethod
    def of(cls, told: dict[date, Told], first_day: date, days: int) -> ToldAnswer:
        """The answer about an officer's days."""
        period = (first_day + timedelta(days=ahead) for ahead in range(days))
        letters = (told[day].letter if day in told else UNTOLD for day in period)
        return cls(first_day=first_day, days="".join(letters))
