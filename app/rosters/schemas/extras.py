"""Extra work as JSON: what is proposed, what was given, and whose turn it is."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.preferences.service import ExtraOffer, ExtraOfferDetails
from app.rosters.schemas.editing import ReasonInput
from app.rosters.service import ExtraPlan, ExtraShift, why_words
from app.web.http.schema import Answer, Strict
from rostering.extras import Extra, Ground, Had
from rostering.problem import Problem


class ProposedExtra(Answer):
    """A proposed extra shift: `mended_minutes` of missing people are filled by it.

    `passed_over` are those who came first and could not lawfully work it, with the reason.
    """

    officer_id: UUID
    day: date
    code: str
    minutes: int
    ground: Ground
    mended_minutes: int
    why: str
    passed_over: tuple[PassedOver, ...]

    @classmethod
    def of(cls, extra: Extra, problem: Problem) -> ProposedExtra:
        """An extra shift of a plan."""
        return cls(
            officer_id=UUID(extra.officer),
            day=problem.date_of(extra.day),
            code=extra.shift,
            minutes=extra.minutes,
            ground=extra.ground,
            mended_minutes=extra.mended,
            why=why_words(extra),
            passed_over=tuple(
                PassedOver(officer_id=UUID(who), words=words) for who, words in extra.passed
            ),
        )


class PassedOver(Answer):
    """Somebody who came first and could not lawfully work an extra shift."""

    officer_id: UUID
    words: str


class GivenExtra(Answer):
    """An extra shift that a roster has; `why` names nobody else than its officer."""

    officer_id: UUID
    day: date
    code: str
    minutes: int
    ground: Ground
    why: str


class InTurn(Answer):
    """What an officer has had of one sort of extra work over the last year."""

    officer_id: UUID
    weekly_minutes: int
    minutes: int
    last: date | None

    @classmethod
    def of(cls, had: Had) -> InTurn:
        """A line of the ledger."""
        return cls(
            officer_id=UUID(had.officer),
            weekly_minutes=had.weekly_minutes,
            minutes=had.minutes,
            last=had.last,
        )


class ExtraPlanAnswer(Answer):
    """Extra shifts that would mend what is missing in a roster; nothing is given by asking.

    Those who welcome extra work stand first, then those whose turn it is. `order` is who would be
    mandated next.
    """

    roster_id: UUID
    version: int
    missing_minutes: int
    missing_minutes_after: int
    proposed: tuple[ProposedExtra, ...]
    given: tuple[GivenExtra, ...]
    order: tuple[InTurn, ...]

    @classmethod
    def of(cls, plan: ExtraPlan) -> ExtraPlanAnswer:
        """The plan of a roster."""
        roster, problem = plan.desk.roster, plan.desk.problem
        return cls(
            roster_id=roster.id,
            version=roster.version,
            missing_minutes=plan.missing_before,
            missing_minutes_after=plan.missing_after,
            proposed=tuple(ProposedExtra.of(each, problem) for each in plan.extras),
            given=tuple(map(GivenExtra.model_validate, plan.given)),
            order=tuple(map(InTurn.of, plan.order)),
        )


class ExtraLedger(Answer):
    """Extra work in published rosters over the last year, of everybody in service.

    In each list whoever has had the least for the contract stands first.
    """

    welcome: tuple[InTurn, ...]
    mandated: tuple[InTurn, ...]


class ExtraCell(Strict):
    """An officer and a day of a proposed extra shift."""

    officer_id: UUID
    day: date


class ExtraInput(ReasonInput):
    """Extra shifts to give, of those that are proposed now; a published roster needs a reason."""

    shifts: Annotated[tuple[ExtraCell, ...], Field(min_length=1, max_length=100)]


class GivenExtras(Answer):
    """Extra shifts that were given; they are undone as any edit of the roster."""

    version: int
    given: tuple[GivenExtra, ...]

    @classmethod
    def of(cls, version: int, new: tuple[ExtraShift, ...]) -> GivenExtras:
        """What was given, and the version of the roster with it."""
        return cls(version=version, given=tuple(map(GivenExtra.model_validate, new)))


# --- an officer's own ---------------------------------------------------------------------------


class OfferInput(Strict):
    """Extra work that is welcome: days, hours at most, and which; empty lists are any."""

    from_day: date
    until_day: date
    minutes: Annotated[int, Field(ge=60, le=60_000)]
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()
    kinds: Annotated[tuple[str, ...], Field(max_length=4)] = ()

    def details(self) -> ExtraOfferDetails:
        """What is welcome."""
        return ExtraOfferDetails(
            self.from_day,
            self.until_day,
            self.minutes,
            tuple(sorted(set(self.weekdays))),
            self.kinds,
        )


class OfferAnswer(Answer):
    """Extra work that you welcome."""

    id: UUID
    from_day: date
    until_day: date
    minutes: int
    weekdays: tuple[int, ...]
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, offer: ExtraOffer) -> OfferAnswer:
        """An offer as kept."""
        names = ("from_day", "until_day", "minutes", "weekdays", "kinds")
        return cls(id=offer.id, **{name: getattr(offer.details, name) for name in names})


class MyExtraWork(Answer):
    """What extra work you welcome and have had, and your place in the order of mandating.

    `place` is 0 without a contract in force; `people` stand in the order.
    """

    offers: tuple[OfferAnswer, ...]
    shifts: tuple[GivenExtra, ...]
    place: int
    people: int
