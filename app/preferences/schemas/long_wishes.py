"""What wishes about several days take and give: JSON, and their form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Annotated, get_args
from uuid import UUID

from pydantic import BaseModel, Field

from app.errors import InvalidInput, Place
from app.preferences.schemas.rounds import Codes, Points
from app.preferences.service import Ask, LongWish, LongWishDetails
from app.web.http.schema import Answer, Strict

Weekdays = Annotated[tuple[Annotated[int, Field(ge=0, le=6)], ...], Field(max_length=7)]
Run = Annotated[int, Field(ge=1, le=14)]


class LongWishInput(Strict):
    """A wish about several days; a roster may meet it in part, and it costs no more than `points`.

    `ask` is `off` (days off), `no_kind` or `kind` (none or only some `kinds`), `times` (start at
    `earliest` or later, finish by `latest`), `work_run` (at `most` or `fewest` days of work in a
    row), `rest_run` (`fewest` days off in a row), `with` or `apart` (to work with `colleague_id`,
    who has to agree, or not to). Its days are those from `first_day` to `last_day` that fall on
    `weekdays`, 0 for Monday; without them, all days of the period. `latest` is a time of the day of
    the start, or of the day after with `latest_next_day`. `standing` wishes go on into later
    rounds.
    """

    ask: Ask
    points: Points
    standing: bool = False
    first_day: date | None = None
    last_day: date | None = None
    weekdays: Weekdays = ()
    kinds: Codes = ()
    earliest: time | None = None
    latest: time | None = None
    latest_next_day: bool = False
    most: Run | None = None
    fewest: Run | None = None
    colleague_id: UUID | None = None

    def details(self) -> LongWishDetails:
        """As the service takes it."""
        latest = _minutes(self.latest)
        return LongWishDetails(
            ask=self.ask,
            points=self.points,
            standing=self.standing,
            first_day=self.first_day,
            last_day=self.last_day,
            weekdays=self.weekdays,
            kinds=self.kinds,
            earliest=_minutes(self.earliest),
            latest=None if latest is None else latest + A_DAY * self.latest_next_day,
            most=self.most,
            fewest=self.fewest,
            colleague_id=self.colleague_id,
        )


class NewLongWish(LongWishInput):
    """A wish about several days in a round."""

    round_id: UUID


class LongOutcomeAnswer(Answer):
    """What came of a wish: the published roster that decided it, points lost, and why, in words."""

    roster_id: UUID
    lost: int
    words: str


class LongWishAnswer(Answer):
    """A wish about several days.

    `agreed` is what the colleague of a wish to work together said, null while nothing; `outcome` is
    null until a roster of its days is published.
    """

    id: UUID
    round_id: UUID
    officer_id: UUID
    version: int
    ask: Ask
    points: int
    standing: bool
    first_day: date | None
    last_day: date | None
    weekdays: tuple[int, ...]
    kinds: tuple[str, ...]
    earliest: time | None
    latest: time | None
    latest_next_day: bool
    most: int | None
    fewest: int | None
    colleague_id: UUID | None
    agreed: bool | None
    outcome: LongOutcomeAnswer | None

    @classmethod
    def of(cls, wish: LongWish) -> LongWishAnswer:
        """The answer about a wish."""
        said = {name: getattr(wish.details, name) for name in PLAIN}
        latest = wish.details.latest
        told = wish.outcome
        outcome = LongOutcomeAnswer.model_validate(told) if told else None
        return cls(
            id=wish.id,
            round_id=wish.round_id,
            officer_id=wish.officer_id,
            version=wish.version,
            earliest=_clock(wish.details.earliest),
            latest=_clock(latest),
            latest_next_day=latest is not None and latest >= A_DAY,
            agreed=wish.agreed,
            outcome=outcome,
            **said,
        )


PLAIN = (
    *("ask", "points", "standing", "first_day", "last_day", "weekdays", "kinds"),
    *("most", "fewest", "colleague_id"),
)
"""Fields of a wish that are the same in JSON."""


class LongWishList(Answer):
    """Wishes about several days, by officer."""

    wishes: tuple[LongWishAnswer, ...]

    @classmethod
    def of(cls, wishes: Iterable[LongWish]) -> LongWishList:
        """The answer about some wishes."""
        return cls(wishes=tuple(map(LongWishAnswer.of, wishes)))


class CompanyWishAnswer(Answer):
    """A colleague's wish to work with you: who, on which days, and what you said of it."""

    id: UUID
    round_id: UUID
    officer_id: UUID
    first_day: date | None
    last_day: date | None
    weekdays: tuple[int, ...]
    agreed: bool | None

    @classmethod
    def of(cls, wish: LongWish) -> CompanyWishAnswer:
        """The answer about a wish; what it weighs is the colleague's own."""
        said = wish.details
        return cls(
            id=wish.id,
            round_id=wish.round_id,
            officer_id=wish.officer_id,
            first_day=said.first_day,
            last_day=said.last_day,
            weekdays=said.weekdays,
            agreed=wish.agreed,
        )


