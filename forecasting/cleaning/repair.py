"""What could stand in the place of counts that are hard to believe."""

from __future__ import annotations

import numpy as np

from forecasting.cleaning.finding import Finding
from forecasting.series import FloatArray, Series


def as_expected(finding: Finding, expected: FloatArray) -> FloatArray:
    """What was expected in each interval of a finding, to a tenth of a call."""
    return np.round(expected[finding.first : finding.after], 1)


def halved(finding: Finding, series: Series) -> FloatArray:
    """Half of what was counted: for days that were counted twice."""
    return np.asarray(series.offered[finding.first : finding.after] / 2)


def moved_back(finding: Finding, series: Series) -> FloatArray:
    """The counts at the times at which they came, for a clock that was off.

    What moves in from beyond the series was not observed.
    """
    slots = finding.moved // series.interval_minutes
    place = np.arange(finding.first, finding.after) + slots
    inside = (place >= 0) & (place < len(series))
    counts = np.full(len(place), np.nan)
    counts[inside] = series.offered[place[inside]]
    return counts


def spread(finding: Finding, expected: FloatArray, total: float) -> FloatArray:
    """A total of calls over the intervals of a finding, in the proportions expected there."""
    shape = expected[finding.first : finding.after]
    whole = float(shape.sum())
    share = shape / whole if whole > 0 else np.full(len(shape), 1 / len(shape))
    return np.asarray(total * share)
