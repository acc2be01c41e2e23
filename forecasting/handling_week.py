"""How handling times differ over the week: factors by day and hour, drawn to 1 where calls are few.

Factors are laid over each other from coarse to fine: hour of the day, day of the week, hour of
Monday to Thursday, Friday, Saturday and Sunday, hour of the week. Each step takes the ratio of
seconds to what the steps before expect, drawn to 1 by the number of calls behind it (H. Bühlmann
and E. Straub, "Glaubwürdigkeit für Schadensätze", Mitteilungen der Vereinigung schweizerischer
Versicherungsmathematiker 70 (1970)): with s² the variance of single calls and t² that of true
factors, n calls count for n / (n + s²/t²).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from forecasting.handling_calls import HOURS_OF_WEEK, CallNoise, HandledCalls
from forecasting.series import FloatArray, IntArray

_THURSDAY = 3

_HALF_LIFE = 182.0
"""Days after which what was counted weighs half as much: shapes change more slowly than levels."""

_PARTS: tuple[Callable[[IntArray], IntArray], ...] = (
    lambda hour: hour % 24,
    lambda hour: hour // 24,
    lambda hour: hour % 24 + 24 * np.maximum(hour // 24 - _THURSDAY, 0),
    lambda hour: hour,
)
"""From the hour of the week to the group whose factor is learned, from coarse to fine."""


@dataclass(frozen=True, eq=False)
class WeekShape:
    """Factors on the level of handling times.

    Attributes:
        factor: Of each hour of the local week, 1 in the mean over calls, shape (168,).
        unsure: Relative variance of each, shape (168,).
    """

    factor: FloatArray
    unsure: FloatArray

    @classmethod
    def flat(cls) -> WeekShape:
        """The same all week."""
        return cls(np.ones(HOURS_OF_WEEK), np.zeros(HOURS_OF_WEEK))

    def at(self, place: FloatArray) -> FloatArray:
        """Factors at hours of the local week, between the middles of hours in a straight line."""
        whole = np.concatenate([self.factor[-1:], self.factor, self.factor[:1]])
        return np.asarray(np.interp(place, np.arange(-1, HOURS_OF_WEEK + 1) + 0.5, whole))

    @classmethod
    def learn(
        cls, handled: HandledCalls, level: FloatArray, noise: CallNoise, uneven: float
    ) -> WeekShape:
        """From calls and what level the days around theirs have.

        Args:
            handled: Calls and seconds.
            level: Seconds of a call on the days around each interval's, shape (n,).
            noise: How far an interval's mean lies from the truth.
            uneven: Relative variance of a day's own level around that of the days around it.
        """
        age = handled.day[-1] - handled.day
        # What a call says of its hour: the noise that calls of an interval share weighs as well.
        told = 0.5 ** (age / _HALF_LIFE) * noise.single / noise.relative(handled.calls)
        ratio = handled.seconds / (handled.calls * level)
        factor, unsure = np.ones(HOURS_OF_WEEK), np.zeros(HOURS_OF_WEEK)
        hours: IntArray = np.arange(HOURS_OF_WEEK)
        for part in _PARTS:
            group, of_each = part(hours), part(handled.hour)
            by_day = handled.day * HOURS_OF_WEEK + of_each
            calls, sums = (np.bincount(by_day, each) for each in (told, told * ratio))
            some = np.flatnonzero(calls)
            # However many calls a day has, they say no more of its group than the day itself does.
            known = calls[some] / (1 + calls[some] * uneven / noise.single)
            more, variance = _drawn(
                some % HOURS_OF_WEEK, sums[some] / calls[some], known, noise.single
            )
            factor, ratio = factor * more[group], ratio / more[of_each]
            unsure = np.maximum(unsure, variance[group])
        weight = np.bincount(handled.hour, told, HOURS_OF_WEEK)
        return cls(factor / float(np.average(factor, weights=weight)), unsure)


def _drawn(
    group: IntArray, ratio: FloatArray, calls: FloatArray, single: float
) -> tuple[FloatArray, FloatArray]:
    """Factor of each group drawn to 1, and how unsure it is.

    Args:
        group: Of each ratio.
        ratio: Seconds over what is expected, of the calls of a day and group.
        calls: That each ratio rests on.
        single: Relative variance of single calls.
    """
    weight = np.bincount(group, calls, HOURS_OF_WEEK)
    some = weight > 0
    raw = np.ones(HOURS_OF_WEEK)
    raw[some] = np.bincount(group, calls * ratio, HOURS_OF_WEEK)[some] / weight[some]
    whole, groups = float(weight.sum()), int(some.sum())
    mean = float(np.sum(weight * raw)) / whole
    spread = float(np.sum(weight * (raw - mean) ** 2)) - (groups - 1) * single * mean**2
    room = whole - float(np.sum(weight**2)) / whole
    true = max(0.0, spread / room) if room > 1e-9 * whole else 0.0
    if not true:
        return np.ones(HOURS_OF_WEEK), np.zeros(HOURS_OF_WEEK)
    trust = weight / (weight + single / true)
    return 1 + trust * (raw / mean - 1), (1 - trust) * true