class CompanyWishList(Answer):
    """Wishes of colleagues to work with you."""

    wishes: tuple[CompanyWishAnswer, ...]


class AgreementInput(Strict):
    """Whether you agree to work with a colleague who wishes it."""

    agreed: bool


A_DAY = 1440


def _minutes(at: time | None) -> int | None:
    return None if at is None else at.hour * 60 + at.minute


def _clock(minute: int | None) -> time | None:
    return None if minute is None else time(minute % A_DAY // 60, minute % 60)


# --- the form of a wish about several days ------------------------------------------------------

Text = Annotated[str, Field(max_length=40)]
Texts = Annotated[tuple[Text, ...], Field(max_length=7)]

MANY, FEW = "fewest", "most"
"""Longer and shorter runs of days, as the form names them."""


class LongWishForm(BaseModel):
    """What was typed into the form of a wish about several days."""

    ask: Text = ""
    points: Text = ""
    standing: Text = ""
    first_day: Text = ""
    last_day: Text = ""
    weekdays: Texts = ()
    kinds: Texts = ()
    earliest: Text = ""
    latest: Text = ""
    next_day: Text = ""
    run: Text = ""
    days: Text = ""
    colleague: Text = ""

    @classmethod
    def of(cls, details: LongWishDetails) -> LongWishForm:
        """The form that says a wish."""
        latest = details.latest
        return cls(
            ask=details.ask,
            points=str(details.points),
            standing="yes" if details.standing else "",
            first_day=details.first_day.isoformat() if details.first_day else "",
            last_day=details.last_day.isoformat() if details.last_day else "",
            weekdays=tuple(map(str, details.weekdays)),
            kinds=details.kinds,
            earliest=_typed(details.earliest),
            latest=_typed(latest),
            next_day="yes" if latest is not None and latest >= A_DAY else "",
            run=FEW if details.most is not None else MANY,
            days=str(details.most or details.fewest or ""),
            colleague=str(details.colleague_id or ""),
        )

    def details(self) -> LongWishDetails:
        """The wish that was typed.

        Raises:
            InvalidInput: naming every field that is no day, time or number.
        """
        wrong: list[Place] = []
        if self.ask not in get_args(Ask):
            raise InvalidInput([Place("ask", "Choose one of these.")])
        first, last = (self._day(name, wrong) for name in ("first_day", "last_day"))
        earliest, latest = (self._time(name, wrong) for name in ("earliest", "latest"))
        run = self._number("days", wrong) if self.ask in {"work_run", "rest_run"} else None
        is_few = self.run == FEW and self.ask == "work_run"
        points = self._number("points", wrong)
        if wrong:
            raise InvalidInput(wrong)
        return LongWishDetails(
            ask=self.ask,  # type: ignore[arg-type]
            points=points or 0,
            standing=bool(self.standing),
            first_day=first,
            last_day=last,
            weekdays=tuple(sorted(int(day) for day in self.weekdays if day in "0123456")),
            kinds=self.kinds,
            earliest=earliest,
            latest=None if latest is None else latest + A_DAY * bool(self.next_day),
            most=run if is_few else None,
            fewest=None if is_few else run,
            colleague_id=_person(self.colleague),
        )

    def _day(self, name: str, wrong: list[Place]) -> date | None:
        typed = getattr(self, name).strip()
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            wrong.append(Place(name, "Give a day, such as 2027-01-16, or nothing."))
            return None

    def _time(self, name: str, wrong: list[Place]) -> int | None:
        typed = getattr(self, name).strip()
        try:
            return _minutes(time.fromisoformat(typed)) if typed else None
        except ValueError:
            wrong.append(Place(name, "Give a time, such as 09:00, or nothing."))
            return None

    def _number(self, name: str, wrong: list[Place]) -> int | None:
        typed = getattr(self, name).strip()
        if typed.isdecimal() and len(typed) < 6:
            return int(typed)
        wrong.append(Place(name, "Give a whole number."))
        return None


def _typed(minute: int | None) -> str:
    at = _clock(minute)
    return "" if at is None else f"{at:%H:%M}"


def _person(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
