"""What a day's expected calls are made of: level, season, weekday, holiday and long events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.series import FloatArray


@dataclass(frozen=True, eq=False)
class DayFactors:
    """Logarithms of factors whose product is what is expected of some days, shape (days,) each.

    Attributes:
        level: Calls of a day that is ordinary in all below.
        season: Factor of the time of the year, 1 in the mean of a year.
        weekday: Factor of the day of the week, 1 in the mean of a week.
        holiday: Factor of holidays and of the days beside them.
        spans: Factors of long events by name.
    """

    level: FloatArray
    season: FloatArray
    weekday: FloatArray
    holiday: FloatArray
    spans: Mapping[str, FloatArray]

    @classmethod
    def mean(cls, parts: Sequence[DayFactors]) -> DayFactors:
        """The factors of the geometric mean of what several expect of the same days."""
        names = dict.fromkeys(name for part in parts for name in part.spans)
        none = np.zeros(len(parts[0].level))

        def together(each: Sequence[FloatArray]) -> FloatArray:
            return np.asarray(np.mean(each, axis=0), dtype=np.float64)

        return cls(
            together([part.level for part in parts]),
            together([part.season for part in parts]),
            together([part.weekday for part in parts]),
            together([part.holiday for part in parts]),
            {name: together([part.spans.get(name, none) for part in parts]) for name in names},
        )


def mean_of_logs(logs: FloatArray) -> float:
    """Logarithm of the mean of factors given by their logarithms; 0 of none."""
    return float(np.log(np.mean(np.exp(logs)))) if len(logs) else 0.0
