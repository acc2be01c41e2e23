"""Breaches that may stand, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.rosters.schemas.editing import EditInput
from app.rosters.service import AuthorisedBreach, Authority, Ground
from app.web.http.schema import Answer, Strict, When

Name = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(min_length=1, max_length=500)]
Minutes = Annotated[int, Field(ge=0, le=72 * 60, description="Compensatory rest; 0 for none.")]


class AuthorisedEditInput(EditInput):
    """A change that breaks rules, and on whose word it is made all the same."""

    ground: Ground
    authorised_by: Name
    authorised_reason: Words
    rest_minutes: Minutes = 0
    rest_by: date | None = None

    def said(self) -> Authority:
        """On whose word, why, and the rest that is owed."""
        by, because = self.authorised_by.strip(), self.authorised_reason.strip()
        return Authority(self.ground, by, because, self.rest_minutes, self.rest_by)


class RestInput(Strict):
    """The day on which compensatory rest was given."""

    day: date


class AuthorisedAnswer(Answer):
    """A breach that may stand while the edit that made it is done.

    A tour of it starts from `first_day` to `last_day`; it goes no further than `excess`, in the
    rule's unit.
    """

    id: UUID
    edit_number: int
    officer_id: UUID
    rule: str
    first_day: date
    last_day: date
    excess: int
    words: str
    ground: Ground
    authorised_by: str
    authorised_reason: str
    rest_minutes: int
    rest_by: date | None
    rest_given: date | None
    at: When

    @classmethod
    def of(cls, breach: AuthorisedBreach) -> Self:
        """The breach as JSON."""
        said = breach.said
        return cls(
            id=breach.id,
            edit_number=breach.edit_number,
            officer_id=breach.officer_id,
            rule=breach.rule,
            first_day=breach.first_day,
            last_day=breach.last_day,
            excess=breach.excess,
            words=breach.words,
            ground=said.ground,
            authorised_by=said.authority,
            authorised_reason=said.reason,
            rest_minutes=said.rest_minutes,
            rest_by=said.rest_by,
            rest_given=breach.rest_given,
            at=breach.at,
        )


class AuthorisedList(Answer):
    """Breaches that may stand in a roster, in order of time."""

    authorised: tuple[AuthorisedAnswer, ...]
