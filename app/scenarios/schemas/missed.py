"""What the door of missed days gives."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.scenarios.service import Missed, Sums
from app.web.http.schema import Answer


class MissCausesAnswer(Answer):
    """Calls late or lost that each cause added, on average over all orders; below zero: saved."""

    more_calls: float
    longer_handling: float
    fewer_people: float
    planned_short: float


class MissAnswer(Answer):
    """Calls late or lost of a queue over some intervals, and why.

    A call is late or lost when it was not answered in time: offered less answered in time, the
    service level `answered_in_time_of_offered`. `expected_by_plan`, the causes and `unexplained`
    add up to `late_or_lost`; both of the latter are null where it was not measured. Hours are
    person-hours on the phones, shrinkage taken off.
    """

    late_or_lost: float | None
    expected_by_plan: float
    causes: MissCausesAnswer
    unexplained: float | None
    answered_in_time_of_offered: float | None
    calls: float
    forecast: float
    aht_seconds: float
    planned_aht_seconds: float
    required_hours: float
    rostered_hours: float
    worked_hours: float

    @classmethod
    def of(cls, sums: Sums) -> MissAnswer:
        """The sums as an answer."""
        return cls(**_said(sums))


class MissHourAnswer(MissAnswer):
    """The same of one local hour of a day."""

    day: date
    hour: int


class QueueMissAnswer(Answer):
    """A queue: all of its days, and each local hour of them that was counted."""

    queue: str
    within_seconds: float
    goal_share: float
    total: MissAnswer
    hours: tuple[MissHourAnswer, ...]


class MissedAnswer(Answer):
    """Why past days were missed, the most urgent queue first; `notes` say what was missing."""

    first_day: date
    days: int
    queues: tuple[QueueMissAnswer, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, missed: Missed) -> MissedAnswer:
        """What was found, as an answer."""
        return cls(
            first_day=missed.first_day,
            days=missed.days,
            queues=tuple(
                QueueMissAnswer(
                    queue=each.queue,
                    within_seconds=each.terms.within_seconds,
                    goal_share=each.terms.share,
                    total=MissAnswer.of(each.everything),
                    hours=tuple(
                        MissHourAnswer(day=day, hour=hour, **_said(sums))
                        for day, hour, sums in each.hours(missed.first_day)
                    ),
                )
                for each in missed.queues
                if each.day.size
            ),
            notes=missed.notes,
        )


def _said(sums: Sums) -> dict[str, Any]:
    return {
        "late_or_lost": sums.late,
        "expected_by_plan": sums.accepted,
        "causes": MissCausesAnswer(**{str(each): calls for each, calls in sums.causes.items()}),
        "unexplained": sums.unexplained,
        "answered_in_time_of_offered": sums.in_time,
        "calls": sums.calls,
        "forecast": sums.forecast,
        "aht_seconds": sums.aht,
        "planned_aht_seconds": sums.planned_aht,
        "required_hours": sums.required_hours,
        "rostered_hours": sums.rostered_hours,
        "worked_hours": sums.worked_hours,
    }
