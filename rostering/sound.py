"""Problems that say two things at once, or speak of what is not there: refused before a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from rostering.errors import InputError
from rostering.problem import Problem


def refuse_unsound(problem: Problem) -> None:
    """Refuse a problem of which no roster could be said to be the answer.

    What can be understood but not kept, such as pins against the rules, is no case of this: the
    nearest roster is found then, and told what it breaks.

    Raises:
        InputError: with the first fault.
    """
    fault = next(_faults(problem), None)
    if fault is not None:
        raise InputError(fault)


def _faults(problem: Problem) -> Iterator[str]:
    if not _is_zone(problem.zone):
        yield f"There is no time zone {problem.zone}; give a name such as Europe/London."
    if problem.days < 0:
        yield "A rota period cannot have fewer than no days."
    for what, names in (
        ("officers have the id", [officer.id for officer in problem.officers]),
        ("shift templates have the code", [shift.code for shift in problem.shifts]),
        ("rules have the code", [rule.code for rule in problem.rules]),
    ):
        yield from (f"Two {what} {name}; each must have its own." for name in _twice(names))
    for shift in problem.shifts:
        if shift.minutes < 1 or not 0 <= shift.start < 1440:
            yield f"The shift template {shift.code} lasts no time, or starts on no day."
    yield from _faults_of_needs(problem)
    for bond in problem.bonds:
        for name in (bond.officer, *bond.others):
            if name not in problem.officer_index:
                yield f"Who works with whom names {name}, who is not among the officers."


def _faults_of_needs(problem: Problem) -> Iterator[str]:
    for cover in problem.cover:
        asked = ", ".join(cover.queues)
        if cover.interval_minutes < 1:
            yield f"The intervals of the need of {asked} last no time."
        if len(cover.required) and int(cover.required.min()) < 0:
            yield f"The need of {asked} falls below nobody; a need is 0 or more."
        if np.asarray(cover.shortage_points).min(initial=0) < 0:
            yield f"A shortage of {asked} has a price below 0."
    for need in problem.shift_cover:
        if need.shift not in problem.shift_index:
            yield f"A need names the shift {need.shift}, which is not among the templates."
        if not 0 <= need.day < problem.days or need.required < 0:
            yield f"A need of the shift {need.shift} is below nobody, or on no day of the period."


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, number in Counter(names).items() if number > 1]
