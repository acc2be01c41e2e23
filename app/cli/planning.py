"""From a forecast, a requirement and a staff file to the problem that the solver is given."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence, Set

import numpy as np

from app.cli.made_up import LABEL
from app.cli.officers import officers_of
from app.cli.queues import Queue
from app.cli.staff import Staff
from app.requirements.service import Asking, asking_for, hours_words, seat_notes
from forecasting.calendar import Calendar
from forecasting.events import Event
from forecasting.forecast import Forecast, forecast
from forecasting.series import History
from forecasting.staffing.hours import Hours, weekly_hours
from forecasting.staffing.posts import RoomTerms
from forecasting.staffing.room import LEAST, RoomRequirement, joined
from forecasting.staffing.rows import LateCalls, RowPrices, late_with
from forecasting.staffing.worth import Calls, shortage_prices
from rostering.assumed import shortage_points, since_first_shift
from rostering.errors import InputError
from rostering.nearest import first_told
from rostering.problem import Cover, Officer, Problem, Roster, Shift
from rostering.rules.base import Rule
from rostering.rules.cover import on_duty
from rostering.words import time_words


def frame_of(
    first_day: dt.date, weeks: int, zone: str, shifts: tuple[Shift, ...], rules: tuple[Rule, ...]
) -> Problem:
    """The rota period with its shifts and rules, without officers and needs."""
    name = f"{first_day.day} {first_day:%B %Y}, {weeks} {'week' if weeks == 1 else 'weeks'}"
    return Problem(name, first_day, 7 * weeks, zone, shifts, (), rules)


def first_interval(frame: Problem, counts: History) -> np.datetime64:
    """The first interval of the counts' grid from the local midnight of the first day on."""
    midnight = np.datetime64(frame.instant(0, 0), "m")
    step = np.timedelta64(counts.interval_minutes, "m")
    return midnight + (counts.start - midnight) % step


