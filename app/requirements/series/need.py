"""Requirements: worked out, packed, and read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.forecasts.service import ForecastValues
from app.requirements.series.terms import aht_at
from app.requirements.store import KeptRow
from app.requirements.values import Need, Otherwise, Requirement, RoomAsks, Terms
from forecasting.calendar import Calendar
from forecasting.staffing import requirement as engine
from forecasting.staffing.poisson import Floats
from forecasting.staffing.room import RoomRequirement, Row, csv_rows, room_requirement
from forecasting.staffing.terms import QueueTerms
from forecasting.staffing.worth import Calls


@dataclass(frozen=True, eq=False, slots=True)
class Asking:
    """Who calls, and by which terms: what people for queues are worked out from.

    Attributes:
        calls: mean calls of each interval by queue.
        aht: handling seconds of each interval, of the queues whose terms have them by the hour.
        need: the people that the queues ask, whatever the room has of seats.
    """

    calls: dict[str, Floats]
    aht: dict[str, Floats]
    need: engine.Requirement


def asking(values: ForecastValues, terms: Iterable[Terms], reserve: int, zone: str) -> Asking:
    """What queues ask for the calls that a forecast expects.

    Raises:
        forecasting.errors.InputError: when more queues share staff than can be worked out.
    """
    calls = {queue: said.mean for queue, said in values.by_queue.items()}
    there = [each for each in terms if each.queue in calls]
    at = Calendar(zone).local(values.starts[0], values.interval_minutes, len(values.starts))
    times = {each.queue: aht_at(each, at, values.aht(each.queue)) for each in there}
    aht = {queue: found for queue, found in times.items() if found is not None}
    said = [each.used for each in there]
    return asking_for(values.starts, values.interval_minutes, calls, aht, said, reserve, zone)


def asking_for(
    starts: npt.NDArray[np.datetime64],
    interval_minutes: int,
    calls: dict[str, Floats],
    aht: dict[str, Floats],
    terms: Sequence[QueueTerms],
    reserve: int,
    zone: str,
) -> Asking:
    """What queues ask for these calls; arguments as for `forecasting.staffing.requirement`.

    Raises:
        forecasting.errors.InputError: when more queues share staff than can be worked out.
    """
    need = engine.requirement(
        starts, interval_minutes, calls, terms, aht=aht, zone=zone, reserve=reserve
    )
    return Asking(calls, aht, need)


def worked_out_for(asked: Requirement, otherwise: Otherwise, room: RoomAsks) -> RoomRequirement:
    """People to roster on the days of a requirement where things are otherwise.

    Raises:
        forecasting.errors.InputError: when that cannot be worked out.
    """
    first, step = np.datetime64(asked.start.replace(tzinfo=None), "m"), asked.interval_minutes
    starts = first + np.timedelta64(step, "m") * np.arange(asked.intervals)
    queues = asking_for(
        starts,
        step,
        dict(otherwise.calls),
        dict(otherwise.aht),
        otherwise.terms,
        otherwise.reserve,
        asked.zone,
    )
    return room_requirement(queues.need, room.terms, asked.zone)


def worked_out(
    values: ForecastValues, terms: Iterable[Terms], room: RoomAsks, zone: str
) -> RoomRequirement:
    """People to roster for the calls that a forecast expects, and for what else a room asks.

    Raises:
        forecasting.errors.InputError: when more queues share staff than can be worked out.
    """
    queues = asking(values, terms, room.terms.reserve, zone)
    return room_requirement(queues.need, room.terms, zone)


def pack(found: RoomRequirement) -> tuple[KeptRow, ...]:
    """What is asked, as it is kept."""
    return tuple(
        KeptRow(row.names, row.people.astype("<i4").tobytes(), row.asker, tuple(sorted(row.skills)))
        for row in found.rows
    )


def pack_loads(found: RoomRequirement) -> dict[str, bytes]:
    """Offered load by queue, as it is kept."""
    return {queue: load.astype("<f4").tobytes() for queue, load in found.queues.load.items()}


def need_of(requirement: Requirement, kept: Iterable[KeptRow], loads: Mapping[str, bytes]) -> Need:
    """What a requirement asks, as arrays; without loads it says nothing of calls."""
    erlangs = {queue: np.frombuffer(load, "<f4").astype(float) for queue, load in loads.items()}
    terms = tuple(each.used for each in requirement.terms)
    reserve = requirement.room.terms.reserve if requirement.room else 1
    skills = {each.queue: each.terms.skill for each in requirement.terms}
    return Need(
        start=requirement.start,
        interval_minutes=requirement.interval_minutes,
        zone=requirement.zone,
        rows=tuple(
            Row(
                asker=row.asker or "queues",
                names=row.names,
                skills=frozenset(row.skills or (skills[queue] for queue in row.names)),
                people=np.frombuffer(row.people, "<i4").astype(np.int64),
            )
            for row in kept
        ),
        skills=skills,
        calls=Calls(requirement.interval_minutes, terms, erlangs, reserve) if erlangs else None,
    )


def csv_text(need: Need) -> str:
    """What a requirement asks, as the file that a plan writes."""
    first = np.datetime64(need.start.replace(tzinfo=None), "s")
    intervals = need.rows[0].people.size
    starts = first + np.arange(intervals) * np.timedelta64(60 * need.interval_minutes, "s")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(engine.HEADER)
    writer.writerows(csv_rows(starts, need.rows))
    return out.getvalue()
