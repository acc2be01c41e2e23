"""Handling times as a requirement took them."""

from __future__ import annotations

import numpy as np

from app.requirements.service import Terms, aht_at
from app.scenarios.values import Floats
from forecasting.calendar import LocalTime


def handling_seconds(terms: Terms, local: LocalTime) -> Floats:
    """Handling time of each interval: by the hour of the week where it was measured so."""
    by_hour = aht_at(terms, local)
    return np.full(len(local.slot), terms.terms.aht_seconds) if by_hour is None else by_hour