def calls_of(
    counts: History, frame: Problem, holidays: str | None, events: tuple[Event, ...]
) -> Forecast:
    """The calls of the rota period, to its last local midnight whatever the clocks do in it.

    Raises:
        InputError: when the counts cannot be forecast.
    """
    start, end = first_interval(frame, counts), np.datetime64(int(frame.midnights[-1]), "m")
    days = -int((start - end) // np.timedelta64(1, "D"))
    return forecast(counts, start, days, frame.zone, holidays, events=events).until(end)


def asking_of(said: Forecast, queues: Sequence[Queue], room: RoomTerms, zone: str) -> Asking:
    """What queues ask for the calls that a forecast expects."""
    calls = {queue: distribution.mean for queue, distribution in said.by_queue.items()}
    at = Calendar(zone).local(said.start, said.interval_minutes, len(said.times))
    times = {each.terms.queue: each.aht_at(at) for each in queues}
    aht = {queue: found for queue, found in times.items() if found is not None}
    terms = [queue.terms for queue in queues]
    return asking_for(said.times, said.interval_minutes, calls, aht, terms, room.reserve, zone)


def workload(need: RoomRequirement) -> dict[str, float]:
    """Person-hours by skill, from the need of each queue alone and of posts of other skills."""
    queues = need.queues
    hours = dict.fromkeys((terms.skill for terms in queues.terms), 0.0)
    asked = [(terms.skill, queues.people[terms.queue,]) for terms in queues.terms]
    asked += [(min(row.skills), row.people) for row in need.rows if row.asker == "posts"]
    for skill, people in asked:
        hours[skill] = hours.get(skill, 0.0) + float(people.sum()) * queues.interval_minutes / 60
    return hours


def covers_of(need: RoomRequirement, officers: Sequence[Officer]) -> tuple[Cover, ...]:
    """What is asked of each set of queues, of posts and as minimums, as cover.

    People missing from queues cost what their callers feel, others what is assumed.
    """
    queues, assumed = need.queues, shortage_points(need.queues.interval_minutes)
    priced = shortage_prices(calls_at_stake(need), queues.people, assumed)
    prices = RowPrices(
        need.rows, {each.queue: each.skill for each in queues.terms}, priced, assumed
    )
    start = int(queues.starts[0].astype("datetime64[m]").astype(np.int64))
    return tuple(
        Cover(
            queues=row.names,
            skills=row.skills,
            start=start,
            interval_minutes=queues.interval_minutes,
            required=row.people.astype(np.int32),
            shortage_points=prices.of(row),
            role=min(row.skills) if row.asker in LEAST else "",
        )
        for row in joined(need.rows, {officer.skills for officer in officers})
    )


def calls_at_stake(need: RoomRequirement) -> Calls:
    """The calls that the people of a requirement are there for."""
    queues = need.queues
    return Calls(queues.interval_minutes, queues.terms, queues.load, need.terms.reserve)


def late_calls(problem: Problem, roster: Roster, need: RoomRequirement) -> LateCalls:
    """Calls expected late or lost with the people of a roster, from its first interval on."""
    rows = joined(need.rows, {officer.skills for officer in problem.officers})
    there = {
        cover.queues: on_duty(problem, roster, cover).astype(np.int64) for cover in problem.cover
    }
    intervals = len(next(iter(there.values())))
    return late_with(calls_at_stake(need), rows, there, slice(-intervals, None))


def crewed(frame: Problem, staff: Staff, path: str) -> Problem:
    """The rota period with its officers, before anything is asked of them.

    Args:
        frame: period, zone, shifts and rules.
        staff: who there is.
        path: the staff file, to name in an error.

    Raises:
        InputError: when an officer speaks of a shift, kind or rule that is not there.
    """
    return dataclasses.replace(frame, officers=officers_of(staff, frame, path))


def problem_of(crew: Problem, need: RoomRequirement) -> Problem:
    """The problem to solve: what a requirement asks of the officers of a period."""
    covers = since_first_shift(covers_of(need, crew.officers), crew, crew.officers)
    return dataclasses.replace(crew, cover=covers)


def impossible_notes(crew: Problem, seconds: float, path: str) -> tuple[str, ...]:
    """Whose line cannot be lawful because of what is fixed or away, a sentence each.

    The nearest roster is searched for all the same.

    Args:
        crew: the rota period with its officers.
        seconds: for looking.
        path: the staff file.

    Raises:
        InputError: when contracted hours alone cannot be lawful, with the first such officer.
    """
    from rostering.diagnose import impossible_lines  # noqa: PLC0415  (loads the solver)

    sentences = impossible_lines(crew, seconds)
    if not sentences:
        return ()
    free = [dataclasses.replace(each, days={}, unavailable=()) for each in crew.officers]
    contracts = impossible_lines(dataclasses.replace(crew, officers=tuple(free)), seconds)
    if contracts:
        more = f" {len(contracts) - 1} more officers are like this." if contracts[1:] else ""
        raise InputError(f"{contracts[0]}{more}", path)
    return tuple(first_told(sentences, "officer like this", "officers like this"))


def staff_assumptions(staff: Staff, problem: Problem) -> Iterator[str]:
    """What was assumed of shifts and hours, a sentence each."""
    if staff.shifts is None:
        yield (
            f"{len(problem.shifts)} shift templates of 8 and 10 hours, starts spread over "
            "the day, since the staff file gives none."
        )
    room = max(shift.minutes for shift in problem.shifts) / 120
    yield (
        f"contracted hours may be missed by {room:g} h either way over the period, half "
        "of the longest shift; a whole day away counts as a seventh of the week's hours."
    )


def notes_on(problem: Problem, need: RoomRequirement, *, made_up: bool) -> Iterator[str]:
    """What else to know of a problem, a sentence each."""
    if made_up:
        yield LABEL
    yield from skill_notes({skill for row in need.rows for skill in row.skills}, problem.officers)
    yield from seat_notes(need, problem.zone)
    yield hours_words(sum(weekly_hours(need, problem.zone), Hours()))
    start = problem.cover[0].start
    if start > int(need.queues.starts[0].astype("datetime64[m]").astype(np.int64)):
        yield (
            f"Nothing is asked of this roster before {time_words(problem, start)} on the first "
            "day: the shifts of the day before are on duty then, and they are not known."
        )


def skill_notes(wanted: Set[str], officers: Sequence[Officer]) -> tuple[str, ...]:
    """Where skills that are asked for and officers do not meet, a sentence each."""
    held = {skill for officer in officers for skill in officer.skills}
    notes = [f"Nobody holds the skill {skill}." for skill in sorted(wanted - held)]
    idle = [officer.name for officer in officers if not officer.skills & wanted]
    if idle:
        more = f" and {len(idle) - 3} more" if len(idle) > 3 else ""
        notes.append(f"No queue asks for a skill of {', '.join(idle[:3])}{more}.")
    return tuple(notes)
