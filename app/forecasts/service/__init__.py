"""Forecasts: asked for, made by a job, read, and held against what came.

Every verb takes the transaction of its caller and never commits. The work between the two
transactions of a job, `make`, takes none.
"""

from __future__ import annotations

from app.forecasts.checks import MODEL_TITLES as MODELS
from app.forecasts.service.adjustments import (
    adjustment,
    adjustment_notes,
    adjustment_words,
    adjustments,
    adjustments_on,
    adjustments_over,
    adjustments_then,
    end,
    lay,
    review,
    reviews,
)
from app.forecasts.service.asking import (
    KIND,
    ask,
    calendar_holidays,
    default_holidays,
    holidays_within,
    public_holidays,
)
from app.forecasts.service.events import events_used, events_within, last_effects
from app.forecasts.service.making import Materials, Result, gather, keep, make
from app.forecasts.service.reading import (
    csv_text,
    forecast,
    forecasts,
    handling_csv_text,
    job_states,
    likely,
    newest,
    of_job,
    values,
)
from app.forecasts.service.scoring import accuracy, scores, scores_of
from app.forecasts.values import (
    DEFAULT_MODEL,
    NO_HOLIDAYS,
    Accuracy,
    EventDone,
    Floats,
    Forecast,
    ForecastEvent,
    ForecastValues,
    Laid,
    LastEffect,
    Made,
    QueueValues,
    Review,
    Score,
    Wanted,
    WantedAdjustment,
)
from forecasting.load import Workload

__all__ = [
    "DEFAULT_MODEL",
    "KIND",
    "MODELS",
    "NO_HOLIDAYS",
    "Accuracy",
    "EventDone",
    "Floats",
    "Forecast",
    "ForecastEvent",
    "ForecastValues",
    "Laid",
    "LastEffect",
    "Made",
    "Materials",
    "QueueValues",
    "Result",
    "Review",
    "Score",
    "Wanted",
    "WantedAdjustment",
    "Workload",
    "accuracy",
    "adjustment",
    "adjustment_notes",
    "adjustment_words",
    "adjustments",
    "adjustments_on",
    "adjustments_over",
    "adjustments_then",
    "ask",
    "calendar_holidays",
    "csv_text",
    "default_holidays",
    "end",
    "events_used",
    "events_within",
    "forecast",
    "forecasts",
    "gather",
    "handling_csv_text",
    "holidays_within",
    "job_states",
    "keep",
    "last_effects",
    "lay",
    "likely",
    "make",
    "newest",
    "of_job",
    "public_holidays",
    "review",
    "reviews",
    "scores",
    "scores_of",
    "values",
]
