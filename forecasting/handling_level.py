"""The level of handling times: recent weeks heavier, a slow trend, and how far it may lie off.

How fast the past is forgotten, and whether a trend is followed, is chosen by back-tests inside the
training window; so is the error by horizon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.level_error import NEAR_DAYS, LevelError
from forecasting.series import FloatArray, IntArray


@dataclass(frozen=True)
class Memory:
    """How a level is carried on.

    Attributes:
        half_life: Days after which a day weighs half as much.
        is_trending: Whether the slope of the past goes on, ever more slowly.
    """

    half_life: float
    is_trending: bool = False


USUAL = Memory(28.0)
"""What suits most queues."""

_OTHERS = (
    Memory(7.0),
    Memory(14.0),
    Memory(56.0),
    Memory(112.0),
    Memory(365.0),
    Memory(56.0, is_trending=True),
    Memory(112.0, is_trending=True),
)

_CLEARLY_BETTER = 0.98
"""Another memory is taken when it brings the back-tests' error under this share of the usual one's.
"""

_DAMPED = 0.95
"""Share of a trend that is left after each week."""

_MOST_CHANGE = 1.5
"""Times the present level that a trend leads to at most, or its inverse."""

_ORIGINS, _STEP, _FEWEST_DAYS = 16, 10, 21
"""Back-tests inside the training window, the days between them, and days that each needs before
its origin."""

_PRIOR_ERROR, _PRIOR_DAYS = 0.0009, 14.0
"""Relative squared error of a day's level before any back-test, and its weight in days."""

_PRIOR_GROWTH = 0.01**2 / 7
"""Growth of it per day where no back-test tells: one per cent a week, as of a random walk."""

_FAR_DAYS = (182, 364)
"""Days before the end at which longer back-tests begin, which run to the end."""

_PRIOR_FAR = 3.0
"""Longer back-tests that the growth expected beyond four weeks weighs as much as."""


@dataclass(frozen=True, eq=False)
class HandledDays:
    """Days in a row, those that tell nothing with no calls; arrays of shape (days,).

    Attributes:
        expected: Seconds that the calls of each day would take at a level of 1: calls × shape.
        seconds: Seconds they took.
        noise: Relative variance of their ratio around the day's true level.
    """

    expected: FloatArray
    seconds: FloatArray
    noise: FloatArray

    @property
    def told(self) -> npt.NDArray[np.bool_]:
        """Days that tell anything."""
        return self.expected > 0

    @property
    def raw(self) -> FloatArray:
        """Level of each day by itself, NaN where it tells nothing."""
        nothing = np.full(len(self.seconds), np.nan)
        return np.asarray(np.divide(self.seconds, self.expected, out=nothing, where=self.told))

    def robust(self) -> HandledDays:
        """The same with the seconds of odd days drawn to what the days around them say."""
        around = self.smooth(USUAL.half_life / 2)
        told = self.told
        ratio = self.raw[told] / around[told]
        scale = 1.4826 * float(np.median(np.abs(ratio - np.median(ratio))))
        reach = 4 * np.sqrt(scale**2 + self.noise[told])
        seconds = self.seconds.copy()
        kept = np.clip(ratio, np.maximum(1 - reach, 0.05), 1 + reach)
        seconds[told] = kept * around[told] * self.expected[told]
        return HandledDays(self.expected, seconds, self.noise)

    def smooth(self, half_life: float) -> FloatArray:
        """Level of each day by the days on both sides, shape (days,)."""
        days = len(self.expected)
        weight = 0.5 ** (np.abs(np.arange(1 - days, days)) / half_life)
        over, under = (
            np.convolve(part, weight)[days - 1 : 2 * days - 1]
            for part in (self.seconds, self.expected)
        )
        return np.asarray(over / under)

    def own(self, around: FloatArray) -> tuple[FloatArray, float]:
        """Level of each day, its own as far as chance lets it speak, and how days vary.

        Args:
            around: Level of the days around each, shape (days,).

        Returns:
            The levels, shape (days,), and the relative variance of true ones around `around`.
        """
        ratio = np.where(self.told, self.raw / around, 1.0)
        squares = (ratio - 1) ** 2 - self.noise
        weight = np.where(self.told, 1 / (1e-3 + self.noise), 0.0)
        uneven = max(float(np.average(squares, weights=weight)), 0.0)
        trust = np.where(self.told, uneven / (uneven + self.noise + 1e-12), 0.0)
        return np.asarray(around * (1 + trust * (ratio - 1))), uneven

    def ahead(self, memory: Memory, origin: int, lead: IntArray) -> FloatArray:
        """Level at whole days after the first `origin` days, 0 for the next.

        Args:
            memory: How the level is carried on.
            origin: Days known, one of which tells something.
            lead: Days of horizon, shape (n,).
        """
        age = np.arange(origin, 0, -1, dtype=np.float64)
        weight = 0.5 ** (age / memory.half_life)
        expected, seconds = self.expected[:origin] * weight, self.seconds[:origin] * weight
        whole = float(expected.sum())
        level, slope = float(seconds.sum()) / whole, 0.0
        if memory.is_trending:
            middle = float(np.sum(expected * age)) / whole
            spread = float(np.sum(expected * (age - middle) ** 2))
            if spread > 1e-9 * whole:
                slope = -float(np.sum(seconds * (age - middle))) / spread
                level = level + slope * middle
        rate = _DAMPED ** (1 / 7)
        reach = (1 - rate ** (lead + 1.0)) / (1 - rate)
        level = max(level, 1e-9)
        low, high = level / _MOST_CHANGE, level * _MOST_CHANGE
        return np.asarray(np.clip(level + slope * reach, low, high))


