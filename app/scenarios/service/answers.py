"""What is said of scenarios that are answered: one by itself, and two beside each other."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

import numpy as np

from app.db.transaction import Reading
from app.errors import Conflict
from app.scenarios import series, store
from app.scenarios.series import Difference, Measure
from app.scenarios.service.asking import basis, scenario
from app.scenarios.values import Basis, Figure, Result, Scenario
from forecasting.calendar import Calendar


@dataclass(frozen=True, eq=False)
class Answered:
    """A scenario that is answered.

    Attributes:
        scenario: what was asked.
        basis: what was simulated: changes made, people that a goal asked for added.
        result: what came of it.
    """

    scenario: Scenario
    basis: Basis
    result: Result

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """What is said of all days together, by key, the most urgent queue first."""
        return {each.key: each for each in series.measures(self.result, self.basis)}

    def measures_of(self, day: date) -> dict[str, Measure]:
        """What is said of one local day, by key."""
        found = series.measures(self.result, self.basis, self.hours_of(day))
        return {each.key: each for each in found}

    def hours_of(self, day: date) -> slice:
        """The hours of a local day, which are 23, 24 or 25."""
        calendar, first = Calendar(self.basis.zone), self.basis.first
        ends = (calendar.midnight(each) for each in (day, day + timedelta(days=1)))
        begin, end = (int((each - first) // np.timedelta64(60, "m")) for each in ends)
        return slice(max(begin, 0), min(end, self.result.hours))

    @cached_property
    def missing_hours(self) -> float:
        """Person-hours that the need asks for and nobody works."""
        return float(series.missing(self.basis).sum()) * self.basis.interval_minutes / 60

    @cached_property
    def rostered_hours(self) -> float:
        """Person-hours on duty."""
        there = sum(int(crew.on_duty.sum()) for crew in self.basis.crews)
        return there * self.basis.interval_minutes / 60


@dataclass(frozen=True, eq=False)
class Compared:
    """Two scenarios of the same days beside each other.

    Attributes:
        a, b: the scenarios.
        differences: B − A by key of what both measure, the most urgent queue first.
    """

    a: Answered
    b: Answered
    differences: dict[str, Difference]


def answered(reading: Reading, room_id: UUID, scenario_id: UUID) -> Answered:
    """A scenario with what came of it.

    Raises:
        NotFound: when there is no such scenario in the room.
        Conflict: when it is not answered yet.
    """
    found = scenario(reading, room_id, scenario_id)
    kept = store.result(reading, room_id, scenario_id)
    if kept is None:
        raise Conflict("This scenario is not answered yet: follow its job.")
    result = series.unpack(kept)
    room = series.changed(basis(reading, found), found.changes)
    if result.sought is not None:
        room = series.with_more(room, result.sought.serves, result.sought.added)
    return Answered(found, room, result)


def compared(reading: Reading, room_id: UUID, a: UUID, b: UUID) -> Compared:
    """Two scenarios beside each other, runs with the same callers paired.

    Raises:
        NotFound: when one of them is not of the room.
        Conflict: when one is not answered yet, or they have other days, runs or callers.
    """
    return paired(answered(reading, room_id, a), answered(reading, room_id, b))


def paired(a: Answered, b: Answered) -> Compared:
    """Two answered scenarios beside each other; errors as for `compared`."""
    one, two = a.scenario, b.scenario
    if (one.first_day, one.days) != (two.first_day, two.days):
        raise Conflict("They are of other days: only scenarios of the same days can be compared.")
    if (one.runs, one.seed) != (two.runs, two.seed):
        raise Conflict("They have other runs or callers: ask for one against the other.")
    return Compared(a, b, differences(a.measures, b.measures))


def differences(a: dict[str, Measure], b: dict[str, Measure]) -> dict[str, Difference]:
    """B − A of every measure that both have, by key in the order of A."""
    return {key: series.difference(a[key], b[key]) for key in a if key in b}


def hourly(found: Answered, queue: int) -> tuple[Figure, ...]:
    """The share of a queue answered in time, hour by hour; `queue` is its place."""
    result = found.result
    shares = series.ratio(result.in_time[:, :, queue], result.offered[:, :, queue])
    return tuple(series.figure(values) for values in shares.T)


HEADER = ("interval_start", "queue", "calls", "in_time", "in_time_half_width", "on_duty")


def csv_text(found: Answered) -> str:
    """A row per interval and queue, with `HEADER`; times in UTC, shares empty where nobody calls.

    `calls` are those expected, `in_time` is the share answered in time, `on_duty` counts the people
    who serve the queue.
    """
    room = found.basis
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    duty = [series.on_duty(room, (queue,)) for queue in room.queues]
    for place in range(room.intervals):
        instant = room.first + np.timedelta64(place * room.interval_minutes, "m")
        for at, queue in enumerate(room.queues):
            share, half = found.result.quarters[place, at]
            said = ("", "") if np.isnan(share) else (f"{share:.4f}", f"{half:.4f}")
            calls = f"{room.calls[queue][place]:.6g}"
            writer.writerow((f"{instant}:00Z", queue, calls, *said, int(duty[at][place])))
    return out.getvalue()
