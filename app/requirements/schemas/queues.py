"""Terms of queues as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from app.requirements import service
from app.requirements.schemas.callers import (
    CallBack,
    CallBackGiven,
    GoalAt,
    GoalAtGiven,
    Pot,
    PotGiven,
    Redial,
    RedialGiven,
    Turn,
    TurnGiven,
)
from app.requirements.schemas.parts import Seconds, Share, ShrinkageGiven, ShrinkagePart
from app.web.http.schema import Answer, Strict
from forecasting.staffing.erlang import ServiceLevel
from forecasting.staffing.terms import MOST_LATE_CALL_POINTS, Clock, Medium


class TermsGiven(Strict):
    """What the room gives of a queue's terms.

    What is left out or null is forecast, measured or assumed.

    Attributes:
        aht_seconds: average handling time.
        patience_seconds: mean time a caller waits before hanging up, or `endless`.
        share: least share answered within `within_seconds`, by `definition`.
        most_abandonment: most abandoned of offered.
        most_occupancy: most time on calls of those on duty for them.
        skill: code of the skill that an officer must hold.
        shrinkage: paid time in which nobody answers, in parts.
        minimum: fewest people rostered at any time.
        late_call_points: what a call answered late or lost weighs in a roster, in points; a wish
            has up to 10.
        variation: coefficient of variation of handling times.
        aht_by_hour: false for the forecast or measured mean in all hours; that of each hour
            otherwise, where counts show that hours differ.
        goals_at: goals of some hours of the week.
        redial: callers who hang up and call again.
        turn: callers who hang up and call another queue.
        call_back: call-backs that are offered.
        pots: kinds of callers, the most urgent first.
        medium: chats yield to calls, and backlog to both.
        side_by_side: chats that one person holds at once.
        deadline_seconds: a piece of backlog is due this long after it came.
        transfer_seconds: what passes at the operator before the room's own clock starts.
        clock: the clock of `within_seconds`: the room's own, or the published one of 999.
        rate_variation: coefficient of variation of a day's level of calls around its forecast.
    """

    aht_seconds: Seconds | None = None
    patience_seconds: Seconds | Literal["endless"] | None = None
    share: Share | None = None
    within_seconds: Seconds | None = None
    definition: ServiceLevel | None = None
    most_abandonment: Share | None = None
    most_occupancy: Share | None = None
    skill: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    shrinkage: Annotated[list[ShrinkageGiven], Field(max_length=20)] | None = None
    minimum: Annotated[int | None, Field(ge=0, le=500)] = None
    late_call_points: Annotated[float | None, Field(ge=0, le=MOST_LATE_CALL_POINTS)] = None
    variation: Annotated[float | None, Field(gt=0, lt=10)] = None
    aht_by_hour: bool | None = None
    goals_at: Annotated[list[GoalAtGiven] | None, Field(max_length=20)] = None
    redial: RedialGiven | None = None
    turn: TurnGiven | None = None
    call_back: CallBackGiven | None = None
    pots: Annotated[list[PotGiven] | None, Field(max_length=20)] = None
    medium: Medium | None = None
    side_by_side: Annotated[int | None, Field(ge=1, le=20)] = None
    deadline_seconds: Annotated[float | None, Field(gt=0, le=2_592_000)] = None
    transfer_seconds: Seconds | None = None
    clock: Clock | None = None
    rate_variation: Share | None = None

    def given(self) -> dict[str, Any]:
        """What is given, without what is left out."""
        return self.model_dump(mode="json", exclude_none=True)


class TermsInForce(Answer):
    """A queue's terms as they are used; patience is null where nobody hangs up.

    `within_seconds` is on the clock that `clock` names, `own_within_seconds` on the room's own.
    """

    aht_seconds: float
    patience_seconds: float | None
    share: float
    within_seconds: float
    definition: ServiceLevel
    most_abandonment: float | None
    most_occupancy: float | None
    skill: str
    shrinkage: tuple[ShrinkagePart, ...]
    minimum: int
    late_call_points: float
    variation: float | None
    goals_at: tuple[GoalAt, ...]
    redial: Redial | None
    turn: Turn | None
    call_back: CallBack | None
    pots: tuple[Pot, ...]
    medium: Medium
    side_by_side: int
    deadline_seconds: float | None
    transfer_seconds: float
    clock: Clock
    own_within_seconds: float
    rate_variation: float


class MeasuredAht(Answer):
    """A handling time from a queue's own counts.

    `by_hour` is that of each hour of weekdays, then of weekends; null where hours do not differ.
    """

    aht_seconds: float
    calls: float
    first_day: date
    last_day: date
    by_hour: tuple[tuple[float, ...], ...] | None


class ForecastAht(Answer):
    """A handling time from the forecast of a queue's calls.

    `least` and `most` are those of any interval with calls; `variation` is the coefficient of
    variation of a day's level around the forecast.
    """

    aht_seconds: float
    least: float
    most: float
    variation: float


class TermsAnswer(Answer):
    """A queue's terms, and whether each was given, forecast, measured or assumed.

    A handling time that is not given is that of the forecast, where it says one.
    """

    queue_id: UUID
    queue: str
    version: int
    terms: TermsInForce
    origins: dict[str, service.Origin]
    measured: MeasuredAht | None
    forecast: ForecastAht | None
    is_aht_by_hour: bool


class TermsList(Answer):
    """The terms of every queue of a control room, by name."""

    queues: tuple[TermsAnswer, ...]
