"""What is wrong or doubtful with counts, and what they change."""

from __future__ import annotations

from app.demand.checks.counts import (
    MEASURED,
    Change,
    check_counts,
    check_name,
    compare,
    interval_length,
)
from app.demand.checks.days import Days, days_of

__all__ = [
    "MEASURED",
    "Change",
    "Days",
    "check_counts",
    "check_name",
    "compare",
    "days_of",
    "interval_length",
]
