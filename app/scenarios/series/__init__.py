"""The only translation between rows and the simulation of `forecasting.staffing`."""

from __future__ import annotations

from app.scenarios.series.basis import basis_of, notes_of, post_notes, refuse_nobody
from app.scenarios.series.changing import changed, with_more
from app.scenarios.series.frozen import freeze, pack, thaw, unpack
from app.scenarios.series.handing_over import otherwise_of, why_not
from app.scenarios.series.measures import (
    Difference,
    Measure,
    by_urgency,
    difference,
    figure,
    measures,
    missing,
    on_duty,
    ratio,
)
from app.scenarios.series.simulating import simulated, sought
from app.scenarios.series.words import addition_words, change_words, name_of, share_words

__all__ = [
    "Difference",
    "Measure",
    "addition_words",
    "basis_of",
    "by_urgency",
    "change_words",
    "changed",
    "difference",
    "figure",
    "freeze",
    "measures",
    "missing",
    "name_of",
    "notes_of",
    "on_duty",
    "otherwise_of",
    "pack",
    "post_notes",
    "ratio",
    "refuse_nobody",
    "share_words",
    "simulated",
    "sought",
    "thaw",
    "unpack",
    "why_not",
    "with_more",
]
