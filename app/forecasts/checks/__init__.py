"""What is refused of forecasts, said before any work is done."""

from __future__ import annotations

from app.forecasts.checks.adjustments import (
    refuse_adjustment,
    refuse_end,
    refuse_review,
    usual_review,
)
from app.forecasts.checks.asked import (
    MODEL_TITLES,
    model_of,
    refuse_schedule,
    refuse_short,
    refuse_unusable,
)

__all__ = [
    "MODEL_TITLES",
    "model_of",
    "refuse_adjustment",
    "refuse_end",
    "refuse_review",
    "refuse_schedule",
    "refuse_short",
    "refuse_unusable",
    "usual_review",
]
