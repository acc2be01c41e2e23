"""Shifts as published and as worked, as JSON."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.people.schemas.words import Moment, Word
from app.people.service import (
    HistoryChange,
    PastShift,
    Span,
)
from app.web.http.schema import Answer, Strict, When


class ShiftInput(Strict):
    """A shift of an officer as published or as worked."""

    officer_id: UUID
    start: Moment
    end: Moment
    kind: Word
    code: Word


class HistoryInput(Strict):
    """What the shifts of these officers that start within a span are; all others stay."""

    start: Moment
    end: Moment
    officers: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=2000)]
    shifts: Annotated[tuple[ShiftInput, ...], Field(max_length=50_000)]

    def span(self) -> Span:
        """The stretch of time that is told."""
        return Span(self.start, self.end)

    def told(self) -> list[PastShift]:
        """As the service takes them."""
        return [PastShift(**dict(each)) for each in self.shifts]


class HistoryAnswer(Answer):
    """How many shifts were kept, forgotten and left as they were."""

    kept: int
    forgotten: int
    unchanged: int

    @classmethod
    def of(cls, change: HistoryChange) -> HistoryAnswer:
        """The answer about a history that was told."""
        return cls.model_validate(change)


class ShiftAnswer(Answer):
    """A shift of an officer."""

    officer_id: UUID
    start: When
    end: When
    kind: str
    code: str


class ShiftList(Answer):
    """Shifts by officer and start."""

    shifts: tuple[ShiftAnswer, ...]
