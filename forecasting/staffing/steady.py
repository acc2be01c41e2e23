"""Calls at a steady rate: the people they need, and what callers feel with fewer and with more.

This is the question of a calculator: one rate, one handling time, one patience. A requirement over
a day is `requirement`, which lets calls be handled beyond the interval in which they came.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError
from forecasting.staffing.erlang import Performance, erlang_a
from forecasting.staffing.needs import Bools, Counts, Goals, smallest

MOST_ERLANGS = 10_000.0
"""Far beyond any control room; up to here all figures keep their digits."""

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class SteadyCalls:
    """Calls of one kind.

    Attributes:
        calls_per_hour: mean calls offered in an hour, ≥ 0.
        aht_seconds: average handling time, ≥ 0.
        patience_seconds: mean time a caller waits before hanging up, > 0; infinite: nobody does.

    Raises:
        InputError: a number out of its range, or more than `MOST_ERLANGS`.
    """

    calls_per_hour: float
    aht_seconds: float
    patience_seconds: float = np.inf

    def __post_init__(self) -> None:
        self.felt(0, 0)
        if self.erlangs > MOST_ERLANGS:
            raise InputError(
                f"these calls are {self.erlangs:,.0f} erlangs, and {MOST_ERLANGS:,.0f} are the "
                "most: give fewer calls or a shorter handling time."
            )

    @property
    def erlangs(self) -> float:
        """The offered load: calls in hand if nobody ever had to wait."""
        return self.calls_per_hour * self.aht_seconds / HOUR

    def felt(self, people: npt.ArrayLike, within_seconds: float) -> Performance:
        """What callers feel, times in seconds.

        Args:
            people: on the phones, whole numbers ≥ 0 of any shape.
            within_seconds: what "in time" means.

        Raises:
            InputError: people that are not whole, or a number below 0.
        """
        return erlang_a(
            self.calls_per_hour / HOUR,
            self.aht_seconds,
            self.patience_seconds,
            people,
            within_seconds,
        )

    def need(self, goals: Goals) -> int:
        """The fewest people on the phones that meet all goals, whose times are in seconds.

        Without calls that is nobody. So it is where who hangs up in time counts as served and
        callers are impatient enough (definition `wait_in_time`).
        """

        def met(_: Counts, people: Counts) -> Bools:
            return goals.met(self.felt(people, goals.within))

        guess = np.array([int(np.ceil(self.erlangs))])
        return int(smallest(met, np.array([-1]), guess)[0])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a calculator says.

    Attributes:
        calls: what was asked about.
        within_seconds: what "in time" means.
        goals: what must be reached; None: nothing was asked.
        need: the fewest people on the phones that meet the goals; None without goals.
        middle: the number of people in question.
        people: numbers of people around it, shape (numbers,).
        figures: what callers feel with each, times in seconds.
        met: whether each meets the goals; None without goals.
    """

    calls: SteadyCalls
    within_seconds: float
    goals: Goals | None
    need: int | None
    middle: int
    people: Counts
    figures: Performance
    met: Bools | None


def answer(
    calls: SteadyCalls,
    within_seconds: float,
    *,
    goals: Goals | None = None,
    people: int | None = None,
    reach: int = 3,
) -> Answer:
    """What callers feel with a number of people, with up to `reach` fewer, and with as many more.

    Args:
        calls: the calls.
        within_seconds: what "in time" means; that of the goals where there are any.
        goals: what must be reached, times in seconds.
        people: on the phones; None: as many as the goals need.
        reach: how many fewer (never below 0) and more to look at.

    Raises:
        InputError: neither goals nor people, a number out of its range, or two meanings of "in
            time".
    """
    if goals is None and people is None:
        raise InputError("give a goal or a number of people.")
    if goals is not None and goals.within != within_seconds:
        raise InputError(
            f'"in time" cannot mean {goals.within:g} s for the goal and {within_seconds:g} s here.'
        )
    need = None if goals is None else calls.need(goals)
    middle = people if people is not None else need or 0
    at = np.arange(max(middle - reach, 0), middle + reach + 1)
    figures = calls.felt(at, within_seconds)
    met = None if goals is None else goals.met(figures)
    return Answer(calls, within_seconds, goals, need, middle, at, figures, met)
