"""What is wrong or doubtful with counts, and what they change."""

from __future__ import annotations

from app.demand.checks.categories import Told, check_categories, divided_words, told_apart
from app.demand.checks.counts import (
    MEASURED,
    Change,
    check_counts,
    check_name,
    compare,
    interval_length,
)
from app.demand.checks.days import Days, days_of
from app.demand.checks.fields import in_field
from app.demand.checks.holidays import ZONE_HOLIDAYS
from app.demand.checks.rulings import is_decided, refuse_overlap, refuse_ruling, refuse_stretch

__all__ = [
    "MEASURED",
    "ZONE_HOLIDAYS",
    "Change",
    "Days",
    "Told",
    "check_categories",
    "check_counts",
    "check_name",
    "compare",
    "days_of",
    "divided_words",
    "in_field",
    "interval_length",
    "is_decided",
    "refuse_overlap",
    "refuse_ruling",
    "refuse_stretch",
    "told_apart",
]
