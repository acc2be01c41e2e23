"""Why a queue was missed: calls late or lost, split over what went otherwise than planned.

A call is late or lost when it was not answered in time: offered less answered within the queue's
seconds, the service level `answered_in_time_of_offered`. The plan itself accepts some: a goal of
90 % lets one call in ten be late. What lies beyond is parted among

- more calls than were forecast,
- longer handling than was planned,
- fewer people at work than were rostered,
- planned short: fewer rostered than were required,

and what these do not explain. Expected late calls at any mixture of plan and fact come from
Erlang A on the modified offered load, the formulas of the requirement. The effect of one cause
depends on which others are there already, so each gets its mean effect over all orders in which
the four can be turned from plan to fact: the Shapley value (L. Shapley, Contributions to the
Theory of Games II (1953); for decompositions A. Shorrocks, Journal of Economic Inequality 11
(2013)). The parts add up exactly, in every interval; a part below zero helped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from itertools import combinations
from math import factorial
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError
from forecasting.staffing.erlang import performance_of
from forecasting.staffing.offered_load import interval_load
from forecasting.staffing.poisson import Floats

Cause = Literal["more_calls", "longer_handling", "fewer_people", "planned_short"]

CAUSES: tuple[Cause, ...] = get_args(Cause)


@dataclass(frozen=True, eq=False)
class Course:
    """How intervals were planned and how they went, one queue; arrays of shape (intervals,).

    People are on the phones, shrinkage taken off, and may be fractions: a person who serves
    several queues counts in each for the share of the time that is meant for it.

    Attributes:
        forecast: calls expected.
        calls: calls offered.
        planned_aht: handling time in seconds that the requirement was worked out with, > 0.
        aht: measured handling time in seconds, > 0; NaN where none was measured: as planned.
        required: people that the plan asked for.
        rostered: people that the roster had.
        worked: people who came; NaN where that is not known: as rostered.
        answered_in_time: calls answered within the queue's seconds; NaN where not measured.
    """

    forecast: Floats
    calls: Floats
    planned_aht: Floats
    aht: Floats
    required: Floats
    rostered: Floats
    worked: Floats
    answered_in_time: Floats

    def __post_init__(self) -> None:
        optional = {"aht", "worked", "answered_in_time"}
        for each in fields(self):
            values = np.asarray(getattr(self, each.name), np.float64)
            if values.ndim != 1 or values.shape != np.shape(self.forecast):
                raise InputError(f"{each.name} must have one value for each interval.")
            good = (values >= 0) & np.isfinite(values)
            if each.name in optional:
                good |= np.isnan(values)
            if each.name in {"planned_aht", "aht"}:
                good &= values != 0
            if not np.all(good):
                bad = int(np.argmax(~good))
                raise InputError(f"{each.name} of interval {bad} cannot be {values[bad]:g}.")
            object.__setattr__(self, each.name, values)


@dataclass(frozen=True, slots=True)
class Feeling:
    """What decides whether a call is late.

    Attributes:
        interval_seconds: length of an interval.
        within_seconds: what "in time" means, on the clock by which it was measured.
        patience_seconds: mean time a caller waits before hanging up; infinite: nobody does.
        variation: coefficient of variation of lognormal handling times; None: exponential.
    """

    interval_seconds: float
    within_seconds: float
    patience_seconds: float = np.inf
    variation: float | None = None


@dataclass(frozen=True, eq=False)
class Split:
    """Calls late or lost per interval and why; arrays of shape (intervals,).

    Attributes:
        late: measured; NaN where it was not.
        accepted: expected by the plan as it was meant: forecast, planned handling, people required.
        causes: what each cause added, on average over all orders; below zero: what it saved.
        unexplained: measured less all of these; NaN where nothing was measured.
    """

    late: Floats
    accepted: Floats
    causes: Mapping[Cause, Floats]
    unexplained: Floats

    @property
    def modelled(self) -> Floats:
        """Expected with what came and who was there: accepted and all causes together."""
        return np.asarray(self.accepted + sum(self.causes.values()))


def split(course: Course, feeling: Feeling, calls_before: npt.ArrayLike = ()) -> Split:
    """Part the calls late or lost among the causes.

    Args:
        course: plan and fact.
        feeling: what decides whether a call is late.
        calls_before: calls of the intervals just before, which may still be handled.

    Raises:
        InputError: a number out of its range.
    """
    worth = _late_of(course, feeling, calls_before)
    every = [
        frozenset(group) for size in range(len(CAUSES) + 1) for group in combinations(CAUSES, size)
    ]
    late = {group: worth(group) for group in every}
    causes = {cause: _shapley(cause, late) for cause in CAUSES}
    accepted = late[frozenset()]
    measured = course.calls - np.minimum(course.answered_in_time, course.calls)
    unexplained = measured - (accepted + sum(causes.values()))
    return Split(measured, accepted, causes, unexplained)


def expected_late(
    calls: npt.ArrayLike, load: npt.ArrayLike, aht: npt.ArrayLike, people: npt.ArrayLike,
    feeling: Feeling,
) -> Floats:  # fmt: skip
    """Calls late or lost that Erlang A expects, per interval.

    Between two whole numbers of people it is the straight line between them.

    Args:
        calls: offered in the interval.
        load: the modified offered load in erlangs.
        aht: handling time in seconds, > 0.
        people: on the phones, fractions allowed.
        feeling: what decides whether a call is late.
    """
    given = [np.atleast_1d(np.asarray(part, np.float64)) for part in (calls, load, aht, people)]
    count, erlangs, times, there = np.broadcast_arrays(*given)
    below = np.floor(there)
    part = there - below

    def missed(agents: Floats) -> Floats:
        patience = np.full_like(times, feeling.patience_seconds)
        within = np.full_like(times, feeling.within_seconds)
        felt = performance_of(erlangs / times, times, patience, agents, within)
        return 1 - felt.answered_in_time_of_offered

    return np.asarray(count * ((1 - part) * missed(below) + part * missed(below + 1)))


def _late_of(
    course: Course, feeling: Feeling, calls_before: npt.ArrayLike
) -> Callable[[frozenset[Cause]], Floats]:
    """Expected late calls where some causes are as they came and the others as planned."""
    aht = np.where(np.isnan(course.aht), course.planned_aht, course.aht)
    worked = np.where(np.isnan(course.worked), course.rostered, course.worked)
    calls = {False: course.forecast, True: course.calls}
    times = {False: course.planned_aht, True: aht}
    loads = {
        (more, longer): interval_load(
            calls[more],
            feeling.interval_seconds,
            times[longer],
            variation=feeling.variation,
            calls_before=calls_before,
        )
        for more in (False, True)
        for longer in (False, True)
    }

    def late(causes: frozenset[Cause]) -> Floats:
        more, longer = "more_calls" in causes, "longer_handling" in causes
        people = course.required
        if "planned_short" in causes:
            people = people + course.rostered - course.required
        if "fewer_people" in causes:
            people = people + worked - course.rostered
        return expected_late(
            calls[more], loads[more, longer], times[longer], np.maximum(people, 0), feeling
        )

    return late


def _shapley(cause: Cause, late: Mapping[frozenset[Cause], Floats]) -> Floats:
    """The mean of what a cause adds over all orders in which causes can come."""
    others = len(CAUSES) - 1
    total = np.zeros_like(late[frozenset()])
    for group, before in late.items():
        if cause not in group:
            orders = factorial(len(group)) * factorial(others - len(group))
            total += (late[group | {cause}] - before) * (orders / factorial(others + 1))
    return total
