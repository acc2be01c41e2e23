"""Requirements as JSON."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.jobs.service import State as JobState
from app.requirements import service
from app.requirements.schemas.queues import TermsAnswer
from app.requirements.schemas.room import RoomTermsAnswer
from app.web.http.schema import Answer, Strict, When
from forecasting.staffing.room import Asker


class WantedRequirement(Strict):
    """The forecast to work out a requirement from."""

    forecast_id: UUID


class HoursAnswer(Answer):
    """Person-hours that the roster must find.

    `at_desks` and the parts on shift make up what is `rostered`; that and the parts off shift make
    up what is `paid`.
    """

    at_desks: float
    on_shift: dict[str, float]
    rostered: float
    off_shift: dict[str, float]
    paid: float


class RequirementAnswer(Answer):
    """People needed per set of queues and interval; what was assumed stands in `notes`.

    `room` is null and `weeks` empty where it was worked out before rooms could ask anything.
    `purpose` tells what it was worked out for where that is not the forecast by the terms in force:
    it is then used for rosters that name it alone. `adjustments` are ids of what people had laid
    over the forecast.
    """

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
    room: RoomTermsAnswer | None
    weeks: tuple[HoursAnswer, ...]
    hours: HoursAnswer
    purpose: str | None
    adjustments: tuple[UUID, ...]


class RequirementList(Answer):
    """Requirements of a control room, newest first."""

    requirements: tuple[RequirementAnswer, ...]


class RepairAnswer(Answer):
    """A requirement that is tested by simulation.

    `result_id` is the requirement with the people added, there once the job is done; its first note
    tells what the simulation found.
    """

    requirement_id: UUID
    job_id: UUID
    job_state: JobState
    result_id: UUID

    @classmethod
    def of(cls, repair: service.Repair, state: JobState) -> RepairAnswer:
        """A test and the state of its job."""
        return cls(
            requirement_id=repair.requirement_id,
            job_id=repair.job_id,
            job_state=state,
            result_id=repair.result_id,
        )


class SetNeed(Answer):
    """People to roster who hold any of these skills, a number for each interval.

    `asker` is `queues` for a set of queues, alone or with the posts of their skills; `posts` for
    posts whose skill serves no queue; `minimum` for least staffing.
    """

    asker: Asker
    queues: tuple[str, ...]
    skills: tuple[str, ...]
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
                SetNeed(
                    asker=row.asker,
                    queues=row.names,
                    skills=tuple(sorted(row.skills)),
                    required=row.people.tolist(),
                )
                for row in need.rows
            ),
        )
