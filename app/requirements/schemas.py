"""Terms of queues and requirements as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from app.requirements import service
from app.web.http.schema import Answer, Strict, When
from forecasting.staffing.erlang import ServiceLevel

Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]


class ShrinkageGiven(Strict):
    """A reason why paid time does not answer calls; `in_shift` when it falls on rostered time."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    share: Share
    in_shift: bool


class TermsGiven(Strict):
    """What the room gives of a queue's terms; what is left out or null is measured or assumed.

    Attributes:
        aht_seconds: average handling time.
        patience_seconds: mean time a caller waits before hanging up, or `endless`.
        share: least share answered within `within_seconds`, by `definition`.
        most_abandonment: most abandoned of offered.
        most_occupancy: most time on calls of those on duty for them.
        skill: code of the skill that an officer must hold.
        shrinkage: paid time in which nobody answers, in parts.
        minimum: fewest people rostered at any time.
        variation: coefficient of variation of handling times.
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
    variation: Annotated[float | None, Field(gt=0, lt=10)] = None

    def given(self) -> dict[str, Any]:
        """What is given, without what is left out."""
        return self.model_dump(mode="json", exclude_none=True)


class ShrinkagePart(Answer):
    """A reason why paid time does not answer calls; `in_shift` when it falls on rostered time."""

    name: str
    share: float
    in_shift: bool


class TermsInForce(Answer):
    """A queue's terms as they are used; patience is null where nobody hangs up."""

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
    variation: float | None


class MeasuredAht(Answer):
    """A handling time from a queue's own counts."""

    aht_seconds: float
    calls: float
    first_day: date
    last_day: date


class TermsAnswer(Answer):
    """A queue's terms, and whether each was given, measured or assumed."""

    queue_id: UUID
    queue: str
    version: int
    terms: TermsInForce
    origins: dict[str, service.Origin]
    measured: MeasuredAht | None


class TermsList(Answer):
    """The terms of every queue of a control room, by name."""

    queues: tuple[TermsAnswer, ...]


class WantedRequirement(Strict):
    """The forecast to work out a requirement from."""

    forecast_id: UUID


class RequirementAnswer(Answer):
    """People needed per set of queues and interval; what was assumed stands in `notes`."""

    id: UUID
    room_id: UUID
    forecast_id: UUID
    made_by: UUID
    made_at: When
    first_day: date
    last_day: date
    days: int
    zone: str
    start: When
    interval_minutes: int
    intervals: int
    terms: tuple[TermsAnswer, ...]
    notes: tuple[str, ...]


class RequirementList(Answer):
    """Requirements of a control room, newest first."""

    requirements: tuple[RequirementAnswer, ...]


class SetNeed(Answer):
    """People to roster who can serve any of these queues, a number for each interval."""

    queues: tuple[str, ...]
    required: list[int]


class NeedAnswer(Answer):
    """What a requirement asks: intervals follow one another from `start` on."""

    start: When
    interval_minutes: int
    zone: str
    skills: dict[str, str]
    sets: tuple[SetNeed, ...]

    @classmethod
    def of(cls, need: service.Need) -> NeedAnswer:
        """What a requirement asks."""
        return cls(
            start=need.start,
            interval_minutes=need.interval_minutes,
            zone=need.zone,
            skills=dict(need.skills),
            sets=tuple(
                SetNeed(queues=group, required=people.tolist())
                for group, people in need.by_set.items()
            ),
        )
