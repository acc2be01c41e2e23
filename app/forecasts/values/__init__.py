"""What the service of forecasts takes and gives: frozen values, free of the database."""

from __future__ import annotations

from app.forecasts.values.adjustments import (
    AdjustmentScore,
    Laid,
    Preview,
    QueuePreview,
    Record,
    Review,
    ToldAdjustment,
    WantedAdjustment,
)
from app.forecasts.values.events import EventDone, ForecastEvent, LastEffect
from app.forecasts.values.handling import PackedHandling
from app.forecasts.values.runs import (
    DEFAULT_MODEL,
    NO_HOLIDAYS,
    Accuracy,
    Floats,
    Forecast,
    ForecastValues,
    Instants,
    Made,
    Packed,
    QueueValues,
    Score,
    Wanted,
)
from app.forecasts.values.schedule import Schedule, WantedSchedule
from app.forecasts.values.today import QueueToday, Today

__all__ = [
    "DEFAULT_MODEL",
    "NO_HOLIDAYS",
    "Accuracy",
    "AdjustmentScore",
    "EventDone",
    "Floats",
    "Forecast",
    "ForecastEvent",
    "ForecastValues",
    "Instants",
    "Laid",
    "LastEffect",
    "Made",
    "Packed",
    "PackedHandling",
    "Preview",
    "QueuePreview",
    "QueueToday",
    "QueueValues",
    "Record",
    "Review",
    "Schedule",
    "Score",
    "Today",
    "ToldAdjustment",
    "Wanted",
    "WantedAdjustment",
    "WantedSchedule",
]
