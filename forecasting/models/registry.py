"""Every forecast model by name: a new model is one file and one line here."""

from __future__ import annotations

from forecasting.errors import InputError, quoted
from forecasting.models.base import Model
from forecasting.models.chosen import Chosen
from forecasting.models.day_smoothing import DaySmoothing
from forecasting.models.eight_week_mean import EightWeekMean
from forecasting.models.seasonal_naive import SeasonalNaive
from forecasting.models.totals_profile import TotalsProfile

_MEMBERS = (TotalsProfile(), DaySmoothing())
"""What `Chosen` chooses from, the most trusted first."""

MODELS: dict[str, Model] = {
    model.name: model for model in (Chosen(*_MEMBERS), *_MEMBERS, EightWeekMean(), SeasonalNaive())
}

DEFAULT_MODEL = Chosen.name
"""What is recommended where nobody asks for another."""


def model_named(name: str) -> Model:
    """The registered model of that name.

    Raises:
        InputError: When there is none.
    """
    if name not in MODELS:
        raise InputError(f"The model {quoted(name)} is unknown; choose from {', '.join(MODELS)}.")
    return MODELS[name]