@dataclass(frozen=True, eq=False)
class HandlingLevel:
    """The level of handling times after training.

    Attributes:
        days: What it was learned from.
        memory: How it is carried on.
        error: How far a day's level may lie from it, by horizon.
        tested: Days of back-tests behind the error.
    """

    days: HandledDays
    memory: Memory
    error: LevelError
    tested: int

    @classmethod
    def learn(cls, days: HandledDays) -> HandlingLevel:
        """Choose the memory, and learn the error of its levels, by back-tests."""
        end = len(days.expected)
        origins = [end - _STEP * k for k in range(1, _ORIGINS + 1) if end > _STEP * k]
        origins = [each for each in origins if days.told[:each].sum() >= _FEWEST_DAYS]
        tests = {
            memory: [_test(days, memory, origin, NEAR_DAYS) for origin in origins]
            for memory in (USUAL, *_OTHERS)
        }
        losses = {memory: sum(test.loss for test in of) for memory, of in tests.items()}
        best = min(losses, key=lambda memory: losses[memory])
        if losses[best] >= _CLEARLY_BETTER * losses[USUAL]:
            best = USUAL
        near = _Test.joined(tests[best])
        far = [
            _test(days, best, end - back, back)
            for back in _FAR_DAYS
            if end > back and days.told[: end - back].sum() >= back
        ]
        return cls(days, best, _error(near, far), len(near.lead))

    def at(self, lead: IntArray) -> FloatArray:
        """Level at whole days after training, 0 for the first, shape (n,)."""
        return self.days.ahead(self.memory, len(self.days.expected), lead)


@dataclass(frozen=True, eq=False)
class _Test:
    """What would have been said of days that tell something, and what came.

    Attributes:
        lead: Day of the horizon, 0 for the first.
        error: Relative error.
        noise: Relative variance of chance in it.
        weight: Seconds expected.
    """

    lead: IntArray
    error: FloatArray
    noise: FloatArray
    weight: FloatArray

    @property
    def loss(self) -> float:
        """Sum of absolute errors in seconds."""
        return float(np.sum(np.abs(self.error) * self.weight))

    @property
    def squares(self) -> FloatArray:
        """Squared errors beyond chance, the largest cut."""
        squares = self.error**2 - self.noise
        return np.minimum(squares, float(np.quantile(squares, 0.98)))

    @classmethod
    def joined(cls, tests: list[_Test]) -> _Test:
        """Some tests as one."""
        if not tests:
            return cls(np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0))
        names = ("lead", "error", "noise", "weight")
        return cls(*(np.concatenate([getattr(test, name) for test in tests]) for name in names))


def _test(days: HandledDays, memory: Memory, origin: int, length: int) -> _Test:
    """A back-test that begins after the first `origin` days."""
    lead = np.arange(min(length, len(days.expected) - origin), dtype=np.int64)
    lead = lead[days.told[origin + lead]]
    said = days.ahead(memory, origin, lead)
    at = origin + lead
    return _Test(lead, days.raw[at] / said - 1, days.noise[at], said * days.expected[at])


def _error(near: _Test, far: list[_Test]) -> LevelError:
    """The error of day levels by horizon that back-tests show."""
    base, slope = _PRIOR_ERROR, _PRIOR_GROWTH
    if len(near.lead) >= _FEWEST_DAYS:
        base, slope = _line(near)
    growths = [growth for test in far for growth in _growth(test)]
    beyond = (_PRIOR_FAR * max(slope, _PRIOR_GROWTH / 4) + sum(growths)) / (
        _PRIOR_FAR + len(growths)
    )
    return LevelError(base, slope, max(beyond, _PRIOR_GROWTH / 4))


def _line(test: _Test) -> tuple[float, float]:
    """Level and growth per day of a rising line through squared errors, few calls weighing less."""
    lead, squares = test.lead + 1.0, test.squares
    mean = _PRIOR_ERROR
    for _ in range(3):
        weight = (mean / (mean + test.noise)) ** 2
        over = float(np.sum(weight * squares)) + _PRIOR_DAYS * _PRIOR_ERROR
        mean = max(over / (float(weight.sum()) + _PRIOR_DAYS), 1e-5)
    middle = float(np.average(lead, weights=weight))
    spread = float(np.average((lead - middle) ** 2, weights=weight))
    slope = float(np.average((lead - middle) * squares, weights=weight)) / max(spread, 1e-9)
    slope = min(max(slope, 0.0), mean / middle)
    return mean - slope * middle, slope


def _growth(test: _Test) -> list[float]:
    """Growth of the squared error per day beyond four weeks in a longer back-test, if it tells."""
    late = test.lead > NEAR_DAYS
    if late.sum() < NEAR_DAYS or (~late).sum() < NEAR_DAYS // 2:
        return []
    squares = test.squares
    risen = float(squares[late].mean() - squares[~late].mean())
    between = float(test.lead[late].mean() - test.lead[~late].mean())
    return [max(risen / between, 0.0)]
