"""Where people are missing from a roster, and what binds, as JSON."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from app.jobs.service import Job, State
from app.rosters.service import Shortages, WhyShort
from app.web.http.schema import Answer, When
from app.web.views.shortfall import Stretch
from rostering.files import instant_text
from rostering.problem import Problem
from rostering.resources import Resource


class KeptAnswer(Answer):
    """People kept from a stretch by the same thing; null for who could come, every rule kept."""

    resource: Resource | None
    officers: tuple[UUID, ...]


class ShortageAnswer(Answer):
    """A stretch in which people are missing, and why.

    `skills` are those of the set of queues that misses most at `worst_at`: whoever holds one of
    them counts. `binds` is null where somebody could come with every rule kept.
    """

    start: str
    end: str
    most_missing: int
    least_missing: int
    person_hours: float
    queues: tuple[str, ...]
    skills: tuple[str, ...]
    worst_at: str
    needed: int
    on_duty: int
    holders: int
    kept: tuple[KeptAnswer, ...]
    binds: Resource | None
    words: str
    remedy: str

    @classmethod
    def of(cls, stretch: Stretch, why: WhyShort, problem: Problem) -> Self:
        """One stretch."""
        found = why.found
        return cls(
            start=instant_text(stretch.start),
            end=instant_text(stretch.end),
            most_missing=stretch.worst,
            least_missing=stretch.least,
            person_hours=stretch.hours,
            queues=found.cover.queues,
            skills=tuple(sorted(found.cover.skills)),
            worst_at=instant_text(found.worst),
            needed=found.needed,
            on_duty=found.on_duty,
            holders=found.holders,
            kept=tuple(
                KeptAnswer(
                    resource=each.resource,
                    officers=tuple(UUID(problem.officers[row].id) for row in each.officers),
                )
                for each in found.kept
            ),
            binds=found.binds,
            words=why.words,
            remedy=why.remedy,
        )


class CauseAnswer(Answer):
    """What people are missing for in the room; several resources where only all together help."""

    resources: tuple[Resource, ...]
    minutes: int


class MoreHoursAnswer(Answer):
    """What so many more hours a week of people with a skill would bring."""

    skill: str
    weekly_minutes: int
    minutes: int


class RoomShortageAnswer(Answer):
    """What binds in the room: person-minutes that any lawful roster misses, and for what."""

    forced_minutes: int
    causes: tuple[CauseAnswer, ...]
    skills_of_nobody: tuple[str, ...]
    more_hours: tuple[MoreHoursAnswer, ...]
    is_whole: bool


class ShortagesAnswer(Answer):
    """Where people are missing, the hardest stretches first.

    `room` is null, and `words` are none, before a job has worked out what binds in the room.
    """

    missing_minutes: int
    room: RoomShortageAnswer | None
    words: tuple[str, ...]
    shortages: tuple[ShortageAnswer, ...]
    others: int

    @classmethod
    def of(cls, found: Shortages) -> Self:
        """All of it."""
        room = found.room
        return cls(
            missing_minutes=found.missing_minutes,
            room=None
            if room is None
            else RoomShortageAnswer(
                forced_minutes=room.forced,
                causes=tuple(
                    CauseAnswer(resources=each.resources, minutes=each.minutes)
                    for each in room.causes
                ),
                skills_of_nobody=room.unheld,
                more_hours=tuple(
                    MoreHoursAnswer(
                        skill=each.skill,
                        weekly_minutes=each.weekly_minutes,
                        minutes=each.minutes,
                    )
                    for each in room.more_hours
                ),
                is_whole=room.is_whole,
            ),
            words=found.words,
            shortages=tuple(
                ShortageAnswer.of(stretch, why, found.laid.problem)
                for stretch, why in found.stretches
            ),
            others=found.others,
        )


class ExplainingAnswer(Answer):
    """The job that works out what binds in the room."""

    job_id: UUID
    state: State
    asked_at: When

    @classmethod
    def of(cls, job: Job) -> Self:
        """A job."""
        return cls(job_id=job.id, state=job.state, asked_at=job.asked_at)
