"""What preferences take and give: JSON, and the form of a round."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from app.errors import InvalidInput, Place
from app.preferences.service import MOST_POINTS, POINTS, Round, RoundDetails, State, WishDetails
from app.web.http.schema import Answer, Strict, When

Days = Annotated[int, Field(ge=1, le=366)]
Budget = Annotated[int, Field(ge=1, le=1000)]
Points = Annotated[int, Field(ge=1, le=MOST_POINTS)]
Codes = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=64)], ...], Field(max_length=20)
]


class RoundInput(Strict):
    """A rota period for which wishes are asked, until `closes`.

    Each officer may place `points` on its days. `answers` is the day by which officers are told.
    """

    first_day: date
    days: Days
    closes: When
    points: Budget = POINTS
    answers: date | None = None

    def details(self) -> RoundDetails:
        """As the service takes it."""
        return RoundDetails(self.first_day, self.days, self.closes, self.points, self.answers)


class RoundAnswer(Answer):
    """A round of wishes; `state` is as of the control room's present."""

    id: UUID
    version: int
    first_day: date
    days: int
    closes: When
    points: int
    answers: date | None
    answered_at: When | None
    state: State

    @classmethod
    def of(cls, asked: Round) -> RoundAnswer:
        """The answer about a round."""
        return cls(
            id=asked.id,
            version=asked.version,
            first_day=asked.first_day,
            days=asked.days,
            closes=asked.closes,
            points=asked.points,
            answers=asked.details.answers,
            answered_at=asked.answered_at,
            state=asked.state,
        )


class RoundList(Answer):
    """Rounds, the latest period first."""

    rounds: tuple[RoundAnswer, ...]


class WishInput(Strict):
    """A wish about one day: with `wants` to be given such a shift, without to be spared it.

    Such a shift: any, one of these `kinds` (early, day, late, night), or one of these `shifts` by
    the codes of their templates. Without `wants`, kinds and shifts it asks for the day off.
    """

    day: date
    wants: bool
    points: Points
    kinds: Codes = ()
    shifts: Codes = ()

    def details(self) -> WishDetails:
        """As the service takes it."""
        return WishDetails(self.day, self.wants, self.points, self.kinds, self.shifts)


class NewWish(WishInput):
    """A wish in a round."""

    round_id: UUID


class OutcomeAnswer(Answer):
    """What came of a wish: the published roster that decided it, and why, in words."""

    roster_id: UUID
    met: bool
    words: str


class WishAnswer(Answer):
    """A wish; `outcome` is null until a roster with its day is published."""

    id: UUID
    round_id: UUID
    officer_id: UUID
    version: int
    day: date
    wants: bool
    points: int
    kinds: tuple[str, ...]
    shifts: tuple[str, ...]
    outcome: OutcomeAnswer | None


class WishList(Answer):
    """Wishes, by officer and day."""

    wishes: tuple[WishAnswer, ...]


class DayAskedAnswer(Answer):
    """What was asked of one day: wishes to be off, other wishes, points of both."""

    day: date
    off: int
    others: int
    points: int


class AskedAnswer(Answer):
    """What was asked in a round: officers with a wish, wishes, those answered and met, and days."""

    officers: int
    wishes: int
    answered: int
    met: int
    days: tuple[DayAskedAnswer, ...]


# --- the form of a round ------------------------------------------------------------------------

Text = Annotated[str, Field(max_length=20)]


class RoundForm(BaseModel):
    """What was typed into the form of a round."""

    first_day: Text = ""
    days: Text = ""
    closes_day: Text = ""
    closes_time: Text = ""
    points: Text = ""
    answers: Text = ""

    @classmethod
    def of(cls, details: RoundDetails, zone: str) -> RoundForm:
        """The form that says a round."""
        closes = details.closes.astimezone(ZoneInfo(zone))
        return cls(
            first_day=details.first_day.isoformat(),
            days=str(details.days),
            closes_day=closes.date().isoformat(),
            closes_time=f"{closes:%H:%M}",
            points=str(details.points),
            answers=details.answers.isoformat() if details.answers else "",
        )

    def details(self, zone: str) -> RoundDetails:
        """The round that was typed.

        Raises:
            InvalidInput: naming every field that is no day, time or number.
        """
        first, closes = _day(self.first_day), _day(self.closes_day)
        until, answers = _time(self.closes_time), _day(self.answers)
        days, points = _number(self.days), _number(self.points)
        wrong = {
            "first_day": first is None,
            "days": days is None,
            "closes_day": closes is None,
            "closes_time": until is None,
            "points": points is None,
            "answers": bool(self.answers) and answers is None,
        }
        if first is None or closes is None or until is None or days is None or points is None:
            raise InvalidInput(Place(name, FORMS[name]) for name, bad in wrong.items() if bad)
        if wrong["answers"]:
            raise InvalidInput([Place("answers", FORMS["answers"])])
        closing = datetime.combine(closes, until, ZoneInfo(zone))
        return RoundDetails(first, days, closing, points, answers)


FORMS = {
    "first_day": "Give a day, such as 2027-01-04.",
    "days": "Give a number of days, such as 28.",
    "closes_day": "Give a day, such as 2026-11-29.",
    "closes_time": "Give a time, such as 23:59.",
    "points": "Give a number, such as 20.",
    "answers": "Give a day, or nothing.",
}


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _time(text: str) -> time | None:
    with suppress(ValueError):
        return time.fromisoformat(text).replace(tzinfo=None)
    return None


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() and len(text) < 8 else None
