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
from app.forecasts.series.categories import (
    added_means,
    category_csv,
    category_days,
    category_values,
    learned_shares,
    unpack_shares,
)
from app.forecasts.series.events import events_of
from app.forecasts.series.handling import pack_handling
from app.forecasts.series.judging import Judging, band, band_words, score_words, verdicts
from app.forecasts.series.runs import (
    aware,
    cut,
    forecast_queues,
    holidays,
    library_forecast,
    local_day,
    made,
    midnight,
    minute,
    pack,
    text_instants,
    unpack,
    values_of,
)
from app.forecasts.series.scoring import Scorer
from app.forecasts.series.today import day_of, day_starts, queue_today
from app.forecasts.series.why import LocalWhen, freeze, laid_parts, parts, spread, thaw
from forecasting.series import History

__all__ = [
    "History",
    "Judging",
    "LocalWhen",
    "Scorer",
    "acting",
    "added_means",
    "amount_words",
    "aware",
    "band",
    "band_words",
    "category_csv",
    "category_days",
    "category_values",
    "cut",
    "day_of",
    "day_starts",
    "days_grid",
    "events_of",
    "forecast_queues",
    "freeze",
    "holidays",
    "hours_words",
    "laid_over",
    "laid_parts",
    "learned_shares",
    "library_forecast",
    "local_day",
    "made",
    "midnight",
    "minute",
    "pack",
    "pack_handling",
    "parts",
    "queue_today",
    "score_words",
    "spread",
    "text_instants",
    "thaw",
    "unpack",
    "unpack_shares",
    "values_of",
    "verdicts",
    "words",
]
