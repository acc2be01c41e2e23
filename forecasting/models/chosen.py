"""Chosen: per queue the model, or the mean of models, that back-tests in training speak for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from forecasting.day_factors import DayFactors
from forecasting.day_times_hour import DayLevels, DayTimesHour
from forecasting.level_error import DayTests
from forecasting.models.base import Model, Predictor, Training
from forecasting.series import FloatArray

_HANDICAPS = (0.99, 1.0)
"""Factors on the first member's error and on the others' in the choice, the mean's being less:
what is less likely to do badly needs less proof."""

_MEAN_HANDICAP = 0.98


@dataclass(frozen=True)
class MeanDays:
    """Geometric mean of several models' day totals."""

    parts: tuple[DayLevels, ...]

    def expected(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Expected calls of each whole local day after training, shape (days,)."""
        return _mean([part.expected(dates) for part in self.parts])

    def factors(self, dates: npt.NDArray[np.datetime64]) -> DayFactors:
        """What `expected` is made of."""
        return DayFactors.mean([part.factors(dates) for part in self.parts])

    def extra_uncertainty(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """How much less sure each day's level is than the usual one soon after training."""
        each = [part.extra_uncertainty(dates) for part in self.parts]
        return np.asarray(np.mean(each, axis=0))


class Chosen(Model):
    """Per queue the best of several models and their mean, by back-tests inside the training.

    Args:
        members: Models to choose from, the most trusted first.
    """

    name: ClassVar[str] = "chosen"
    title: ClassVar[str] = "Best by back-test"
    uses_holidays: ClassVar[bool] = True
    uses_events: ClassVar[bool] = True

    def __init__(self, *members: Model) -> None:
        self.members = members

    def learn(self, training: Training) -> Predictor:
        """Let every member learn, and keep what did best in the last tests of four weeks."""
        learned = [member.learn(training) for member in self.members]
        parts = [each for each in learned if isinstance(each, DayTimesHour)]
        if len(parts) < len(learned):
            return learned[0]
        titles = [member.title for member in self.members]
        if not all(part.tests.enough for part in parts):
            reason = f"{titles[0]} is used: the history is too short to test models on it."
            return parts[0].because(reason)
        mean = _mean_of(parts)
        errors = [_error(part.tests) for part in (mean, *parts)]
        handicaps = [_MEAN_HANDICAP, _HANDICAPS[0], *[_HANDICAPS[1]] * (len(parts) - 1)]
        best = int(np.argmin(np.array(errors) * handicaps))
        names = [f"the mean of {' and '.join(titles)}", *titles]
        kept = (mean, *parts)[best]
        return kept.because(_reason(names, errors, best))


def _mean_of(parts: Sequence[DayTimesHour]) -> DayTimesHour:
    """The geometric mean of forecasts, its error from its own tests."""
    first = parts[0]
    expected = _mean([part.tests.expected for part in parts])
    tests = DayTests(first.tests.lead, expected, first.tests.total)
    far = max(part.error.far for part in parts)
    error = tests.level_error(far, first.ground.noise.dispersion)
    days = MeanDays(tuple(part.days for part in parts))
    return DayTimesHour.of(first.ground, days, error, tests)


def _mean(each: Sequence[FloatArray]) -> FloatArray:
    """Geometric mean."""
    return np.asarray(np.exp(np.mean([np.log(np.maximum(part, 1e-9)) for part in each], axis=0)))


def _error(tests: DayTests) -> float:
    """Absolute error of day totals over calls."""
    return float(tests.absolute[0] / max(float(tests.total.sum()), 1e-9))


def _reason(names: Sequence[str], errors: Sequence[float], best: int) -> str:
    """Why one was taken, in a sentence."""
    others = [
        f"{name} {100 * error:.1f} %"
        for i, (name, error) in enumerate(zip(names, errors, strict=True))
        if i != best
    ]
    first = names[best][0].upper() + names[best][1:]
    return (
        f"{first} is used: in the last tests of four weeks its day totals were "
        f"{100 * errors[best]:.1f} % off ({', '.join(others)})."
    )
