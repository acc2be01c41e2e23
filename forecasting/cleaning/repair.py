"""What could stand in the place of counts that are hard to believe."""

from __future__ import annotations

import numpy as np

from forecasting.series import FloatArray, Series


def as_expected(span: slice, expected: FloatArray) -> FloatArray:
    """What was expected in each interval of a stretch, to a tenth of a call."""
    return np.round(expected[span], 1)


def halved(span: slice, series: Series) -> FloatArray:
    """Half of what was counted: for days that were counted twice."""
    return np.asarray(series.offered[span] / 2)


def moved_back(span: slice, series: Series, minutes: int) -> FloatArray:
    """The counts at the times at which they came, for a clock that was off by so many minutes.

    What moves in from beyond the series was not observed.
    """
    place = np.arange(span.start, span.stop) + minutes // series.interval_minutes
    inside = (place >= 0) & (place < len(series))
    counts = np.full(len(place), np.nan)
    counts[inside] = series.offered[place[inside]]
    return counts


def spread(span: slice, expected: FloatArray, total: float) -> FloatArray:
    """A total of calls over the intervals of a stretch, in the proportions expected there."""
    shape = expected[span]
    whole = float(shape.sum())
    share = shape / whole if whole > 0 else np.full(len(shape), 1 / len(shape))
    return np.asarray(total * share)
