"""The Demonstration constabulary: an invented control room of 120 people, as of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from app.demand.service import Counts, EventDetails
from app.demo.calls import INTERVAL, FloatArray, MadeCalls, make_calls
from app.demo.people import PLACES, make_people
from app.demo.plan import Plan
from forecasting.events import Event, NthWeekday, Stated

ZONE = "Europe/London"

TEAMS, YEARS = 5, 2

NOTICE = (
    "Synthetic data: every call, person, shift and wish here is invented. "
    "Rest rules and staffing terms are assumed defaults, not advice."
)

COUNTY_SHOW = EventDetails(
    "festival", Event("County show", NthWeekday(7, 5, 2), 10 * 60, 12 * 60, Stated(15))
)
"""As invented as the rest: the second Saturday of July, with the manager's word for its effect."""

MISREAD, MISREAD_HOURS, HOLD_BACK = (9, 30, 51), 3, 0.35
"""Days ago on which telephony first told too little, for how long, and how much it left out."""

WEEKS_BACK, WEEKS, NEXT_WEEKS = 1, 7, 4
"""The roster in force began last week and runs for six more, so that officers can be told of the
next period a month before it begins."""

SECONDS, NEXT_SECONDS = 25, 60


def constabulary(now: datetime) -> Plan:
    """What the room is made of at an instant."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    monday = today - timedelta(days=today.weekday())
    return Plan(
        force="Demonstration constabulary",
        room="Demonstration control room",
        notice=NOTICE,
        zone=ZONE,
        holidays="GB-ENG",
        as_of=None,
        people=tuple(make_people(TEAMS, PLACES, today)),
        skills={"999": "999 call taking", "101": "101 call taking", "dispatch": "Dispatch"},
        batches=batches(made_until(now), now),
        given={
            "101": {"share": 0.9, "within_seconds": 60},
            "dispatch": {"share": 0.9, "within_seconds": 30, "patience_seconds": "endless"},
        },
        first_day=monday - timedelta(weeks=WEEKS_BACK),
        days=7 * WEEKS,
        next_days=7 * NEXT_WEEKS,
        seconds=SECONDS,
        next_seconds=NEXT_SECONDS,
        sign_in="",
        events=(COUNTY_SHOW,),
    )


def made_until(now: datetime) -> MadeCalls:
    """Two years of calls until an instant, bank holidays of England in them."""
    import holidays  # noqa: PLC0415 - some tenths of a second, for the demonstration alone

    today = now.astimezone(ZoneInfo(ZONE)).date()
    first = date(today.year - YEARS, today.month, min(today.day, 28))
    years = range(first.year, today.year + 1)
    days = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))
    return make_calls(first, now, ZONE, days)


def batches(made: MadeCalls, now: datetime) -> tuple[Counts, ...]:
    """The counts as they came: first with some hours too low, then those hours corrected."""
    low = np.zeros(len(made.starts), dtype=np.bool_)
    for ago in MISREAD:
        begin = int((now - timedelta(days=ago)).astimezone(UTC).timestamp()) // 60
        low |= (made.starts >= begin) & (made.starts < begin + 60 * MISREAD_HOURS)
    kept = np.where(low, 1 - HOLD_BACK, 1.0)
    return counts(made, made.seen, kept), counts(made, low & made.seen, np.ones(len(low)))


def counts(made: MadeCalls, rows: npt.NDArray[np.bool_], share: FloatArray) -> Counts:
    """Some intervals of every queue, with so large a share of what was offered and answered."""
    queues = tuple(made.offered)

    def column(by_queue: Mapping[str, npt.NDArray[Any]]) -> FloatArray:
        return np.concatenate([np.round(by_queue[queue] * share)[rows] for queue in queues])

    offered, answered = column(made.offered), column(made.answered)
    return Counts(
        queues=queues,
        queue=np.repeat(np.arange(len(queues)), int(rows.sum())),
        start=np.tile(made.starts[rows], len(queues)),
        offered=offered,
        answered=answered,
        abandoned=offered - answered,
        handled_seconds=column(made.handled_seconds),
        answered_in_time=column(made.answered_in_time),
        interval_minutes=INTERVAL,
    )
