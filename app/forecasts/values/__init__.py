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
from app.forecasts.values.categories import CategoryDays, CategoryValues, PackedShares
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
from app.forecasts.values.why import Before, Clocks, Explanation, LaidPart, Part, Spread

__all__ = [
    "DEFAULT_MODEL",
    "NO_HOLIDAYS",
    "Accuracy",
    "AdjustmentScore",
    "Before",
    "CategoryDays",
    "CategoryValues",
    "Clocks",
    "EventDone",
    "Explanation",
    "Floats",
    "Forecast",
    "ForecastEvent",
    "ForecastValues",
    "Instants",
    "Laid",
    "LaidPart",
    "LastEffect",
    "Made",
    "Packed",
    "PackedHandling",
    "PackedShares",
    "Part",
    "Preview",
    "QueuePreview",
    "QueueToday",
    "QueueValues",
    "Record",
    "Review",
    "Schedule",
    "Score",
    "Spread",
    "Today",
    "ToldAdjustment",
    "Wanted",
    "WantedAdjustment",
    "WantedSchedule",
]
