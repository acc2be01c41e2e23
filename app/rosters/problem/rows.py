"""Shifts of a roster as rows and as choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np

from app.rosters.values import Duty, RosterShift
from rostering.problem import REST, Choices, Problem, Tour

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def minute(instant: datetime) -> int:
    """An instant as `rostering` counts it: whole minutes since 1970-01-01T00:00Z."""
    return (instant - EPOCH) // MINUTE


def instant(minutes: int) -> datetime:
    """The instant so many minutes after 1970-01-01T00:00Z."""
    return EPOCH + MINUTE * minutes


def day_of(problem: Problem, day: date) -> int:
    """A date as a day of the problem: 0 is the first of the period."""
    return (day - problem.first_day).days


def duty_of(tour: Tour) -> Duty:
    """A tour of duty with its instants."""
    return Duty(tour.code, tour.kind, instant(tour.start), instant(tour.end))


def shifts_of(problem: Problem, choices: Choices) -> Iterator[RosterShift]:
    """The shifts of a roster, choices of shape (officers, days)."""
    for row, column in np.argwhere(choices != REST).tolist():
        tour = problem.tour(column, int(choices[row, column]))
        officer = UUID(problem.officers[row].id)
        yield RosterShift(officer, problem.date_of(column), duty_of(tour))


def choices_of(problem: Problem, cells: Iterable[tuple[UUID, date, str]]) -> Choices:
    """A roster of officer, day and code of the shift, as choices of shape (officers, days)."""
    choices = np.full((len(problem.officers), problem.days), REST, dtype=np.int16)
    for officer, day, code in cells:
        row = problem.officer_index[str(officer)]
        choices[row, day_of(problem, day)] = problem.shift_index[code]
    return choices
