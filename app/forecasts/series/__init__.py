"""The only translation between what is kept of forecasts and the forecasting library."""

from __future__ import annotations

from app.forecasts.series.adjustments import (
    acting,
    amount_words,
    days_grid,
    hours_words,
    laid_over,
    words,
)
from app.forecasts.series.events import events_of
from app.forecasts.series.handling import pack_handling
from app.forecasts.series.runs import (
    Scorer,
    aware,
    cut,
    forecast_queues,
    holidays,
    library_forecast,
    local_day,
    made,
    minute,
    pack,
    text_instants,
    unpack,
    values_of,
)
from forecasting.series import History

__all__ = [
    "History",
    "Scorer",
    "acting",
    "amount_words",
    "aware",
    "cut",
    "days_grid",
    "events_of",
    "forecast_queues",
    "holidays",
    "hours_words",
    "laid_over",
    "library_forecast",
    "local_day",
    "made",
    "minute",
    "pack",
    "pack_handling",
    "text_instants",
    "unpack",
    "values_of",
    "words",
]
