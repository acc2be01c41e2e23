"""From a forecast, a requirement and a staff file to the problem that the solver is given."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from app.cli.made_up import LABEL
from app.cli.officers import officers_of
from app.cli.staff import Staff
from forecasting.forecast import Forecast, forecast
from forecasting.series import History
from forecasting.staffing.requirement import Requirement, requirement
from forecasting.staffing.terms import QueueTerms
from forecasting.staffing.worth import Calls, shortage_prices
from rostering.assumed import shortage_points, since_first_shift
from rostering.errors import InputError
from rostering.problem import Cover, Officer, Problem, Shift
from rostering.rulebooks import load_rulebook
from rostering.words import time_words

RULEBOOK = "default"


def frame_of(first_day: dt.date, weeks: int, zone: str, shifts: tuple[Shift, ...]) -> Problem:
    """The rota period with its shifts and rules, without officers and needs."""
    name = f"{first_day.day} {first_day:%B %Y}, {weeks} {'week' if weeks == 1 else 'weeks'}"
    return Problem(name, first_day, 7 * weeks, zone, shifts, (), load_rulebook(RULEBOOK))


def first_interval(frame: Problem, counts: History) -> np.datetime64:
    """The first interval of the counts' grid from the local midnight of the first day on."""
    midnight = np.datetime64(frame.instant(0, 0), "m")
    step = np.timedelta64(counts.interval_minutes, "m")
    return midnight + (counts.start - midnight) % step


def calls_of(counts: History, frame: Problem, holidays: str | None) -> Forecast:
    """The calls of the rota period, to its last local midnight whatever the clocks do in it.

    Raises:
        InputError: when the counts cannot be forecast.
    """
    start, end = first_interval(frame, counts), np.datetime64(int(frame.midnights[-1]), "m")
    days = -int((start - end) // np.timedelta64(1, "D"))
    return forecast(counts, start, days, frame.zone, holidays).until(end)


def need_of(said: Forecast, terms: Sequence[QueueTerms], zone: str) -> Requirement:
    """People to roster for the calls that a forecast expects, goals of hours being local."""
    calls = {queue: distribution.mean for queue, distribution in said.by_queue.items()}
    return requirement(said.times, said.interval_minutes, calls, terms, zone=zone)


def workload(need: Requirement) -> dict[str, float]:
    """Person-hours by skill, from the need of each queue alone."""
    hours = dict.fromkeys((terms.skill for terms in need.terms), 0.0)
    for terms in need.terms:
        people = need.people[terms.queue,]
        hours[terms.skill] += float(people.sum()) * need.interval_minutes / 60
    return hours


def covers_of(need: Requirement) -> tuple[Cover, ...]:
    """The need of each set of queues as cover; whoever serves one of its queues counts.

    A missing person costs what the calls cost that are late or lost without them.
    """
    skills = {terms.queue: terms.skill for terms in need.terms}
    prices = shortage_prices(
        Calls(need.interval_minutes, need.terms, need.load),
        need.people,
        shortage_points(need.interval_minutes),
    )
    start = int(need.starts[0].astype("datetime64[m]").astype(np.int64))
    return tuple(
        Cover(
            queues=names,
            skills=frozenset(skills[name] for name in names),
            start=start,
            interval_minutes=need.interval_minutes,
            required=people.astype(np.int32),
            shortage_points=prices[names],
        )
        for names, people in need.people.items()
    )


def problem_of(frame: Problem, staff: Staff, need: Requirement, path: str) -> Problem:
    """The problem to solve.

    Args:
        frame: period, zone, shifts and rules.
        staff: who there is.
        need: people to roster per interval and set of queues.
        path: the staff file, to name in an error.

    Raises:
        InputError: when an officer speaks of a shift, kind or rule that is not there.
    """
    officers = officers_of(staff, frame, path)
    covers = since_first_shift(covers_of(need), frame, officers)
    return dataclasses.replace(frame, officers=officers, cover=covers)


def refuse_impossible(problem: Problem, path: str) -> None:
    """Refuse officers whose contracted hours no lawful line can hold.

    Raises:
        InputError: with the first of them.
    """
    from rostering.diagnose import impossible_lines  # noqa: PLC0415  (loads the solver)

    sentences = impossible_lines(problem)
    if sentences:
        more = f" {len(sentences) - 1} more officers are like this." if sentences[1:] else ""
        raise InputError(f"{sentences[0]}{more}", path)


def staff_assumptions(staff: Staff, problem: Problem) -> Iterator[str]:
    """What was assumed of shifts, hours and rules, a sentence each."""
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
    yield "the rulebook of assumed defaults is in force."


def notes_on(problem: Problem, need: Requirement, *, made_up: bool) -> Iterator[str]:
    """What else to know of a problem, a sentence each."""
    if made_up:
        yield LABEL
    yield from skill_notes(need.terms, problem.officers)
    start = problem.cover[0].start
    if start > int(need.starts[0].astype("datetime64[m]").astype(np.int64)):
        yield (
            f"Nothing is asked of this roster before {time_words(problem, start)} on the first "
            "day: the shifts of the day before are on duty then, and they are not known."
        )


def skill_notes(queues: Iterable[QueueTerms], officers: Sequence[Officer]) -> tuple[str, ...]:
    """Where queues and officers do not meet, a sentence each."""
    wanted = {terms.skill for terms in queues}
    held = {skill for officer in officers for skill in officer.skills}
    notes = [f"Nobody holds the skill {skill}." for skill in sorted(wanted - held)]
    idle = [officer.name for officer in officers if not officer.skills & wanted]
    if idle:
        more = f" and {len(idle) - 3} more" if len(idle) > 3 else ""
        notes.append(f"No queue asks for a skill of {', '.join(idle[:3])}{more}.")
    return tuple(notes)
