"""Handling times as a requirement took them."""

from __future__ import annotations

import numpy as np

from app.forecasts.service import ForecastValues
from app.requirements.service import Terms, aht_at
from app.scenarios.values import Floats
from forecasting.calendar import LocalTime


def handling_seconds(terms: Terms, local: LocalTime, values: ForecastValues, part: slice) -> Floats:
    """Handling time of each interval: by the hour of the week where it is known so.

    Args:
        terms: of a queue, as the requirement took them.
        local: local time of the intervals.
        values: what the forecast of the requirement says.
        part: which of its intervals these are.
    """
    forecast = values.aht(terms.queue)
    by_hour = aht_at(terms, local, None if forecast is None else forecast[part])
    return np.full(len(local.slot), terms.terms.aht_seconds) if by_hour is None else by_hour
